"""The scorer's own rules, on figures made up for the purpose."""

from __future__ import annotations

from typing import Any

import pytest

from tests.gold.matching import agreements, pair_up, same_figure
from tests.gold.score import Score, gained_and_lost, precision_recall_f1, score_document, score_set

FIGURE: dict[str, Any] = {
    "subject": "jl-mag", "metric": "revenue", "product": None, "measure": "level", "comparator": "=", "value": 100.0,
    "value_high": None, "unit": "CNY", "period": "2025Q1", "modality": "reported", "optional": False,
    "as_written": "100",
}  # fmt: skip


def figure(**changes: Any) -> dict[str, Any]:
    return FIGURE | changes


def document(*figures: dict[str, Any], **changes: Any) -> dict[str, Any]:
    keys = ("entities", "entities_may", "themes_must", "themes_may", "slogans", "slogans_may")
    bare: dict[str, Any] = {"doc": "en-00", "language": "en", "published_on": None, "indicators": list(figures)}
    return bare | {key: [] for key in keys} | changes


@pytest.mark.parametrize(
    ("wanted", "said", "same"),
    [
        ({}, {"value": 100.4}, True),
        ({}, {"value": 100.6}, False),
        ({}, {"unit": "USD"}, False),
        ({"metric": "profit"}, {"metric": "net_profit"}, True),
        ({"metric": "net_profit"}, {"metric": "net_profit_core"}, False),
        ({"measure": "change_yoy"}, {"measure": "change"}, True),
        ({"measure": "change_yoy"}, {"measure": "change_qoq"}, False),
        ({"measure": "level"}, {"measure": "change"}, False),
        ({"value_high": 110.0}, {"value_high": 110.1}, True),
        ({"value_high": 110.0}, {"value_high": None}, False),
        ({"value": -68.0}, {"value": 68.0}, False),
    ],
)
def test_the_core_is_metric_measure_value_and_unit(wanted: dict[str, Any], said: dict[str, Any], same: bool) -> None:
    assert same_figure(figure(**wanted), figure(**said)) is same


def test_a_concentrate_price_is_a_figure_of_both_sides() -> None:
    gold = figure(metric="price", product="concentrate", subject="northern-rare-earth")
    assert agreements(gold, gold | {"subject": "baogang-union"})["subject"]
    assert not agreements(gold, gold | {"subject": "baogang-group"})["subject"]


def test_a_balance_sheet_item_may_carry_its_quarter_or_its_last_day() -> None:
    gold = figure(metric="cash", period="2025-06-30")
    assert agreements(gold, gold | {"period": {"label": "2025H1"}})["period"]
    assert not agreements(gold, gold | {"period": {"label": "2025"}})["period"]
    assert not agreements(figure(period="2025-06-30"), figure(period="2025H1"))["period"]


def test_wanted_figures_choose_before_optional_ones() -> None:
    gold = [figure(optional=True), figure()]
    assert pair_up(gold, [figure()]) == {1: 0}


def test_a_figure_takes_the_record_that_agrees_best() -> None:
    assert pair_up([figure()], [figure(subject=None), figure()]) == {0: 1}


def test_optional_figures_and_allowed_names_count_neither_way() -> None:
    gold = document(figure(optional=True), entities_may=["china"])
    score = score_document(gold, {"indicators": [figure()], "entities": [{"key": "china"}]})
    assert score.counts["indicators.said"] == score.counts["indicators.wanted"] == 0
    assert score.counts["entities.said"] == 0


def test_an_unread_document_costs_its_figures() -> None:
    score = score_document(document(figure()), {"error": "no text"})
    assert score.counts["indicators.wanted"] == 1
    assert score.rates("indicators")[1] == 0


def test_an_unknown_date_is_not_held_against_the_engine() -> None:
    assert score_document(document(), {"published_on": "2025-01-01"}).figures()["dates_right"] == 1


def test_held_texts_are_counted_but_not_told() -> None:
    scores = score_set([document(figure(), held=True)], {})
    assert scores["all"].counts["indicators.wanted"] == 1
    assert not scores["all"].lines


def test_gained_and_lost_name_the_figures() -> None:
    told = gained_and_lost(Score(found={"a", "b"}), {"found": ["b", "c"], "spurious": ["d"]})
    assert told.splitlines() == [
        "gained 1",
        "    a",
        "lost 1",
        "    c",
        "newly made up 0",
        "no longer made up 1",
        "    d",
    ]


def test_nothing_said_and_nothing_wanted_is_perfect() -> None:
    assert precision_recall_f1(0, 0, 0) == (1.0, 1.0, 1.0)
