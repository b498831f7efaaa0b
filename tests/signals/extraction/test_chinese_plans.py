"""Chinese classes met last: plans met per product, who sells to whom, shares of the whole, what is used and what is saved."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

STATED = [
    # how far a plan is met is of the goods that it answers
    (
        "2025年,包钢集团产铁1489万吨、粗钢1558万吨、商品坯材1496万吨,分别完成年计划的101%、102%和103%。",
        ("metric", "product", "value"),
        [("output", "iron", 14890000), ("output", "crude-steel", 15580000), ("output", "steel", 14960000),
         ("target_completion", "iron", 101), ("target_completion", "crude-steel", 102), ("target_completion", "steel", 103)],
    ),
    # a share is of the period of the output before it; 约 stands before the whole
    (
        "2025年,包头市磁材产量7.5万吨,约占全国的36%。",
        ("metric", "comparator", "period"),
        [("output", "=", "2025"), ("market_share", "~", "2025")],
    ),
    # what is used is no saving; a saving is of its year, unless it is of every year
    (
        "2024年,包钢集团吨钢新水消耗2.71吨,同比下降4.2%。",
        ("metric", "value", "period"),
        [("resource_saving", 4.2, "2024")],
    ),
    ("2024年,包钢集团节水3万吨。", ("metric", "value", "period"), [("resource_saving", 30000, "2024")]),
    ("2024年,包钢集团建成循环水站,每年可节水3万吨。", ("metric", "value", "period"), [("resource_saving", 30000, None)]),
    # the plant is not there yet, nor does the place of a firm's site own its capacity
    (
        "天和磁材年产1.2万吨钕铁硼项目已完成投资9.8亿元,预计明年6月投产,达产后年产值可达30亿元。",
        ("metric", "subject", "modality"),
        [("capacity", "tianhe-magnetics", "target"), ("investment", "tianhe-magnetics", "reported"), ("project_revenue", "tianhe-magnetics", "forecast")],
    ),
    (
        "金力永磁包头三期项目新增产能8000吨,建成后包头基地总产能将达2万吨。",
        ("subject", "value"),
        [("jl-mag", 8000), ("jl-mag", 20000)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fields", "wanted"), STATED)
def test_stated(lexicon, text, fields, wanted):
    assert rows(told(lexicon, "简讯", text), *fields) == wanted


def test_whom_it_is_sold_to_is_not_who_sells(lexicon):
    text = "2025年1-9月,公司已向北方稀土销售稀土精矿28.7万吨。"
    assert rows(told(lexicon, "包钢股份关联交易公告", text), "subject", "metric") == [("baogang-union", "sales_volume")]


def test_a_paragraph_that_opens_with_the_price_before_goes_on_with_the_price(lexicon):
    text = "2025年第四季度稀土精矿交易价格为26205元/吨。\n较第三季度的19109元/吨上涨37.13%。"
    found = rows(told(lexicon, "稀土精矿交易价格公告", text), "metric", "measure", "value")
    assert ("price", "change_qoq", 37.13) in found


PARTS = [
    # a part of what the sentence before told, by product or by firm
    (
        "2024年度全国稀土矿开采总量控制指标27万吨。其中,岩矿型稀土矿(以轻稀土为主)25万吨,离子型稀土矿1.9万吨。",
        ("metric", "product", "value"),
        [("quota_mining", None, 270000), ("quota_mining", "light-rare-earth", 250000), ("quota_mining", "heavy-rare-earth", 19000)],
    ),
    (
        "2024年北方稀土稀土金属产量4.1万吨。其中,镨钕金属2.1万吨。",
        ("metric", "product", "value"),
        [("output", "rare-earth-metals", 41000), ("output", "ndpr-metal", 21000)],
    ),
    (
        "JL MAG sold 22,300 tons of magnets in 2024. Of this, wind turbines took away some of the fear.",
        ("metric", "value"),
        [("sales_volume", 22300)],
    ),
    (
        "In 2024 Northern Rare Earth's output of rare earth metals was 41,000 tons. Of this, 21,000 tons were NdPr metal.",
        ("metric", "value"),
        [("output", 41000)],  # the product stands behind its figure: not read yet
    ),
    # a note of a firm's list: the day of its lead-in, and the market beside it
    (
        "3月7日,南方稀土集团公布本期挂牌价:\n氧化铽挂牌价1500万元/吨,均价较上期下调25万元/吨。\n另据了解,同日市场上氧化镨钕成交价约109万元/吨。",
        ("subject", "period", "value"),
        [("southern-rare-earth", "2025-03-07", 15000000), ("southern-rare-earth", "2025-03-07", -250000), (None, "2025-03-07", 1090000)],
    ),
    (
        "包头市在建稀土项目48个,全年签约有望超过60个。",
        ("metric", "value"),
        [("projects", 48), ("projects", 60)],
    ),
    (
        "MP Materials三季度氧化镨钕实现价格为59美元/公斤,同比上涨26%。",
        ("metric", "subject", "value"),
        [("price", "mp-materials", 59000), ("price", "mp-materials", 26)],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fields", "wanted"), PARTS)
def test_parts_and_lists(lexicon, text, fields, wanted):
    assert rows(told(lexicon, "南方稀土集团公布挂牌价", text, "2025-03-08"), *fields) == wanted


OWNED = [
    # a government that holds, a group spoken of as such, a market's share
    ("内蒙古自治区人民政府持有包钢集团76.835%股权。", [("inner-mongolia", "stake", None)]),
    ("包钢集团召开会议。华美公司年产能1.2万吨;集团研发投入强度不低于5%。", [("huamei-rare-earth", "capacity", None), ("baogang-group", "rd_intensity", None)]),
    ("近两年包钢集团投入1.47亿元用于环保改造。", [("baogang-group", "investment", None)]),
    ("包钢集团研发投入1.47亿元。", [("baogang-group", "rd_spend", None)]),
    ("2024年金力永磁在全球高性能钕铁硼市场的份额约为28%。", [("jl-mag", "market_share", "ndfeb-magnets")]),
    ("北方稀土公布碳排放。与2023年相比,排放量增长31.2%。", [("northern-rare-earth", "ghg_emissions", None)]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), OWNED)
def test_owned(lexicon, text, wanted):
    assert rows(told(lexicon, "简讯", text), "subject", "metric", "product") == wanted
