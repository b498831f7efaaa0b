"""A source tried out: the same reading as a real run, shown step by step, and nothing of it is kept."""

import pytest
from django.core.management import CommandError, call_command

from signals.models import Capture, Disclosure, Fetch, Source, SourcePreview
from signals.services import hosts, preview, source
from signals.sources import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]
PAGE = (
    "<html lang=en><head><title>Story {n}</title></head><body><article><h1>Story {n}</h1><p>Northern Rare Earth said its revenue in the "
    "first half of 2025 reached {n}8.87 billion yuan, up 45 percent on the year. It thanked its customers for their trust.</p></article></body></html>"
)


@pytest.fixture
def live(settings, httpserver):
    settings.FETCH_ENABLED, settings.FETCH_PAUSE = True, 0
    settings.FETCH_ALLOW = [f"127.0.0.1:{httpserver.port}", f"localhost:{httpserver.port}"]
    hosts.forget()
    httpserver.expect_request("/robots.txt").respond_with_data("", status=404)
    for n in range(12):
        httpserver.expect_request(f"/n/{n}").respond_with_data(PAGE.format(n=n), content_type="text/html")
    return httpserver


def tried(admin, definition):
    shown = preview.ask(admin, definition)
    preview.run(shown.pk)
    shown.refresh_from_db()
    return shown


def rows(count=12):
    return "".join(
        f"<li><a href='/n/{n}'>A headline that is long enough, number {n}</a><span class='date'>2025-10-{n + 10}</span></li>"
        for n in range(count)
    )


def test_a_listing_is_recognised_and_its_first_ten_items_are_read(live, admin):
    live.expect_request("/news/").respond_with_data(
        f"<html lang=en><title>News of it</title><ul class='list'>{rows()}</ul></html>", content_type="text/html"
    )
    shown = tried(admin, {"url": live.url_for("/news/")})
    assert (shown.state, shown.error) == ("done", "")
    made = shown.result["definition"]
    assert (made["kind"], made["select"]["item"], made["name"], made["language"]) == (
        "html_list",
        "ul.list > li",
        "News of it",
        "en",
    )
    items = shown.result["items"]
    assert (shown.result["found"], len(items)) == (12, 10)
    assert items[0]["title"] == "Story 0"
    assert items[0]["published_on"] == "2025-10-10"
    assert items[3]["figures"] >= 1
    assert any("38.87 billion" in quote["text"] for quote in items[3]["quotes"])
    assert build(made).kind == "html_list"


def test_a_page_that_names_its_feed_leads_to_the_feed(live, admin):
    live.expect_request("/").respond_with_data(
        "<html><head><link rel=alternate type='application/rss+xml' href='/feed'></head></html>",
        content_type="text/html",
    )
    items = "".join(f"<item><title>T{n}</title><link>{live.url_for(f'/n/{n}')}</link></item>" for n in range(2))
    live.expect_request("/feed").respond_with_data(
        f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>", content_type="application/rss+xml"
    )
    shown = tried(admin, {"url": live.url_for("/")})
    assert (shown.result["definition"]["kind"], len(shown.result["items"])) == ("rss", 2)


def test_nothing_of_a_preview_is_kept(live, admin):
    live.expect_request("/news/").respond_with_data(f"<ul class='list'>{rows()}</ul>", content_type="text/html")
    tried(admin, {"url": live.url_for("/news/")})
    assert (Fetch.objects.count(), Capture.objects.count(), Disclosure.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("definition", "words"),
    [
        ({"url": "http://169.254.169.254/latest/"}, "not a public address"),
        ({"url": "file:///etc/passwd"}, "Only http and https"),
        ({"key": "x", "name": "X", "kind": "rss", "urls": []}, "at least one address"),
    ],
)
def test_what_cannot_be_tried_says_why(live, admin, definition, words):
    shown = tried(admin, definition)
    assert shown.state == "failed"
    assert words in shown.error


def test_an_item_that_fails_does_not_spoil_the_others(live, admin):
    live.expect_request("/list").respond_with_data(
        "<ul><li><a href='/gone'>x</a><li><a href='/n/1'>y</a></ul>", content_type="text/html"
    )
    live.expect_request("/gone").respond_with_data("", status=500)
    shown = tried(
        admin, {"key": "x", "name": "X", "kind": "html_list", "urls": [live.url_for("/list")], "select": {"item": "li"}}
    )
    assert "500" in shown.result["items"][0]["error"]
    assert shown.result["items"][1]["title"] == "Story 1"


def test_a_preview_is_done_once_and_taken_up_when_its_worker_died(live, admin):
    shown = tried(admin, {"url": "file:///x"})
    preview.run(shown.pk)
    assert preview.left_behind() == []
    waiting = preview.ask(admin, {"url": "file:///x"})
    SourcePreview.objects.filter(pk=waiting.pk).update(asked_at=waiting.asked_at.replace(year=waiting.asked_at.year))
    assert preview.left_behind() == [], "its message may still be on the way"


def test_definitions_are_exported_and_imported(tmp_path, capsys):
    call_command("load_sources")
    total = Source.objects.count()
    call_command("sources", "export", str(tmp_path))
    assert len(list(tmp_path.glob("*.yml"))) == total
    Source.objects.all().delete()
    call_command("sources", "import", *map(str, sorted(tmp_path.glob("*.yml"))))
    assert Source.objects.count() == total
    assert source.load() == (0, 0)
    call_command("sources", "list")
    assert "mining-com" in capsys.readouterr().out


def test_an_import_with_a_mistake_takes_nothing(tmp_path):
    (tmp_path / "good.yml").write_text("name: Good\nkind: manual\n")
    (tmp_path / "bad.yml").write_text("name: Bad\nkind: telegraph\n")
    with pytest.raises(CommandError, match=r"bad\.yml:2: kind"):
        call_command("sources", "import", str(tmp_path / "good.yml"), str(tmp_path / "bad.yml"))
    assert Source.objects.count() == 0
