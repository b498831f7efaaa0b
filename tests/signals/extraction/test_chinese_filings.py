"""Chinese filings and tables that nobody had tuned the engine on: guidance, price lists, customs, restated years."""

from __future__ import annotations

import pytest

from signals.extraction import extract
from tests.signals.extraction.told import rows, told

GUIDANCE = """一、本期业绩预告情况
业绩预告期间:2025年1月1日至2025年6月30日。
预计实现归属于母公司所有者的净利润为14,000万元到18,000万元,同比增加52%到96%。
二、上年同期业绩情况
利润总额:10,012万元。归属于母公司所有者的净利润:9,207万元。
三、主要原因
报告期内,稀土精矿销量同比增长35%。"""


def test_a_notice_of_guidance_with_a_section_on_the_year_before(lexicon):
    found = told(lexicon, "包钢股份2025年半年度业绩预增公告", GUIDANCE, "2025-07-14")
    assert rows(found, "metric", "value", "period", "modality") == [
        ("net_profit", 140000000, "2025H1", "forecast"),
        ("net_profit", 52, "2025H1", "forecast"),
        ("profit", 100120000, "2024H1", "reported"),
        ("net_profit", 92070000, "2024H1", "reported"),
        ("sales_volume", 35, "2025H1", "reported"),
    ]


def test_losses_are_of_the_profit_named_before(lexicon):
    text = (
        "公司预计2024年度扣非后净利润亏损2.75亿元至3.25亿元,上年同期盈利3.46亿元;"
        "基本每股收益亏损0.2544元/股至0.3015元/股,上年同期盈利0.4258元/股。"
    )
    found = told(lexicon, "中国稀土(000831)2024年度业绩预告", text, "2025-01-22")
    assert rows(found, "metric", "value", "value_high", "period") == [
        ("net_profit_core", -325000000, -275000000, "2024"),
        ("net_profit_core", 346000000, None, "2023"),
        ("eps", -0.3015, -0.2544, "2024"),
        ("eps", 0.4258, None, "2023"),
    ]


def table_of(lexicon, title, rows_of_cells, day="2025-10-30", before=""):
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows_of_cells)
    page = f"<html><body><article><h1>{title}</h1>{before}<table>{lines}</table></article></body></html>"
    return extract(page.encode(), lexicon, published_on=day).as_json()["indicators"]


def test_a_table_of_market_prices_is_nobodys_and_of_its_day(lexicon):
    cells = [
        ["产品", "价格区间(元/吨)", "均价(元/吨)", "涨跌(元/吨)"],
        ["氧化钕", "430000-435000", "432500", "0"],
        ["镨钕金属", "520000-525000", "522500", "-2500"],
    ]
    before = "<p>1月5日国内轻稀土市场价格走势下滑,北方稀土暂停报价。</p>"
    found = table_of(lexicon, "轻稀土价格走势下滑", cells, "2024-01-05", before)
    assert {one["subject"] for one in found} == {None}
    assert rows(found, "product", "measure", "value", "value_high", "period") == [
        ("nd-oxide", "level", 430000, 435000, "2024-01-05"),
        ("nd-oxide", "level", 432500, None, "2024-01-05"),
        ("ndpr-metal", "level", 520000, 525000, "2024-01-05"),
        ("ndpr-metal", "level", 522500, None, "2024-01-05"),
        ("ndpr-metal", "change", -2500, None, "2024-01-05"),
    ]


def test_a_customs_table_with_two_units_and_sums(lexicon):
    table = (
        "<table><caption>单位:吨、万美元</caption>"
        "<tr><th rowspan='2'>商品</th><th colspan='2'>8月</th><th colspan='2'>1-8月累计</th><th colspan='2'>累计同比(%)</th></tr>"
        "<tr><th>数量</th><th>金额</th><th>数量</th><th>金额</th><th>数量</th><th>金额</th></tr>"
        "<tr><td>稀土出口</td><td>5,792</td><td>5,500</td><td>44,355</td><td>29,800</td><td>14.5</td><td>-21.9</td></tr></table>"
    )
    page = f"<html><body><article><h1>2025年8月稀土进出口数据</h1><p>统计数据如下。</p>{table}</article></body></html>"
    found = extract(page.encode(), lexicon, published_on="2025-09-20").as_json()["indicators"]
    assert rows(found, "subject", "metric", "measure", "value", "unit", "period") == [
        ("china", "export_volume", "level", 5792, "t", "2025-08"),
        ("china", "export_revenue", "level", 55000000, "USD", "2025-08"),
        ("china", "export_volume", "level", 44355, "t", "2025M1-8"),
        ("china", "export_revenue", "level", 298000000, "USD", "2025M1-8"),
        ("china", "export_volume", "change_yoy", 14.5, "percent", "2025M1-8"),
        ("china", "export_revenue", "change_yoy", -21.9, "percent", "2025M1-8"),
    ]


def test_the_change_of_a_year_beside_restated_ones(lexicon):
    cells = [
        ["项目", "2023年", "2022年", "本年比上年增减(%)"],
        ["营业收入(万元)", "7,056,512", "7,217,112", "-2.23"],
        ["总资产(万元)", "15,180,123", "14,695,123", "3.30"],
    ]
    found = table_of(lexicon, "包钢股份2023年年度报告摘要", cells, "2024-04-20")
    assert ("revenue", "change_yoy", -2.23, "2023") in rows(found, "metric", "measure", "value", "period")
    assert ("total_assets", "change_yoy", 3.3, "2023-12-31") in rows(found, "metric", "measure", "value", "period")


def test_cells_that_say_profit_or_fall(lexicon):
    cells = [
        ["项目", "本报告期", "上年同期"],
        ["归属于上市公司股东的净利润", "盈利:19,500万元–21,500万元", "盈利:33,287万元"],
        ["", "比上年同期下降:35.4%–41.4%", ""],
    ]
    found = table_of(lexicon, "盛和资源2024年度业绩预减公告", cells, "2025-01-25")
    assert rows(found, "measure", "value", "value_high", "period", "modality") == [
        ("level", 195000000, 215000000, "2024", "forecast"),
        ("level", 332870000, None, "2023", "reported"),
        ("change_yoy", -41.4, -35.4, "2024", "forecast"),
    ]


def test_an_amount_of_change_is_not_the_lower_end_of_a_range(lexicon):
    found = told(lexicon, "轻稀土价格下滑", "1月5日金属镨钕价格下滑2500元/吨至52.25万元/吨。", "2024-01-05")
    assert rows(found, "measure", "value", "value_high") == [("change", -2500, None), ("level", 522500, None)]


@pytest.mark.parametrize(
    ("title", "text", "wanted"),
    [
        ("政府工作报告", "“十四五”时期,稀土产业产值突破1300亿元。", ("output_value", "2025", "reported")),
        ("政府工作报告", "2026年,稀土产业增加值增长15%以上。", ("output_value", "2026", "target")),
        ("包头经济运行", "2025年1-5月,固定资产投资增长18.2%。", ("investment", "2025M1-5", "reported")),
        (
            "北方稀土上半年经营",
            "上半年,永磁电机产量完成全年计划的56%以上。",
            ("target_completion", "2026H1", "reported"),
        ),
    ],
)
def test_plans_and_what_came_of_them(lexicon, title, text, wanted):
    day = "2026-07-20" if "上半年" in title else "2026-01-28"
    assert rows(told(lexicon, f"包头{title}", text, day), "metric", "period", "modality") == [wanted]


def test_the_maker_of_an_index_may_be_named_at_the_end(lexicon):
    text = (
        "16日,中国稀土价格指数报1258.94点,较前一工作日下跌0.85%;稀土磁性材料价格指数报1200.90点。\n"
        "该指数由包头稀土产品交易所编制并发布。"
    )
    assert rows(told(lexicon, "价格指数16日下跌", text, "2020-09-16"), "subject", "product", "value") == [
        ("baotou-rare-earth-exchange", None, 1258.94),
        ("baotou-rare-earth-exchange", None, -0.85),
        ("baotou-rare-earth-exchange", "magnetic-materials", 1200.9),
    ]


def test_four_quarters_told_in_one_breath(lexicon):
    text = "分季度看,一至四季度营业收入分别为17.5亿元、17.6亿元、18.7亿元和23.5亿元。"
    found = told(lexicon, "金力永磁2025年年度业绩快报", text, "2026-02-26")
    assert rows(found, "value", "period") == [
        (1750000000, "2025Q1"),
        (1760000000, "2025Q2"),
        (1870000000, "2025Q3"),
        (2350000000, "2025Q4"),
    ]


def test_steel_between_iron_and_products_is_crude(lexicon):
    text = "前三季度,包钢集团生产铁1092万吨、钢1135万吨、商品坯材1060万吨,同比分别增长2.1%、1.8%、2.6%。"
    found = told(lexicon, "包钢集团前三季度生产经营情况", text, "2025-10-22")
    assert sorted(rows(found, "product", "measure", "value")) == [
        ("crude-steel", "change_yoy", 1.8),
        ("crude-steel", "level", 11350000),
        ("iron", "change_yoy", 2.1),
        ("iron", "level", 10920000),
        ("steel", "change_yoy", 2.6),
        ("steel", "level", 10600000),
    ]


@pytest.mark.parametrize(
    ("title", "text", "metric", "period"),
    [
        ("金力永磁业绩", "截至2025年12月31日,公司总资产142.3亿元;员工7,320人。", "employees", "2025-12-31"),
        ("金力永磁业务", "截至2025年3月31日止三个月,集团营业额上升至17﹒54亿元。", "revenue", "2025Q1"),
        ("包头产业", "过去一年,包头市稀土产业产值达到1000亿元。", "output_value", "2024"),
    ],
)
def test_ways_to_date_a_figure(lexicon, title, text, metric, period):
    assert (metric, period) in rows(
        told(lexicon, title, text, "2025-04-28" if "过去" in text else "2026-02-26"), "metric", "period"
    )


def test_the_lead_of_a_list_says_whose_prices(lexicon):
    text = "国内轻稀土价格走高:镨钕氧化物价格为57.75万元/吨,氧化钕价格上涨2500元/吨至68.25万元/吨。重稀土方面,金属镝价格为355万元/吨。"
    found = told(lexicon, "3月18日稀土指数上涨", text, "2021-03-19")
    assert rows(found, "subject", "value") == [("china", 577500), ("china", 2500), ("china", 682500), (None, 3550000)]


def test_the_latter_is_the_holder(lexicon):
    text = "公司实控人为中国稀土集团,截至2025年4月24日后者持有公司28.56%股份。"
    assert ("stake", "china-rare-earth-group") in rows(told(lexicon, "中国稀土(000831)研报", text), "metric", "subject")


def test_a_segment_told_with_another_one(lexicon):
    text = "公司新能源汽车及汽车零部件领域收入达到3.17亿元,约占公司同期营业收入的17.5%,较上年同期增长149.63%。"
    found = told(lexicon, "金力永磁2021年上半年调研", text, "2021-10-27")
    assert rows(found, "metric", "product", "value") == [
        ("revenue", "new-energy-vehicles", 317000000),
        ("revenue", "new-energy-vehicles", 149.63),
    ]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        (
            "2025年第一、二、三季度,公司分别实现营业收入92.87亿元、95.79亿元和114.25亿元。",
            ["2025Q1", "2025Q2", "2025Q3"],
        ),
        ("2025年一、二季度,公司实现营业收入92.87亿元、95.79亿元。", ["2025Q1", "2025Q2"]),
        ("2022年至2024年各上半年,公司分别实现营业收入201亿元、165亿元、130亿元。", ["2022H1", "2023H1", "2024H1"]),
        ("2023—2025年上半年,公司营业收入分别为165亿元、130亿元、189亿元。", ["2023H1", "2024H1", "2025H1"]),
        ("2022至2024年,公司营业收入分别为373亿元、335亿元、330亿元。", ["2022", "2023", "2024"]),
        ("2025年6、7、8月,公司营业收入分别为30亿元、31亿元、32亿元。", ["2025-06", "2025-07", "2025-08"]),
    ],
)
def test_periods_of_which_only_the_last_has_its_unit(lexicon, text, periods):
    assert rows(told(lexicon, "北方稀土历年业绩", text, "2025-10-31"), "period") == [(one,) for one in periods]
