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
    ("Shenghe's rare-earth carbonate plant has a capacity of 9,000 tons per year.", ["rare-earth-carbonate"]),
    ("Shenghe's separation plant has a capacity of 9,000 tons per year.", ["separation"]),
    # a material with its own name is not the kind that its last word names
    ("JL MAG built a 5,000-ton/year high-performance NdFeB magnet materials project.", ["ndfeb-magnets"]),
    ("JL MAG built a 5,000-ton/year magnet materials project.", ["magnetic-materials"]),
    ("JL MAG built a 5,000-ton/year NdFeB alloy project.", ["magnet-alloy"]),
    # oxides are a plant's separation only where separating is spoken of
    ("The refinery has a 12,500 t/y rare earth oxide capacity.", ["rare-earth-oxides"]),
    ("The line can separate 12,500 tonnes of rare earth oxides a year.", ["separation"]),
    # tonnes told by their content
    ("Lynas produced 2,650 tonnes of REO in 2024.", ["rare-earth-oxides"]),
    ("Lynas has a mining quota of 2,650 tonnes of REO.", [None]),
    ("Shenghe imported rare earth compounds and metals worth $15 million in 2023.", ["rare-earth"]),
    ("Shenghe received a mining quota of 9,000 tonnes, all light rare earths.", ["light-rare-earth"]),
    # what was spoken of before
    ("Shenghe opened an NdFeB magnet plant. The 6,000 t/yr facility is the largest.", ["ndfeb-magnets"]),
    ("Shenghe opened an NdFeB magnet plant. A 6,000 t/yr facility stands near.", [None]),
    ("Shenghe offers NdPr metal. Only 15t of the material was traded on the exchange.", ["ndpr-metal"]),
    (
        "Trading volume rose to 3,100 tons of rare earth products, including metals and alloys, an increase of 38%.",
        ["rare-earth", "rare-earth"],
    ),
    # what is saved
    ("Huamei cut fresh water use by 1.2 million tonnes in 2024.", ["water"]),
    ("Huamei saves 45,000 tonnes of water a year.", ["water"]),
    ("Huamei changed its water, which saves 4 million yuan a year.", [None]),
    # segments
    ("Shenghe earned 8.8 billion yuan from concentrate sales in 2024.", ["concentrate"]),
    ("Shenghe earned 8.8 billion yuan in 2024 from 7.1 billion.", [None, None]),
    ("The refractory materials segment generated revenue of HK$30 million in 2023.", ["refractory-materials"]),
    ("Shenghe had revenue of HK$30 million in 2023 and stocked refractory materials.", [None]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "goods"), GOODS)
def test_goods(lexicon, text, goods):
    assert [one[0] for one in rows(told(lexicon, "A note on the trade", text), "product")] == goods


NOTE = "A note on the trade"
STATED = [
    # batches of quotas: whose part, which kind, how much more
    (
        "Shenghe was assigned an additional 4kt REO in mining quotas, along with a 3.0kt REO addition to its smelting quota.",
        [("quota_mining", "level", 4000, "shenghe-resources"), ("quota_smelting", "level", 3000, "shenghe-resources")],
    ),
    (
        "The mining quota rose by 7kt REO and the smelting quota by 5kt REO in 2022.",
        [("quota_mining", "change", 7000, "china"), ("quota_smelting", "change", 5000, "china")],
    ),
    (
        "The mining quota rose to 140kt REO in 2022 and the smelting quota came to 135kt.",
        [("quota_mining", "level", 140000, "china"), ("quota_smelting", "level", 135000, "china")],
    ),
    # what a plant is to add, year by year
    (
        "Shenghe will add 30,000 tons of NdFeB alloy and 6,000 tons of hydrogen-crushed powder each year.",
        [("capacity", "level", 30000, "shenghe-resources"), ("capacity", "level", 6000, "shenghe-resources")],
    ),
    ("Shenghe will add 30,000 tons of NdFeB alloy to its stock.", []),
    # goods that change hands
    ("Shenghe auctioned 120 tons of NdPr metal.", [("trade_volume", "level", 120, "shenghe-resources")]),
    ("Shenghe handles 120 tons of mail.", []),
    # people who are honoured are no workforce
    ("At Huamei 7 model workers were named.", []),
    ("Huamei has 700 workers.", [("employees", "level", 700, "huamei-rare-earth")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), STATED)
def test_stated(lexicon, text, figures):
    found = rows(told(lexicon, NOTE, text), "metric", "measure", "value", "subject")
    assert [(metric, measure, float(value), subject) for metric, measure, value, subject in found] == figures


WHOSE = [
    # a house's name in brackets only says whose the firm before it is
    (NOTE, "Northern Rare Earth (Baogang) said its exports went to 30 countries in 2024.", ["northern-rare-earth"]),
    (NOTE, "The parent (Baogang Group) said its exports went to 30 countries in 2024.", ["baogang-group"]),
    # the plant told of before
    (
        NOTE,
        "Northern Rare Earth opened the works of its wholly-owned subsidiary Gansu Rare Earth. Investment is 2 billion yuan.",
        ["gansu-rare-earth"],
    ),
    (NOTE, "Northern Rare Earth praised its subsidiary Gansu Rare Earth. Investment is 2 billion yuan.", ["northern-rare-earth"]),
    # in a firm's own text the place before a plant's size says where the plant stands
    ("JL MAG builds", "The Ningbo 4,000 tons/year magnet project is under way.", ["jl-mag"]),
    ("A note on Ningbo", "The city grows. The Ningbo 4,000 tons/year magnet project is under way.", ["ningbo"]),
    # the price of concentrate is the seller's, whoever the headline lets set it
    (
        "China sets a price",
        "China has set the price of concentrate at 20,000 yuan per ton.\nThe notice is from Northern Rare Earth.",
        ["northern-rare-earth"],
    ),
    ("China sets a price", "Northern Rare Earth filed. China's concentrate price stood at 20,000 yuan per ton.", ["china"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "owners"), WHOSE)
def test_whose(lexicon, title, text, owners):
    assert [one[0] for one in rows(told(lexicon, title, text), "subject")] == owners
