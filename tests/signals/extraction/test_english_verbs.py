"""Verbs told once for several figures, verbs that are a rate by themselves, prices moved by a per cent of grade."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

STATED = [
    # "by" alone goes on with the verb before it
    (
        "Northern Rare Earth's output of rare earth oxides rose 8.4% to 17,500 tons in 2024, rare earth salts by 11.8% to "
        "131,000 tons and rare earth metals by 24.3% to 41,500 tons.",
        [("output", 8.4), ("output", 17500), ("output", 11.8), ("output", 131000), ("output", 24.3), ("output", 41500)],
    ),
    (
        "Revenue of JL MAG shrank 5% in the first half, net profit by 12% and operating cash flow by 30%.",
        [("revenue", -5), ("net_profit", -12), ("operating_cash_flow", -30)],
    ),
    (
        "JL MAG's revenue came to 3 billion yuan, and costs were led by 12% of staff.",
        [("revenue", 3000000000)],
    ),
    # a verb that is the rate
    (
        "China's magnet exports to Germany more than doubled to 1,132 tons in July.",
        [("export_volume", 2), ("export_volume", 1132)],
    ),
    # whom it is sold to is no destination
    (
        "The company raised the price of concentrate sold to it by Baogang Union by 1.5% to 19,109 yuan per ton.",
        [("price", 1.5), ("price", 19109)],
    ),
    (
        "The price, for concentrate with 50% rare earth oxide, moves by 382.18 yuan for every percentage point of grade.",
        [("price_step", 382.18)],
    ),
    ("The price of concentrate stood at RMB 16,741 a year ago.", [("price", 16741)]),
    # what nobody follows is nobody's revenue
    ("The zone's general public budget revenue came to 4.31 billion yuan, up 6.2%.", []),
    ("The zone's regional GDP grew 8.5% and its firms' revenue rose 9%.", [("revenue", 9)]),
    ("JL MAG's gross margin was 12%, above the industry average of 9%.", [("gross_margin", 12)]),
    ("Shenghe's rental income was 3 million yuan.", []),
    ("A change in depreciation is expected to reduce net profit by 20 million yuan.", []),
    ("北方稀土5月9日获融资买入3.53亿元,融资余额25.7亿元。", []),
    # resources, and what a mine will yield
    ("The Ngualla deposit contains 887,000 tonnes of REO.", [("reserves", 887000)]),
    ("The magnets contain 887,000 tonnes of REO.", []),
    ("The mine is expected to yield about 37,200 tonnes of concentrate a year.", [("capacity", 37200)]),
    ("The in-situ conversion of raw materials in Baotou topped 85%.", [("local_conversion_rate", 85)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), STATED)
def test_stated(lexicon, text, figures):
    got = [(metric, float(value)) for metric, value in rows(told(lexicon, "A note", text), "metric", "value")]
    assert sorted(got) == sorted((metric, float(value)) for metric, value in figures)


HELD_AGAINST = [
    # what a result is held against is others' estimate; the result stays one
    ("MP Materials reported second-quarter revenue of $57.4 million, beating estimates of $46.8 million.", ["reported", "estimate"]),
    ("JL MAG's profit of 300 million yuan missed the market forecast of 320 million yuan.", ["reported", "estimate"]),
    ("金力永磁二季度净利润3.2亿元,高于市场预期的3亿元。", ["reported", "estimate"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "modalities"), HELD_AGAINST)
def test_held_against(lexicon, text, modalities):
    assert [modality for (modality,) in rows(told(lexicon, "A note", text), "modality")] == modalities


def test_a_loss_beside_earnings_per_share_is_per_share(lexicon):
    text = "JL MAG's basic earnings per share stood at 0.15 yuan against a loss of 0.23 yuan a year ago."
    assert rows(told(lexicon, "A note", text), "metric", "value") == [("eps", 0.15), ("eps", -0.23)]


DATED = [
    ("By 2027, Baotou's output value of rare earths will exceed 100 billion yuan.", "2027"),
    ("By the end of 2027, JL MAG's revenue is to reach 10 billion yuan.", "2027"),
    ("Prices firmed this week, with NdPr oxide at 562,000 yuan per tonne.", None),
]


@pytest.mark.parametrize(("text", "period"), DATED)
def test_dated(lexicon, text, period):
    assert rows(told(lexicon, "A note", text), "period") == [(period,)]


def test_the_hub_of_a_region_is_the_city_that_leads_in(lexicon):
    text = "Baotou, known as the rare earth capital, is home to more than 200 companies.\nThe city's rare earth industry had an output value of 85.6 billion yuan in 2024."
    subjects = [subject for (subject,) in rows(told(lexicon, "Inner Mongolia's rare earth hub", text), "subject")]
    assert subjects == ["baotou", "baotou"]


POINTS = [
    ("JL MAG's gross margin rose 2.3 points to 19.5%.", [("change", 2.3, "pp"), ("level", 19.5, "percent")]),
    ("JL MAG's debt ratio was 44.2 percent in September, 3.1 points lower than at end-2024.", [("level", 44.2, "percent"), ("change", -3.1, "pp")]),
    ("The price index stood at 210.5 points, up 3.1 points from Monday.", [("level", 210.5, "points"), ("change", 3.1, "points")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), POINTS)
def test_points_of_a_ratio_are_percentage_points(lexicon, text, wanted):
    assert rows(told(lexicon, "A note", text), "measure", "value", "unit") == wanted


def test_a_phase_that_runs_has_cost_its_sum(lexicon):
    text = "The first phase, costing 3.7 billion yuan, entered trial production in October 2024."
    found = rows(told(lexicon, "Northern Rare Earth to expand Huamei", text), "metric", "modality")
    assert found == [("investment", "reported")]


def test_a_sum_since_the_launch_is_of_no_period(lexicon):
    text = "The Baotou Rare Earth Products Exchange handled trades worth 5.2 billion yuan in April. Turnover since its launch has topped 70 billion yuan."
    assert rows(told(lexicon, "A note", text), "value", "period") == [(5200000000, "2025-04"), (70000000000, None)]


LINES = [
    # a line of a firm's own is no whole trade
    ("The rare earth sector of Baogang Group achieved revenue of 19.8 billion yuan and profit of 1.9 billion yuan.",
     [("baogang-group", "revenue", "rare-earth"), ("baogang-group", "profit", "rare-earth")]),
    ("Baogang Group's rare earth sector realized operating income of 19.8 billion yuan.", [("baogang-group", "revenue", "rare-earth")]),
    ("The rare earth sector's revenue was 19.8 billion yuan.", [(None, "revenue", "rare-earth")]),
    ("Deducting non-recurring gains and losses, JL MAG's net profit was 435 million yuan.", [("jl-mag", "net_profit_core", None)]),
    ("A total of 1.92 billion yuan was invested in R&D by Baogang Group.", [("baogang-group", "rd_spend", None)]),
    ("Baogang Group put 500 million yuan into research and development.", [("baogang-group", "rd_spend", None)]),
    # what a share is of, and of which of two goods
    ("The output value of rare earths in Baotou was 41.3 billion yuan, accounting for 62% of the province's total.",
     [("baotou", "output_value", "rare-earth"), ("baotou", "output_share", "rare-earth")]),
    ("Baotou's output of magnets reached 12,000 tons, accounting for 45% of the country.", [("baotou", "output", "magnets"), ("baotou", "market_share", "magnets")]),
    ("Baotou's capacity for magnetic materials has reached 120,000 tons, and that for polishing powder 35,000 tons, accounting for 45% and 50% of the country's total respectively.",
     [("baotou", "capacity", "magnetic-materials"), ("baotou", "capacity", "polishing-materials"),
      ("baotou", "market_share", "magnetic-materials"), ("baotou", "market_share", "polishing-materials")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), LINES)
def test_lines_and_shares(lexicon, text, wanted):
    assert rows(told(lexicon, "A note", text), "subject", "metric", "product") == wanted


WIRES = [
    # a rate is of what the level it leads to is
    ("By value, China's exports of rare earths in August fell 25.6% to $55 million.", [("export_revenue", "change", -25.6), ("export_revenue", "level", 55000000)]),
    # a price passed is a level; the tonne is told once
    ("NdPr oxide prices fell below 400,000 yuan per ton in March.", [("price", "level", 400000)]),
    ("NdPr oxide prices fell by 4,000 yuan per ton in March.", [("price", "change", -4000)]),
    ("Dysprosium oxide was quoted at CNY1.5 million per ton, while terbium oxide slid 1.2% to CNY6.48 million.",
     [("price", "level", 1500000), ("price", "change", -1.2), ("price", "level", 6480000)]),
    ("China ups its 2024 rare earth mining quota by 5.9%.", [("quota_mining", "change", 5.9)]),
    ("The mining quota is 135,000 tons and the smelting quota 127,000 tons, bringing the total for 2024 to 270,000 tons and 254,000 tons respectively.",
     [("quota_mining", "level", 135000), ("quota_mining", "level", 270000), ("quota_smelting", "level", 127000), ("quota_smelting", "level", 254000)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), WIRES)
def test_wires(lexicon, text, wanted):
    assert rows(told(lexicon, "A note", text), "metric", "measure", "value") == wanted


BUILDING = [
    ("Construction of JL MAG's magnet project with an annual output of 20,000 tonnes started in Baotou on Thursday.", "target"),
    ("JL MAG broke ground on a plant with an annual output of 20,000 tonnes.", "target"),
    ("JL MAG's plant with annual production of 20,000 tonnes opened in May.", "reported"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "modality"), BUILDING)
def test_a_plant_whose_building_begins_is_a_target(lexicon, text, modality):
    assert rows(told(lexicon, "A note", text), "metric", "modality") == [("capacity", modality)]


ORDERS = [
    # a noun of change right behind its figure has nothing of the one before
    ("Exports came in at 4,392 tons in December, a 20% drop from November but a 32% rise from a year earlier.",
     [("china", 4392), ("china", -20), ("china", 32)]),
    # who was given a part of the quota told before
    ("China issued a rare earth mining quota of 135,000 tons. China Northern Rare Earth got 94,580 tons, while China Rare Earth Group received 40,420 tons.",
     [("china", 135000), ("northern-rare-earth", 94580), ("china-rare-earth-group", 40420)]),
    ("China's magnet exports fell. Germany was the top buyer with 1,046 tons.", [("china", 1046)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ORDERS)
def test_orders(lexicon, text, wanted):
    assert rows(told(lexicon, "A note", text), "subject", "value") == wanted


NOTES = [
    # sums of a list with their scale, the currency told once; years that answer them
    ("We forecast JL MAG's net profit at 2.4 billion, 3.2 billion and 4.0 billion yuan in 2025, 2026 and 2027.",
     [("net_profit", 2.4e9, "2025"), ("net_profit", 3.2e9, "2026"), ("net_profit", 4.0e9, "2027")]),
    ("JL MAG's total assets were 46.8 billion yuan at the end of June 2025, up 3.9% from end-2024.",
     [("total_assets", 46.8e9, "2025-06-30"), ("total_assets", 3.9, "2025-06-30")]),
    # what is bought back is no stake and no investment
    ("JL MAG repurchased 12.5 million shares, or 0.35% of its total share capital.", [("buyback", 12.5e6, None), ("buyback", 0.35, None)]),
    ("JL MAG will spend up to 500 million yuan on a share buyback.", [("buyback", 5e8, None)]),
    ("JL MAG will spend up to 500 million yuan on a plant.", [("investment", 5e8, None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), NOTES)
def test_notes(lexicon, text, wanted):
    found = [
        (metric, float(value), period)
        for metric, value, period in rows(told(lexicon, "A note", text), "metric", "value", "period")
    ]
    assert found == wanted


def test_a_holder_right_before_its_share_owns_it(lexicon):
    text = "Northern Rare Earth will take a 51% stake, Golden Dragon 40%."
    assert rows(told(lexicon, "A note", text), "subject", "value") == [
        ("northern-rare-earth", 51),
        ("golden-dragon", 40),
    ]


def test_forecasts_of_years_before_their_sums(lexicon):
    text = "We raise our 2025-2027 net profit forecasts for JL MAG to 2.4 billion, 3.2 billion and 4.0 billion yuan."
    assert rows(told(lexicon, "A note", text), "period", "modality") == [
        ("2025", "estimate"),
        ("2026", "estimate"),
        ("2027", "estimate"),
    ]


def test_a_report_on_a_year_counts_staff_at_its_end(lexicon):
    found = told(lexicon, "JL MAG publishes 2024 ESG report", "The company employed 5,482 people.", "2025-04-18")
    assert rows(found, "metric", "period") == [("employees", "2024-12-31")]


STEPS = [
    # a step told before its level is asked for the same weight; purities are no changes
    ("Northern Rare Earth lifted its list price for NdPr oxide by 12,300 yuan, or 2.3%, to 547,600 yuan a tonne.", [("price", 12300), ("price", 2.3), ("price", 547600)]),
    ("Xiamen Tungsten cut its price for 55% black tungsten concentrate by 2,000 yuan to 143,000 yuan a ton.", [("price", -2000), ("price", 143000)]),
    ("China's magnet output, at 280,000 tonnes in 2024, was 12% larger than in 2023.", [("output", 280000), ("output", 12)]),
    ("Northern Rare Earth sold 34,000 tonnes of metals in 2024, 8,000 tonnes more than planned.", [("sales_volume", 34000)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), STEPS)
def test_steps(lexicon, text, wanted):
    assert rows(told(lexicon, "A note", text), "metric", "value") == wanted


def test_who_holds_more_of_a_firm(lexicon):
    text = "Baogang Group increased its shareholding in Northern Rare Earth from 37.01% to 38.03%."
    assert set(rows(told(lexicon, "A note", text), "subject")) == {("baogang-group",)}


PLAIN = [
    ("By 2030, Baogang Group wants that revenue from new industries should make up more than 40 percent of the total.", []),
    ("Baotou's rare earth industry produced output worth 100.6 billion yuan in 2024.", [("output_value", "=")]),
    ("The local conversion rate in Baotou went up to 84%.", [("local_conversion_rate", "=")]),
    ("Attendees said the group would lift revenue to 50 billion yuan.", [("revenue", "=")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), PLAIN)
def test_plain(lexicon, text, wanted):
    assert rows(told(lexicon, "A note", text), "metric", "comparator") == wanted
