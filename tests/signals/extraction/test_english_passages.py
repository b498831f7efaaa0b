"""English passages: what a figure is and whose, over the sentences of one text."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

# What each figure is: (title, text, [(metric, measure, value, unit)])
FIGURES = [
    # levels of several kinds, and rates that answer them; of gross profit nobody keeps account
    (
        "JL MAG's second quarter",
        "Its gross profit and gross margin for 2Q25 were 320 million yuan and 17.2%, respectively, an increase of 41% and 3.4 percentage points year on year.",
        [("gross_margin", "level", 17.2, "percent"), ("gross_margin", "change_yoy", 3.4, "pp")],
    ),
    # costs of other kinds, cash flows that are not cash, rates of the works
    ("JL MAG in 2024", "It booked a RMB 26 million clean-up cost and a 12% revenue decline in 2024.", [("revenue", "change", -12, "percent")]),
    (
        "JL MAG in 2024",
        "The net cash flow generated from the company's operating activities fell 35% to 210 million yuan. Free cash flow was 40 million yuan.",
        [("operating_cash_flow", "change", -35, "percent"), ("operating_cash_flow", "level", 210e6, "CNY")],
    ),
    ("JL MAG in 2024", "Its workshops reached pass rates of 97% and qualification rates of 99%.", []),
    # who trades at an exchange, and who is only named by a number
    (
        "Baotou exchange",
        "More than 150 rare earth firms and traders have opened accounts with the Baotou Rare Earth Products Exchange, which JL MAG and another 14 firms own. Five major rare earth firms attended.",
        [("members", "level", 150, "count")],
    ),
    ("Baotou exchange", "Only 12t of NdPr metal was transacted on the Baotou Rare Earth Products Exchange in May.", [("trade_volume", "level", 12, "t")]),
    # marks of a citation are no figures
    ("JL MAG in 2024", "The price index fell. Details are in the filing[41](index=41&type=chunk)[7](index=7&type=chunk).", []),
    # the noun behind a move
    (
        "China sets quotas",
        "The quotas totalled 140kt for mined products and 120kt for refining and smelting products, a 9% uplift to the mining quotas of 2022.",
        [("quota_mining", "level", 140e3, "t"), ("quota_smelting", "level", 120e3, "t"), ("quota_mining", "change", 9, "percent")],
    ),
    # bases in the order of the levels
    (
        "Northern Rare Earth's quotas",
        "Northern Rare Earth was given a mining quota of 41,000t and a smelting quota of 36,000t, up by 3pc from 39,800t and 34,900t respectively.",
        [
            ("quota_mining", "level", 41000, "t"), ("quota_smelting", "level", 36000, "t"), ("quota_smelting", "change", 3, "percent"),
            ("quota_mining", "level", 39800, "t"), ("quota_smelting", "level", 34900, "t"),
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "figures"), FIGURES)
def test_what_it_is(lexicon, title, text, figures):
    found = rows(told(lexicon, title, text, "2025-08-30"), "metric", "measure", "value", "unit")
    assert sorted(found) == sorted(figures)
