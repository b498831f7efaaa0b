"""What goes on along a Chinese list or line: a goal, a plant to come, a label, a period, a firm whose shares are bought."""

import pytest

from tests.signals.extraction.told import rows, told

GOALS = [
    ("公司设定的2024年主要目标为实现营收430亿元以上,利润总额43亿元以上。", ["target", "target"]),
    ("公司2024年目标为实现营收430亿元,实际营收329.66亿元。", ["target", "reported"]),
    ("项目全部建成后,公司将具备处理稀土精矿能力19.8万吨/年;萃取分离能力10.7万吨/年。", ["target", "target"]),
    ("项目建成后,公司将新增分离能力2万吨/年;公司现有分离能力8万吨/年。", ["target", "reported"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GOALS, ids=[text for text, _ in GOALS])
def test_goals_go_on(lexicon, text, expected):
    found = told(lexicon, "北方稀土年报", text, "2025-04-18")
    assert [modality for (modality,) in rows(found, "modality")] == expected


PERIODS = [
    ("今年氧化镨钕均价一季度上涨3%、二季度上涨2%、三季度上涨1%。", ["2025Q1", "2025Q2", "2025Q3"]),
    ("公司拟将稀土精矿价格调整为不含税26834元/吨,REO每增减1%,不含税价格增减536.68元/吨,从2025年10月1日起执行。", ["2025Q4", "2025Q4"]),
    ("双方同意将稀土精矿交易价格调整为不含税18825元/吨,自2025年4月1日起生效。", ["2025Q2"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PERIODS, ids=[text for text, _ in PERIODS])
def test_periods_along_a_list_and_behind_a_price(lexicon, text, expected):
    assert [one for (one,) in rows(told(lexicon, "北方稀土动态", text), "period")] == expected


SHARES = [
    ("北方稀土以协议方式收购甘肃稀土全部股份,占甘肃稀土股份总数的100%。", "northern-rare-earth"),
    ("北方稀土认购金龙稀土新增股份,占金龙稀土注册资本的3%。", "northern-rare-earth"),
    ("包钢集团持有北方稀土36.66%的股份。", "baogang-group"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "holder"), SHARES, ids=[text for text, _ in SHARES])
def test_whose_shares_are_part_of_the_whole(lexicon, text, holder):
    assert rows(told(lexicon, "稀土并购动态", text), "metric", "subject") == [("stake", holder)]


def test_a_quota_is_of_the_firm_that_leads_the_line(lexicon):
    text = "1、厦门钨业:离子型稀土下半年指标1250吨,与上半年持平。冶炼分离下半年指标2189吨。"
    assert rows(told(lexicon, "2019年度稀土指标下达", text, "2019-11-08"), "subject", "value") == [
        ("xiamen-tungsten", 1250),
        ("xiamen-tungsten", 2189),
    ]


PAIRS = [
    "收购对价为1.58亿澳元(折算人民币约7.426亿元)。",
    "收购对价为1.58亿澳元(折合人民币约7.426亿元)。",
    "收购对价为1.58亿澳元,折合人民币7.426亿元。",
]


@pytest.mark.parametrize("text", PAIRS)
def test_a_sum_and_what_it_comes_to_in_yuan(lexicon, text):
    (one,) = told(lexicon, "盛和资源收购公告", text)
    assert (one["value"], one["unit"], one["converted"]) == (158e6, "AUD", {"value": 742.6e6, "unit": "CNY"})


def test_an_average_of_the_trade_is_nobodys(lexicon):
    text = "净资产收益率为0.51%,该指标的最近一期行业平均值为0.42%。"
    assert rows(told(lexicon, "包钢股份财务分析", text), "metric", "value") == [("roe", 0.51)]


DRAWN = """┌────┬────┬────┐
|指标\\日期 |2024-12-31|2023-12-31|
├────┼────┼────┤
|净利润(万元) | 26462.92| 51527.06|
├────┼────┼────┤
|资产负债比率(%) | 60.48| 59.50|
└────┴────┴────┘"""


@pytest.mark.parametrize("bar", ["|", "│"])
def test_a_table_drawn_with_bars(lexicon, bar):
    found = told(lexicon, "包钢股份财务分析", f"<pre>{DRAWN.replace('|', bar)}</pre>", "2025-08-02")
    assert rows(found, "metric", "value", "period") == [
        ("net_profit", 264629200, "2024"),
        ("net_profit", 515270600, "2023"),
        ("liabilities_ratio", 60.48, "2024-12-31"),
        ("liabilities_ratio", 59.5, "2023-12-31"),
    ]


def test_the_last_of_a_list_leaves_its_verb_out(lexicon):
    text = "轻稀土矿指标增加1.2万吨,其中南方稀土增加0.8万吨、厦门钨业增加0.25万吨、北方稀土0.15万吨。"
    found = told(lexicon, "2019年度稀土指标变化", text, "2019-11-08")
    assert rows(found, "measure", "value") == [("change", value) for value in (12000, 8000, 2500, 1500)]


def test_a_row_of_growth_rates(lexicon):
    table = "|指标|2024|2023|\n|净利润(万元)|26462.92|51527.06|\n|净利润增长率(%)|-48.64|170.94|"
    found = told(lexicon, "包钢股份财务分析", f"<pre>{table}</pre>", "2025-08-02")
    assert rows(found, "measure", "value", "period")[2:] == [
        ("change_yoy", -48.64, "2024"),
        ("change_yoy", 170.94, "2023"),
    ]


def test_what_has_been_counted_since_then_is_of_no_period(lexicon):
    text = "2022年11月,实验室优化重组。重组以来,相继组织开展国家级科研项目25项;自治区科技项目27项。"
    assert rows(told(lexicon, "白云鄂博全国重点实验室", text, "2024-11-14"), "value", "period") == [
        (25, None),
        (27, None),
    ]
