"""English broker notes and exchange reports: whose forecast it is, what is traded, prices without their tonne."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

NOTE = "The report maintains a “Buy” rating for Northern Rare Earth with a target price of 21.00 CNY [5][3].\n"

MODALITIES = [
    (NOTE + "The company's revenue for 2025 is projected to be 31,200 million CNY.", "31,200 million CNY", "estimate"),
    (NOTE + "The net profit attributable to the parent is forecasted to be 560 million CNY in 2025.", "560 million CNY", "estimate"),
    (NOTE + "The gross margin is expected to reach 8.4% in 2025.", "8.4%", "estimate"),
    (NOTE + "EPS for 2026 is expected to be 0.16 CNY.", "0.16 CNY", "estimate"),
    (NOTE + "The company recently issued a profit forecast, expecting a net profit of 40-60 million CNY for 2025.", "40-60 million CNY", "forecast"),
    (NOTE + "The company anticipates that revenue will grow 12% in 2025.", "12%", "forecast"),
    (NOTE + "Revenue was 14.2 billion CNY in 2024.", "14.2 billion CNY", "reported"),
    ("The company's revenue for 2025 is projected to be 31,200 million CNY.", "31,200 million CNY", "forecast"),
    ("Northern Rare Earth expects revenue of 31,200 million CNY for 2025.", "31,200 million CNY", "forecast"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written", "modality"), MODALITIES)
def test_modality(lexicon, text, written, modality):
    found = told(lexicon, "Northern Rare Earth in 2025", text, "2025-07-10")
    assert (written, modality) in rows(found, "as_written", "modality")


EXCHANGE = "Baotou Rare Earth Products Exchange"
TRADES = [
    (f"Some 180,000 tonnes of rare earth products were bought and sold through the {EXCHANGE} in 2015.", "Some 180,000 tonnes", "trade_volume", "2015"),
    (f"Some 180,000 tonnes were bought and sold through the {EXCHANGE} in 2015, up more than fourfold from the amount in 2014.", "more than fourfold", "trade_volume", "2015"),
    (f"Launched in May 2014, the {EXCHANGE} processed 21,000 tonnes of products, with a turnover of more than 3.2 billion yuan, in that year.", "21,000 tonnes", "trade_volume", "2014"),
    (f"Launched in May 2014, the {EXCHANGE} processed 21,000 tonnes of products, with a turnover of more than 3.2 billion yuan, in that year.", "more than 3.2 billion yuan", "trade_value", "2014"),
    (f"About 9,500 tonnes of NdPr oxide changed hands on the {EXCHANGE} in 2015.", "About 9,500 tonnes", "trade_volume", "2015"),
    ("Baogang sold 9,000 tonnes of oxides, with revenue of 5.1 billion yuan, in the third quarter of 2015.", "9,000 tonnes", "sales_volume", "2015Q3"),
    ("Baogang said 12,000 tonnes of magnetic materials were produced in 2015.", "12,000 tonnes", "output", "2015"),
    ("Baogang's plant processed 21,000 tonnes of concentrate in 2015.", "21,000 tonnes", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written", "metric", "period"), TRADES)
def test_traded(lexicon, text, written, metric, period):
    found = rows(told(lexicon, "A note on trade", text, "2016-01-21"), "as_written", "metric", "period")
    if metric is None:
        assert (written, "trade_volume") not in [(one[0], one[1]) for one in found]
    else:
        assert (written, metric, period) in found


PRICES = [
    ("The average price of praseodymium-neodymium oxide was 391,000 CNY in 2024.", ("391,000 CNY", "price", 391000, "CNY/t")),
    ("The price of dysprosium oxide averaged 1.8 million yuan in 2024.", ("1.8 million yuan", "price", 1800000, "CNY/t")),
    ("The average price of NdPr oxide was 391,000 CNY per ton in 2024.", ("391,000 CNY per ton", "price", 391000, "CNY/t")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PRICES)
def test_price_of_a_tonne(lexicon, text, expected):
    found = told(lexicon, "A note on prices", text)
    assert expected in rows(found, "as_written", "metric", "value", "unit")
    assert "per ton" in expected[0] or found[0]["confidence"] < 0.9


@pytest.mark.parametrize(
    "text",
    [
        "The price of the new car was 391,000 CNY.",
        "The company valued dysprosium oxide, and the price of its shares was paid with 391,000 CNY.",
        "The margin financing balance of 20 rare earth stocks was 31 billion yuan, up over 10% from the end of last year.",
        "Among the rare earth concept stocks, 14 saw a margin increase of over 20%.",
        "Individual stocks gained over 80% in 2025.",
        "Lynas was valued highly [12].",
    ],
)
def test_no_figure(lexicon, text):
    assert told(lexicon, "A note on stocks", text) == []


CAPACITIES = [
    ("JL Mag is pushing capacity to 40,000 tpa by the end of 2026 and ~60,000 tpa by 2027.", "40,000 tpa", "2026"),
    ("JL Mag is pushing capacity to 40,000 tpa by the end of 2026 and ~60,000 tpa by 2027.", "~60,000 tpa", "2027"),
    ("By 2027, Zhongke Sanhuan's capacity will reach 30,000 tonnes a year.", "30,000 tonnes a year", "2027"),
    ("JL Mag's capacity will rise from 8,000 t/yr now to 12,000 t/yr by 2028.", "8,000 t/yr", None),
    ("JL Mag's capacity will rise from 8,000 t/yr now to 12,000 t/yr by 2028.", "12,000 t/yr", "2028"),
    ("Ningbo Yunsheng is building a 15,000 t/yr magnet plant to be completed by 2026.", "15,000 t/yr", None),
    ("Baogang Group has established a 20,000-metric-ton green smelting production line.", "20,000-metric-ton", None),
    ("As of the end of the third quarter of 2023, Baogang Group directly held 36.71% of Northern Rare Earth.", "36.71%", "2023-09-30"),
    ("As at 30 June 2023, Baogang Group held 36.66% of Northern Rare Earth.", "36.66%", "2023-06-30"),
    ("Baogang Group holds 36.66% of Northern Rare Earth.", "36.66%", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written", "period"), CAPACITIES)
def test_when_a_level_is_reached(lexicon, text, written, period):
    assert (written, period) in rows(told(lexicon, "A note on the sector", text), "as_written", "period")


def test_two_rates_side_by_side_are_two(lexicon):
    text = "In 2024 JL Mag produced 29,300 t of blanks (+39% YoY), roughly 20,900 t of finished magnets (+~38% YoY)."
    found = [one for one in told(lexicon, "A note on magnets", text) if one["unit"] == "percent"]
    assert rows(found, "value", "measure") == [(39, "change_yoy"), (38, "change_yoy")]


def test_the_country_of_a_superlative_sets_no_price(lexicon):
    text = "Two of China's largest producers, Northern Rare Earth and Baotou Steel, set the concentrate price at 26,834 yuan/ton for the first quarter of 2026."
    found = told(lexicon, "A note on prices", text, "2026-01-19")
    assert rows(found, "subject", "period") == [("northern-rare-earth", "2026Q1")]
