"""Figures that must agree with one another, and what is said when they do not."""

from decimal import Decimal

import pytest

from signals.extraction import calendar
from signals.extraction.arithmetic import check
from signals.extraction.records import Indicator


def figure(metric, value, written, *, unit="CNY", measure="level", period="2025H1", high=None, **more):
    fields = {
        "subject": "northern-rare-earth", "product": None, "comparator": "=" if high is None else "range",
        "converted": None, "modality": "reported", "voice": "company", "note": None, "span": (0, 0), "figure": (0, 0),
        "confidence": 0.5, "rule": "",
    }  # fmt: skip
    fields.update(more)
    return Indicator(
        metric=metric, value=Decimal(value), value_high=None if high is None else Decimal(high), unit=unit,
        measure=measure, period=calendar.of_label(period), as_written=written, **fields,
    )  # fmt: skip


def verdicts(figures, text=""):
    return [(finding.rule, finding.figures, finding.ok) for finding in check(figures, text)]


def test_level_base_and_rate_agree():
    figures = [
        figure("revenue", "18870000000", "188.7亿元"),
        figure("revenue", "13000000000", "130.0亿元", period="2024H1"),
        figure("revenue", "45.2", "45.2%", unit="percent", measure="change_yoy"),
    ]
    assert verdicts(figures) == [("growth", (0, 1, 2), True)]


def test_level_base_and_rate_disagree():
    figures = [
        figure("price", "26205", "26205元/吨", unit="CNY/t", period="2025Q4"),
        figure("price", "19109", "19109元/吨", unit="CNY/t", period="2024Q4"),
        figure("price", "12.0", "12.0%", unit="percent", measure="change_yoy", period="2025Q4"),
    ]
    (finding,) = check(figures, "")
    assert not finding.ok
    assert "26205元/吨" in finding.message
    assert "12.0%" in finding.message


def test_the_quarter_before_is_the_base_of_a_quarterly_change():
    figures = [
        figure("price", "26205", "26205元/吨", unit="CNY/t", period="2025Q1"),
        figure("price", "19109", "19109元/吨", unit="CNY/t", period="2024Q4"),
        figure("price", "37.1", "37.1%", unit="percent", measure="change_qoq", period="2025Q1"),
    ]
    assert verdicts(figures) == [("growth", (0, 1, 2), True)]


def test_a_restated_base_may_be_the_one_that_agrees():
    figures = [
        figure("revenue", "720", "7.20亿元", period="2025H1"),
        figure("revenue", "800", "8.00亿元", period="2024H1"),
        figure("revenue", "900", "9.00亿元", period="2024H1", note="restated"),
        figure("revenue", "-20.00", "-20.00%", unit="percent", measure="change_yoy"),
    ]
    assert [(rule, ok) for rule, _, ok in verdicts(figures)] == [("growth", True)]


def test_growth_from_a_loss_is_not_judged():
    figures = [
        figure("net_profit", "190000000", "1.9亿元"),
        figure("net_profit", "-200000000", "2亿元", period="2024H1"),
        figure("net_profit", "194.7", "194.7%", unit="percent", measure="change_yoy"),
    ]
    assert verdicts(figures) == []


def test_a_difference_of_ratios_is_in_points():
    figures = [
        figure("gross_margin", "12.28", "12.28%", unit="percent"),
        figure("gross_margin", "7.96", "7.96%", unit="percent", period="2024H1"),
        figure("gross_margin", "4.32", "4.32pct", unit="pp", measure="change_yoy"),
    ]
    assert verdicts(figures) == [("growth", (0, 1, 2), True)]


@pytest.mark.parametrize(("dollars", "ok"), [("210000000", True), ("2100000000", False)])
def test_two_currencies(dollars, ok):
    one = figure("rd_spend", "1525000000", "¥1.525 billion", converted=(Decimal(dollars), "USD"))
    assert verdicts([one]) == [("currency-pair", (0,), ok)]


@pytest.mark.parametrize(("price", "ok"), [("18618", True), ("18816", False)])
def test_step_times_content_is_the_price(price, ok):
    figures = [
        figure("price", price, f"{price}元/吨", unit="CNY/t", period="2025Q2", product="concentrate"),
        figure("price_step", "372.36", "372.36元/吨", unit="CNY/t", period="2025Q2", product="concentrate"),
    ]
    assert verdicts(figures, "不含税(干量,REO=50%)") == [("price-step", (1, 0), ok)]


@pytest.mark.parametrize(("rate", "ok"), [(("1882.5", "2014.7"), True), (("188.3", "201.5"), False)])
def test_a_forecast_adds_its_increment_to_the_base(rate, ok):
    figures = [
        figure("net_profit", "900000000", "9亿元到9.6亿元", high="960000000", modality="forecast"),
        figure("net_profit", "854600000", "8.546亿元到9.146亿元", high="914600000", measure="change_yoy"),
        figure("net_profit", rate[0], "", high=rate[1], unit="percent", measure="change_yoy"),
    ]
    assert [verdict for verdict in verdicts(figures) if verdict[0] == "increment"] == [("increment", (0, 1, 2), ok)]


def test_parts_that_add_up_confirm_their_total():
    figures = [
        figure("quota_mining", "140000", "140000吨", unit="t", period="2020"),
        figure("quota_mining", "120850", "120850吨", unit="t", period="2020", product="light-rare-earth"),
        figure("quota_mining", "19150", "19150吨", unit="t", period="2020", product="heavy-rare-earth"),
    ]
    assert verdicts(figures) == [("sum", (0, 1, 2), True)]


def test_unrelated_figures_are_not_accused():
    figures = [
        figure("output", "100", "100吨", unit="t"),
        figure("output", "30", "30吨", unit="t"),
        figure("output", "40", "40吨", unit="t"),
    ]
    assert verdicts(figures) == []


def test_a_yearly_change_that_is_quarterly_is_named():
    figures = [
        figure("price", "26834", "26,834元", unit="CNY/t", period="2026Q1"),
        figure("price", "26205", "26,205元", unit="CNY/t", period="2025Q4"),
        figure("price", "2.4", "2.4%", unit="percent", measure="change_yoy", period="2026Q1"),
    ]
    (finding,) = check(figures, "")
    assert (finding.rule, finding.ok) == ("basis", False)
    assert "2025Q4" in finding.message


@pytest.mark.parametrize(
    ("text", "first", "second", "ok"),
    [
        ("净利润2.9亿元,占营业收入67.6亿元的4.3%", "2.9亿元", "67.6亿元", True),
        ("净利润29亿元,占营业收入67.6亿元的4.3%", "29亿元", "67.6亿元", False),
    ],
)
def test_a_share_is_checked_against_its_whole(text, first, second, ok):
    def sum_(metric, written):
        start = text.index(written)
        value = Decimal(written.removesuffix("亿元")) * 10**8
        return figure(metric, value, written, figure=(start, start + len(written)))

    assert verdicts([sum_("net_profit", first), sum_("revenue", second)], text) == [("share", (0, 1), ok)]
