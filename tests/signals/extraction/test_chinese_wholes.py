"""Wholes and their parts, deals and their rates, estimates and what they rest on, as Chinese texts tell them."""

from __future__ import annotations

import pytest

from signals.extraction import extract
from tests.signals.extraction.told import rows, told

LISTS = [
    # an item that the lexicon does not know keeps the others at their places
    ("稀土永磁产业、某某产业、稀土抛光产业分别实现产值60亿元、21亿元、4亿元。", ["magnets", None, "polishing-materials"]),
    ("磁性材料企业、催化材料企业和某某企业产值分别为50亿元、8亿元和3亿元。", ["magnetic-materials", "catalytic-materials", None]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "products"), LISTS, ids=[text for text, _ in LISTS])
def test_a_list_with_an_unknown_item(lexicon, text, products):
    found = rows(told(lexicon, "包头稀土产业", "2012年包头市" + text, "2013-03-01"), "value", "product")
    assert [one[1] for one in sorted(found, key=lambda one: -one[0])] == products


COMPARED = [
    ("2012年公司市场份额达到45%,比2007年提高10个百分点。", ["level", "change"]),
    ("2012年公司毛利率达到45%,比2011年提高10个百分点。", ["level", "change_yoy"]),
]


@pytest.mark.parametrize(("text", "measures"), COMPARED, ids=[text for text, _ in COMPARED])
def test_a_base_of_years_ago(lexicon, text, measures):
    assert [one[0] for one in rows(told(lexicon, "北方稀土回顾", text, "2013-03-01"), "measure")] == measures


NOTHING = [
    "该产品售价较普通钢高10%。",
    "收购款以1澳元=4.70元人民币折算。",
    "收购款按1美元兑7.10元结算。",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_measured_against_no_time(lexicon, text):
    assert rows(told(lexicon, "盛和资源公告", text), "metric", "value") == []


def test_a_rise_over_last_year_is_still_read(lexicon):
    text = "公司产品售价较上年同期高10%。"
    assert rows(told(lexicon, "盛和资源公告", text), "metric", "value") == [("price", 10)]


PARTS = [
    (
        "2024年,全市计划实施重大项目71个。其中,产业类项目61个。",
        [(71, "2024", "target"), (61, "2024", "target")],
    ),
    ("今年全市已实施重大项目71个。其中,产业类项目61个。", [(71, "2024", "reported"), (61, "2024", "reported")]),
]


@pytest.mark.parametrize(("text", "expected"), PARTS, ids=[text for text, _ in PARTS])
def test_a_part_of_the_projects_is_told_as_the_whole_is(lexicon, text, expected):
    assert rows(told(lexicon, "包头市重大项目", text, "2024-08-05"), "value", "period", "modality") == expected


DEALS = [
    ("盛和资源拟收购匹克公司股权。本次收购的总对价为1.58亿澳元。", "target"),
    ("盛和资源拟收购匹克公司股权。本次收购已完成,支付对价1.58亿澳元。", "reported"),
    ("盛和资源收购匹克公司股权。本次收购的总对价为1.58亿澳元。", "reported"),
]


@pytest.mark.parametrize(("text", "modality"), DEALS, ids=[text for text, _ in DEALS])
def test_the_price_of_a_deal_still_to_be_done(lexicon, text, modality):
    assert rows(told(lexicon, "盛和资源公告", text), "modality") == [(modality,)]


SENSES = [
    ("若按销量10万吨估算,公司营业收入可达70亿元。", ["estimate", "estimate"]),
    ("上半年公司销量10万吨,营业收入70亿元。", ["reported", "reported"]),
    ("公司曾估计2026年营业收入将超106亿元。", ["forecast"]),
    ("受供求关系和市场预期影响,公司产量同比增长两成。", ["reported"]),
    ("公司磁材3000吨扩建项目建成投产,又启动了磁材5000吨扩建项目。", ["reported", "target"]),
]


@pytest.mark.parametrize(("text", "modalities"), SENSES, ids=[text for text, _ in SENSES])
def test_estimates_and_plans(lexicon, text, modalities):
    assert [one[0] for one in rows(told(lexicon, "北方稀土动态", text), "modality")] == modalities


def test_two_figures_hang_on_one_year(lexicon):
    text = "一季度营业收入7.28亿元。这一数据与2024年30.27亿元营收、2.87亿元净亏损的业绩相比明显好转。"
    found = rows(told(lexicon, "中国稀土一季度业绩", text, "2025-04-28"), "value", "period")
    assert found == [(728000000, "2025Q1"), (3027000000, "2024"), (-287000000, "2024")]


def test_the_step_by_content_goes_with_the_later_quarter(lexicon):
    text = "2025年第四季度稀土精矿交易价格为26205元/吨,三季度为19109元/吨。REO每变动1个百分点,价格相应变动524.10元/吨。"
    found = rows(told(lexicon, "北方稀土公告", text, "2025-10-10"), "metric", "period")
    assert found[-1] == ("price_step", "2025Q4")


def test_more_than_a_share_of_the_nations(lexicon):
    text = "白云鄂博矿稀土储量超过全国80%。"
    assert rows(told(lexicon, "白云鄂博矿", text), "metric", "comparator", "value") == [("reserve_share", ">", 80)]


COUNTS = [
    ("截至目前,长汀稀土企业共20家。金龙稀土新线已投产。", None),
    ("公司旗下稀土企业共20家。", "golden-dragon"),
]


@pytest.mark.parametrize(("text", "subject"), COUNTS, ids=[text for text, _ in COUNTS])
def test_a_count_of_firms_is_no_firms_figure(lexicon, text, subject):
    title = "长汀稀土产业" if subject is None else "金龙稀土简介"
    assert rows(told(lexicon, title, text), "metric", "subject") == [("enterprises", subject)]


def test_other_headlines_behind_the_text(lexicon):
    text = "一季度公司稀土产量3万吨。\n责任编辑:任某 相关新闻:· 11月全国稀土产量64万吨,同比增长7.7%"
    assert rows(told(lexicon, "北方稀土产量", text, "2025-04-28"), "value") == [(30000,)]


QUOTAS = """<html lang="zh"><head><title>2022年第二批稀土指标下达</title></head><body><article><h1>2022年第二批稀土指标下达</h1>
<p>附件:2022年第二批稀土开采、冶炼分离总量控制指标({unit})</p><table>
<tr><td>序号</td><td>稀土集团</td><td>矿产品</td><td>冶炼分离产品</td></tr>
<tr><td>1</td><td>中国稀土集团有限公司</td><td>20000</td><td>18000</td></tr></table></article></body></html>"""


@pytest.mark.parametrize(("unit", "count"), [("折稀土氧化物REO,吨", 2), ("吨", 2), ("见附件", 0)])
def test_the_unit_in_a_tables_title(lexicon, unit, count):
    found = extract(QUOTAS.format(unit=unit).encode(), lexicon, published_on="2022-08-17").as_json()["indicators"]
    assert len([one for one in found if one["metric"].startswith("quota")]) == count


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        (
            "公司拟竞拍广东省富远稀土有限公司8.5%股权。\n富远稀土注册资本3.2亿元,上半年营业收入8.1亿元。",
            ["rising-nonferrous", None, None],
        ),
        ("公司参股青山新材料有限公司。\n青山新材料上半年实现营业收入8.1亿元。", [None]),
        ("公司参股青山新材料有限公司。\n上半年,公司实现营业收入8.1亿元。", ["rising-nonferrous"]),
        ("甘肃稀土新材料股份有限公司上半年实现营业收入8.1亿元。", ["gansu-rare-earth"]),
    ],
)
def test_firms_without_a_key_keep_their_figures(lexicon, text, subjects):
    found = told(lexicon, "中稀有色:关于参股公司的公告", text, "2025-09-10")
    assert [one["subject"] for one in found] == subjects
