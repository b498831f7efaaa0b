"""When does a missing figure count as not published? Runs in words, newest first; no database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from signals.selectors.absence import absence, absences
from signals.selectors.company import Point

QUARTERS = [
    (date(2025, 6, 30), date(2025, 4, 1)), (date(2025, 3, 31), date(2025, 1, 1)),
    (date(2024, 12, 31), date(2024, 10, 1)), (date(2024, 9, 30), date(2024, 7, 1)),
]  # fmt: skip


def run(spans, delay=20, metric="price", unit="CNY/t"):
    """Points of one run, each published ``delay`` days after its period."""
    return [
        Point(
            str(end), f"key-{end}", "northern-rare-earth", metric, "concentrate", "level", unit, start, end, Decimal(1), "=",
            end + timedelta(days=delay), f"{end:%Y}Q{(end.month + 2) // 3}",
        )
        for end, start in spans
    ]  # fmt: skip


MONTHS = [(date(2025, month + 1, 1) - timedelta(days=1), date(2025, month, 1)) for month in (8, 7, 6, 5)]
YEARS = [(date(year, 12, 31), date(year, 1, 1)) for year in (2024, 2023, 2022, 2021)]
NINE = [(date(year, 9, 30), date(year, 1, 1)) for year in (2024, 2023, 2022, 2021)]
HALVES = [(date(year, 6, 30), date(year, 1, 1)) for year in (2024, 2023, 2022, 2021)]


@pytest.mark.parametrize(
    ("spans", "missing", "due"),
    [
        (QUARTERS, "2025Q3", date(2025, 11, 10)),
        (MONTHS, "2025-09", date(2025, 10, 30)),
        (YEARS, "2025", date(2026, 3, 6)),
        (NINE, "2025M1-9", date(2025, 12, 4)),
        (HALVES, "2025H1", date(2025, 9, 3)),
    ],
)
def test_the_missing_period_is_named_once_its_grace_is_over(spans, missing, due):
    assert absence(run(spans), due) is None
    found = absence(run(spans), due + timedelta(days=1))
    assert (found.label, found.due_on, found.times) == (missing, due, 4)


@pytest.mark.parametrize(
    "spans",
    [
        pytest.param(QUARTERS[:3], id="three times are no rhythm"),
        pytest.param([QUARTERS[0], QUARTERS[2], *YEARS[1:]], id="periods were left out"),
        pytest.param([(date(2025, 8, day), date(2025, 8, day)) for day in (29, 28, 27, 26)], id="days of a price"),
    ],
)
def test_without_a_rhythm_nothing_is_missing(spans):
    assert absence(run(spans), date(2025, 12, 31)) is None


def test_what_was_told_years_later_does_not_stretch_the_expectation():
    points = run(QUARTERS[:3]) + run(QUARTERS[3:], delay=900)
    assert absence(points, date(2025, 12, 31)).due_on == date(2025, 11, 10)


def test_a_series_long_given_up_is_not_news():
    assert absence(run(QUARTERS), date(2027, 12, 31)) is None


def test_a_figure_of_another_unit_or_length_settles_the_period():
    later = run([(date(2025, 9, 30), date(2025, 1, 1))], unit="USD/t")
    key = ("northern-rare-earth", "price", "concentrate")
    assert absences({key: [run(QUARTERS), later]}, {}, date(2025, 12, 31)) == []
    assert len(absences({key: [run(QUARTERS)]}, {}, date(2025, 12, 31))) == 1


@pytest.mark.parametrize(("heard", "silent"), [(None, True), (date(2025, 10, 1), True), (date(2025, 11, 20), False)])
def test_a_company_not_heard_since_may_be_our_own_silence(heard, silent):
    assert absence(run(QUARTERS), date(2025, 12, 31), heard).silent is silent
