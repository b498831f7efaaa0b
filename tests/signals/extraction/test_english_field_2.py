"""English turns of phrase in which a figure is easily taken for another: text → what is told, and what is not."""

from __future__ import annotations

import pytest

from tests.signals.extraction.test_english_field import told

NOTHING = [
    # what a segment brought in is no investment
    "The magnet division contributed $14.2 million, down 30% on the year.",
    "Services contributed 45 million yuan and recycling contributed 12 million yuan.",
    "The alloy unit put in 8 million yuan in adjusted EBITDA.",
    # shares and share indices are no firm's figures
    "The miner's stock put in a strong session, closing at $6.20 as the ASX 200 index gained 0.8%.",
    "The S&P 500 index slipped 0.4% on Monday.",
    "The Hang Seng index gained 1.1% and the CSI 300 index 0.6%.",
    # a price beside another price, a result per share: no sales, no profit
    "Lynas said the realised price rose to A$71.20 per kilogram, from A$48.90 in the June quarter.",
    "The loss came to $0.31, versus a loss of $0.12 a year ago.",
    "Lynas bought back stock at $7.85.",
    # what a rate is a share of or measured against
    "The Kalgoorlie ramp-up has reached 60% of its nameplate capacity.",
    "Trading began 6% below the offer price.",
    "It changed hands 4% above its issue price.",
    # how rich an ore is
    "They drilled 3.4 million tonnes at 0.75 per cent total rare earth oxides.",
    # money that is lent or granted is not spent
    "The state adds a A$150-million cost overrun facility.",
    "Canberra agreed on a A$40 million grant.",
    "The bank signed a $70 million loan facility with the miner.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_figure(lexicon, text):
    found = told(lexicon, "A note on the sector", text, "2025-03-04")
    assert not [one for one in found.values() if one[1] not in ("share_price", "profit", "price", "eps")]


SPENT = [
    ("Iluka said the refinery would cost between A$1.1-billion and A$1.3-billion.", 1_100_000_000),
    ("The smelter is expected to cost $90 million.", 90_000_000),
    ("JL MAG contributed 60 million yuan of capital to the joint venture.", 60_000_000),
    ("Shenghe put in 25 million yuan for a stake in the venture.", 25_000_000),
]


@pytest.mark.parametrize(("text", "value"), SPENT)
def test_investment(lexicon, text, value):
    found = told(lexicon, "A note on the sector", text, "2025-03-04").values()
    assert [one[4] for one in found if one[1] in ("investment", "project_investment")] == [value]


SPACED = [
    ("The plant has a capacity of 12 500 t/y of magnets.", "capacity", 12_500),
    ("Output came to 7\u202f250 tonnes of oxide.", "output", 7_250),
    ("It produced 1\u00a0204\u00a0300 t of concentrate in 2024.", "output", 1_204_300),
    ("Output of oxide on June 12 500 t.", "output", 500),
    ("Investment in Phase 2 350 million yuan.", "investment", 350_000_000),
    ("Total investment is A$2 150 000.", "investment", 2_150_000),
]


@pytest.mark.parametrize(("text", "metric", "value"), SPACED)
def test_thousands_parted_by_spaces(lexicon, text, metric, value):
    found = told(lexicon, "Lynas notes", text, "2025-03-04").values()
    assert [one[4] for one in found if one[1] == metric] == [value]


QUARTERS = [
    # a quarter named by its last month, the year between or behind
    ("Lynas reported output of 1,604 tonnes in the December 2024 quarter.", "1,604 tonnes", "2024Q4"),
    ("Lynas reported output of 1,604 tonnes in the March 2024 quarter.", "1,604 tonnes", "2024Q1"),
    ("Lynas reported revenue of A$240 million for the June 2024 half.", "A$240 million", "2024H1"),
    ("For the three-month period ended September 30, 2024, revenue was A$120 million.", "A$120 million", "2024Q3"),
    # when something was foretold dates nothing else
    ("The fall, flagged in October, took 2024 output to 9,100 tonnes.", "9,100 tonnes", "2024"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figure", "label"), QUARTERS)
def test_quarters(lexicon, text, figure, label):
    assert told(lexicon, "Lynas notes", text, "2025-03-04")[figure][5] == label


COUNTRIES = [
    ("Reserves: China holds 44 million tons, Brazil 21 million tons.", "21 million tons", "brazil"),
    ("Reserves: China holds 44 million tons, Vietnam has 3 million tons.", "3 million tons", "vietnam"),
    ("Mine production: China produced 255,000 tons and Australia about 16,000 tons.", "about 16,000 tons", "australia"),
    ("Mine production: China produced 255,000 tons, the United States 43,000 tons.", "255,000 tons", "china"),
    ("Mine production: China produced 255,000 tons, the United States 43,000 tons.", "43,000 tons", "united-states"),
    ("China mined 255,000 tons last year.", "255,000 tons", "china"),
]


@pytest.mark.parametrize(("text", "figure", "country"), COUNTRIES)
def test_each_country_has_its_figure(lexicon, text, figure, country):
    assert told(lexicon, "World mine production and reserves", text, "2025-03-04")[figure][0] == country


REGAINED = [
    ("Terbium oxide claws back 20,000 yuan/mt.", 20_000),
    ("Terbium oxide prices clawed back 35,000 yuan/mt last week.", 35_000),
    ("PrNd oxide prices regained 5,000 yuan/mt on Tuesday.", 5_000),
]


@pytest.mark.parametrize(("text", "value"), REGAINED)
def test_what_a_price_regains_is_a_change(lexicon, text, value):
    found = told(lexicon, "Market notes", text, "2025-03-04").values()
    assert [one[3:5] for one in found if one[1] == "price"] == [("change", value)]


IN_ORDER = [
    # rates with a base each, in the order of the two levels before them
    "A mining quota of 135,000 tonnes and a smelting quota of 127,000 tonnes were set, up by 12.5% from 120,000 and by 10.4% from 115,000 tonnes respectively.",
    "The mining quota is 135,000 tonnes and the smelting quota 127,000 tonnes, up 12.5% from 120,000 tonnes and 10.4% from 115,000 tonnes, respectively.",
    # and without
    "The mining quota is 135,000 tonnes and the smelting quota 127,000 tonnes, up 12.5% and 10.4% respectively.",
    "The mining quota and the smelting quota rose 12.5% and 10.4% respectively.",
]  # fmt: skip


@pytest.mark.parametrize("text", IN_ORDER)
def test_respectively(lexicon, text):
    found = told(lexicon, "China sets the first batch of rare earth quotas for 2024", text, "2024-02-08")
    changes = [(one[1], one[4]) for one in found.values() if one[3].startswith("change")]
    assert changes == [("quota_mining", 12.5), ("quota_smelting", 10.4)]


MORE = [
    ("JL MAG produced 9,100 tonnes of magnets in 2024, 1,200 tonnes more than in 2023.", 1_200),
    ("Output of magnets was 9,100 tonnes, 400 tonnes less than a year earlier.", -400),
    ("Output of magnets was 9,100 tonnes in 2024, 300 tonnes fewer than in 2023.", -300),
]


@pytest.mark.parametrize(("text", "value"), MORE)
def test_more_than_a_year_before_is_a_change(lexicon, text, value):
    found = told(lexicon, "JL MAG annual output for 2024", text, "2025-03-04").values()
    assert [one[4] for one in found if one[3].startswith("change")] == [value]


@pytest.mark.parametrize("name", ["neodymium-praseodymium", "neodymium-praseodymium oxide", "NdPr oxide"])
def test_names_of_ndpr(lexicon, name):
    found = told(lexicon, "Lynas notes", f"Lynas turned out 1,604 tonnes of {name} in 2024.", "2025-03-04")
    assert found["1,604 tonnes"][2] == "ndpr-oxide"


PACES = [
    ("Growth of the mining quota has slowed from 21.4% in 2023 to 12.5% in 2024.", "quota_mining", {21.4, 12.5}),
    ("Revenue growth has eased from 18% in 2023 to 9% in 2024.", "revenue", {18, 9}),
    ("Growth in output narrowed from 14% to 6%.", "output", {14, 6}),
]


@pytest.mark.parametrize(("text", "metric", "values"), PACES)
def test_a_pace_of_growth_is_still_growth(lexicon, text, metric, values):
    found = told(lexicon, "JL MAG and the quota in 2024", text, "2025-03-04").values()
    assert {one[4] for one in found if one[1] == metric and one[3].startswith("change")} == values
