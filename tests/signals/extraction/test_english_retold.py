"""How outlets retell Chinese firms' news in English: text → what is told."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

TOLD = [
    # a firm's own sector is the firm's, a trade as a whole is nobody's
    ("Baogang Group says its rare earth sector lifted profit by 18%.", [("profit", "baogang-group", 18, "reported")]),
    # a city called Chinese is not the country
    (
        "Baotou leads. The northern Chinese city's rare earth output value reached 96 billion yuan.",
        [("output_value", "baotou", 96e9, "reported")],
    ),
    # the place where a firm builds is not the owner, and an opening word is no firm
    (
        "Huaxing Rare Earth broke ground on a project in Baotou's high-tech zone that will add 6,000 tons per year of rare earth"
        " metals. Once completed, the facility's annual capacity will reach 14,000 tons.",
        [("capacity", "huaxing-rare-earth", 6000, "target"), ("capacity", "huaxing-rare-earth", 14000, "target")],
    ),
    # initials stand for the name that they open
    (
        "MP Materials sold 410 tonnes of NdPr oxide. MP expects output to increase 12% in the third quarter.",
        [("sales_volume", "mp-materials", 410, "reported"), ("output", "mp-materials", 12, "forecast")],
    ),
    # a country that dominates or controls a trade has a share of the world's
    ("China dominates over 82% of rare earth refining.", [("market_share", "china", 82, "reported")]),
    ("China controls roughly 88% of magnet making.", [("market_share", "china", 88, "reported")]),
    # what is approved, designed or set to grow is still to come
    (
        "Northern Rare Earth announced approval of a new 4,000-ton-per-year oxide separation project, in which it keeps 52%.",
        [("capacity", "northern-rare-earth", 4000, "target"), ("stake", "northern-rare-earth", 52, "reported")],
    ),
    ("Lynas said its new plant is designed to produce 9,000 tons of magnets a year.", [("capacity", "lynas", 9000, "target")]),
    ("Lynas plans to produce 3,100 tonnes of NdPr oxide per year from the site.", [("capacity", "lynas", 3100, "target")]),
    # results and loads in other words
    ("Shenghe lost 41 million yuan in 2024, after earning 97 million yuan in 2023.", [("net_profit", "shenghe-resources", -41e6, "reported"), ("net_profit", "shenghe-resources", 97e6, "reported")]),
    ("Shenghe's smelter operated at 91%.", [("utilisation", "shenghe-resources", 91, "reported")]),
    ("Shenghe resumed 17 construction and upgrade projects.", [("projects", "shenghe-resources", 17, "reported")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_retold(lexicon, text, wanted):
    found = told(lexicon, "A note on the sector", text)
    assert rows(found, "metric", "subject", "value", "modality") == wanted


def test_contract_price_is_the_title_quarters(lexicon):
    text = (
        "According to Asian Metal's July 9 release, Northern Rare Earth's new price of rare earth concentrate is RMB 18,640 per"
        " dry metric tonne. This marks a 2.1% quarter-on-quarter increase from Q2's benchmark of RMB 18,257/t, amid rising costs"
        " in China's supply chain.\nThe formula includes an adjustment of RMB 372.8 (USD 52) per tonne for every one percentage"
        " point change in REO content."
    )
    found = told(lexicon, "Northern Rare Earth raises Q3 concentrate price", text, "2025-07-11")
    assert rows(found, "metric", "subject", "value", "period") == [
        ("price", "northern-rare-earth", 18640, "2025Q3"),
        ("price", "northern-rare-earth", 2.1, "2025Q3"),
        ("price", "northern-rare-earth", 18257, "2025Q2"),
        ("price_step", "northern-rare-earth", 372.8, "2025Q3"),
    ]


LISTED = [
    # quarters told in turn; levels that answer the metrics named, or the levels of the sentence before
    (
        "Shenghe's revenue in the first three quarters of 2024 was 2.9 billion yuan, 3.1 billion yuan and 4.2 billion yuan, respectively.",
        [("revenue", None, 2.9e9, "2024Q1"), ("revenue", None, 3.1e9, "2024Q2"), ("revenue", None, 4.2e9, "2024Q3")],
    ),
    (
        "The ministry set the 2024 quotas at 130,000 tonnes for mining and 120,000 tonnes for smelting and separation. That brings"
        " the total to 260,000 tons and 240,000 tons.",
        [("quota_mining", None, 130e3, "2024"), ("quota_smelting", None, 120e3, "2024"),
         ("quota_mining", None, 260e3, "2024"), ("quota_smelting", None, 240e3, "2024")],
    ),
    (
        "China set the 2024 quotas. The quotas totalled 131kt REO for mined products and 121kt REO for refining and smelting products.",
        [("quota_mining", None, 131e3, "2024"), ("quota_smelting", None, 121e3, "2024")],
    ),
    # one unit for a list of prices; a price told higher is a change
    (
        "NdPr oxide was quoted at 441,000 yuan/t (RMB 9,000/t higher), dysprosium oxide at 1.61 million yuan per tonne and terbium"
        " oxide at 7.2 million yuan.",
        [("price", "ndpr-oxide", 441e3, None), ("price", "ndpr-oxide", 9000, None), ("price", "dy-oxide", 1.61e6, None), ("price", "tb-oxide", 7.2e6, None)],
    ),
    # what goes to a country is exported; the base late in a month is no period of the figure
    ("For all of 2024, China's magnet exports rose. In 2024, 5,310 tons were shipped to the U.S., an annual fall of 11%.",
     [("export_volume", "magnets", 5310, "2024"), ("export_volume", "magnets", -11, "2024")]),
    ("The price of its concentrate will be raised 35 percent next quarter.", [("price", "concentrate", 35, "2026Q1")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), LISTED)
def test_listed(lexicon, text, wanted):
    found = told(lexicon, "A note on the sector", text)
    assert rows(found, "metric", "product", "value", "period") == wanted


OWNED = [
    # what a firm's plant at a mine makes is the firm's; "to produce … a year" tells a capacity
    ("Iluka's Eneabba refinery is expected to produce 16,900 tonnes of oxides a year.", [("capacity", "iluka", 16900, "target")]),
    ("Baotou Steel Union made 4.1 million tonnes of crude steel in 2024.", [("output", "baogang-union", 4.1e6, "reported")]),
    ("Huaxing Rare Earth has a new shop. The plant cost RMB 340 million.", [("investment", "huaxing-rare-earth", 340e6, "reported")]),
    # who has a quota is told in the main clause; what a country imports of Chinese goods is exported
    ("With a 2024 mining quota of 181,000 mt, Northern Rare Earth leads the trade.", [("quota_mining", "northern-rare-earth", 181e3, "reported")]),
    ("Shenghe is large. With a 2024 mining quota of 171,000 mt, the company leads the trade.", [("quota_mining", "shenghe-resources", 171e3, "reported")]),
    ("Japan's imports of Chinese rare earths fell 7% in December.", [("export_volume", "china", -7, "reported")]),
    ("China will hold a 91% share of metal making.", [("market_share", "china", 91, "reported")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), OWNED)
def test_owned(lexicon, text, wanted):
    found = told(lexicon, "A note on the sector", text)
    assert rows(found, "metric", "subject", "value", "modality") == wanted
