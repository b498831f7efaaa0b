"""Figures to metrics: one sentence a case, and the figures that it states.

A case reads: sentence, then (metric, product, measure, value) in any order. The document is Northern Rare Earth's unless the sentence
names someone else; sentences are our own.
"""

from __future__ import annotations

import pytest

from signals.extraction import extract
from tests.signals.extraction.told import rows, told

ZH = "北方稀土(600111)公告\n\n"
EN = "China Northern Rare Earth results\n\n"

CASES = [
    # level and change of one metric
    (ZH + "2025年公司营业收入301亿元,同比增长12%。", {("revenue", None, "level", 30100000000), ("revenue", None, "change_yoy", 12)}),
    (EN + "In 2025 revenue fell 3.5% year on year to 28 billion yuan.", {("revenue", None, "change_yoy", -3.5), ("revenue", None, "level", 28000000000)}),
    # the 年 of a date right before the metric's words is no part of them
    (ZH + "北方稀土2025年产量1200吨。", {("output", None, "level", 1200)}),
    (ZH + "2025年产量为8000吨,2024年产量7500吨。", {("output", None, "level", 8000), ("output", None, "level", 7500)}),
    # noun behind the figure
    (EN + "The company posted over 12% revenue growth in 2025.", {("revenue", None, "change", 12)}),
    (EN + "In 2025 it filed 214 patent applications.", {("patent_applications", None, "level", 214)}),
    # lists in order
    (ZH + "2025年稀土氧化物、稀土金属产量分别为1.6万吨、3.9万吨。", {("output", "rare-earth-oxides", "level", 16000), ("output", "rare-earth-metals", "level", 39000)}),
    (ZH + "2025年稀土金属产/销量3.9/3.7万吨,同比+5%/-2%。", {
        ("output", "rare-earth-metals", "level", 39000), ("sales_volume", "rare-earth-metals", "level", 37000),
        ("output", "rare-earth-metals", "change_yoy", 5), ("sales_volume", "rare-earth-metals", "change_yoy", -2)}),
    (ZH + "2025年营业收入75亿元,同环比增长分别为8%、-3%。", {("revenue", None, "level", 7500000000), ("revenue", None, "change_yoy", 8), ("revenue", None, "change_qoq", -3)}),
    (EN + "Output of oxides and metals rose 4% and 9% respectively in 2025.", {("output", "rare-earth-oxides", "change", 4), ("output", "rare-earth-metals", "change", 9)}),
    # 均, both: one figure for several products
    (ZH + "2025年6月氧化镧、氧化铈挂牌价均为9500元/吨。", {("price", "la-oxide", "level", 9500), ("price", "ce-oxide", "level", 9500)}),
    # a nested list goes on with its product
    (ZH + "2025年磁性材料产量6.1万吨(yoy+9%)、销量5.8万吨(yoy+4%)。", {
        ("output", "magnetic-materials", "level", 61000), ("output", "magnetic-materials", "change_yoy", 9),
        ("sales_volume", "magnetic-materials", "level", 58000), ("sales_volume", "magnetic-materials", "change_yoy", 4)}),
    # one word, two metrics: the unit decides
    (EN + "Sales of metals reached 41,000 tons in 2025.", {("sales_volume", "rare-earth-metals", "level", 41000)}),
    (EN + "Sales reached 31 billion yuan in 2025.", {("revenue", None, "level", 31000000000)}),
    # ratio: level, relative change, difference
    (ZH + "2025年毛利率11.2%,同比提高1.4个百分点。", {("gross_margin", None, "level", 11.2), ("gross_margin", None, "change_yoy", 1.4)}),
    # a change in the metric's own unit; descending range
    (ZH + "预计2025年净利润将减少3.2亿元到2.9亿元。", {("net_profit", None, "change", -320000000)}),
    # quotas by stage, each with its own metric
    ("工信部下达指标\n\n2025年稀土开采、冶炼分离总量控制指标分别为280000吨、262000吨。", {("quota_mining", None, "level", 280000), ("quota_smelting", None, "level", 262000)}),
    # the step is not the price
    (ZH + "2025年第三季度稀土精矿交易价格为不含税19800元/吨(干量,REO=50%),REO每增减1%,价格增减396元/吨。", {("price", "concentrate", "level", 19800), ("price_step", "concentrate", "level", 396)}),
    # expense ratios by kind
    (ZH + "2025年销售/管理费用率分别为0.2%/2.4%。", {("expense_ratio", "selling-expenses", "level", 0.2), ("expense_ratio", "administrative-expenses", "level", 2.4)}),
    # shared noun: projects that share their last word
    (ZH + "华星稀土7000吨、甘肃稀土11000吨金属项目投产。", {("capacity", "rare-earth-metals", "level", 7000), ("capacity", "rare-earth-metals", "level", 11000)}),
    # shares by what they are shares of
    ("包头市稀土产业\n\n2025年磁材产量占全国的31%。", {("market_share", "magnetic-materials", "level", 31)}),
    # core profit told by a phrase in front
    (EN + "Excluding non-recurring items, profit was 410 million yuan in 2025.", {("net_profit_core", None, "level", 410000000)}),
]  # fmt: skip

NOTHING = [
    "A steel coil of 1.6 mm was rolled on 3 March at Baogang Group.",
    "包钢集团学习贯彻二十届四中全会精神,推进十五五规划编制。",
    "冶炼分离产能低于2000吨的企业不得分配指标。",
    "Baogang Group laid rails for trains that run 350 km/h.",
    "《稀土工业污染物排放标准》(GB 26451-2011)自发布之日起施行。",
    "China has 17 rare earths, and 3 of them matter most.",
    "公司拥有高纯氧化镧(99.99%)生产技术。",
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0].split("\n")[-1][:40] for case in CASES])
def test_what_a_sentence_states(text, expected, lexicon):
    found = extract(text.encode(), lexicon, published_on="2026-01-20").indicators
    assert {(one.metric, one.product, one.measure, float(one.value)) for one in found} == {
        (m, p, s, float(v)) for m, p, s, v in expected
    }


@pytest.mark.parametrize("text", NOTHING)
def test_what_states_no_figure(text, lexicon):
    assert extract(text.encode(), lexicon, published_on="2026-01-20").indicators == []


def test_why_is_told_in_the_texts_own_words(lexicon):
    one = extract((ZH + "2025年公司营业收入逾301亿元。").encode(), lexicon, published_on="2026-01-20").indicators[0]
    assert (
        one.why["metric"] == "营业收入"
        and one.why["period"] == "2025年"
        and one.why["qualifier"] == "逾"
        and one.rule == "metric-before"
    )


def test_slashed_pairs_of_one_sentence(lexicon):
    found = told(
        lexicon, "Shenghe Resources", "Gross margin/net margin in 2023 was 4.35%/2.22%, down 12.3 pct/7.6 pct."
    )
    assert set(rows(found, "as_written", "metric")) == {
        ("4.35%", "gross_margin"),
        ("2.22%", "net_margin"),
        ("12.3 pct", "gross_margin"),
        ("7.6 pct", "net_margin"),
    }
