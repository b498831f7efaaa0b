"""English quarterly reports, control indices and price notes: which quarter, which quota, what is only foretold."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

PERIODS = [
    # a quarterly report without a period is about the quarter before its day; a base a year before is no period of it
    ("Lynas posts another record quarter", "2023-07-31", "Lynas reported sales revenue of A$157.5 million, compared to A$294.5 million reported last year.", "A$157.5 million", "2023Q2"),
    ("Lynas posts another record quarter", "2023-07-31", "Lynas reported sales revenue of A$157.5 million, compared to A$294.5 million reported last year.", "A$294.5 million", "2022Q2"),
    ("Lynas quarterly report for the period ended 30 June 2022", "2022-07-18", "Sales revenue of A$294.5m was achieved. The NdPr price was higher than at the same time last year.", "A$294.5m", "2022Q2"),
    ("Lynas annual report for the period ended 30 June 2022", "2022-08-26", "Sales revenue of A$920m was achieved.", "A$920m", None),
    ("Lynas talks to buyers", "2023-07-31", "Lynas earned sales revenue of A$157.5 million.", "A$157.5 million", None),
    ("Xiamen Tungsten nears launch", "2025-05-23", "Full production of 20,000 tonnes per annum (tpa) of magnets is expected by 2027.", "20,000 tonnes per annum (tpa)", "2027"),
    ("Prices of the week", "2021-03-29", "Didymium oxide was priced at 586,000-590,000 yuan/mt as of Friday March 26.", "586,000-590,000 yuan/mt", "2021-03-26"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "day", "text", "written", "period"), PERIODS)
def test_period(lexicon, title, day, text, written, period):
    found = rows(told(lexicon, title, text, day), "as_written", "period")
    assert (written, period) in found or (period is None and not any(one == (written, "2023Q2") for one in found))


QUOTAS = [
    ("The total mining control index for rare-earth minerals in China will be 140,000 tons in 2020.", [("quota_mining", None, 140000, "reported")]),
    ("China's total tungsten-concentrate mining control index is 105,000 tons in 2020.", [("quota_mining", "tungsten", 105000, "reported")]),
    ("The first batch of quota for rare earths is 66,000 tonnes in 2020. Of the total, 56,425 tonnes have been allocated for light rare earths, and 9,575 tonnes for medium and heavy rare earth metals.",
     [("quota_mining", None, 66000, "reported"), ("quota_mining", "light-rare-earth", 56425, "reported"), ("quota_mining", "heavy-rare-earth", 9575, "reported")]),
    ("Some 9,575 tonnes of steel have been allocated to the rail plant.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), QUOTAS)
def test_quota(lexicon, text, expected):
    found = [
        one for one in told(lexicon, "Ministries set volumes", text, "2020-03-01") if one["metric"] == "quota_mining"
    ]
    assert rows(found, "metric", "product", "value", "modality") == expected


MODALITIES = [
    ("Some companies expect the price of NdPr oxide to rise to 700,000 yuan/mt in 2021.", "price", "estimate"),
    ("The price of NdPr oxide rose to 700,000 yuan/mt in March 2021.", "price", "reported"),
    ("Traders expected little, and the price of NdPr oxide stood at 700,000 yuan/mt.", "price", "reported"),
    ("Northern Rare Earth is close to Golden Dragon, investing 105 million yuan in 2020 to expand its equity.", "investment", "reported"),
    ("Northern Rare Earth plans to invest 105 million yuan in a plant.", "investment", "target"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "metric", "modality"), MODALITIES)
def test_modality(lexicon, text, metric, modality):
    found = [one for one in told(lexicon, "A note on the sector", text, "2021-03-29") if one["metric"] == metric]
    assert rows(found, "modality") == [(modality,)]


OPENERS = [
    ("Terbium oxide rose. Finishing at CNY 28,000 per metric ton for the week, lanthanum oxide climbed.", [("la-oxide", 28000)]),
    ("At CNY 23,000 per metric ton, the price of samarium oxide did not change.", [("sm-oxide", 23000)]),
    ("At CNY 23,000 per metric ton, nobody bought.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), OPENERS)
def test_the_price_before_its_product(lexicon, text, expected):
    assert rows(told(lexicon, "Prices of the week", text), "product", "value") == expected


def test_a_stock_that_performed_is_no_profit(lexicon):
    text = "After the growth in profit in the first half of 2025, Northern Rare Earth's stock performed strongly, rising 10.02%."
    assert rows(told(lexicon, "Northern Rare Earth", text, "2025-07-10"), "metric") == [("share_price",)]
