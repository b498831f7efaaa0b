"""Brokers' notes in English made by a machine: words and ways of telling that are Chinese underneath."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

FIELDS = ("as_written", "metric", "product", "measure", "value", "unit", "period")
TITLE = "Jl Mag Rare-Earth Co.Ltd(300748) annual report"


def read(lexicon, text, title=TITLE, day="2022-04-28"):
    return rows(told(lexicon, title, text, day), *FIELDS)


FIGURES = [
    (
        "In Q1 2022 the net profit attributable to the parent company after deducting non-profit was 152 million yuan.",
        ("152 million yuan", "net_profit_core", None, "level", 152_000_000, "CNY", "2022Q1"),
    ),
    (
        "In Q1 2022 the net profit deducted from non parent company was 152 million yuan, a year-on-year increase of + 67.2%.",
        ("67.2%", "net_profit_core", None, "change_yoy", 67.2, "percent", "2022Q1"),
    ),
    (
        "The profit margin was 16.87% in 2021, a year-on-year increase of 13 percentage points.",
        ("16.87%", "net_margin", None, "level", 16.87, "percent", "2021"),
    ),
    (
        "In 2021 the distribution plan is to distribute cash of 0.445 yuan per share.",
        ("0.445 yuan per share", "dividend", None, "level", 0.445, "CNY/share", "2021"),
    ),
    (
        "Q1's gross profit margin was 19.4%, mom -1.9pct.",
        ("-1.9pct", "gross_margin", None, "change_qoq", -1.9, "pp", "2022Q1"),
    ),
    (
        "In Q1 2022 the period expense rate was 7.1%, mom -4.8pct.",
        ("7.1%", "expense_ratio", None, "level", 7.1, "percent", "2022Q1"),
    ),
    (
        "In Q1 2022 revenue in the field of new energy vehicles reached 450 million yuan; the revenue of energy-saving air conditioning reached 403 million yuan.",
        ("403 million yuan", "revenue", None, "level", 403_000_000, "CNY", "2022Q1"),
    ),
    (
        "In Q1 2022 the margins were 22.11% gross and revenue grew 8% month on month.",
        ("8%", "revenue", None, "change_qoq", 8, "percent", "2022Q1"),
    ),
    (
        "In Q1 2022 the gross margin and net margin were 22.1% and 10.1% respectively, with a year-on-year increase of 4.1 and 2.4 percentage points, and a month on month decrease of 6.3 and 4.8 percentage points respectively.",
        ("2.4 percentage points", "net_margin", None, "change_yoy", 2.4, "pp", "2022Q1"),
    ),
    (
        "The average metal terbium price was 17.07 million yuan/ton in Q1 2022.",
        ("17.07 million yuan/ton", "price", "tb-metal", "level", 17_070_000, "CNY/t", "2022Q1"),
    ),
    (
        "The semi-annual revenue in 2021 was 2.2 billion yuan.",
        ("2.2 billion yuan", "revenue", None, "level", 2_200_000_000, "CNY", "2021H1"),
    ),
    (
        "For the year ended December 31, 2021, turnover increased by 150% from HK$693,000,000 last year to HK$1,765,000,000.",
        ("HK$693,000,000", "revenue", None, "level", 693_000_000, "HKD", "2020"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure"), FIGURES)
def test_figure(lexicon, text, figure):
    assert figure in read(lexicon, text)


def test_shares_of_a_trade_are_no_growth(lexicon):
    text = "In 2021, the revenue and net profit accounted for 50.60% and 78.43% of the sector respectively."
    assert read(lexicon, text) == []


def test_middle_of_a_forecast_is_no_figure(lexicon):
    text = "Net profit for 2021 is put at 330-490 million yuan, an increase of 155% - 278% and a median of + 216%."
    assert "216%" not in [one[0] for one in read(lexicon, text)]
