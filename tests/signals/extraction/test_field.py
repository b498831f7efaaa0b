"""Turns of phrase met in texts that nobody had tuned the engine on: sentence → the figures that it states."""

from __future__ import annotations

import pytest

from signals.extraction import extract


def figures(text, lexicon, **options):
    """(metric, product, measure, value, high, unit, period label) of every indicator, in the order of the text."""
    record = extract(text.encode(), lexicon, **options).as_json()
    ordered = sorted(record["indicators"], key=lambda one: one["span"])
    return [
        (
            one["metric"],
            one["product"],
            one["measure"],
            one["value"],
            one["value_high"],
            one["unit"],
            (one["period"] or {}).get("label"),
        )
        for one in ordered
    ]


def values(text, lexicon, **options):
    return [(one[0], one[2], one[3]) for one in figures(text, lexicon, **options)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "广晟有色2024Q3营收31.6亿元同比-9.4%环比+2.7%。",
            [("revenue", "level", 3160000000), ("revenue", "change_yoy", -9.4), ("revenue", "change_qoq", 2.7)],
        ),
        (
            "盛和资源25Q1-3毛利率从年初的6.5%上升至9.2%。",
            [("gross_margin", "level", 6.5), ("gross_margin", "level", 9.2)],
        ),
        (
            "盛和资源2025年上半年毛利率达到9.2%,同比增幅为31.4%。",
            [("gross_margin", "level", 9.2), ("gross_margin", "change_yoy", 31.4)],
        ),
        (
            "盛和资源2024年营业收入113亿元,较2023年下降36.2% - 2024年营业利润2.6亿元。",
            [("revenue", "level", 11300000000), ("revenue", "change_yoy", -36.2), ("profit", "level", 260000000)],
        ),
    ],
)
def test_each_rate_keeps_its_own_base(lexicon, text, wanted):
    assert values(text, lexicon) == wanted


@pytest.mark.parametrize(
    ("text", "value", "high"),
    [
        ("Northern Rare Earth expects 2026 net profit of ¥2.1 billion–¥2.4 billion.", 2100000000, 2400000000),
        ("Northern Rare Earth expects 2026 net profit of $120 million–$150 million.", 120000000, 150000000),
        ("中国稀土预计2026年1-6月归母净利润盈利:2,100万元至2,600万元。", 21000000, 26000000),
    ],
)
def test_a_range_with_two_currencies_signs_is_one_figure(lexicon, text, value, high):
    assert [(one[3], one[4]) for one in figures(text, lexicon)] == [(value, high)]


def test_a_fall_told_behind_a_colon(lexicon):
    text = "中国稀土预计2026年1-6月归母净利润盈利:2,100万元至2,600万元,同比上年下降:71.5%至77.2%。"
    assert figures(text, lexicon)[1] == ("net_profit", None, "change_yoy", -77.2, -71.5, "percent", "2026H1")


def test_an_amount_of_change_and_its_level_are_no_range(lexicon):
    text = "氧化镨价格上涨8000元/吨至54.6万元/吨。"
    assert values(text, lexicon) == [("price", "change", 8000), ("price", "level", 546000)]
    near = "北方稀土净利润将增加7.1亿元到7.9亿元。"
    assert [(one[3], one[4]) for one in figures(near, lexicon)] == [(710000000, 790000000)]


def test_quarters_listed_by_one_word(lexicon):
    text = "金力永磁2025年第一至四季度营业收入分别为15.1亿元、18.3亿元、17.2亿元、19.6亿元。"
    assert [(one[3], one[6]) for one in figures(text, lexicon)] == [
        (1510000000, "2025Q1"),
        (1830000000, "2025Q2"),
        (1720000000, "2025Q3"),
        (1960000000, "2025Q4"),
    ]


def test_a_nine_month_low_is_no_period(lexicon):
    text = "China's exports of rare earth magnets to Japan in May 2026 fell to a nine-month low of 188 tonnes."
    assert figures(text, lexicon)[0][6] == "2026-05"


def test_how_far_back_a_record_goes_gives_no_year(lexicon):
    text = "包鋼股份上調價格,是2023年第2季以來最大漲幅。第3季稀土精礦交易價格為每噸人民幣1萬8,840元。"
    told = figures(text, lexicon, published_on="2025-10-10")
    assert [(one[3], one[6]) for one in told] == [(18840, "2025Q3")]


def test_the_base_of_a_comparison_is_exact(lexicon):
    text = "China's exports of rare earth magnets in July 2026 were 6.2% higher than 5,310 tons shipped in July 2025."
    record = extract(text.encode(), lexicon).as_json()
    assert [one["comparator"] for one in record["indicators"] if one["value"] == 5310] == ["="]


def test_a_base_with_its_loss_keeps_its_year(lexicon):
    text = "包钢股份2025年前三季度净利润为2.1亿元,相较去年同期净亏损4.9亿元,增利7亿元。"
    told = {one[3]: one[6] for one in figures(text, lexicon, published_on="2025-10-28")}
    assert told[210000000] == "2025M1-9"
    assert told[-490000000] == "2024M1-9"


def test_exports_to_one_country_until_another_is_named(lexicon):
    text = (
        "China's exports of rare earth magnets to Germany in June 2026 grew by 21.4% to 1,010 tons. "
        "South Korea, the second largest buyer, saw a 40.2% increase, while Vietnam took 18.3% more."
    )
    found = extract(text.encode(), lexicon)
    told = [(one["product"], one["partner"]) for one in found.as_json()["indicators"]]
    assert told[:3] == [("magnets", "germany"), ("magnets", "germany"), ("magnets", "south-korea")]
    assert [one.product for one in found.indicators][:1] == ["magnets-to-germany"]  # apart from the total in the record


def test_price_step_in_traditional_characters(lexicon):
    text = "包鋼股份稀土精礦價格為每噸人民幣2萬4,300元。按 REO 每增減 1%,不含稅價格增減每噸人民幣486元。"
    assert values(text, lexicon) == [("price", "level", 24300), ("price_step", "level", 486)]


def test_a_list_of_prices_goes_on_in_the_unit_of_the_first(lexicon):
    text = "18日氧化镨钕均价为每吨58.3万元,较前一交易日升0.6%;金属镨钕均价70.2万元。"
    assert ("price", "level", 702000) in values(text, lexicon)


@pytest.mark.parametrize(
    "text",
    [
        "一期建成后可处理58.1%REO混合稀土精矿。",
        "北方稀土一年最低/最高16.1/28.3元。",
        "盛和资源总负债51.2亿元。",
        "包钢集团累计质押4.1亿股,占其所持股份的2.4%。",
        "北方稀土权重12.1%,当日下跌3.3%。",
        "北方稀土未分配利润149.5亿元。",
        "预计2027年全球氧化镨钕需求量12.7万吨。",
    ],
)
def test_what_states_nothing_that_is_followed(lexicon, text):
    assert figures(text, lexicon) == []


def test_years_in_a_row_are_an_analyst_s(lexicon):
    text = "预计2026-2028年归母净利润分别为25.1亿元、33.4亿元和40.2亿元。北方稀土估值合理。"
    record = extract(text.encode(), lexicon, published_on="2026-04-20").as_json()
    assert {(one["modality"], one["voice"]) for one in record["indicators"]} == {("estimate", "third_party")}


def test_a_quota_without_a_year_is_of_the_year_of_publication(lexicon):
    text = "The ministry set the smelting and separation quota at 97,000 tonnes."
    assert figures(text, lexicon, published_on="2024-02-06")[0][6] == "2024"


def test_one_s_own_smelting_quota_behind_a_mining_quota(lexicon):
    text = "2024年第一批指标中,中国稀土集团获得4200吨开采指标、3900吨冶炼指标。"
    assert [one[0] for one in figures(text, lexicon)] == ["quota_mining", "quota_smelting"]


def test_a_figure_cut_by_a_soft_line_break(lexicon):
    text = """NORTHERN RARE EARTH INTERIM SUMMARY

The board, the supervisory committee, the directors and the senior managers confirm
that what this report contains is true, and that no part of it would mislead a reader.
During the reporting period Northern Rare Earth recorded operating revenue of RMB 6.814
billion, an increase of 13.5% on the year. Costs of processing went down by a little and
the plants ran without a stop. The weighted average return on net assets was
3.02%, up 1.9 percentage points on the same period of last year, which the board finds
satisfactory in a market that was weak for most of the spring.
"""
    told = values(text, lexicon)
    assert ("revenue", "level", 6814000000) in told
    assert ("roe", "level", 3.02) in told


def test_what_is_projected_or_expected_to_reach_a_sum_is_a_forecast(lexicon):
    text = (
        "Northern Rare Earth told of a projected net profit increase of 310% for the first half of 2026. "
        "Net profit is expected to reach 1.4 billion yuan."
    )
    record = extract(text.encode(), lexicon).as_json()
    assert {one["modality"] for one in record["indicators"]} == {"forecast"}


@pytest.mark.parametrize(
    ("text", "subject", "metric", "label"),
    [
        ("Baogang rare earth concentrate output fell to 98,000t in 2025.", "baogang-group", "output", "2025"),
        (
            "Bayan Obo is mined for iron. This mine holds 79% of China's rare earth resources.",
            "bayan-obo",
            "reserve_share",
            None,
        ),
        ("盛和资源于9月完成对匹克公司100%股权的收购。", "shenghe-resources", "stake", None),
        (
            "包头稀土产品交易所自2014年3月开盘以来,当年交易总额达到56.7亿元。",
            "baotou-rare-earth-exchange",
            "trade_value",
            "2014",
        ),
    ],
)
def test_whose_figure_and_when(lexicon, text, subject, metric, label):
    [one] = extract(text.encode(), lexicon).as_json()["indicators"]
    assert (one["subject"], one["metric"], (one["period"] or {}).get("label")) == (subject, metric, label)


def test_a_share_of_one_s_own_revenue_is_no_figure_that_is_followed(lexicon):
    text = "Baogang Group sold concentrate for ¥8.4 billion in 2025, making up nearly 12% of its total revenues."
    assert [one for one in values(text, lexicon) if one[2] == 12] == []


QUOTAS = """<html lang="zh"><head><title>2024年第一批稀土开采、冶炼分离总量控制指标分解表</title></head><body><article>
<h1>2024年第一批稀土开采、冶炼分离总量控制指标分解表</h1><p>单位:吨</p><table>
<tr><td>企业</td><td>矿产品(岩矿型,轻稀土)</td><td>矿产品(离子型,中重稀土)</td><td>冶炼分离产品</td></tr>
<tr><td>中国稀土集团有限公司</td><td>30100</td><td>9800</td><td>37900</td></tr>
<tr><td>合计</td><td>30100</td><td>9800</td><td>37900</td></tr></table></article></body></html>"""


def test_a_quota_table_tells_mines_from_smelters(lexicon):
    told = figures(QUOTAS, lexicon, published_on="2024-02-06")
    assert [(one[0], one[1], one[6]) for one in told][:3] == [
        ("quota_mining", "light-rare-earth", "2024"),
        ("quota_mining", "heavy-rare-earth", "2024"),
        ("quota_smelting", None, "2024"),
    ]


SEGMENTS = """<html lang="zh"><head><title>金力永磁2025年年度报告</title></head><body><article><h1>金力永磁2025年年度报告</h1>
<table><tr><td>领域</td><td>收入(亿元)</td><td>销量同比</td></tr>
<tr><td>节能变频空调</td><td>16.2</td><td>+21.8%</td></tr>
<tr><td>风力发电</td><td>5.3</td><td>+4.1%</td></tr></table></article></body></html>"""


def test_a_row_s_name_is_no_metric_in_a_column_of_money(lexicon):
    told = figures(SEGMENTS, lexicon)
    assert [(one[0], one[3]) for one in told if one[2] == "level"] == [("revenue", 1620000000), ("revenue", 530000000)]


POURED = """北方稀土(600111):北方稀土2025年第三季度报告
时间:2025年10月29日 20:11:02
单位:元 币种:人民币
项目 | 本报告期 | 本报告期比
上年同期增
减变动幅度
(%) | 年初至报告期末 | 年初至报告期末比
上年同期增减变动
幅度(%) | 营业收入 | 9,111,222,333.44 | 3.21 | 24,555,666,777.88 | -4.50 | 归属于上市公司股东的净
利润 | 611,222,333.44 | 11.20 | 1,511,222,333.44 | 65.40 | 经营活动产生的现金流量净额 | 不适用 | 不适用 | 1,777,888,999.11 | 9.30 |
"""


def test_a_table_poured_into_running_lines(lexicon):
    told = {(one[0], one[2], one[6]): one[3] for one in figures(POURED, lexicon)}
    assert told[("revenue", "level", "2025Q3")] == 9111222333.44
    assert told[("revenue", "change_yoy", "2025M1-9")] == -4.5
    assert told[("net_profit", "level", "2025M1-9")] == 1511222333.44
    assert ("operating_cash_flow", "level", "2025Q3") not in told
    assert told[("operating_cash_flow", "change_yoy", "2025M1-9")] == 9.3


TWO_HEADS = """中国北方稀土(集团)高科技股份有限公司
2025 年半年度报告摘要
单位:元 币种:人民币
本报告期末 上年度末 本报告期末比上年
度末增减(%)
总资产 44,111,222,333.70 43,222,333,444.44 2.06
归属于上市公司股 23,111,222,333.74 22,444,555,666.66 2.97
东的净资产
本报告期 上年同期 本报告期比上年同
期增减(%)
营业收入 18,111,222,333.11 12,444,555,666.96 45.54
归属于上市公司股 911,222,333.39 45,111,222.40 1919.95
东的净利润
"""


def test_a_second_head_begins_a_second_table(lexicon):
    told = {(one[0], one[2], one[6]): one[3] for one in figures(TWO_HEADS, lexicon)}
    assert told[("total_assets", "change_ytd", "2025-06-30")] == 2.06
    assert told[("revenue", "level", "2025H1")] == 18111222333.11
    assert told[("revenue", "level", "2024H1")] == 12444555666.96
    assert told[("net_profit", "change_yoy", "2025H1")] == 1919.95


def test_shares_told_behind_reserves_are_shares_of_reserves(lexicon):
    text = "包头白云鄂博矿是最大的稀土矿,已探明稀土资源储量4100万吨,占全国总量的80.1%、占全球总量的35.2%。"
    record = extract(text.encode(), lexicon).as_json()
    told = sorted((one["subject"], one["metric"], one["value"]) for one in record["indicators"])
    assert told == [
        ("bayan-obo", "reserve_share", 35.2),
        ("bayan-obo", "reserve_share", 80.1),
        ("bayan-obo", "reserves", 41000000),
    ]


def test_multiples_joined_by_slashes_are_three(lexicon):
    text = "预计2026-2028年北方稀土EPS为0.71/0.95/1.12元,对应2026-2028年PE为38X/29X/24X。"
    told = [(one[3], one[6]) for one in figures(text, lexicon) if one[0] == "valuation_multiple"]
    assert told == [(38, "2026"), (29, "2027"), (24, "2028")]


def test_a_part_of_the_revenue_is_no_growth(lexicon):
    assert figures("轻稀土业务贡献了北方稀土约85%的收入。", lexicon) == []
