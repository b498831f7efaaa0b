"""Charts as data: where points stand, where lines end, which marks are explained. No database: facts are built in memory."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from companies.models import Entity
from signals.charts import chart, strip
from signals.charts.axes import time_axis
from signals.charts.gaps import cut, missing
from signals.models import Fact, IndicatorCurrent, Source
from signals.selectors.indicator import Series, span_of

OUTLET = Source(key="outlet", name="An outlet")


def fact(start: str, end: str, value: float, **changes: object) -> Fact:
    given = {"modality": "reported", "subject": "magnet-works", "comparator": "=", "state": "unreviewed", "high": None}
    given |= {"metric": "revenue", "note": ""} | changes
    subject = Entity(key=given["subject"], short_en=str(given["subject"]).title(), short_zh="磁厂")
    best = IndicatorCurrent(
        key=f"{end}-{value}", value=Decimal(str(value)), value_high=given["high"], unit="CNY", measure="level",
        comparator=given["comparator"], state=given["state"], note=given["note"], as_written=str(value), source=OUTLET,
    )  # fmt: skip
    days = date.fromisoformat(start), date.fromisoformat(end)
    return Fact(
        key=best.key, subject=subject, metric=given["metric"], product="", measure="level", unit="CNY", best=best,
        period_start=days[0], period_end=days[1], period_label=f"{days[1]:%Y-%m}", modality=given["modality"],
        carriers=1, origins=1,
    )  # fmt: skip


def series(*facts: Fact) -> Series:
    first = facts[0]
    return Series(first.subject_id or "", first.metric, "", "level", "CNY", span_of(first), first.modality, list(facts))


def quarter(year: int, number: int, value: float = 2e9, **changes: object) -> Fact:
    last = {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}[number]
    return fact(f"{year}-{3 * number - 2:02}-01", f"{year}-{last}", value, **changes)


def year(number: int, value: float = 8e9, **changes: object) -> Fact:
    return fact(f"{number}-01-01", f"{number}-12-31", value, **changes)


def test_a_year_stands_above_its_own_name():
    drawn = chart("c", "Revenue", [series(year(2022), year(2023), year(2024))], "en")["figure"]
    assert [day[:4] for day in drawn["data"][0]["x"]] == ["2022", "2023", "2024"]
    assert drawn["layout"]["xaxis"] | {"ticklabelmode": "period", "tickformat": "%Y"} == drawn["layout"]["xaxis"]


@pytest.mark.parametrize(
    ("span", "last", "next_", "found"),
    [
        ("quarter", quarter(2024, 3), quarter(2024, 4), 0),
        ("quarter", quarter(2024, 3), quarter(2025, 1), 1),
        ("quarter", quarter(2023, 2), quarter(2024, 2), 3),
        ("year", year(2021), year(2022), 0),
        ("year", year(2021), year(2024), 2),
        ("half", fact("2023-01-01", "2023-06-30", 1), fact("2024-01-01", "2024-06-30", 1), 0),
        ("month", fact("2024-01-01", "2024-01-31", 1), fact("2024-02-01", "2024-02-29", 1), 0),
        ("day", fact("2024-01-01", "2024-01-01", 1), fact("2024-08-01", "2024-08-01", 1), 0),
    ],
)
def test_missing_periods_are_counted(span, last, next_, found):
    assert missing(span, last, next_) == found


def test_prices_on_the_same_basis_are_cut_where_a_period_is_missing_all_the_same():
    notes = {"metric": "price", "note": "不含税, REO=50%"}
    assert cut("quarter", quarter(2023, 2, **notes), quarter(2024, 2, **notes))
    assert not cut("quarter", quarter(2024, 1, **notes), quarter(2024, 2, **notes))
    assert cut("quarter", quarter(2024, 1, **notes), quarter(2024, 2, metric="price", note="含税, REO=51%"))


def test_a_long_gap_ends_the_line_and_is_named_in_chart_and_words():
    made = chart("c", "Revenue", [series(quarter(2023, 1), quarter(2023, 4), quarter(2024, 1))], "en")
    assert made["figure"]["data"][0]["y"] == [2.0, None, 2.0, 2.0]
    assert [note["text"] for note in made["figure"]["layout"]["annotations"]] == ["no figures"]
    assert "No figures between Mar\u00a02023 and Dec\u00a02023." in made["summary"]
    assert "broken line: no figures for that time" in [str(mark["text"]) for mark in made["marks"]]


def test_gaps_of_several_companies_are_left_open_without_a_name():
    lines = [series(quarter(2023, 1, subject=name), quarter(2024, 1, subject=name)) for name in ("one", "two")]
    assert chart("c", "Revenue", lines, "en", by_subject=True)["figure"]["layout"]["annotations"] == []


def test_what_is_due_is_named_beside_the_line_of_its_own_rhythm():
    due = SimpleNamespace(label="2025Q1", every=3, end=date(2025, 3, 31))
    made = chart("c", "Revenue", [series(quarter(2024, 3), quarter(2024, 4)), series(year(2024))], "en", missing=due)
    (note,) = made["figure"]["layout"]["annotations"]
    assert (note["name"], note["text"], note["y"]) == ("missing", "Q1\u00a02025 not published", 2.0)
    late = SimpleNamespace(label="2024Q4", every=3, end=date(2024, 12, 31))
    assert not chart("c", "R", [series(quarter(2024, 4))], "en", missing=late)["figure"]["layout"]["annotations"]


def test_a_company_keeps_its_colour_and_a_promise_its_shape():
    lines = [
        series(year(2023), year(2024)),
        series(quarter(2024, 1), quarter(2024, 2)),
        series(year(2025, modality="target", comparator=">=")),
        series(year(2024, subject="other-works", state="confirmed")),
    ]
    made = chart("c", "Revenue", lines, "en", by_subject=True)
    drawn = made["figure"]["data"]
    assert [trace["meta"]["series"] for trace in drawn] == [1, 1, 1, 2]
    assert [trace["marker"]["symbol"][0] for trace in drawn] == ["circle-open", "circle-open", "cross-open", "circle"]
    assert [str(mark["text"]) for mark in made["marks"]] == [
        "reported", "target", "filled: confirmed by an editor", "hollow: not reviewed yet",
    ]  # fmt: skip


def test_a_company_has_its_colour_of_the_page_even_where_others_have_no_line():
    made = chart(
        "c",
        "Revenue",
        [series(year(2023, subject="b"), year(2024, subject="b"))],
        "en",
        by_subject=True,
        subjects=["a", "b"],
    )
    assert made["figure"]["data"][0]["meta"]["series"] == 2


def test_the_line_under_the_title_says_the_length_of_period_once():
    alone = chart("c", "Revenue", [series(quarter(2024, 1), quarter(2024, 2))], "en")
    assert alone["subtitle"] == "¥ bn, by quarter"
    both = chart("c", "Revenue", [series(quarter(2024, 1)), series(year(2024))], "en", by_subject=True)
    assert [trace["name"] for trace in both["figure"]["data"]] == ["Magnet-Works, quarter", "Magnet-Works, year"]
    assert both["subtitle"] == "¥ bn"


@pytest.mark.parametrize(
    ("days", "every", "expected"),
    [
        ([date(2019, 5, 1), date(2025, 5, 1)], 3, {"dtick": "M12", "tickformat": "%Y"}),
        ([date(2001, 5, 1), date(2025, 5, 1)], 3, {"dtick": "M24"}),
        ([date(2024, 2, 15), date(2025, 2, 15)], 3, {"dtick": "M3", "tickformat": "Q%q\n%Y"}),
        ([date(2024, 2, 15)], 3, {"range": ["2023-08-19", "2024-08-13"]}),
        ([date(2024, 2, 1), date(2024, 2, 9)], 1, {"tickformat": "%-d %b\n%Y"}),
        ([date(2024, 1, 16), date(2024, 4, 16)], 1, {"dtick": "M1", "tickformat": "%b\n%Y"}),
        ([date(2023, 7, 1), date(2024, 7, 1)], 12, {"dtick": "M12", "tickformat": "%Y"}),
        ([], 3, {"type": "date"}),
    ],
)
def test_ticks_follow_the_length_of_time(days, every, expected):
    axis = time_axis(days, "en", every=every)
    assert axis | expected == axis


def test_the_strip_says_month_and_count_in_the_readers_language():
    lanes = {"figure": "figures"}
    drawn = strip([(date(2025, 3, 1), "figure", 4)], lanes, "zh-hans")
    assert drawn["data"][0]["text"] == ["2025年3月: 4"]
