"""Addresses asked for together, each with an end of its own."""

import pytest

from signals.models import Capture, Fetch
from signals.services import fetch, obtaining, pipeline, source
from tests.signals.services.test_runs import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("known")]


@pytest.fixture
def asked(live):
    """Rows for addresses of the server: two pages, one that breaks, one that is empty, one that robots.txt refuses."""
    for name in "ab":
        live.expect_request(f"/{name}").respond_with_data(
            page(f"Story {name}"), headers={"ETag": f'"{name}"', "Content-Type": "text/html"}
        )
    live.expect_request("/broken").respond_with_data("no", status=503)
    live.expect_request("/empty").respond_with_data(" ")
    manual = source.manual_source()
    return [fetch.queue(manual, live.url_for(f"/{name}")) for name in ("a", "b", "broken", "empty", "private/x")]


def test_each_comes_to_its_own_end(asked):
    states = obtaining.obtain_all(asked)
    assert [states[one] for one in asked] == ["kept", "kept", "failed", "rejected", "parked"]
    assert list(Fetch.objects.order_by("pk").values_list("attempts", flat=True)) == [0, 0, 1, 1, 1]
    assert Capture.objects.count() == 2
    assert obtaining.obtain_all(asked) == {}  # kept, over, or not due


def test_what_is_unchanged_is_asked_conditionally_and_ended_together(live, asked):
    pipeline.take_all(asked[:2])
    live.clear()
    live.expect_request("/robots.txt").respond_with_data("")
    for name in "ab":
        live.expect_request(f"/{name}", headers={"If-None-Match": f'"{name}"'}).respond_with_data("", status=304)
    again = [fetch.queue(source.manual_source(), live.url_for(f"/{name}")) for name in "ab"]
    assert pipeline.take_all(again) == dict.fromkeys(again, "unchanged")
    assert list(Fetch.objects.filter(pk__in=again).values_list("status", "claimed_at")) == [(304, None)] * 2


def test_an_error_of_our_own_stays_with_its_address(asked, monkeypatch):
    get = obtaining.client.get
    monkeypatch.setattr(obtaining.client, "get", lambda url, **more: 1 / 0 if url.endswith("/a") else get(url, **more))
    states = obtaining.obtain_all(asked[:2])
    assert [states[one] for one in asked[:2]] == ["failed", "kept"]
    assert "ZeroDivisionError" in Fetch.objects.get(pk=asked[0]).error


def test_what_was_tried_before_is_claimed_alone_and_at_last_parked(asked, monkeypatch):
    Fetch.objects.filter(pk=asked[0]).update(attempts=Fetch.MAX_ATTEMPTS)
    Fetch.objects.filter(pk=asked[1]).update(attempts=1)
    together = []
    obtain = obtaining._obtain
    monkeypatch.setattr(obtaining, "_obtain", lambda rows, begun: together.append(len(rows)) or obtain(rows, begun))
    obtaining.obtain_all(asked)
    assert together == [3, 0, 1]
    assert list(Fetch.objects.filter(pk__in=asked[:2]).order_by("pk").values_list("state", flat=True)) == [
        "parked",
        "kept",
    ]
    assert "lost each time" in Fetch.objects.get(pk=asked[0]).error


def test_what_there_is_no_time_for_is_given_back(asked, monkeypatch):
    monkeypatch.setattr(obtaining, "LONGEST", -1.0)
    assert obtaining.obtain_all(asked) == dict.fromkeys(asked, "later")
    assert set(Fetch.objects.values_list("state", "attempts", "claimed_at")) == {("waiting", 0, None)}


def test_much_is_kept_before_more_is_asked(asked, monkeypatch):
    monkeypatch.setattr(obtaining, "HEAP", 0)
    sizes = []
    keep = obtaining._keep
    monkeypatch.setattr(obtaining, "_keep", lambda answers: sizes.append(len(answers)) or keep(answers))
    obtaining.obtain_all(asked[:2])
    assert sizes == [1, 1, 0]


def test_a_full_disk_is_told_and_each_address_is_asked_again(asked, monkeypatch):
    def full(*given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("signals.ingest.store.keep", full)
    states = obtaining.obtain_all(asked[:2])
    assert list(states.values()) == ["failed", "failed"]
    assert set(Fetch.objects.filter(pk__in=asked[:2]).values_list("error", "claimed_at")) == {
        ("The answer could not be kept: No space left on device.", None)
    }
    assert not Capture.objects.exists()
    monkeypatch.undo()
    Fetch.objects.filter(pk__in=asked[:2]).update(not_before=None)
    assert set(obtaining.obtain_all(asked[:2]).values()) == {"kept"}
