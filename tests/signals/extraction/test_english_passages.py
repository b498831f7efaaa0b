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
    # capacity in other words
    ("JL MAG grows", "Plans to expand magnet production to 45,000 tonnes by 2027.", [("capacity", "level", 45000, "t/yr")]),
    (
        "Huamei builds a smelter",
        "Once completed, the line will have capacity to process 90,000 tonnes of concentrate to produce 40,000 tonnes of oxides and 15,000 tonnes of metals.",
        [("capacity", "level", 90000, "t/yr"), ("capacity", "level", 40000, "t/yr"), ("capacity", "level", 15000, "t/yr")],
    ),
    (
        "JL MAG builds a factory",
        "It is building a factory in Ganzhou that will make 6,000 tonnes of neodymium magnets a year.",
        [("capacity", "level", 6000, "t/yr")],
    ),
    # what a project brings, and what it costs told in two currencies
    (
        "JL MAG plans USD140 million magnet plant",
        "JL MAG will invest CNY1 billion (USD140 million) in the plant. The 1 billion yuan project will bring an estimated 1.5 billion yuan in annual revenue.",
        [("investment", "level", 1e9, "CNY"), ("project_revenue", "level", 1.5e9, "CNY")],
    ),
    # shares of a quota for exports, of demand and of costs; shares that somebody buys
    ("Northern Rare Earth", '"Our annual export quota takes up 61 percent of the country\'s total," it said.', []),
    ("China buys abroad", "In 2018, imports from Myanmar accounted for 24 percent of China's total demand.", []),
    ("JL MAG saves", "Its workshop achieved 20% power cost reductions.", []),
    ("Baogang Group buys", "Baogang Group increased its stake with a RMB 2 billion share purchase.", [("investment", "level", 2e9, "CNY")]),
    # exports told in money
    (
        "China's exports of rare earths",
        "China's exports of rare earths rose by 9% to 5,100 tons in May 2025. In value terms, supplies fell by 11% to $41 mln.",
        [
            ("export_volume", "change", 9, "percent"), ("export_volume", "level", 5100, "t"),
            ("export_revenue", "change", -11, "percent"), ("export_revenue", "level", 41e6, "USD"),
        ],
    ),
    # a contribution to growth and a cost of sales are nobody's figures
    ("Baotou grows", "Rare earths contributed 27% of the city's industrial value-added growth.", []),
    (
        "JL MAG in 2024",
        "In 2024 its operating income was 6.8 billion yuan; its operating cost was 6.0 billion yuan, an increase of 3%.",
        [("revenue", "level", 6.8e9, "CNY")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "figures"), FIGURES)
def test_what_it_is(lexicon, title, text, figures):
    found = rows(told(lexicon, title, text, "2025-08-30"), "metric", "measure", "value", "unit")
    assert sorted(found) == sorted(figures)


# Whose each figure is: (title, text, [subject])
OWNERS = [
    # a clause put in, and the firm that "the company" goes back to
    (
        "Northern Rare Earth and its mine",
        "The Bayan Obo mine, which it reaches through its parent Baogang Group, holds over 80% of China's reserves. With a mining quota of 180,000 t in 2024, the company leads.",
        ["bayan-obo", "northern-rare-earth"],
    ),
    # the firm that the paragraph is about, whatever the title names; a new paragraph goes back to the title's
    (
        "Northern Rare Earth leads",
        "Northern Rare Earth leads. Shenghe Resources, meanwhile, runs plants in Vietnam. The company produced 11,000 tonnes of oxides in 2024.\nThe company posted revenue of 33 billion yuan in 2024.",
        ["shenghe-resources", "northern-rare-earth"],
    ),
    # a branch behind its group
    (
        "A note on China",
        "Northern Rare Earth released news.\nBaogang Group's Huamei branch reported results. A new evaporator saves RMB 5 million a year.",
        ["huamei-rare-earth"],
    ),
    # the city again, behind a firm
    (
        "Baotou grows",
        "Baotou is home to Northern Rare Earth, the listed arm of Baogang Group. The output value of the city's rare earth industry was RMB 80 billion in 2023.",
        ["baotou"],
    ),
    # a mine explained
    ("Baotou's play", "Baotou lies near Bayan Obo, the deposit that supplies about 40% of global rare earth reserves.", ["bayan-obo"]),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "owners"), OWNERS)
def test_whose_it_is(lexicon, title, text, owners):
    assert [one[0] for one in rows(told(lexicon, title, text, "2025-08-30"), "subject")] == owners


def test_reserves_are_no_forecast(lexicon):
    found = told(
        lexicon, "Bayan Obo", "The Bayan Obo deposit is estimated to hold 90 million tonnes of rare earth reserves."
    )
    assert rows(found, "metric", "modality") == [("reserves", "reported")]


def test_what_a_project_is_to_be(lexicon):
    found = told(
        lexicon,
        "Huamei",
        "Once completed, Huamei's line should smelt and separate ore, with capacity of 9,000 t of oxides.",
    )
    assert rows(found, "metric", "modality") == [("capacity", "target")]


def test_a_line_of_business_named_first_in_a_list(lexicon):
    found = told(
        lexicon,
        "Xiamen Tungsten",
        "Its tungsten, molybdenum and other metals business achieved revenue of 9 billion yuan in 2023.",
    )
    assert rows(found, "metric", "product") == [("revenue", "tungsten")]


# What each figure is of: (title, text, product)
PRODUCTS = [
    # "production capacity" is of no mining
    ("JL MAG adds a line", "The line will add 7,000 tons per year of metals production capacity. Its capacity will reach 12,000 tons.", "rare-earth-metals"),
    # a quota's ore behind its own words
    ("Northern Rare Earth", "Northern Rare Earth obtained 40,000t mining quotas for light rare earths.", "light-rare-earth"),
    # elements that go into something else
    ("China's exports of rare earths", "Exports of rare earths, which go into consumer electronics, fell to 4,100 tonnes in May.", "rare-earth"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "product"), PRODUCTS)
def test_what_it_is_of(lexicon, title, text, product):
    assert {one[0] for one in rows(told(lexicon, title, text, "2025-08-30"), "product")} == {product}


def test_a_place_in_the_north_of_the_country(lexicon):
    found = told(
        lexicon,
        "A plan",
        "The Inner Mongolia Autonomous Region in northern China is to raise its capacity of magnetic materials to 90,000 tons.",
    )
    assert rows(found, "subject") == [("inner-mongolia",)]
