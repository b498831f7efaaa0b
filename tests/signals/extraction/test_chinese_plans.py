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
