"""English wires and translated filings: whose trade, which quarter, what a rate goes back to, what is told in passing."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

TITLE = "A note on the sector"
STEP = (
    "Northern Rare Earth sets the Q4 2024 rare earth concentrate price at 17,400 yuan/mt. For every 1% change in REO, the price changes by 348 yuan/mt. "
    "Compared to 16,900 yuan/mt in Q3 2024, it increased by 500 yuan/mt, up 2.96% QoQ."
)
FIGURES = [
    # the sentence behind a price's step goes on with the price
    (STEP, ("16,900 yuan/mt", "price", "level", "2024Q3")),
    (STEP, ("500 yuan/mt", "price", "change", "2024Q4")),
    (STEP, ("2.96%", "price", "change_qoq", "2024Q4")),
    (STEP, ("348 yuan/mt", "price_step", "level", "2024Q4")),
    # short labels before a comma, "but" between two bases
    ("In 1H25, JL Mag achieved revenue of 2.6 billion yuan.", ("2.6 billion yuan", "revenue", "level", "2025H1")),
    ("In 2Q25, JL Mag's net profit was 25 million yuan, down 46% quarter-on-quarter but up 96% year-on-year.", ("96%", "net_profit", "change_yoy", "2025Q2")),
    ("In the first half period of the current year, JL Mag's revenue was 3 billion yuan.", ("3 billion yuan", "revenue", "level", "2025H1")),
    ("In March 2025 output reached 1,105 tons, with a ring growth of 58.9 percent.", ("58.9 percent", "output", "change_mom", "2025-03")),
    # an apposition goes back to the last figure
    ("JL Mag achieved net profit of 119 million yuan in the first half of 2025, as the price of raw materials was high, a decrease of 64% year on year.", ("64%", "net_profit", "change_yoy", "2025H1")),
    ("JL Mag's net profit after deducting non-return to mother was 34 million yuan in the first half of 2025.", ("34 million yuan", "net_profit_core", "level", "2025H1")),
    # the same in another measure is no figure, and dates no other one
    ("For December 2019, magnet exports came in at 360 t (397 st), down 4.5 percent from 376 t (414 st) in November but up 1.1 percent year-on-year.", ("1.1 percent", "export_volume", "change_yoy", "2019-12")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure"), FIGURES)
def test_figure(lexicon, text, figure):
    assert figure in rows(told(lexicon, TITLE, text, "2025-10-10"), "as_written", "metric", "measure", "period")


SUBJECTS = [
    ("Inner Mongolia's exports grow", "Rare earth exports reached 2,600 tons in the first quarter of 2025.", "inner-mongolia"),
    ("Exports grow", "Data of the Hohhot customs show that rare earth exports reached 2,600 tons from Inner Mongolia in the first quarter of 2025.", "inner-mongolia"),
    ("Exports grow", "China's rare earth exports reached 2,600 tons in the first quarter of 2025.", "china"),
    ("Profit falls", "Baotou Iron and Steel Co., Ltd. (Baogang) met its buyers. Baogang's revenue was 41 billion yuan in 2024.", "baogang-union"),
    ("Profit falls", "Baogang's revenue was 41 billion yuan in 2024.", "baogang-group"),
    ("Baogang to raise output", "China's leading steelmaker targets concentrate output of 390,000 tonnes in 2026.", "baogang-group"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "subject"), SUBJECTS)
def test_subject(lexicon, title, text, subject):
    assert rows(told(lexicon, title, text), "subject") == [(subject,)]


QUOTAS = [
    ("The 2018 national total control plan for rare earth mining, smelting and separation is 120,000 tons and 115,000 tons respectively.", [("quota_mining", 120000, "reported"), ("quota_smelting", 115000, "reported")]),
    ("The total control targets for mining and for smelting and separation are 140,000 tons and 135,000 tons, respectively.", [("quota_mining", 140000, "reported"), ("quota_smelting", 135000, "reported")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), QUOTAS)
def test_quota(lexicon, text, expected):
    assert rows(told(lexicon, TITLE, text, "2018-08-30"), "metric", "value", "modality") == expected


STAKES = [
    ("The company will invest 73.87 million yuan to buy a 48 percent stake in Xinfeng Xinli Rare Earth.", "target"),
    ("The company will also invest 69.34 million yuan to buy a 9.25 percent stake in Ganzhou Chenguang.", "target"),
    ("The company holds a 48 percent stake in Xinfeng Xinli Rare Earth.", "reported"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "modality"), STAKES)
def test_stake(lexicon, text, modality):
    found = told(lexicon, "Northern Rare Earth goes south", text)
    assert (modality,) in rows([one for one in found if one["metric"] == "stake"], "modality")


def test_the_same_growth_with_and_without_its_destination_is_told_once(lexicon):
    text = "Exports of rare earth magnets from China to the United States increased by 12 percent in 2019."
    found = told(lexicon, "China's shipments of rare earth magnets climbed 12 percent in 2019", text, "2020-02-03")
    assert rows(found, "metric", "value") == [("export_volume", 12)]


PRICES = """<html><title>Rare earth prices on December 1, 2023</title><body><article><h1>Rare earth prices on December 1, 2023</h1><table>
<tr><td>Product name</td><td>Price</td><td>High and lows</td></tr>
<tr><td>Lanthanum metal (yuan/ton)</td><td>25000-27000</td><td>-</td></tr>
<tr><td>Dysprosium metal (yuan /Kg)</td><td>3400~3450</td><td>-</td></tr>
</table></article></body></html>"""


def test_prices_between_two_sums_in_the_units_of_their_rows(lexicon):
    from signals.extraction import extract

    found = extract(PRICES.encode(), lexicon, published_on="2023-12-01").as_json()["indicators"]
    assert rows(found, "product", "value", "value_high", "unit") == [
        ("la-metal", 25000, 27000, "CNY/t"),
        ("dy-metal", 3400000, 3450000, "CNY/t"),
    ]
