"""Runs of sources against a real server on this machine."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from signals.models import Capture, Disclosure, Fetch, FetchRun, Host, Source, SourceEvent
from signals.services import fetch, health, obtaining, pipeline, runs, source
from signals.sources import build

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Sample</title><link>{base}</link>
<item><title>Northern Rare Earth raises output</title><link>{base}/a</link><pubDate>Tue, 14 Oct 2025 02:00:00 GMT</pubDate></item>
<item><title>Second story about magnets</title><link>{base}/b?utm_source=feed</link><pubDate>Wed, 15 Oct 2025 02:00:00 GMT</pubDate></item>
</channel></rss>"""
MORE = {
    "Story a": "The company in Baotou also said that it would go on with the second phase of its smelting project next year.",
    "Story b": "Lynas, on the other side of the market, shipped magnets to Japan and spoke of a new plant in Malaysia by 2027.",
}
PAGE = """<html><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>Northern Rare Earth said its revenue in the first half of 2025 reached {value} billion yuan, up 45 percent on the year.</p>
<p>{more}</p></article></body></html>"""


def page(title, value="18.87"):
    return PAGE.format(title=title, value=value, more=MORE[title])


def serve(server, *, feed=FEED, value="18.87"):
    base = server.url_for("").rstrip("/")
    server.expect_request("/feed").respond_with_data(feed.format(base=base), content_type="application/rss+xml")
    for name in "ab":
        server.expect_request(f"/{name}").respond_with_data(page(f"Story {name}", value), content_type="text/html")
    return base


def make(base, **more):
    fields = {
        "key": "sample-feed",
        "name": "Sample feed",
        "kind": "rss",
        "urls": [f"{base}/feed"],
        "enabled": True,
        "grade": "B",
        "language": "en",
    }
    return source.save(build({**fields, **more}))


def run(row, at=None):
    slot = (at or timezone.now()).isoformat()
    step = runs.run(row.pk, slot)
    states = [pipeline.take(one) for one in step.fetches]
    return FetchRun.objects.get(source=row, scheduled_for=slot), states


def test_a_run_lists_fetches_and_reads(live):
    row = make(serve(live))
    done, states = run(row)
    assert (done.outcome, done.found, done.rejected, states) == ("ok", 2, 0, ["done", "done"])
    assert done.requests[0]["status"] == 200
    assert Capture.objects.filter(pk=done.requests[0]["capture"]).exists()
    assert list(Disclosure.objects.order_by("canonical_url").values_list("published_on__day", flat=True)) == [14, 15]
    assert "utm_source" not in Disclosure.objects.order_by("canonical_url").last().canonical_url
    row.refresh_from_db()
    assert (row.state, row.state_reason) == ("healthy", "2 new items in the last run")
    assert row.next_run_at > timezone.now()


def test_running_a_slot_twice_changes_nothing(live):
    row = make(serve(live))
    slot = timezone.now()
    run(row, slot)
    before = Fetch.objects.count(), FetchRun.objects.count()
    assert runs.run(row.pk, slot.isoformat()).fetches == []
    assert (Fetch.objects.count(), FetchRun.objects.count()) == before


def test_a_run_that_was_cut_off_goes_on(live):
    row = make(serve(live))
    slot = timezone.now()
    FetchRun.objects.create(
        source=row,
        scheduled_for=slot,
        started_at=slot,
        claimed_at=slot - timedelta(hours=1),
        todo=[{"url": f"{live.url_for('/feed')}"}],
    )
    assert runs.left_behind() == [(row.pk, slot.isoformat())]
    assert len(runs.run(row.pk, slot.isoformat()).fetches) == 2


def test_only_one_run_of_a_source_at_a_time(live):
    row = make(serve(live))
    now = timezone.now()
    FetchRun.objects.create(source=row, scheduled_for=now - timedelta(minutes=5), started_at=now, claimed_at=now)
    assert runs.run(row.pk, now.isoformat()).fetches == []
    assert FetchRun.objects.get(scheduled_for=now).outcome == "missed"


def test_a_silent_edit_makes_a_second_version_within_one_cycle(live):
    base = serve(live)
    row = make(base)
    run(row)
    live.clear()
    live.expect_request("/robots.txt").respond_with_data("")
    serve(live, value="12.11")
    _, states = run(row)
    assert states == ["done", "done"]
    assert set(Disclosure.objects.values_list("current_version__number", flat=True)) == {2}
    assert set(Disclosure.objects.values_list("current_version__cause", flat=True)) == {"edited"}


def test_a_silent_edit_is_noticed_though_the_list_answers_that_it_is_as_it_was(live):
    row = make(serve(live))
    run(row)
    Source.objects.update(validators={f"{live.url_for('/feed')}": {"etag": '"1"'}})  # as installations before have it
    live.clear()
    live.expect_request("/robots.txt").respond_with_data("")
    feed = FEED.format(base=live.url_for("").rstrip("/"))
    live.expect_request("/feed", headers={"If-None-Match": '"1"'}).respond_with_data("", status=304)
    live.expect_request("/feed").respond_with_data(feed, content_type="application/rss+xml", headers={"ETag": '"1"'})
    serve(live, value="12.11")
    done, states = run(row)
    assert (done.requests[0]["status"], states) == (200, ["done", "done"])
    live.clear()
    live.expect_request("/robots.txt").respond_with_data("")
    live.expect_request("/feed", headers={"If-None-Match": '"1"'}).respond_with_data("", status=304)
    serve(live, value="13.13")
    done, states = run(row)
    assert (done.outcome, done.requests[0]["status"], done.new) == ("unchanged", 304, 0)
    assert states == ["done", "done"]
    assert set(Disclosure.objects.values_list("current_version__number", flat=True)) == {3}


def test_unchanged_pages_make_no_version(live):
    row = make(serve(live))
    run(row)
    _, states = run(row)
    assert states == ["unchanged", "unchanged"]
    assert set(Disclosure.objects.values_list("current_version__number", flat=True)) == {1}


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_withdrawn_and_comes_back(live, status):
    base = serve(live)
    row = make(base)
    run(row)
    live.clear()
    live.expect_request("/robots.txt").respond_with_data("")
    live.expect_request("/feed").respond_with_data(FEED.format(base=base), content_type="application/rss+xml")
    live.expect_request("/a").respond_with_data("", status=status)
    live.expect_request("/b").respond_with_data(page("Story b"), content_type="text/html")
    run(row)
    gone = Disclosure.objects.get(canonical_url=f"{base}/a")
    assert gone.withdrawn_at is not None
    assert str(status) in gone.withdrawn_reason
    assert gone.indicatorcurrent_rows.filter(superseded=False).count() == 0
    assert gone.versions.count() == 1
    live.clear()
    live.expect_request("/robots.txt").respond_with_data("")
    serve(live)
    run(row)
    gone.refresh_from_db()
    assert gone.withdrawn_at is None
    assert gone.indicatorcurrent_rows.filter(superseded=False).exists()


def test_a_retraction_notice_withdraws(live):
    base = serve(live)
    row = make(base)
    run(row)
    live.clear()
    live.expect_request("/robots.txt").respond_with_data("")
    serve(live)
    notice = page("Story a").replace(
        "<h1>Story a</h1>", "<h1>Story a</h1><p>This article has been withdrawn because its figures were wrong.</p>"
    )
    live.expect_oneshot_request("/a").respond_with_data(notice, content_type="text/html")
    run(row)
    assert "withdrawn because" in Disclosure.objects.get(canonical_url=f"{base}/a").withdrawn_reason


def outcome_of(live, body, *, content_type="application/rss+xml", status=200, **more):
    live.expect_request("/feed").respond_with_data(body, status=status, content_type=content_type)
    row = make(live.url_for("").rstrip("/"), **more)
    done, _ = run(row)
    row.refresh_from_db()
    return done.outcome, row.state, row.state_reason


EMPTY = '<rss version="2.0"><channel><title>x</title><link>http://localhost/</link></channel></rss>'


def test_states_with_their_reasons(live):
    assert outcome_of(live, EMPTY)[:2] == ("empty", "empty")


def test_a_page_in_place_of_a_feed_is_a_changed_shape(live):
    outcome, state, reason = outcome_of(
        live, "<html><head><title>Sign in</title></head></html>", content_type="text/html"
    )
    assert (outcome, state) == ("shape_changed", "shape_changed")
    assert "Sign in" in reason


def test_selectors_that_find_nothing(live):
    outcome, state, reason = outcome_of(
        live,
        "<html><body><p>x</p></body></html>",
        content_type="text/html",
        kind="html_list",
        select={"item": "ul.news li"},
    )
    assert (outcome, state) == ("no_match", "no_match")
    assert "ul.news li" in reason


def test_refusals_are_blocked_and_errors_are_failing(live):
    assert outcome_of(live, "no", status=403)[:2] == ("blocked", "blocked")


def test_server_errors_are_failing(live):
    outcome, state, reason = outcome_of(live, "no", status=503)
    assert (outcome, state) == ("failed", "failing")
    assert "503" in reason


def test_robots_are_obeyed(live):
    live.expect_request("/private/feed").respond_with_data(EMPTY)
    row = make(live.url_for("").rstrip("/"), urls=[live.url_for("/private/feed")])
    done, _ = run(row)
    assert done.outcome == "blocked"
    assert "robots.txt" in done.error
    assert not any(request.path.startswith("/private") for request, _ in live.log)


def test_too_many_or_too_few_items_are_told(live):
    base = serve(live)
    row = make(base, expect={"min_items": 5, "max_items": 20})
    done, states = run(row)
    row.refresh_from_db()
    assert (done.outcome, row.state_reason) == ("shape_changed", "2 items found where 5 to 20 are usual")
    assert states == ["done", "done"], "what was found is taken all the same"


def test_backs_off_to_daily_and_recovers_each_said_once(live):
    live.expect_request("/feed").respond_with_data("no", status=503)
    row = make(live.url_for("").rstrip("/"), cadence="1h")
    for _ in range(health.TO_DAILY + 3):
        run(row)
    row.refresh_from_db()
    assert row.backed_off
    assert row.next_run_at - timezone.now() > timedelta(hours=23)
    assert SourceEvent.objects.filter(kind="backed_off").count() == 1
    live.clear()
    live.expect_request("/robots.txt").respond_with_data("")
    serve(live)
    run(row)
    run(row)
    row.refresh_from_db()
    assert (row.backed_off, row.consecutive_failures, row.state) == (False, 0, "healthy")
    assert SourceEvent.objects.filter(kind="recovered").count() == 1


def test_missed_runs_are_written_down_and_one_run_catches_up(live):
    row = make(serve(live), cadence="1h")
    now = timezone.now()
    row.next_run_at = now - timedelta(hours=5, minutes=30)
    row.save()
    assert len(runs.due(now)) == 1
    assert runs.due(now) == []
    assert FetchRun.objects.filter(source=row, outcome="missed").count() == 5
    assert "5 runs were missed" in SourceEvent.objects.get(kind="missed").text


def test_many_due_sources_do_not_start_all_at_once(live):
    base = serve(live)
    for number in range(runs.AT_ONCE + 3):
        made = make(base, key=f"feed-{number}")
        made.next_run_at = timezone.now() - timedelta(minutes=1)
        made.save()
    assert len(runs.due()) == runs.AT_ONCE


def test_nothing_is_due_when_fetching_is_off(live, settings):
    make(serve(live), key="x")
    settings.FETCH_ENABLED = False
    assert runs.due(timezone.now() + timedelta(days=2)) == []


def test_keywords_and_hosts_leave_items_out_with_a_note(live):
    row = make(serve(live), keywords={"any": ["magnets"]})
    done, states = run(row)
    assert (done.found, done.rejected, len(states)) == (2, 1, 1)
    assert any("keyword" in note for note in done.notes)


def test_late_when_silent_for_longer_than_expected(live):
    row = make(serve(live), expect={"fresh_days": 3})
    run(row)
    health.refresh()
    row.refresh_from_db()
    assert row.state == "healthy"
    later = timezone.now() + timedelta(days=6)
    row.next_run_at = later + timedelta(hours=1)
    row.save()
    health.refresh(later)
    row.refresh_from_db()
    assert (row.state, row.state_reason) == ("late", "something new is expected every 3 days, silent for 6 days")


def test_late_when_no_worker_runs(live):
    row = make(serve(live), cadence="1h")
    run(row)
    health.refresh(timezone.now() + timedelta(hours=5))
    row.refresh_from_db()
    assert row.state == "late"
    assert "is a worker running?" in row.state_reason


def test_the_pause_between_requests_holds_over_all_workers(live, settings):
    settings.FETCH_PAUSE = 30
    base = serve(live)
    row = make(base)
    Host.objects.all().delete()
    ids = [fetch.queue(row, f"{base}/{name}") for name in "ab"]
    assert [obtaining.obtain(one) for one in ids] == ["kept", "later"]
    assert fetch.due_at(ids[1]) > timezone.now() + timedelta(seconds=20)
    assert obtaining.obtain(ids[1]) == ""


def test_retry_after_is_heeded(live):
    live.expect_request("/slow").respond_with_data("", status=429, headers={"Retry-After": "120"})
    row = make(live.url_for("").rstrip("/"))
    one = fetch.queue(row, live.url_for("/slow"))
    assert obtaining.obtain(one) == "failed"
    assert Fetch.objects.get(pk=one).not_before > timezone.now() + timedelta(seconds=100)


@pytest.mark.parametrize(("contact", "words"), [("", "REEX_CONTACT"), ("us@example.org", "REEX_FETCH_ENABLED")])
def test_fetching_switched_off_parks_politely(live, settings, contact, words):
    settings.FETCH_ENABLED, settings.CONTACT = False, contact
    row = make(live.url_for("").rstrip("/"))
    one = fetch.queue(row, live.url_for("/a"))
    assert obtaining.obtain(one) == "parked"
    assert words in Fetch.objects.get(pk=one).error


def test_poison_is_parked_with_its_error_and_can_be_retried(live, monkeypatch):
    serve(live)
    row = make(live.url_for("").rstrip("/"))
    one = fetch.queue(row, live.url_for("/a"))
    monkeypatch.setattr("signals.services.extraction._ask", lambda *_: 1 / 0)
    for _ in range(Fetch.MAX_ATTEMPTS + 1):
        Fetch.objects.filter(pk=one).update(not_before=None)
        pipeline.take(one) or pipeline.read(one)
    parked = Fetch.objects.get(pk=one)
    assert (parked.state, "ZeroDivisionError" in parked.error) == ("parked", True)
    monkeypatch.undo()
    assert fetch.retry(one)
    assert pipeline.read(one) == "done"


def test_slots_follow_cron_in_the_time_zone_of_the_source(live):
    row = make(serve(live), cron="30 8 * * *", time_zone="Asia/Shanghai", cadence="1d")
    following = health.next_run(row, datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert following.replace(second=0, microsecond=0) >= datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    assert following < datetime(2026, 3, 2, 0, 36, tzinfo=UTC)


def test_a_full_disk_is_told_as_the_reason_and_leaves_nothing_half_done(live, monkeypatch):
    row = make(serve(live))

    def full(*given, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("signals.services.snapshot.capture", full)
    done, states = run(row)
    assert (done.outcome, done.error, states) == (
        "failed",
        "The answer could not be kept: No space left on device.",
        [],
    )
    row.refresh_from_db()
    assert (row.state, row.state_reason) == ("failing", "The answer could not be kept: No space left on device")
    assert not Capture.objects.exists()
    monkeypatch.undo()
    assert run(row)[1] == ["done", "done"]
