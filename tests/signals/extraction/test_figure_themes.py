"""Themes that a text's own figures tell where its words do not."""

from __future__ import annotations

import pytest

from signals.extraction import extract

ROWS = [
    ("Lynas has a strong December", "Lynas posted A$39.5 million after tax in the six months to December 31 2023. Its revenue came in at A$234.8 million, its net profit at A$39.5 million.", "financial-results"),
    ("India aims at magnets", "The aim is to establish 6,000 tonnes per annum of magnet manufacturing capacity in the country.", "capacity-expansion"),
    ("Baogang in 2026", "Baogang Group will raise output of concentrate to 390,000 tonnes in 2026.", "capacity-expansion"),
    ("Table of today", "Dysprosium oxide stood at 1,480 yuan/kg. Terbium oxide stood at 6,300 yuan/kg.", "market-conditions"),
]  # fmt: skip
NONE = [
    ("A visit", "Guests saw the plant, whose revenue came in at 3 billion yuan in 2024.", "financial-results"),
    ("A plant at work", "The plant has a capacity of 6,000 tonnes per annum.", "market-conditions"),
    ("A new deputy", "The chairman was chosen as a deputy to the National People's Congress.", "foreign-policy"),
    ("Trade deal", "Beijing inked a Phase 1 deal last month.", "capacity-expansion"),
    ("Innovation", "It is important to improve the innovation and development capacity of the chain.", "capacity-expansion"),
    ("Demand", "Growth in magnet production and other downstream applications has kept driving demand.", "downstream-integration"),
]  # fmt: skip


def themes(lexicon, title, text):
    page = f"<html><title>{title}</title><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    return {
        one["theme"]: one for one in extract(page.encode(), lexicon, published_on="2025-10-30").as_json()["signals"]
    }


@pytest.mark.parametrize(("title", "text", "theme"), ROWS)
def test_told(lexicon, title, text, theme):
    assert themes(lexicon, title, text)[theme]["confidence"] < 0.9


@pytest.mark.parametrize(("title", "text", "theme"), NONE)
def test_not_told(lexicon, title, text, theme):
    assert theme not in themes(lexicon, title, text)
