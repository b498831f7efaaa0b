"""Tables: what a cell means by its row's label and its column's heads."""

from __future__ import annotations

from signals.extraction import extract


def told(html, lexicon, published="2025-10-29"):
    found = extract(html.encode(), lexicon, published_on=published).indicators
    return {
        (one.metric, one.product, one.measure, float(one.value), one.unit, one.period.label if one.period else None)
        for one in found
    }


def page(title, table):
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in table)
    return (
        f"<html><body><article><h1>{title}</h1><p>以下为主要财务数据。</p><table>{rows}</table></article></body></html>"
    )


def test_a_quarterly_report(lexicon):
    table = [
        [
            "项目",
            "本报告期",
            "本报告期比上年同期增减变动幅度(%)",
            "年初至报告期末",
            "年初至报告期末比上年同期增减变动幅度(%)",
        ],
        ["营业收入(元)", "8,100,200,300.50", "12.30", "25,400,500,600.70", "-8.10"],
        ["经营活动产生的现金流量净额(元)", "不适用", "不适用", "1,900,100,200.30", "41.20"],
        ["加权平均净资产收益率(%)", "1.90", "增加0.40个百分点", "6.20", "减少1.10个百分点"],
    ]
    assert told(page("北方稀土:2025年第三季度报告", table), lexicon) == {
        ("revenue", None, "level", 8100200300.50, "CNY", "2025Q3"),
        ("revenue", None, "change_yoy", 12.3, "percent", "2025Q3"),
        ("revenue", None, "level", 25400500600.70, "CNY", "2025M1-9"),
        ("revenue", None, "change_yoy", -8.1, "percent", "2025M1-9"),
        ("operating_cash_flow", None, "level", 1900100200.30, "CNY", "2025M1-9"),
        ("operating_cash_flow", None, "change_yoy", 41.2, "percent", "2025M1-9"),
        ("roe", None, "level", 1.9, "percent", "2025Q3"),
        ("roe", None, "change_yoy", 0.4, "pp", "2025Q3"),
        ("roe", None, "level", 6.2, "percent", "2025M1-9"),
        ("roe", None, "change_yoy", -1.1, "pp", "2025M1-9"),
    }


def test_products_down_and_metrics_across(lexicon):
    table = [
        ["产品名称", "生产量(吨)", "同比增减(%)", "销售量(吨)", "同比增减(%)"],
        ["稀土氧化物", "6,100.20", "8.50", "9,800.40", "-3.20"],
        ["磁性材料", "17,200.00", "4.10", "16,900.00", "5.60"],
    ]
    assert told(page("北方稀土2025年第一季度主要经营数据公告", table), lexicon) == {
        ("output", "rare-earth-oxides", "level", 6100.2, "t", "2025Q1"),
        ("output", "rare-earth-oxides", "change_yoy", 8.5, "percent", "2025Q1"),
        ("sales_volume", "rare-earth-oxides", "level", 9800.4, "t", "2025Q1"),
        ("sales_volume", "rare-earth-oxides", "change_yoy", -3.2, "percent", "2025Q1"),
        ("output", "magnetic-materials", "level", 17200, "t", "2025Q1"),
        ("output", "magnetic-materials", "change_yoy", 4.1, "percent", "2025Q1"),
        ("sales_volume", "magnetic-materials", "level", 16900, "t", "2025Q1"),
        ("sales_volume", "magnetic-materials", "change_yoy", 5.6, "percent", "2025Q1"),
    }


def test_years_across_with_estimates(lexicon):
    table = [["盈利预测", "2024A", "2025E", "2026E"], ["营业收入(百万元)", "10,200", "12,400", "15,100"]]
    found = extract(page("盛和资源(600392):点评", table).encode(), lexicon, published_on="2025-11-05").indicators
    assert [(float(one.value), one.period.label, one.modality) for one in found if one.period] == [
        (10200000000, "2024", "reported"),
        (12400000000, "2025", "estimate"),
        (15100000000, "2026", "estimate"),
    ]


def test_a_balance_sheet_has_days(lexicon):
    table = [
        ["项目", "本报告期末", "上年度末", "本报告期末比上年度末增减变动幅度(%)"],
        ["总资产(元)", "46,100,000,000.00", "44,000,000,000.00", "4.77"],
    ]
    assert told(page("北方稀土:2025年第三季度报告", table), lexicon) == {
        ("total_assets", None, "level", 46100000000, "CNY", "2025-09-30"),
        ("total_assets", None, "level", 44000000000, "CNY", "2024-12-31"),
        ("total_assets", None, "change_ytd", 4.77, "percent", "2025-09-30"),
    }


def test_a_table_of_words_is_read_as_words(lexicon):
    table = [["项目", "说明"], ["9000吨稀土金属扩产项目", "采用先进工艺"], ["绿色冶炼", "一期已完成"]]
    found = extract(page("北方稀土加快项目建设", table).encode(), lexicon).indicators
    assert [(one.metric, one.product, float(one.value), one.unit) for one in found] == [
        ("capacity", "rare-earth-metals", 9000, "t/yr")
    ]


def test_figures_that_look_like_years_are_figures(lexicon):
    """A row of 2015 tonnes below the head is no second head."""
    table = [["产品", "产量(吨)"], ["氧化镧", "1998"], ["氧化铈", "2015"], ["氧化镨钕", "8,400"], ["氧化镝", "2030"]]
    found = told(page("北方稀土2025年第一季度主要经营数据公告", table), lexicon)
    assert {(one[1], one[3], one[5]) for one in found} == {
        ("la-oxide", 1998, "2025Q1"),
        ("ce-oxide", 2015, "2025Q1"),
        ("ndpr-oxide", 8400, "2025Q1"),
        ("dy-oxide", 2030, "2025Q1"),
    }


def test_a_second_head_of_years_stays_a_head(lexicon):
    table = [["项目", "2025年"], ["营业收入(万元)", "8,400"], ["项目", "2024"], ["营业收入(万元)", "7,200"]]
    found = told(page("北方稀土公告", table), lexicon)
    assert {(one[3], one[5]) for one in found} == {(84000000, "2025"), (72000000, "2024")}
