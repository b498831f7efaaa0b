"""Pages that are asked again after they have left their list."""

from datetime import timedelta

import pytest
from django.utils import timezone

from signals.models import Disclosure, Fetch, FetchRun, Source
from signals.services import fetch, health, pipeline, runs
from tests.signals.services.test_runs import FEED, make, page, run, serve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]


@pytest.mark.parametrize(
    ("age", "waited", "again"),
    [
        (1, 0.5, False),
        (1, 1.5, True),
        (10, 3, False),
        (10, 6, True),
        (60, 19, False),
        (60, 21, True),
        (800, 700, False),
    ],
)
def test_a_page_that_left_its_list_is_asked_again_ever_more_seldom(live, age, waited, again):
    row = make(serve(live))
    run(row)
    now = timezone.now()
    Disclosure.objects.update(first_seen_at=now - timedelta(days=age))
    Fetch.objects.update(finished_at=now - timedelta(days=waited))
    fresh = FetchRun.objects.create(source=row, scheduled_for=now)
    assert len(fetch.queue_unlisted(fresh, now)) == (2 if again else 0)
    assert fetch.queue_unlisted(fresh, now) == []  # they wait already


def test_a_page_off_the_list_that_is_gone_counts_as_withdrawn_and_no_longer_when_it_is_back(live):
    base = serve(live)
    row = make(base)
    run(row)
    live.clear()
    live.expect_request("/robots.txt").respond_with_data("")
    one_left = FEED.split("<item>")[0] + "<item>" + FEED.split("<item>")[2]
    live.expect_request("/feed").respond_with_data(one_left.format(base=base), content_type="application/rss+xml")
    live.expect_request("/a").respond_with_data("gone", status=410)
    live.expect_request("/b").respond_with_data(page("Story b"), content_type="text/html")
    Fetch.objects.update(finished_at=timezone.now() - timedelta(days=2))
    run(row)
    assert Disclosure.objects.get(canonical_url=f"{base}/a").withdrawn_at is not None
    live.clear()
    live.expect_request("/robots.txt").respond_with_data("")
    serve(live, feed=one_left)
    Fetch.objects.update(finished_at=timezone.now() - timedelta(days=2))
    run(row)
    assert Disclosure.objects.get(canonical_url=f"{base}/a").withdrawn_at is None


def test_a_run_asks_for_some_pages_off_its_list_only_the_longest_forgotten_first(live, monkeypatch):
    base = serve(live)
    row = make(base)
    run(row)
    monkeypatch.setattr("signals.services.rechecks.MOST", 1)
    live.clear()
    live.expect_request("/robots.txt").respond_with_data("")
    empty = FEED.split("<item>")[0] + "<item><title>Other</title><link>{base}/other</link></item></channel></rss>"
    live.expect_request("/feed").respond_with_data(empty.format(base=base), content_type="application/rss+xml")
    for days, name in ((3, "b"), (2, "a")):
        Fetch.objects.filter(url=f"{base}/{name}").update(finished_at=timezone.now() - timedelta(days=days))
    done, _ = run(row)
    again = done.fetches.get(hints__unlisted=True)
    assert again.url == f"{base}/b"
    assert again.hints["published_on"] == "2025-10-15"


def test_an_edited_page_is_no_new_one_and_the_log_says_so(live, client):
    base = serve(live)
    row = make(base)
    run(row)
    live.clear()
    live.expect_request("/robots.txt").respond_with_data("")
    serve(live, value="12.11")
    _, states = run(row)
    runs.recount()
    assert states == ["done", "done"]
    assert list(FetchRun.objects.order_by("pk").values_list("new", flat=True)) == [2, 0]
    assert "<b>2 edited</b>" in client.get("/sources/sample-feed/").content.decode()


def test_the_number_of_new_pages_never_dips_while_they_are_read(live):
    row = make(serve(live))
    slot = timezone.now().isoformat()
    todo = runs.run(row.pk, slot).fetches
    seen = []
    for one in [*todo, None]:
        runs.recount()
        seen.append(FetchRun.objects.get().new)
        if one is not None:
            pipeline.take(one)
    assert seen == [2, 2, 2]


def test_what_people_and_folders_bring_has_a_last_item_too(take):
    page_of_hand = take(page("Story a"))
    Source.objects.filter(pk=page_of_hand.source_id).update(kind="watch", last_item_at=None)
    health.refresh()
    assert Source.objects.get(pk=page_of_hand.source_id).last_item_at == page_of_hand.first_seen_at
