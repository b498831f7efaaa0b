"""What an English figure is of: the ore of a quota, the stage of a plant, the material of a segment."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

GOODS = [
    # the ore of a quota
    ("The mining quota for hard rock ore came to 140kt in 2022.", ["light-rare-earth"]),
    ("Ionic clay mining quotas were flat at 20kt in 2022.", ["heavy-rare-earth"]),
    ("The mining quota came to 160kt in 2022.", [None]),
    # what a plant does, and what it makes
    ("Gansu Rare Earth upgraded a 7,000-ton-per-year extraction line.", ["separation"]),
    ("Gansu Rare Earth upgraded a 7,000-ton-per-year line.", [None]),
    ("Shenghe's rare-earth carbonate plant has a capacity of 9,000 tons per year.", ["rare-earth-salts"]),
    ("Shenghe's separation plant has a capacity of 9,000 tons per year.", ["separation"]),
    # a material with its own name is not the kind that its last word names
    ("JL MAG built a 5,000-ton/year high-performance NdFeB magnet materials project.", ["ndfeb-magnets"]),
    ("JL MAG built a 5,000-ton/year magnet materials project.", ["magnetic-materials"]),
    ("JL MAG built a 5,000-ton/year NdFeB alloy project.", ["magnet-alloy"]),
    # segments
    ("The refractory materials segment generated revenue of HK$30 million in 2023.", ["refractory-materials"]),
    ("Shenghe had revenue of HK$30 million in 2023 and stocked refractory materials.", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "goods"), GOODS)
def test_goods(lexicon, text, goods):
    assert [one[0] for one in rows(told(lexicon, "A note on the trade", text), "product")] == goods
