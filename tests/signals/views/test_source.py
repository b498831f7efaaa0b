"""The source pages: public to read, for admins to act on."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
import yaml
from django.utils import timezone

from signals.formatting.reasons import reason
from signals.models import Fetch, FetchRun, Source, SourceEvent, SourcePreview
from signals.selectors import source as selectors
from signals.services import fetch, health, preview, snapshot, source
from signals.sources import build

pytestmark = pytest.mark.django_db
FORM = {
    "name": "A trade feed", "key": "trade-feed", "kind": "rss", "urls": "https://press.example/feed", "state_ownership": "none",
    "origin": "own_reporting", "grade": "B", "tier": "3", "time_zone": "Europe/Berlin", "cadence": "6h", "language": "en",
}  # fmt: skip
ACTS = ["run", "pause", "try"]


@pytest.fixture
def feed():
    return source.save(
        build(
            {"key": "feed", "name": "Some feed", "kind": "rss", "urls": ["https://press.example/feed"], "enabled": True}
        )
    )


@pytest.fixture
def queue(monkeypatch):
    """What was queued for the workers."""
    sent = []
    for name in ("run_source", "preview_source", "obtain_fetches"):
        monkeypatch.setattr(f"signals.tasks.{name}.delay", lambda *args, name=name: sent.append((name, *args)))
    return sent


def test_everybody_may_read_how_sources_are_doing(client, feed):
    page = client.get("/sources/").text
    assert "Some feed" in page
    assert "not run yet" in page
    assert 'method="post" action="/sources/feed/' not in page
    assert client.get("/sources/feed/").status_code == 200
    assert client.get("/sources/none/").status_code == 404


def test_failing_sources_come_first_and_groups_filter(client, feed):
    for number, state in enumerate(["healthy", "failing", "paused", "shape_changed", "late"]):
        Source.objects.create(key=f"s{number}", name=f"Name {state}", kind="rss", state=state, state_reason="told")
    names = re.findall(r'data-open>([^<]+)</a> <abbr class="grade"', client.get("/sources/").text)
    assert names == ["Name failing", "Name shape_changed", "Name late", "Some feed", "Name healthy", "Name paused"]
    assert re.findall(r'data-open>([^<]+)</a> <abbr class="grade"', client.get("/sources/?show=odd").text) == [
        "Name shape_changed"
    ]
    assert client.get("/sources/?show=nonsense").status_code == 200


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("who", ["client", "as_analyst", "as_editor"])
def test_only_admins_act(request, feed, queue, who, act):
    browser = request.getfixturevalue(who)
    answer = browser.post(f"/sources/feed/{act}/")
    assert answer.status_code in (302, 403)
    assert answer.status_code == 403 or "/login" in answer["Location"]
    assert queue == []
    feed.refresh_from_db()
    assert feed.enabled


@pytest.mark.parametrize("path", ["/sources/add/", "/sources/feed/edit/"])
def test_only_admins_see_the_forms(client, as_editor, as_admin, feed, path):
    assert client.get(path).status_code == 302
    assert as_editor.get(path).status_code == 403
    assert as_admin.get(path).status_code == 200


@pytest.mark.parametrize("act", ACTS)
def test_acts_are_never_done_by_a_mere_link(as_admin, feed, act):
    assert as_admin.get(f"/sources/feed/{act}/").status_code == 405


def test_the_services_refuse_everybody_else_too(feed, editor):
    from django.core.exceptions import PermissionDenied

    for act in (
        lambda: source.pause(feed, editor),
        lambda: source.resume(feed, editor),
        lambda: source.run_now(feed, editor),
        lambda: preview.ask(editor, {}),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_run_now_queues_a_run(as_admin, feed, queue, settings):
    settings.FETCH_ENABLED = True
    page = as_admin.post("/sources/feed/run/", follow=True)
    assert "A run was asked for" in page.text
    assert [name for name, *_ in queue] == ["run_source"]
    assert SourceEvent.objects.get(source=feed, kind="asked").by.username == "admin"


def test_run_now_says_when_it_cannot(as_admin, feed, queue, settings):
    settings.FETCH_ENABLED = False
    assert "REEX_CONTACT" in as_admin.post("/sources/feed/run/", follow=True).text
    assert queue == []


def test_pause_and_resume_are_logged(as_admin, feed):
    as_admin.post("/sources/feed/pause/", {"reason": "site is being rebuilt"})
    feed.refresh_from_db()
    assert (feed.state, feed.state_reason) == ("paused", "site is being rebuilt")
    as_admin.post("/sources/feed/pause/")
    feed.refresh_from_db()
    assert feed.enabled
    assert list(feed.events.order_by("id").values_list("kind", flat=True)) == ["paused", "resumed"]


def test_a_source_is_added_by_the_form(as_admin, queue):
    as_admin.post("/sources/add/", {**FORM, "act": "activate", "keywords_any": "magnet\nrare earth", "min_items": "2"})
    made = Source.objects.get(key="trade-feed")
    assert (made.enabled, made.cadence_minutes, made.time_zone) == (True, 360, "Europe/Berlin")
    assert made.definition["keywords"] == {"any": ["magnet", "rare earth"]}
    assert made.definition["expect"] == {"min_items": 2}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"urls": ""}, "needs at least one address"),
        ({"urls": "ftp://press.example/"}, "is no web address"),
        ({"urls": "https://user:secret@press.example/"}, "credentials"),
        ({"cadence": "often"}, "write 30m, 6h, 1d or 2w"),
        ({"cron": "61 * * * *"}, "outside"),
        ({"time_zone": "Mars/North"}, "no time zone"),
        ({"key": "Trade Feed"}, "lower-case words"),
        ({"details": "select: [a"}, "details"),
        ({"details": "surprise: 1"}, "is no field"),
        ({"kind": "json_api"}, "needs items"),
        ({"min_items": "9", "max_items": "3"}, "larger than max_items"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_field(as_admin, change, words):
    page = as_admin.post("/sources/add/", {**FORM, "act": "save", **change})
    assert page.status_code == 422
    assert words in page.text
    assert not Source.objects.filter(name="A trade feed").exists()


def test_a_key_is_taken_once(as_admin, feed):
    page = as_admin.post("/sources/add/", {**FORM, "key": "feed", "act": "save"})
    assert page.status_code == 422
    assert "this key already" in page.text


def test_editing_keeps_key_and_state_and_is_logged(as_admin, feed):
    as_admin.post("/sources/feed/edit/", {**FORM, "key": "another", "cadence": "1d", "act": "save"})
    feed.refresh_from_db()
    assert (feed.key, feed.name, feed.enabled, feed.cadence_minutes) == ("feed", "A trade feed", True, 1440)
    assert "name" in feed.events.get(kind="edited").text


def test_an_edited_source_is_not_overwritten_by_the_catalogue(as_admin, tmp_path):
    (tmp_path / "feed.yml").write_text("name: From the file\nkind: rss\nurls: ['https://press.example/feed']\n")
    assert source.load(tmp_path) == (1, 0)
    as_admin.post("/sources/feed/edit/", {**FORM, "name": "By hand", "act": "save"})
    (tmp_path / "feed.yml").write_text("name: From the file again\nkind: rss\nurls: ['https://press.example/feed']\n")
    assert source.load(tmp_path) == (0, 0)
    assert Source.objects.get(key="feed").name == "By hand"


def test_the_wizard_asks_a_worker_and_shows_what_it_found(as_admin, queue):
    answer = as_admin.post("/sources/add/", {"url": "https://press.example/"})
    shown = SourcePreview.objects.get()
    assert answer["Location"] == f"/sources/preview/{shown.pk}/"
    assert queue == [("preview_source", shown.pk)]
    assert 'hx-trigger="load delay:1s"' in as_admin.get(answer["Location"]).text
    shown.state, shown.result = "done", {
        "detected": "An RSS or Atom feed.", "found": 1, "taken": 1, "notes": [], "requests": [],
        "definition": {"key": "press", "name": "Press", "kind": "rss", "urls": ["https://press.example/feed"]},
        "items": [{"url": "https://press.example/a", "title": "One <b>", "figures": 2, "signals": 1, "length": 900, "language": "en", "quotes": []}],
    }  # fmt: skip
    shown.save()
    page = as_admin.get(answer["Location"]).text
    assert "One &lt;b&gt;" in page
    assert "2 figures" in page
    assert "hx-trigger" not in page.split('id="live-preview"')[1].split(">")[0]
    assert 'value="press"' in page
    fragment = as_admin.get(answer["Location"], headers={"HX-Request": "true"}).text
    assert fragment.lstrip().startswith('<div id="live-preview"')


def test_the_log_shows_missing_runs_and_kept_answers(client, feed):
    now = timezone.now()
    one = fetch.keep(feed, "https://press.example/a", b"<html><p>text</p></html>")
    capture = Fetch.objects.get(pk=one).capture_id
    FetchRun.objects.create(
        source=feed, scheduled_for=now, outcome="missed", finished_at=now, error="Nothing was running at that time."
    )
    FetchRun.objects.create(
        source=feed, scheduled_for=now.replace(microsecond=1), started_at=now, finished_at=now, outcome="ok", found=3,
        requests=[{"url": "https://press.example/feed", "method": "GET", "status": 200, "size": 10, "milliseconds": 5, "items": 3, "capture": capture, "error": ""}],
    )  # fmt: skip
    health.tell(feed, "backed_off", reason("backed_off", n=5, error="503"))
    page = client.get("/sources/feed/").text
    assert "No run" in page
    assert "3 found" in page
    assert "Backed off" in page
    answer = client.get(f"/sources/feed/responses/{capture}/")
    assert answer.content == b"<html><p>text</p></html>"
    assert "attachment" in answer["Content-Disposition"]
    assert "sandbox" in answer["Content-Security-Policy"]


def test_runs_missing_in_a_row_are_one_line_of_the_log(client, feed):
    noon = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
    for hour in (0, 1, 2, 4):
        FetchRun.objects.create(
            source=feed, scheduled_for=noon - timedelta(hours=hour), outcome="missed", error="Nothing was running at that time."
        )  # fmt: skip
    FetchRun.objects.create(source=feed, scheduled_for=noon - timedelta(hours=3), outcome="ok", finished_at=noon)
    assert [(line.kind, line.count) for line in selectors.log(feed)] == [("missed", 3), ("run", 1), ("missed", 1)]
    page = client.get("/sources/feed/").text
    assert page.count("3 runs missing") == 1
    assert page.count("No run") == 1


def test_answers_of_other_sources_are_not_handed_out(client, feed):
    other = source.manual_source()
    one = fetch.keep(other, "file:x", b"<html><p>text</p></html>")
    assert client.get(f"/sources/feed/responses/{Fetch.objects.get(pk=one).capture_id}/").status_code == 404


def test_parked_items_are_shown_and_retried(as_admin, client, feed, queue):
    one = Fetch.objects.create(
        source=feed, url="https://press.example/<b>", state="parked", error="The server answered 500."
    )
    page = client.get("/sources/feed/").text
    assert "The server answered 500." in page
    assert "&lt;b&gt;" in page
    assert "/retry/" not in page
    as_admin.post(f"/sources/fetches/{one.pk}/retry/")
    assert Fetch.objects.get(pk=one.pk).state == "waiting"
    assert queue == [("obtain_fetches", [one.pk])]


def test_the_definition_can_be_taken_away_as_a_file(client, feed):
    answer = client.get("/sources/feed/definition.yml")
    assert "kind: rss" in answer.text
    assert 'filename="feed.yml"' in answer["Content-Disposition"]


def test_a_key_in_an_address_is_for_administrators(client, as_admin, as_editor, feed):
    feed.definition = {**feed.definition, "urls": ["https://press.example/feed.xml?api_key=s3cr3t&page=1"]}
    feed.save()
    Fetch.objects.create(
        source=feed, url="https://press.example/a?token=s3cr3t", state="parked", error="x?sig=s3cr3t no"
    )
    for address in ("/sources/feed/definition.yml", "/sources/feed/"):
        assert "s3cr3t" in as_admin.get(address).text
        for other in (client, as_editor):
            page = other.get(address).text
            assert "s3cr3t" not in page
            assert "•••" in page


def test_errors_are_told_in_chinese(client, feed):
    Fetch.objects.create(source=feed, url="https://press.example/a", state="parked", error="The server answered 500.")
    assert "服务器返回 500。" in client.get("/sources/feed/", headers={"accept-language": "zh-hans"}).text


def test_pages_in_chinese(client, feed):
    assert client.get("/sources/", headers={"accept-language": "zh-hans"}).status_code == 200
    assert client.get("/sources/feed/", headers={"accept-language": "zh-hans"}).status_code == 200


def test_admins_are_told_once_what_backed_off_and_how_many_need_a_hand(client, as_admin, feed, monkeypatch):
    monkeypatch.setattr("signals.selectors.source._told", [])
    Source.objects.filter(pk=feed.pk).update(state="failing", backed_off=True)
    for n in (5, 6):
        health.tell(feed, "backed_off", reason("backed_off", n=n, error="503"))
    page = as_admin.get("/sources/").text
    assert page.count("Backed off") == 1
    assert "6 failures in a row" in page
    assert re.search(r'href="/sources/"[^>]*>Sources <span class="count"[^>]*>1<', page)
    assert "Backed off" not in client.get("/sources/").text
    health.tell(feed, "recovered", reason("recovered", n=6))
    page = as_admin.get("/sources/").text
    assert ("Recovered" in page, "Backed off" in page) == (True, False)


def test_reasons_are_worded_in_the_readers_language(client, feed):
    health.tell(feed, "backed_off", reason("backed_off", n=5, error="503"))
    told = reason("silent", usual_minutes=2 * 24 * 60, silent_minutes=6 * 24 * 60)
    Source.objects.filter(pk=feed.pk).update(state="late", state_reason=str(told), state_said=told.as_json())
    assert "usually every 2 days, silent for 6 days" in client.get("/sources/feed/").text
    page = client.get("/sources/feed/", headers={"accept-language": "zh-hans"}).text
    assert "通常每2天" in page
    assert "连续失败5次" in page


def test_a_runs_answers_can_be_saved_as_an_example_that_reads_as_it_says(as_admin, as_editor, feed):
    listed = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title>
    <item><title>Sample: a second line</title><link>https://press.example/a</link><pubDate>Tue, 14 Oct 2025 02:00:00 GMT</pubDate></item>
    </channel></rss>"""
    url = feed.definition["urls"][0]
    kept = snapshot.capture(listed, url, timezone.now(), status=200, headers={"content-type": "application/rss+xml"})
    run = FetchRun.objects.create(
        source=feed, scheduled_for=timezone.now(), started_at=timezone.now(), finished_at=timezone.now(), outcome="ok",
        requests=[{"url": url, "method": "GET", "status": 200, "size": 9, "milliseconds": 5, "items": 1, "capture": kept.pk, "error": ""}],
    )  # fmt: skip
    address = f"/sources/feed/runs/{run.pk}/example.zip"
    assert address in as_admin.get("/sources/feed/").text
    packed = zipfile.ZipFile(io.BytesIO(as_admin.get(address).content))
    assert packed.namelist() == ["feed/1-list.xml", "feed/expected.yml"]
    assert packed.read("feed/1-list.xml") == listed
    expected = yaml.safe_load(packed.read("feed/expected.yml"))
    assert expected["taken"] == 1
    assert expected["steps"][0]["items"] == [
        {"url": "https://press.example/a", "title": "Sample: a second line", "published_on": "2025-10-14"}
    ]
    assert as_editor.get(address).status_code == 403
    assert as_admin.get("/sources/feed/runs/999/example.zip").status_code == 404
