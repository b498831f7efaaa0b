"""Whose an English figure is: names before tickers, firms without a key, whole trades."""

from __future__ import annotations

import pytest

from signals.extraction.names import find_names
from tests.signals.extraction.told import rows, told

TICKERS = [
    ("Sinosteel Tianyuan (002057) filed its report.", [("sinosteel-new-materials", "Sinosteel Tianyuan")]),
    (
        "China Science and Technology Sanhuan (000970.SZ) grew. China Science and Technology Sanhuan makes magnets.",
        [("zhongke-sanhuan", "China Science and Technology Sanhuan")] * 2,
    ),
    ("Baotou Steel Rare Earth's stock [SHA:600010] slipped.", [("baogang-union", "Baotou Steel Rare Earth")]),
    ("Northern Rare Earth (600111.SH) filed.", [("northern-rare-earth", "Northern Rare Earth")]),
    ("Golden Valley Magnets (123456.SZ) filed.", []),
]


@pytest.mark.parametrize(("text", "names"), TICKERS)
def test_name_before_a_ticker(lexicon, text, names):
    found = find_names(text, lexicon.find(text), lexicon, "2022-10-19")
    assert [(one.key, text[slice(*one.span)]) for one in found] == names


OWNERS = [
    # a firm without a key owns its figures, and so do the sentences that go on with it
    ("Lynas expands", "Lynas opened a plant. Quentara Metals Ltd reported revenue of $40 million.", [None]),
    ("Lynas expands", "Quentara Metals Ltd opened a plant. It posted revenue of $40 million in 2024.", ["lynas"]),
    ("Quentara Metals builds", "Quentara Metals said it made $40 million of revenue, unlike Lynas.", [None]),
    ("Lynas expands", "Lynas bought a 10% stake in Quentara Metals Ltd in 2024.", ["lynas"]),
    ("Lynas expands", "While Quentara posted revenue of $40 million, Lynas made $90 million of revenue.", [None, "lynas"]),
    # a trade as a whole
    ("A note on the sector", "Northern Rare Earth leads. In 2021 the total revenue of the rare earth sector increased by 45%.", [None]),
    ("A note on the sector", "Northern Rare Earth leads the industry. Its revenue increased by 45% in 2021.", ["northern-rare-earth"]),
    ("Northern Rare Earth leads", "The rare earth industry leader posted revenue of 4 billion yuan.", ["northern-rare-earth"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "owners"), OWNERS)
def test_owner(lexicon, title, text, owners):
    found = told(lexicon, title, text, "2025-03-04")
    assert [one[0] for one in rows(found, "subject")] == owners
    assert all(one["confidence"] < 0.9 for one in found if one["subject"] is None)
