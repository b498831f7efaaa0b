"""English words beside the point: what a product is used for, how long a record stood, months told in January."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

FIELDS = ("as_written", "subject", "metric", "product", "measure", "unit", "period")
FIGURES = [
    (
        "China's rare earth imports in December fell to 9,645 tons, producing a 2024 total of 132,931 tons.",
        ("132,931 tons", "china", "import_volume", "rare-earth", "level", "t", "2024"),
    ),
    (
        "China's rare earth imports slipped by 14.6% year-on-year in the first 11 months of the year.",
        ("14.6%", "china", "import_volume", "rare-earth", "change_yoy", "percent", "2024M1-11"),
    ),
    (
        "China's magnet exports increased by 75% in December, reaching the highest monthly total since January.",
        ("75%", "china", "export_volume", "magnets", "change", "percent", "2024-12"),
    ),
    (
        "The price of praseodymium-neodymium alloy, used to make magnets used in motors, was 1.21 million yuan per ton.",
        ("1.21 million yuan per ton", None, "price", "ndpr-metal", "level", "CNY/t", None),
    ),
    (
        "Lynas reported sales revenue of AUS$185.9 million in the quarter ended June 30, 2024.",
        ("AUS$185.9 million", "lynas", "revenue", None, "level", "AUD", "2024Q2"),
    ),
    (
        "Shenghe Resources plans to acquire 100% equity of Peak Rare Earths Limited.",
        ("100%", "shenghe-resources", "stake", None, "level", "percent", None),
    ),
    (
        "Lynas's share price is up 12% since January.",
        ("12%", "lynas", "share_price", None, "change_ytd", "percent", "2025-01-13"),
    ),
    (
        "China's magnet output was 20,000 tons in 2023, with plants producing a total of 12,000 tons in 2024.",
        ("12,000 tons", "china", "output", "magnets", "level", "t", "2024"),
    ),
]


@pytest.mark.parametrize(("text", "row"), FIGURES)
def test_words_beside_the_point(lexicon, text, row):
    assert row in rows(told(lexicon, "The market at a glance", text, "2025-01-13"), *FIELDS)
