"""What the calendar says of a promise, and which ones the overview tells."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from companies.models import Entity
from signals.models import Commitment, CommitmentStep
from signals.selectors import commitment

TODAY = date(2026, 11, 23)
pytestmark = pytest.mark.usefixtures("known")


def promise(key, *, first_half, due_on=None, heard=TODAY, kind="project", state="announced", state_on=None):
    row = Commitment.objects.create(
        key=key, kind=kind, entity=Entity.objects.get(pk="northern-rare-earth"), due_on=due_on, opened_on=heard,
        state=state, state_on=state_on, settled=state in ("done", "missed", "dropped"),
    )  # fmt: skip
    CommitmentStep.objects.create(
        commitment=row,
        state=state,
        on=heard,
        finding_key="a" * 64,
        disclosure=first_half,
        language="en",
        quote="said so",
    )
    return row


@pytest.mark.parametrize(
    ("kind", "state", "due_in", "heard_ago", "wanted", "inferred"),
    [
        ("figure", "announced", -1, 10, "overdue", True),
        ("figure", "announced", 0, 10, "due", True),
        ("figure", "announced", 120, 10, "due", True),
        ("figure", "announced", 121, 10, "announced", False),
        ("project", "under_way", None, 365, "under_way", False),
        ("project", "under_way", None, 366, "gone_quiet", True),
        ("project", "done", -400, 800, "done", False),
        ("figure", "done", -400, 800, "kept", False),
        ("figure", "missed", -400, 800, "missed", False),
    ],
)
def test_the_state_as_of_today(first_half, kind, state, due_in, heard_ago, wanted, inferred):
    due_on = None if due_in is None else TODAY + timedelta(days=due_in)
    row = promise(
        "k", first_half=first_half, due_on=due_on, heard=TODAY - timedelta(days=heard_ago), kind=kind, state=state
    )
    one = commitment.read(row, TODAY)
    assert (one.state, one.inferred) == (wanted, inferred)


def test_the_overview_tells_the_lately_overdue_and_the_soonest_due(first_half):
    for days in (-600, -30, -20, -10, -5, -4, 3, 8, 20, 40, 90, 200):
        promise(f"{days}", first_half=first_half, due_on=TODAY + timedelta(days=days))
    promise("settled", first_half=first_half, due_on=TODAY, state="done")
    assert [one.row.key for one in commitment.news(TODAY)[1]] == ["-10", "-5", "-4", "3", "8", "20"]


def test_the_overview_tells_what_was_settled_last(first_half):
    for days in (1, 3, 2):
        promise(f"{days}", first_half=first_half, due_on=TODAY, state="done", state_on=TODAY - timedelta(days=days))
    assert [one.row.key for one in commitment.news(TODAY, outcomes=2)[0]] == ["1", "2"]


def test_a_share_is_told_from_ten_outcomes_on(first_half):
    def told(kept, missed):
        states = ["done"] * kept + ["missed"] * missed
        Commitment.objects.all().delete()
        rows = [promise(f"{n}", first_half=first_half, state=state) for n, state in enumerate(states)]
        return commitment.tally(commitment.read(row, TODAY) for row in rows).share

    assert told(7, 2) is None
    assert told(8, 2) == 80


def test_promises_without_a_day_come_last(first_half):
    promise("undated", first_half=first_half, heard=None)
    promise("dated", first_half=first_half, heard=date(2020, 1, 1))
    assert [one.row.key for one in commitment.listing(TODAY, {})] == ["dated", "undated"]
