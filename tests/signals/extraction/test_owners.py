"""Whose a figure is where other names stand nearer: parents, wholes of a share, the world, pictures' places."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

OWNERS = [
    # who it belongs to, told between commas, is not who acts
    (
        "Profits fall",
        "Golden Dragon, the core magnet arm of state conglomerate Xiamen Tungsten, reported revenue of 4.1 billion yuan for 2023.",
        ["golden-dragon"],
    ),
    ("Profits fall", "Xiamen Tungsten, parent of Golden Dragon, reported revenue of 4.1 billion yuan for 2023.", ["xiamen-tungsten"]),
    # a name behind a preposition acts where a clause of its own follows
    ("A survey of reserves", "Supply was led by China, which turned out 260,000 tonnes of rare earths in 2024.", ["china"]),
    (
        "A survey of reserves",
        "The survey puts global reserves of rare earths at 112 million tonnes, with China leading at 45 million tonnes.",
        [None, "china"],
    ),
    ("Lynas expands", "Lynas raised its output to 11,000 tonnes of rare earths in 2024 and sells to China.", ["lynas"]),
    # the whole that a share is of
    ("行业点评", "北方稀土全年获得的矿产品指标已占到全国总开采指标的68.9%。", ["northern-rare-earth"]),
    ("行业点评", "2024年全国稀土开采指标为27万吨。", ["china"]),
    # a mine sells nothing
    ("北方稀土点评", "白云鄂博矿稀土储量达3500万吨。稀土精矿价格调整为不含税24000元/吨。", ["bayan-obo", "northern-rare-earth"]),
    # a picture's place is nobody's
    (
        "Miners suffer",
        "Trucks loaded with ore are seen waiting for a ship at the port of Lianyungang, in China's Jiangsu province, last year.\n"
        "The country's reserves of rare earths stand at 45 million tonnes.",
        ["china"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "owners"), OWNERS)
def test_owner(lexicon, title, text, owners):
    assert [one[0] for one in rows(told(lexicon, title, text, "2025-03-04"), "subject")] == owners
