"""Tables that copying flattened are found again: every shape, with invented figures."""

from __future__ import annotations

import pytest

from signals.extraction.lexicon import Lexicon
from signals.extraction.reading import read
from signals.extraction.records import Table

START = "示例稀土:2031年第三季度报告\n第三季度财务报表未经审计\n"


def tables(text: str, lexicon: Lexicon) -> list[Table]:
    reading = read(text, lexicon)
    found = [block.table for block in reading.blocks if block.table]
    for table in found:
        for row in table.rows:
            for cell in row:
                written = "".join(reading.text[s:e] for s, e in cell.spans)
                assert written == (cell.text.replace(" ", "") if len(cell.spans) > 1 and cell.header else cell.text)
    return found


def grid(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_glued_cells_under_glued_heads(lexicon: Lexicon) -> None:
    """Traps 37, 40 and 41."""
    text = START + (
        "单位:元 币种:人民币\n"
        "项目本报告期本报告期比上年同期增减变动幅度(%)年初至报告期末年初至报告期末比上年同期增减变动幅度(%)\n"
        "营业收入5,120,334,901.1812.4014,998,002,311.05-3.07\n"
        "归属于上市公司股东的净利润210,400,118.90-8.10702,334,560.7721.35\n"
        "经营活动产生的现金流量净额不适用不适用-1,163,655,898.39-158.08\n"
        "基本每股收益(元/股)0.0582-8.060.194321.37\n"
        "加权平均净资产收益率(%)1.04减少0.21个百分点3.55增加0.44个百分点\n"
    )
    (table,) = tables(text, lexicon)
    assert table.caption is not None
    assert grid(table) == [
        [
            "项目",
            "本报告期",
            "本报告期比上年同期增减变动幅度(%)",
            "年初至报告期末",
            "年初至报告期末比上年同期增减变动幅度(%)",
        ],
        ["营业收入", "5,120,334,901.18", "12.40", "14,998,002,311.05", "-3.07"],
        ["归属于上市公司股东的净利润", "210,400,118.90", "-8.10", "702,334,560.77", "21.35"],
        ["经营活动产生的现金流量净额", "不适用", "不适用", "-1,163,655,898.39", "-158.08"],
        ["基本每股收益(元/股)", "0.0582", "-8.06", "0.1943", "21.37"],
        ["加权平均净资产收益率(%)", "1.04", "减少0.21个百分点", "3.55", "增加0.44个百分点"],
    ]
    assert [cell.header for cell in table.rows[0]] == [True] * 5


def test_a_second_table_of_other_heads(lexicon: Lexicon) -> None:
    text = (
        START
        + "本报告期末上年度末本报告期末比上年度末增减变动幅度(%)\n总资产30,112,006,407.6128,600,100,523.325.29\n归属于上市公司股东的所有者权益11,200,300,400.5010,100,200,300.4010.89\n"
    )
    (table,) = tables(text, lexicon)
    assert grid(table)[1] == ["总资产", "30,112,006,407.61", "28,600,100,523.32", "5.29"]
    assert grid(table)[2][1:] == ["11,200,300,400.50", "10,100,200,300.40", "10.89"]


CUT = """本报告期 年初至报
上年同期 比上年同 年初至报 上年同期 告期末比
本报告期 期增减 告期末 上年同期
增减
调整前 调整后 调整后 调整前 调整后 调整后
营业收入 612,002,2 701,404,8 807,134,5 -24.18% 1,752,829 2,906,310 3,052,252 -42.57%
(元) 21.12 00.94 02.42 ,382.59 ,083.65 ,529.96
归属于上 -
市公司股 31,420,63 60,235,38 99,775,72 -68.51% 102,998,3 115,540,5 211,630,5 -148.67%
东的净利 7.52 4.24 0.57 21.49 53.62 70.66
润(元)
经营活动 -
产生的现 — — — — 394,730,3 132,774,6 190,279,5 -307.45%
金流量净 50.44 65.58 00.73
额(元)
基本每股
收益(元/ 0.0290 0.0618 0.1025 -71.71% -0.0913 0.1080 0.2177 -141.94%
股)
"""


def test_cells_cut_over_lines_with_restated_columns(lexicon: Lexicon) -> None:
    """Traps 38, 39 and 40: figures in halves, a lone minus, 调整前 and 调整后."""
    (table,) = tables(START + CUT, lexicon)
    assert grid(table) == [
        [
            "",
            "本报告期",
            "上年同期 调整前",
            "上年同期 调整后",
            "本报告期比上年同期增减 调整后",
            "年初至报告期末",
            "上年同期 调整前",
            "上年同期 调整后",
            "年初至报告期末比上年同期增减 调整后",
        ],
        [
            "营业收入(元)",
            "612,002,221.12",
            "701,404,800.94",
            "807,134,502.42",
            "-24.18%",
            "1,752,829,382.59",
            "2,906,310,083.65",
            "3,052,252,529.96",
            "-42.57%",
        ],
        [
            "归属于上市公司股东的净利润(元)",
            "31,420,637.52",
            "60,235,384.24",
            "99,775,720.57",
            "-68.51%",
            "-102,998,321.49",
            "115,540,553.62",
            "211,630,570.66",
            "-148.67%",
        ],
        [
            "经营活动产生的现金流量净额(元)",
            "—",
            "—",
            "—",
            "—",
            "-394,730,350.44",
            "132,774,665.58",
            "190,279,500.73",
            "-307.45%",
        ],
        ["基本每股收益(元/股)", "0.0290", "0.0618", "0.1025", "-71.71%", "-0.0913", "0.1080", "0.2177", "-141.94%"],
    ]


def test_each_half_of_a_figure_is_pointed_at(lexicon: Lexicon) -> None:
    reading = read(START + CUT, lexicon)
    (table,) = [block.table for block in reading.blocks if block.table]
    cell = table.rows[2][5]
    assert [reading.text[s:e] for s, e in cell.spans] == ["-", "102,998,3", "21.49"]


@pytest.mark.parametrize(
    "text",
    [
        "项目 2031年1-6月 2030年1-6月 同比增减\n氧化物产量(吨) 5,730.86 4,277.01 33.99%\n氧化物销量(吨) 9,558.42 6,064.35 57.62%\n磁材产量(吨) 7,000.10 6,000.20 16.67%",
        "项目\t2031年1-6月\t2030年1-6月\t同比增减\n氧化物产量(吨)\t5,730.86\t4,277.01\t33.99%\n氧化物销量(吨)\t9,558.42\t6,064.35\t57.62%\n磁材产量(吨)\t7,000.10\t6,000.20\t16.67%",
        "| 项目 | 2031年1-6月 | 2030年1-6月 | 同比增减 |\n|---|---|---|---|\n| 氧化物产量(吨) | 5,730.86 | 4,277.01 | 33.99% |\n| 氧化物销量(吨) | 9,558.42 | 6,064.35 | 57.62% |\n| 磁材产量(吨) | 7,000.10 | 6,000.20 | 16.67% |",
        "项目\n2031年1-6月\n2030年1-6月\n同比增减\n氧化物产量(吨)\n5,730.86\n4,277.01\n33.99%\n氧化物销量(吨)\n9,558.42\n6,064.35\n57.62%\n磁材产量(吨)\n7,000.10\n6,000.20\n16.67%",
    ],
    ids=["blanks", "tabs", "pipes", "one cell a line"],
)
def test_the_same_table_in_four_shapes(text: str, lexicon: Lexicon) -> None:
    (table,) = tables(
        f"产销数据公告\n\n公司上半年主要经营数据如下，敬请投资者注意投资风险。\n\n{text}\n\n特此公告，请查阅全文。",
        lexicon,
    )
    assert grid(table) == [
        ["项目", "2031年1-6月", "2030年1-6月", "同比增减"],
        ["氧化物产量(吨)", "5,730.86", "4,277.01", "33.99%"],
        ["氧化物销量(吨)", "9,558.42", "6,064.35", "57.62%"],
        ["磁材产量(吨)", "7,000.10", "6,000.20", "16.67%"],
    ]
    assert [row[0].header for row in table.rows] == [True, False, False, False]


def test_english_results_in_columns(lexicon: Lexicon) -> None:
    text = (
        "Interim Results of the Example Group\n\nThe group publishes its figures for the first half of the year, not audited.\n\n"
        "(RMB million)\n2031 2030 Change\nRevenue 1,887.4 1,299.6 45.2%\nNet profit 93.1 4.5 1,968.9%\nEarnings per share 0.26 0.01 -\n\nThe board thanks all of its staff."
    )
    (table,) = tables(text, lexicon)
    assert grid(table)[1:] == [
        ["Revenue", "1,887.4", "1,299.6", "45.2%"],
        ["Net profit", "93.1", "4.5", "1,968.9%"],
        ["Earnings per share", "0.26", "0.01", "-"],
    ]
    assert grid(table)[0] == ["", "2031", "2030", "Change"]
    assert table.caption is not None


@pytest.mark.parametrize(
    "text",
    [
        "公司上半年实现营业收入188.66亿元,同比增长45.24%。\n净利润9.31亿元,同比增长1951.52%。",
        "Revenue rose 5% to 1,234\nThe board met on 3 4 2031 and approved it.",
        "估值:上调明后年归母净利润至26.23/36.85/46.18亿元,给予77.36倍。",
        "第一条 总则\n第二条 本办法自2031年1月1日起施行。",
        "Call 021 6432 1087 for details\nor write to the board of the company.",
    ],
)
def test_prose_is_no_table(text: str, lexicon: Lexicon) -> None:
    assert tables(f"一个标题在这里\n\n{text}", lexicon) == []


def test_two_tables_do_not_run_together(lexicon: Lexicon) -> None:
    text = "标题一行\n\n产品 产量 销量\n氧化物 1,200 1,100\n金属 800 790\n\n地区 数量 金额 占比\n北方 12 1,500 30%\n南方 28 3,500 70%"
    first, second = tables(text, lexicon)
    assert grid(first) == [["产品", "产量", "销量"], ["氧化物", "1,200", "1,100"], ["金属", "800", "790"]]
    assert grid(second)[0] == ["地区", "数量", "金额", "占比"]


def test_br_lines_of_a_page_hold_a_table(lexicon: Lexicon) -> None:
    page = f"<html><body><article><h1>示例稀土季度报告</h1><p>{CUT.strip().replace(chr(10), '<br>')}</p></article></body></html>"
    (table,) = tables(page, lexicon)
    assert len(table.rows) == 5


def test_rows_without_end_are_not_all_kept_as_a_table(lexicon: Lexicon) -> None:
    reading = read("标题\n\n" + "".join(f"产品{i} {i},100 2,200\n" for i in range(100, 999)) * 9, lexicon)
    assert sum(len(block.table.rows) for block in reading.blocks if block.table) <= 7_500
    assert "tables-not-kept" in [warning.code for warning in reading.warnings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "本报告期 本报告期比上年 年初至报告期末 年初至报告期末比\n同期增减 上年同期增减\n营业收入 518,203,4 -12.53% 1,494,110,7 17.73%\n(元) 55.10 03.26\n",
            ["营业收入(元)", "518,203,455.10", "-12.53%", "1,494,110,703.26", "17.73%"],
        ),
        (
            "2032年 2031年 本年比上年增减\n归属于上市公 -\n司股东的净利 186,940,1 317,732,4 -158.84%\n润(元) 15.22 80.90\n",
            ["归属于上市公司股东的净利润(元)", "-186,940,115.22", "317,732,480.90", "-158.84%"],
        ),
    ],
    ids=["heads over two lines", "a label that begins above"],
)
def test_one_row_under_heads_is_a_table(text: str, expected: list[str], lexicon: Lexicon) -> None:
    (table,) = tables(START + text, lexicon)
    assert grid(table)[-1] == expected
    assert table.rows[0][1].header


STACKED = """单位:元 币种:人民币
项目 本报告期 上年同期 本报告期比上年同期增减变动幅度(%) 年初至报告期末 上年同期 年初至报告期末比上年同期增减变动幅度(%)
调整前 调整后 调整后 调整前 调整后 调整后
营业收入 11,291,234,567.11 8,440,047,413.97 8,441,000,000.22 33.77 30,159,876,543.21 21,559,000,111.22 21,560,123,456.78 39.89
基本每股收益(元/股) 0.1688 0.0996 0.0997 69.48 0.4263 0.1121 0.1122 280.29
"""


def test_heads_in_two_lines_with_restated_columns(lexicon: Lexicon) -> None:
    (table,) = tables(START + STACKED, lexicon)
    assert grid(table)[0] == [
        "",
        "本报告期",
        "上年同期 调整前",
        "上年同期 调整后",
        "本报告期比上年同期增减变动幅度(%) 调整后",
        "年初至报告期末",
        "上年同期 调整前",
        "上年同期 调整后",
        "年初至报告期末比上年同期增减变动幅度(%) 调整后",
    ]
    assert table.caption is not None


def test_a_drawn_line_parts_heads_from_rows_and_cells_have_scales(lexicon: Lexicon) -> None:
    text = START + (
        "项目名 营业收入(元) 收入比例(%) 毛利率(%)\n─────────────────\n"
        "甲类制品 88.63亿 46.21 26.14\n乙类制品 2756.40万 0.14 2.44\n"
    )
    (table,) = tables(text, lexicon)
    assert grid(table)[1:] == [["甲类制品", "88.63亿", "46.21", "26.14"], ["乙类制品", "2756.40万", "0.14", "2.44"]]
