"""Feeds as servers really send them: none crashes, each says what was wrong."""

import gzip

import pytest

from signals.sources import build, first_requests, parse

SPEC = build(
    {
        "key": "feed",
        "name": "Feed",
        "kind": "rss",
        "urls": ["https://press.example/feed/"],
        "time_zone": "Asia/Shanghai",
    }
)
REQUEST = first_requests(SPEC, __import__("datetime").date(2026, 3, 1))[0]
ITEM = "<item><title>One</title><link>https://press.example/1</link><pubDate>Tue, 14 Oct 2025 20:30:00 GMT</pubDate></item>"


def rss(
    items: str = ITEM,
    head: str = '<?xml version="1.0" encoding="UTF-8"?>',
    channel: str = "<title>F</title><link>https://press.example/</link>",
) -> bytes:
    return f'{head}<rss version="2.0"><channel>{channel}{items}</channel></rss>'.encode()


def item(**parts: str) -> str:
    given = {"title": "One", "link": "https://press.example/1", "pubDate": "Tue, 14 Oct 2025 20:30:00 GMT", **parts}
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in given.items() if value) + "</item>"


def atom(entry: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><link href="https://press.example/"/>{entry}</feed>'.encode()


def read(data: bytes, url: str = "https://press.example/feed/", content_type: str = "application/rss+xml"):
    return parse(SPEC, REQUEST, data, url, content_type)


BOMB = (
    "<!DOCTYPE r ["
    + '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
OUTSIDE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

# What came, how many items it gives, and what is said about it.
CASES = {
    "plain": (rss(), 1, ""),
    "no items": (rss(""), 0, "no entries"),
    "nothing": (b"", 0, "empty"),
    "only blanks": (b" \r\n\t ", 0, "empty"),
    "only zeros": (b"\0" * 200, 0, "empty"),
    "a page": (b"<!doctype html><html><head><title>Log in</title></head><body>x</body></html>", 0, "Log in"),
    "a page without title": (b"<html><body>x</body></html>", 0, "web page"),
    "json": (b'{"items": []}', 0, "JSON"),
    "plain words": (b"Service unavailable", 0, "neither RSS nor Atom"),
    "binary": (bytes(range(256)) * 4, 0, "neither RSS nor Atom"),
    "cut off in a tag": (rss()[:-40], 1, "not well formed"),
    "cut off in the second item": (rss(ITEM + ITEM.replace("/1", "/2"))[:-60], 2, "not well formed"),
    "bare ampersand": (rss(item(title="Q&A on magnets")), 1, "not well formed"),
    "unclosed bold": (rss(item(title="<b>One")), 1, ""),
    "undefined entity": (rss(item(title="a&nbsp;b")), 1, ""),
    "control character": (rss(item(title="a\x08b")), 1, "not well formed"),
    "two roots": (rss() + rss(), 2, ""),
    "text before the declaration": (b"\n\n  warning: x\n" + rss(), 1, ""),
    "byte order mark": (b"\xef\xbb\xbf" + rss(), 1, ""),
    "declared latin, is utf-8": (rss(item(title="稀土"), head='<?xml version="1.0" encoding="ISO-8859-1"?>'), 1, ""),
    "declared utf-8, is gbk": (rss(item(title="XX")).replace(b"XX", "稀土".encode("gbk")), 1, ""),
    "gb2312 declared and meant": (
        rss(item(title="XX"), head='<?xml version="1.0" encoding="gb2312"?>').replace(b"XX", "稀土".encode("gb2312")), 1, "",
    ),
    "unknown charset": (rss(head='<?xml version="1.0" encoding="klingon"?>'), 1, "klingon"),
    "entity bomb": (rss(item(title="&a11;"), head='<?xml version="1.0"?>' + BOMB), 1, "entities"),
    "file entity": (rss(item(title="&x;"), head='<?xml version="1.0"?>' + OUTSIDE), 1, "entities"),
    "no date": (rss(item(pubDate="")), 1, "no date"),
    "a date in words": (rss(item(pubDate="yesterday afternoon")), 1, "no date"),
    "31 February": (rss(item(pubDate="Fri, 31 Feb 2025 10:00:00 GMT")), 1, ""),
    "year 0001": (rss(item(pubDate="Mon, 01 Jan 0001 00:00:00 GMT")), 1, "no date"),
    "far future year": (rss(item(pubDate="Mon, 01 Jan 9999 23:59:59 GMT")), 1, "no date"),
    "no link": (rss(item(link="")), 0, "no address"),
    "an empty link among good ones": (rss(item(link="") + ITEM), 1, "no address"),
    "guid that is a link": (rss(item(link="", guid="https://press.example/g")), 1, ""),
    "guid that is none": (rss('<item><title>a</title><guid isPermaLink="false">tag:1</guid></item>'), 0, "no address"),
    "script link": (rss(item(link="javascript:alert(1)")), 0, "no address"),
    "file link": (rss(item(link="file:///etc/passwd")), 0, "no address"),
    "link with credentials": (rss(item(link="https://a:b@press.example/1")), 0, "no address"),
    "relative link": (rss(item(link="/news/7.html")), 1, ""),
    "relative without slash": (rss(item(link="7.html")), 1, ""),
    "protocol-relative": (rss(item(link="//press.example/7")), 1, ""),
    "very long link": (rss(item(link="https://press.example/" + "a" * 5000)), 0, "no address"),
    "link with blanks": (rss(item(link="  https://press.example/1  ")), 1, ""),
    "Chinese in the link": (rss(item(link="https://press.example/稀土/1")), 1, ""),
    "same item many times": (rss(ITEM * 50), 50, ""),
    "deeply nested": (rss(item(description="<div>" * 20_000)), 1, ""),
    "very long title": (rss(item(title="稀土" * 100_000)), 1, ""),
    "markup in the title": (rss(item(title="&lt;b&gt;One&lt;/b&gt;")), 1, ""),
    "cdata": (rss(item(title="<![CDATA[One & two]]>")), 1, ""),
    "atom": (atom('<entry><title>A</title><link href="https://press.example/a"/><updated>2025-10-14T20:30:00Z</updated></entry>'), 1, ""),
    "atom with only an id": (atom("<entry><title>A</title><id>https://press.example/a</id></entry>"), 1, "no date"),
    "atom with a relative link": (atom('<entry><title>A</title><link href="a/b"/></entry>'), 1, "no date"),
    "rdf": (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        b"<item><title>R</title><link>https://press.example/r</link></item></rdf:RDF>", 1, "no date",
    ),
    "still compressed": (gzip.compress(rss()), 0, "neither RSS nor Atom"),
    "many items": (rss("".join(item(link=f"https://press.example/{n}") for n in range(2500))), 2000, "first 2000"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_every_feed_is_read_or_says_why_not(name):
    data, count, words = CASES[name]
    listing = read(data)
    assert len(listing.items) == count, listing.notes
    assert words in " ".join(listing.notes)
    assert (listing.outcome == "ok") == bool(count)
    assert all(one.url.startswith("https://press.example/") for one in listing.items)
    assert all(
        len(one.title) <= 300 and "passwd" not in one.title and "root:" not in one.title for one in listing.items
    )


def test_there_are_enough_of_them():
    assert len(CASES) >= 40


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("Tue, 14 Oct 2025 20:30:00 GMT", "2025-10-15"),
        ("Tue, 14 Oct 2025 20:30:00 +0800", "2025-10-14"),
        ("2025-10-14T20:30:00Z", "2025-10-15"),
        ("2025-10-14T20:30:00-08:00", "2025-10-15"),
        ("2025-10-14 20:30:00", "2025-10-14"),
        ("2025-10-14", "2025-10-14"),
        ("2025年10月14日", "2025-10-14"),
        ("14 Oct 2025", "2025-10-14"),
        ("soon", None),
    ],
)
def test_the_day_is_the_day_where_the_source_is(stamp, day):
    assert read(rss(item(pubDate=stamp))).items[0].published_on == day


def test_titles_are_plain_text():
    titles = [one.title for one in read(rss(item(title="&lt;b&gt;Rare&lt;/b&gt; earths &amp;amp; magnets"))).items]
    assert titles == ["Rare earths & magnets"]


def test_a_relative_link_is_resolved_against_the_feed():
    assert read(rss(item(link="news/7.html"))).items[0].url == "https://press.example/feed/news/7.html"


def test_tracking_is_taken_off_the_address():
    assert (
        read(rss(item(link="https://press.example/1?utm_source=rss&amp;id=4#comments"))).items[0].url
        == "https://press.example/1?id=4"
    )


def test_a_feed_of_20_megabytes_is_refused_unread():
    assert "MB" in read(b"<rss>" + b" " * 21_000_000).notes[0]
