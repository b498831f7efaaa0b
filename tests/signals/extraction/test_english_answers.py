"""Figures that answer the figures before them in order without a word that says so, and words that only look like another."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

FIELDS = ("as_written", "metric", "product", "measure", "unit", "period")
ANSWERS = [
    (
        "China Northern Rare Earth's revenue and net profit were 30.3 billion yuan and 1.54 billion yuan in 2024, up 40% and 280%.",
        [("40%", "revenue"), ("280%", "net_profit")],
    ),
    (
        "China Northern Rare Earth's revenue and net profit were 30.3 billion yuan and 1.54 billion yuan, up 40% and down 28%.",
        [("40%", "revenue"), ("28%", "net_profit")],
    ),
    (
        "The Baotou exchange traded 118,000 tonnes worth 23.9 billion yuan last year, an increase of 35% and 41%.",
        [("35%", "trade_volume"), ("41%", "trade_value")],
    ),
    (
        "Gansu Rare Earth produced 12,000 tonnes of oxides and sold 11,000 tonnes, up 12% and 8% from a year earlier.",
        [("12%", "output"), ("8%", "sales_volume")],
    ),
    (
        "Gansu Rare Earth's revenue was 3 billion yuan, with 12% and 8% of it from oxides and metals.",
        [],
    ),
]
PRICES = [
    (
        "Prices of dysprosium oxide and terbium oxide were 1.64 million yuan and 6.9 million yuan per tonne, down 11% and up 14% on the year.",
        [
            ("1.64 million yuan", "price", "dy-oxide", "level", "CNY/t"),
            ("6.9 million yuan per tonne", "price", "tb-oxide", "level", "CNY/t"),
            ("11%", "price", "dy-oxide", "change_yoy", "percent"),
            ("14%", "price", "tb-oxide", "change_yoy", "percent"),
        ],
    ),
    (
        "Gansu Rare Earth invested 20 million yuan and 600 yuan per tonne of ore.",
        [("20 million yuan", "investment", None, "level", "CNY")],
    ),
]
SINGLE = [
    ("Exports of magnets jumped 660% in June from May to 353 tonnes.", ("660%", "export_volume", "2025-06")),
    ("Gansu Rare Earth may raise its output to 8,000 tonnes in December.", ("8,000 tonnes", "output", "2025-12")),
    ("Gansu Rare Earth's net profit fell by one third in 2024.", ("one third", "net_profit", "2024")),
    ("Gansu Rare Earth cut energy consumption per unit of output by 4.1 percent.", ("4.1 percent", "resource_saving", None)),
    ("Shares of JL Mag closed at 47.3 yuan on Thursday, valuing the company at 61 billion yuan.", ("61 billion yuan", "market_cap", "2025-10-30")),
    ("JL Mag pays a dividend of 0.35 yuan a share, or about 126 million yuan in total.", ("about 126 million yuan", "dividend", None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rates"), ANSWERS)
def test_rates_answer_levels_in_order(lexicon, text, rates):
    found = told(lexicon, "A note", text)
    assert [row for row in rows(found, "as_written", "metric") if row[0].endswith("%")] == rates


@pytest.mark.parametrize(("text", "prices"), PRICES)
def test_a_list_of_prices_shares_its_weight_and_its_base(lexicon, text, prices):
    assert sorted(rows(told(lexicon, "A note", text), *FIELDS[:5])) == sorted(prices)


@pytest.mark.parametrize(("text", "row"), SINGLE)
def test_words_that_only_look_like_others(lexicon, text, row):
    assert row in rows(told(lexicon, "A note", text), "as_written", "metric", "period")


def test_a_delay_by_a_quarter_is_no_rate(lexicon):
    assert told(lexicon, "A note", "The start of Gansu Rare Earth's plant was delayed by a quarter.") == []


FORESEEN = [
    ("Gansu Rare Earth will sell 3,000 tonnes of metals.", ("3,000 tonnes", "sales_volume", "target")),
    ("Gansu Rare Earth agreed to buy 28,000 tonnes of concentrate.", ("28,000 tonnes", "purchase_volume", "target")),
    ("Gansu Rare Earth bought 28,000 tonnes of concentrate in 2023.", ("28,000 tonnes", "purchase_volume", "reported")),
    ("Related-party purchases by Gansu Rare Earth will come to 3 billion yuan in 2026.", ("3 billion yuan", "purchase_value", "target")),
    ("JL Mag's capacity, now 38,000 tonnes a year, will reach 60,000 tonnes in 2027.", ("38,000 tonnes a year", "capacity", "reported")),
    ("JL Mag's capacity, now 38,000 tonnes a year, will reach 60,000 tonnes in 2027.", ("60,000 tonnes", "capacity", "target")),
    ("Baogang Group plans to put 500 million yuan into hydrogen storage.", ("500 million yuan", "investment", "target")),
]  # fmt: skip
BASES = [
    ("The export price of magnets slid to $9.20 per kg in July from $13.80 a year earlier.", ("$13.80", "price", "level", "2024-07")),
    ("As of end-June, JL Mag's inventory was 16.8 billion yuan, 5.9 percent less than at the start of the year.", ("5.9 percent", "inventory", "change_ytd", "2025-06-30")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "row"), FORESEEN)
def test_what_a_firm_will_do_is_no_result(lexicon, text, row):
    assert row in rows(told(lexicon, "A note", text), "as_written", "metric", "modality")


@pytest.mark.parametrize(("text", "row"), BASES)
def test_words_of_a_base(lexicon, text, row):
    assert row in rows(told(lexicon, "A note", text), "as_written", "metric", "measure", "period")


def test_a_base_of_its_own_is_not_overruled(lexicon):
    text = "In August, China shipped 6,146 tonnes of magnets, its most since January, up 10.2% from July and 15.4% on the year."
    found = rows(told(lexicon, "A note", text), "as_written", "measure")
    assert found[1:] == [("10.2%", "change_mom"), ("15.4%", "change_yoy")]


def test_both_of_two_shares_are_of_what_the_second_is_of(lexicon):
    found = told(lexicon, "A note", "Japan and Germany took 22% and 18% of China's magnet exports in the first half.")
    assert rows(found, "as_written", "metric", "measure", "product") == [
        ("22%", "export_share", "level", "magnets"),
        ("18%", "export_share", "level", "magnets"),
    ]


def test_units_named_by_their_number_are_no_sales(lexicon):
    found = told(lexicon, "A note", "Gansu Rare Earth's four units signed contracts to sell 9,300 tonnes of oxides.")
    assert rows(found, "as_written", "metric") == [("9,300 tonnes", "sales_volume")]


WIRES = [
    ("The third-quarter price of concentrate was set at 19,109 yuan per ton, up 1.5 percent from the previous quarter's 18,825 yuan.", ("18,825 yuan", "price", "level", "2025Q2")),
    ("Prices of terbium oxide jumped by 420,000 yuan to 6.42 million yuan per ton.", ("420,000 yuan", "price", "change", None)),
    ("In 2024 Baotou's rare earth firms generated industrial output of 105 billion yuan.", ("105 billion yuan", "output_value", "level", "2024")),
    ("JL Mag proposes to distribute 0.4 yuan for every 10 shares.", ("0.4 yuan", "dividend", "level", None)),
    ("JL Mag's capex is budgeted at 3.1 billion yuan for 2026, compared with 2.7 billion yuan this year.", ("2.7 billion yuan", "investment", "level", "2025")),
    ("JL Mag's capex is budgeted at 3.1 billion yuan for 2025, compared with 2.7 billion yuan last year.", ("2.7 billion yuan", "investment", "level", "2024")),
    ("A total of 26,000 tonnes of oxides changed hands on the Baotou exchange in July, up 61 percent month on month.", ("61 percent", "trade_volume", "change_mom", "2025-07")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "row"), WIRES)
def test_wires_of_prices_plans_and_exchanges(lexicon, text, row):
    assert row in rows(told(lexicon, "A note", text), "as_written", "metric", "measure", "period")


def test_a_sum_of_another_matter_is_no_price(lexicon):
    text = "Prices of terbium oxide were 6.42 million yuan per ton, up 5 percent from a month ago, and JL Mag paid 9 million yuan."
    assert "9 million yuan" not in [one for (one,) in rows(told(lexicon, "A note", text), "as_written")]
