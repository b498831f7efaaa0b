"""Classes of English sentences met last: firms of a place, figures told of two metrics, prices that move by a sum."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

OWNED = [
    ("Thirty enterprises in the Baotou Rare Earth High-Tech Zone had output value of 15.2 billion yuan.", "baotou-rare-earth-high-tech-zone"),
    ("Magnet production in the Baotou Rare Earth High-Tech Zone reached 14,300 tonnes.", "baotou-rare-earth-high-tech-zone"),
    ("Shenghe's plant in the Baotou Rare Earth High-Tech Zone made 14,300 tonnes of magnets.", "shenghe-resources"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "owner"), OWNED)
def test_whose(lexicon, text, owner):
    assert {one[0] for one in rows(told(lexicon, "A note on the trade", text), "subject")} == {owner}


STATED = [
    # one rate for two metrics
    (
        "Baotou's output value came to 3.2 billion yuan and its exports to US$60 million, both up 48 percent.",
        [("output_value", 3200000000), ("output_value", 48), ("export_revenue", 60000000), ("export_revenue", 48)],
    ),
    (
        "China's mining quota is 130,000 tonnes and its smelting quota 125,000 tonnes, both up 10,000 tonnes.",
        [("quota_mining", 130000), ("quota_mining", 10000), ("quota_smelting", 125000), ("quota_smelting", 10000)],
    ),
    (
        "China's mining quota is 130,000 tonnes and its smelting quota 125,000 tonnes, up 10,000 tonnes.",
        [("quota_mining", 130000), ("quota_smelting", 125000), ("quota_smelting", 10000)],
    ),
    # a price that moves by a sum
    (
        "The listed price of NdPr oxide was 435,800 yuan per tonne in July, up 1,200 yuan from June.",
        [("price", 435800), ("price", 1200)],
    ),
    ("The price of concentrate is 19,100 yuan per tonne, down by RMB 290.", [("price", 19100), ("price", -290)]),
    ("The price of concentrate is 19,100 yuan per tonne, and the miner raised 290 yuan.", [("price", 19100)]),
    ("JL Mag reported after-tax profit of 295 million yuan.", [("net_profit", 295000000)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), STATED)
def test_stated(lexicon, text, figures):
    got = [(metric, float(value)) for metric, value in rows(told(lexicon, "A note", text), "metric", "value")]
    assert sorted(got) == sorted((metric, float(value)) for metric, value in figures)


def test_makers_in_a_list_answer_their_sums(lexicon):
    text = (
        "Raw materials enterprises, new materials enterprises and end-use application enterprises achieved output values "
        "of 3.6 billion yuan, 2.2 billion yuan and 102 million yuan respectively."
    )
    goods = [product for (product,) in rows(told(lexicon, "A note", text), "product")]
    assert goods == ["raw-materials", "functional-materials", "applications"]


READ = [
    # what an exchange turns over is trade, a firm's turnover is revenue
    ("JL Mag's turnover rose to 21 billion yuan.", [("revenue", "jl-mag")]),
    ("On the exchange 4,300 tonnes were traded, with turnover reaching 1.9 billion yuan.", [("trade_volume", None), ("trade_value", None)]),
    # plants ahead
    ("The operational project will generate RMB 650 million a year.", [("project_revenue", None)]),
    # trade by value; goods from abroad are the country's
    (
        "China's exports rose 12 percent to 32,000 tonnes, while their value fell 24 percent to $220 million.",
        [("export_volume", "china"), ("export_volume", "china"), ("export_revenue", "china"), ("export_revenue", "china")],
    ),
    ("Shenghe mines ore. Imports of mixed rare earth carbonate dropped to 2,300 tonnes.", [("import_volume", "china")]),
    ("Shenghe imported 2,300 tonnes of monazite.", [("import_volume", "shenghe-resources")]),
    ("Shenghe has a mill. Output of NdPr oxide in China was 7,100 tonnes.", [("output", "china")]),
    ("Operating rates of separation plants stood at 66%.", [("utilisation", None)]),
    ("Spot NdPr oxide traded at 373,000 yuan per tonne, up 0.5%.", [("price", None), ("price", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), READ)
def test_metric_and_owner(lexicon, text, figures):
    assert rows(told(lexicon, "A note on the trade", text), "metric", "subject") == figures


def test_a_year_that_is_only_compared_with_is_not_the_documents(lexicon):
    text = (
        "China took its mining quota to 255,000 tonnes, 21.4 percent above 2024.\n"
        "Northern Rare Earth won 178,650 tonnes of the mining quota."
    )
    assert {period for (period,) in rows(told(lexicon, "China tops up quotas", text), "period")} == {"2025"}


QUOTAS = [
    # a part of the total, whose
    (
        "Shenghe's mining quota was 7,806 mt in 2022, flat year-on-year and accounting for 67.9% of the total.",
        [("quota_mining", "shenghe-resources", "2022"), ("quota_share", "shenghe-resources", "2022")],
    ),
    (
        "In 2022 the smelting quota rose 20%, including 53,800 mt for Northern Rare Earth; 34,700 mt for China Rare Earth Group.",
        [
            ("quota_smelting", "china", "2022"),
            ("quota_smelting", "northern-rare-earth", "2022"),
            ("quota_smelting", "china-rare-earth-group", "2022"),
        ],
    ),
    (
        "Of the mining quota for 2022, 60,200 mt went to Northern Rare Earth.",
        [("quota_mining", "northern-rare-earth", "2022")],
    ),
    # the year of the quotas told before
    (
        "China set a mining quota of 100,800 mt for 2022.\nThe heavy rare earth mining quota was 9,000 mt.",
        [("quota_mining", "china", "2022"), ("quota_mining", "china", "2022")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), QUOTAS)
def test_quotas(lexicon, text, figures):
    assert rows(told(lexicon, "A note on quotas", text), "metric", "subject", "period") == figures


TRADED = [
    # buyers of what the sentence before sends abroad
    (
        "China exported 5,600 tons of magnets in July. Germany was the top destination with 1,100 tons, an increase of 40%.",
        [("export_volume", 5600), ("export_volume", 1100), ("export_volume", 40)],
    ),
    ("China mined ore in July. Germany was the top destination with 1,100 tourists.", []),
    ("The Baotou exchange turned over more than 30,000 tonnes of products.", [("trade_volume", 30000)]),
    (
        "Trading on the Baotou Rare Earth Products Exchange had reached a value of 5.1 billion yuan.",
        [("trade_value", 5100000000)],
    ),
    # losses ahead
    ("Shenghe will lose 120 million yuan in the fourth quarter.", [("net_profit", -120000000)]),
    ("Shenghe expects to lose 120 million to 130 million yuan.", [("net_profit", -130000000)]),
    ("Mines lose 5 percent of their ore.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), TRADED)
def test_traded_and_lost(lexicon, text, figures):
    got = [(metric, float(value)) for metric, value in rows(told(lexicon, "A note", text), "metric", "value")]
    assert got == figures


COUNTED = [
    ("Baogang applied for 1,620 patents last year and was granted 980.", [("patent_applications", 1620)]),
    ("Huamei was granted 3 licences.", []),
    ("Huamei consumed 30 percent less water and 20 percent less acid.", [("resource_saving", 30), ("resource_saving", 20)]),
    ("The Baotou exchange lists 17 products and has 410 members.", [("listed_products", 17), ("members", 410)]),
    ("Baogang rolled 2.1 million tonnes of plate, 104 percent of plan.", [("output", 2100000), ("target_completion", 104)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "figures"), COUNTED)
def test_counted(lexicon, text, figures):
    got = [(metric, float(value)) for metric, value in rows(told(lexicon, "A note", text), "metric", "value")]
    assert got == figures


def test_holders_answer_their_shares(lexicon):
    text = "Baogang Group and Northern Rare Earth will hold 51 percent and 20 percent of the venture."
    assert rows(told(lexicon, "A note", text), "metric", "subject") == [
        ("stake", "baogang-group"),
        ("stake", "northern-rare-earth"),
    ]
