"""Listings, interfaces, sitemaps and single pages: what is taken, and what is said when nothing is."""

import gzip
import json
from datetime import date
from typing import Any

import pytest

from signals.sources import Request, build, first_requests, parse
from signals.sources.detect import detect

TODAY = date(2026, 3, 1)


def spec(kind: str, **more: Any):
    return build({"key": "s", "name": "S", "kind": kind, "urls": ["https://site.example/list"], **more})


def read(definition, data: bytes | str | Any, request: Request | None = None, url: str = "https://site.example/list"):
    body = data if isinstance(data, bytes) else (data if isinstance(data, str) else json.dumps(data)).encode()
    return parse(definition, request or first_requests(definition, TODAY)[0], body, url)


def facts(listing) -> list[tuple[str, str, str | None]]:
    return [(one.url, one.title, one.published_on) for one in listing.items]


ROWS = '<ul class="news"><li><a href="a/1.html" title="The whole title">The whole…</a><span>2025-10-14</span></li><li><a href="/b/2.html">Second</a><span>[10-12]</span></li></ul>'


def test_a_listing_with_selectors():
    listing = read(spec("html_list", select={"item": "ul.news > li", "date": "span"}), ROWS)
    assert facts(listing) == [
        ("https://site.example/a/1.html", "The whole title", "2025-10-14"),
        ("https://site.example/b/2.html", "Second", None),
    ]
    assert "1 of 2 entries have no date" in listing.notes[0]


@pytest.mark.parametrize(
    ("select", "page", "expected"),
    [
        ({"item": "dl dd", "date": "i.y + i.d", "date_format": "%Y-%m%d"}, "<dl><dd><i class=y>2025-10</i><i class=d>14</i><a href=1>Name of it</a></dd></dl>", ("https://site.example/1", "Name of it", "2025-10-14")),
        ({"item": "div.d a", "date": "before"}, "<div class=d>2025-10-14 <a href=/x>Name</a></div>", ("https://site.example/x", "Name", "2025-10-14")),
        ({"item": "a.t"}, "<a class=t href='//other.example/1'>Name</a>", ("https://other.example/1", "Name", None)),
        ({"item": "tr", "link": "td.l a@data-url", "title": "td.l"}, "<table><tr><td class=l><a data-url='/q?id=1'>Name</a></td></tr></table>", ("https://site.example/q?id=1", "Name", None)),
        ({"item": "li", "date": "span", "date_format": "%d/%m/%Y"}, "<ul><li><a href=/1>Name</a><span>03/04/2025</span></ul>", ("https://site.example/1", "Name", "2025-04-03")),
        ({"item": "li"}, "<base href='https://base.example/x/'><ul><li><a href=1>Name</a></ul>", ("https://base.example/x/1", "Name", None)),
    ],
)  # fmt: skip
def test_selector_forms(select, page, expected):
    assert facts(read(spec("html_list", select=select), page)) == [expected]


@pytest.mark.parametrize(
    ("select", "words"),
    [
        ({"item": "ul.none li"}, "finds nothing"),
        ({"item": "li[["}, "no CSS selector"),
        ({}, "no selector"),
        ({"item": "ul.news span"}, "no usable link"),
    ],
)
def test_selectors_that_do_not_match_say_so(select, words):
    listing = read(spec("html_list", select=select), ROWS)
    assert listing.outcome == "no_match"
    assert words in listing.notes[0]


def test_lists_in_gbk_and_with_a_wrong_declaration_are_read():
    page = "<html><head><meta charset=gb2312></head><ul><li><a href=/1>包钢股份公告</a></li></ul>".encode("gbk")
    assert read(spec("html_list", select={"item": "li"}), page).items[0].title == "包钢股份公告"
    wrong = "<html><head><meta charset=gb2312></head><ul><li><a href=/1>包钢股份公告</a></li></ul>".encode()
    assert read(spec("html_list", select={"item": "li"}), wrong).items[0].title == "包钢股份公告"


def test_paging_by_pattern_by_link_and_by_parameter():
    pattern = spec("html_list", select={"item": "li"}, paging={"pages": 2, "url": "https://site.example/list_{page}"})
    more = read(pattern, ROWS).more
    assert [one.url for one in more] == ["https://site.example/list_2"]
    assert read(pattern, ROWS, more[0]).more == []
    link = spec("html_list", select={"item": "li", "next": "text:下一页"}, paging={"pages": 3})
    assert [one.url for one in read(link, ROWS + '<a href="?p=2">下一页</a>').more] == ["https://site.example/list?p=2"]
    assert read(link, ROWS).more == []
    counted = spec(
        "json_api", mapping={"items": "", "url": "u", "title": "t"}, paging={"pages": 2, "parameter": "page"}
    )
    assert [one.url for one in read(counted, [{"u": "/1", "t": "x"}]).more] == ["https://site.example/list?page=2"]


API = {"items": "data.list", "url": "link", "title": "title|name", "date": "time"}


@pytest.mark.parametrize(
    ("mapping", "answer", "expected"),
    [
        (API, {"data": {"list": [{"link": "/1", "title": "<em>包钢</em>股份", "time": "2025-10-14 08:00:00"}]}}, ("https://site.example/1", "包钢股份", "2025-10-14")),
        (API, {"data": {"list": [{"link": "/1", "name": "Other", "time": None}]}}, ("https://site.example/1", "Other", None)),
        ({**API, "date_format": "epoch_ms"}, {"data": {"list": [{"link": "/1", "title": "T", "time": 1760371200000}]}}, ("https://site.example/1", "T", "2025-10-14")),
        ({**API, "each": "inner"}, {"data": {"list": [{"inner": {"link": "/1", "title": "T"}}]}}, ("https://site.example/1", "T", None)),
        ({**API, "url": "https://pdf.example/{code}.pdf"}, {"data": {"list": [{"code": "A7", "title": "T"}]}}, ("https://pdf.example/A7.pdf", "T", None)),
        ({**API, "url_base": "https://static.example"}, {"data": {"list": [{"link": "/f/1.pdf", "title": "T"}]}}, ("https://static.example/f/1.pdf", "T", None)),
        ({**API, "items": "data.list"}, {"data": {"list": [[{"link": "/1", "title": "nested by day"}]]}}, ("https://site.example/1", "nested by day", None)),
    ],
)  # fmt: skip
def test_interfaces_with_a_mapping(mapping, answer, expected):
    assert facts(read(spec("json_api", mapping=mapping), answer)) == [expected]


@pytest.mark.parametrize(
    ("data", "outcome", "words"),
    [
        (b"<html>robot check</html>", "shape_changed", "web page"),
        (b"{not json", "shape_changed", "no JSON"),
        (b'{"data": {"list": []}}', "empty", "without items"),
        (b'{"data": {"list": null}}', "empty", "nothing under"),
        (b'{"code": 403, "msg": "denied"}', "no_match", "code, msg"),
        (b'{"data": {"list": 7}}', "shape_changed", "no list"),
        (b'{"data": {"list": [{"x": 1}, 5, null]}}', "no_match", "has an address"),
        (b"[" * 100_000, "shape_changed", ""),
        (b'callback({"data": {"list": [{"link": "/1", "title": "T"}]}});', "ok", ""),
        (b"\xef\xbb\xbf" + b'{"data": {"list": [{"link": "/1", "title": "T"}]}}', "ok", ""),
    ],
)
def test_interfaces_that_answer_otherwise(data, outcome, words):
    listing = read(spec("json_api", mapping=API), data)
    assert listing.outcome == outcome, listing.notes
    assert words in " ".join(listing.notes)


def test_a_lookup_gives_the_next_request_its_value():
    definition = spec(
        "json_api", method="POST", form={"stock": "{code},{org}"}, variants=[{"code": "600111"}],
        lookup={"url": "https://site.example/search", "method": "POST", "form": {"keyWord": "{code}"}, "match": {"code": "{code}"}, "take": {"org": "orgId"}},
        mapping={"items": "rows", "url": "u", "title": "t"},
    )  # fmt: skip
    first = first_requests(definition, TODAY)[0]
    assert (first.step, first.url, first.form) == ("lookup", "https://site.example/search", {"keyWord": "600111"})
    listing = read(definition, [{"code": "600112", "orgId": "no"}, {"code": "600111", "orgId": "gssh0600111"}], first)
    assert [(one.method, one.form) for one in listing.more] == [("POST", {"stock": "600111,gssh0600111"})]
    assert read(definition, [], first).outcome == "no_match"


def test_wordpress_asks_for_its_types_first():
    definition = build(
        {"key": "w", "name": "W", "kind": "wp_json", "urls": ["https://wp.example/"], "time_zone": "America/Denver"}
    )
    first = first_requests(definition, TODAY)[0]
    assert first.url == "https://wp.example/wp-json/wp/v2/types"
    types = {
        "post": {"rest_base": "posts"},
        "page": {"rest_base": "pages"},
        "news-archive": {"rest_base": "news-archive"},
        "wp_block": {"rest_base": "blocks"},
    }
    more = read(definition, types, first).more
    assert [one.url.split("?")[0].rsplit("/", 1)[1] for one in more] == ["news-archive", "posts"]
    post = {
        "link": "https://wp.example/news/x/",
        "date": "2025-10-14T20:30:00",
        "date_gmt": "2025-10-15T02:30:00",
        "modified_gmt": "2025-10-15T02:31:00",
        "title": {"rendered": "It&#8217;s up"},
    }
    listing = read(definition, [post, {"id": 3}], more[0])
    assert facts(listing) == [("https://wp.example/news/x/", "It’s up", "2025-10-14")]
    assert "1 of 2 posts" in listing.notes[0]


@pytest.mark.parametrize(
    ("answer", "outcome", "words"),
    [
        (
            {"code": "rest_forbidden", "message": "Sorry, you are not allowed.", "data": {}},
            "shape_changed",
            "not allowed",
        ),
        ([], "shape_changed", "no mapping"),
        ({"page": {"rest_base": "pages"}}, "no_match", "none of the types"),
        ("<html>", "shape_changed", "web page"),
    ],
)
def test_wordpress_that_answers_otherwise(answer, outcome, words):
    definition = build({"key": "w", "name": "W", "kind": "wp_json", "urls": ["https://wp.example"]})
    listing = read(definition, answer)
    assert listing.outcome == outcome
    assert words in listing.notes[0]


MAP = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">{}</urlset>'
URL = "<url><loc>https://site.example/{}</loc><lastmod>2025-10-1{}</lastmod><news:news><news:publication_date>2025-10-14</news:publication_date><news:title>T</news:title></news:news></url>"


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
def test_sitemaps_plain_and_compressed(pack):
    listing = read(spec("sitemap"), pack(MAP.format(URL.format(1, 2) + URL.format(2, 4)).encode()))
    assert [(one.url, one.title, one.published_on, one.modified) for one in listing.items] == [
        ("https://site.example/2", "T", "2025-10-14", "2025-10-14"),
        ("https://site.example/1", "T", "2025-10-14", "2025-10-12"),
    ]


def test_an_index_of_sitemaps_leads_to_the_newest():
    index = (
        "<sitemapindex>"
        + "".join(
            f"<sitemap><loc>https://site.example/{n}.xml</loc><lastmod>2025-{n:02}-01</lastmod></sitemap>"
            for n in range(1, 13)
        )
        + "</sitemapindex>"
    )
    listing = read(spec("sitemap"), index)
    assert [one.url for one in listing.more][:2] == ["https://site.example/12.xml", "https://site.example/11.xml"]
    assert len(listing.more) == 10
    assert read(spec("sitemap"), index, listing.more[0]).outcome == "shape_changed"


@pytest.mark.parametrize(
    ("data", "outcome"),
    [
        (b"<html><body>x</body></html>", "shape_changed"), (b"not xml", "shape_changed"), (b"<urlset/>", "empty"),
        (b"<urlset><url><loc>ftp://x/</loc></url></urlset>", "no_match"), (b"\x1f\x8bbroken", "shape_changed"),
        (b'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>', "no_match"),
        (MAP.format(URL.format(1, 2)).encode()[:-30], "ok"),
    ],
)  # fmt: skip
def test_sitemaps_that_are_none(data, outcome):
    assert read(spec("sitemap"), data).outcome == outcome


def test_a_single_page_is_its_own_item():
    assert facts(read(spec("page"), "<title>Price &amp; list</title>")) == [
        ("https://site.example/list", "Price & list", None)
    ]
    assert read(spec("page"), b"%PDF-1.4 ...").items[0].title == "S"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<?xml version='1.0'?><rss><channel/></rss>", "rss"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "rss"),
        (b"<urlset></urlset>", "sitemap"),
        (b"%PDF-1.7", "page"),
        (b'{"data": {"rows": [{"title": "a", "url": "/1", "time": 1760371200000}]}}', "json_api"),
        (b'<html><head><link rel=alternate type="application/rss+xml" href="/feed"></head></html>', "rss"),
        (b'<html><head><link rel="https://api.w.org/" href="https://site.example/wp-json/"></head></html>', "wp_json"),
        (b"<html><body><p>One single article without a list of links.</p></body></html>", "page"),
    ],
)
def test_the_kind_is_seen_from_the_answer(data, kind):
    assert detect(data, "https://site.example/x").kind == kind


def test_a_listing_is_recognised_and_its_selectors_proposed():
    rows = "".join(
        f"<li><a href='/n/{n}.html'>A headline of some length, number {n}</a><span class='date'>2025-10-{n + 10}</span></li>"
        for n in range(12)
    )
    found = detect(
        f"<html lang=en><title>News</title><nav><a href=/>Home</a></nav><ul class='list'>{rows}</ul></html>".encode(),
        "https://site.example/news/",
    )
    assert (found.kind, found.fields["select"]) == ("html_list", {"item": "ul.list > li", "date": "span.date"})
    definition = spec("html_list", select=found.fields["select"])
    assert len(read(definition, f"<ul class='list'>{rows}</ul>").items) == 12


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<rss><channel><title>Loop gazette</title>", "Loop gazette"),
        ("<rss><channel><title><![CDATA[Loop & gazette]]></title>", "Loop & gazette"),
        ('<feed><title type="text">Loop\n gazette</title>', "Loop gazette"),
        ("<rss><channel><title></title>", None),
        ("<rss><channel><link>https://x.example</link>", None),
    ],
)
def test_a_feed_is_named_as_it_names_itself(head, name):
    assert detect(head.encode(), "https://x.example/feed").fields.get("name") == name


@pytest.mark.parametrize(
    ("entry", "mapping"),
    [
        ({"name": "A report", "href": "/a/1.html", "day": "2026-11-03"}, {"url": "href", "title": "name", "date": "day"}),
        ({"id": 7, "subject": "A report", "file": "/pdf/7.pdf", "issued": "2026-11-03"}, {"url": "file", "title": "subject", "date": "issued"}),
        ({"title": "A report", "name": "a-report", "url": "https://x.example/1"}, {"url": "url", "title": "title"}),
    ],
)  # fmt: skip
def test_fields_of_json_are_told_by_name_or_by_value(entry, mapping):
    found = detect(json.dumps({"rows": [entry] * 4}).encode(), "https://x.example/api")
    assert found.fields["mapping"] == {"items": "rows", **mapping}
