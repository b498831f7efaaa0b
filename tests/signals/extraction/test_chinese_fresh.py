"""Classes of Chinese language met in texts of another batch that nobody had tuned on: three sentences that have it, three that have not."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

TITLE, DAY = "稀土行业快讯", "2025-10-30"


def read(lexicon, text, *fields, title=TITLE, day=DAY):
    """These fields of all that the text states."""
    return rows(told(lexicon, title, text, day), *fields)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("截至9月底,赣州市完成稀土产业投资88亿元。", "2025M1-9"),
        ("截至8月31日,龙南市已完成固定资产投资41.5亿元。", "2025M1-8"),
        ("截至6月末,包钢集团实现营业收入402亿元。", "2025H1"),
        ("截至9月底,盛和资源总资产186亿元。", "2025-09-30"),
        ("截至9月20日,包钢集团实现营业收入402亿元。", None),
        ("9月底,赣州市的稀土项目总投资88亿元。", None),
    ],
)
def test_what_a_year_adds_up_to_a_day(lexicon, text, period):
    assert [told_period for (told_period,) in read(lexicon, text, "period")] == [period]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("60年来,包钢集团累计产钢2.4亿吨。", None),
        ("三十年来,北方稀土累计实现营业收入3200亿元。", None),
        ("几十年间,该矿累计生产铁矿石6.1亿吨。", None),
        ("2024年,包钢集团累计产钢1500万吨。", "2024"),
        ("今年前8个月,包钢集团累计产钢980万吨。", "2025M1-8"),
        ("上半年,北方稀土累计实现营业收入188亿元。", "2025H1"),
    ],
)
def test_the_sum_of_many_years_has_no_period(lexicon, text, period):
    assert [told_period for (told_period,) in read("" or lexicon, text, "period", title="2025年纪事")] == [period]


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("盛和资源今年以来股价累计上涨128.4%。", "change_ytd"),
        ("年内,金力永磁股价涨幅已达85%。", "change_ytd"),
        ("年初至今,氧化镝价格下跌6.2%。", "change_ytd"),
        ("今年以来需求回暖,10月29日盛和资源股价上涨4.2%。", "change"),
        ("盛和资源股价今年上涨一度领先,昨日上涨3.1%。", "change"),
        ("今年以来,包钢股份营业收入增长3.1%。", "change"),
    ],
)
def test_moves_of_prices_since_the_year_began(lexicon, text, measure):
    assert [one for (one,) in read(lexicon, text, "measure")] == [measure]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("公司预计2025年与关联方包钢股份发生采购稀土精矿金额不超过82亿元。", "northern-rare-earth"),
        ("公司拟向控股股东包钢集团采购电力金额3.2亿元。", "northern-rare-earth"),
        ("2026年度,公司向关联方中国稀土采购氧化物金额预计6亿元。", "northern-rare-earth"),
        ("包钢股份采购稀土精矿金额不超过82亿元。", "baogang-union"),
        ("关联方包钢股份采购铁精矿金额为12亿元。", "baogang-union"),
        ("控股股东包钢集团采购焦炭金额为9亿元。", "baogang-group"),
    ],
)
def test_who_buys_from_a_related_firm(lexicon, text, subject):
    assert [one for (one,) in read(lexicon, text, "subject", title="北方稀土关联交易公告")] == [subject]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("赣州晨光拟收购匹克公司100%股权,收购对价为1.62亿澳元。", "target"),
        ("盛和资源拟以现金收购晨光稀土35%股权,交易价格为9.2亿元。", "target"),
        ("广晟有色拟受让红岭矿业40%股权,转让价款2.8亿元。", "target"),
        ("盛和资源收购晨光稀土35%股权,交易价格为9.2亿元。", "reported"),
        ("盛和资源已完成收购匹克公司,收购对价为1.62亿澳元。", "reported"),
        ("盛和资源去年拟收购晨光稀土35%股权,现已完成过户,交易价格为9.2亿元。", "reported"),
    ],
)
def test_the_price_of_a_deal_that_is_meant(lexicon, text, modality):
    found = read(lexicon, text, "metric", "modality", title="并购动态")
    assert [one for metric, one in found if metric == "investment"] == [modality]


@pytest.mark.parametrize(
    ("text", "modalities"),
    [
        ("上半年预计实现营业收入575亿元;实现利润总额50亿元。", ["forecast", "forecast"]),
        ("包钢集团一季度预计完成营业收入210亿元,同比增加12亿元;完成利润8亿元。", ["forecast", "forecast", "forecast"]),
        ("三季度预计实现营收98亿元;实现净利润6亿元。", ["forecast", "forecast"]),
        ("预计下半年需求回升;上半年实现净利润6亿元。", ["reported"]),
        ("全年预计实现营收400亿元;前三季度实现净利润15亿元。", ["forecast", "reported"]),
        ("实现营业收入575亿元;实现利润总额50亿元。", ["reported", "reported"]),
    ],
)
def test_a_forecast_goes_on_behind_a_semicolon(lexicon, text, modalities):
    assert [one for (one,) in read(lexicon, text, "modality", title="包钢集团经营简报", day="2025-07-02")] == modalities


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("前三季度,包钢股份工序成本累计降低4.6亿元。", [("cost_saving", 4.6e8)]),
        ("上半年,北方稀土加工成本同比下降1.35亿元。", [("cost_saving", 1.35e8)]),
        ("包钢股份生产成本压降2.2亿元。", [("cost_saving", 2.2e8)]),
        ("包钢股份吨钢成本下降105元。", [("unit_cost", -105)]),
        ("北方稀土分离成本上升320元/吨。", [("unit_cost", 320)]),
        ("包钢股份吨钢成本为3120元/吨。", [("unit_cost", 3120)]),
    ],
)
def test_costs_that_fall_by_a_whole_sum(lexicon, text, expected):
    assert read(lexicon, text, "metric", "value") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年,包头稀交所交收额达26.1亿元。", [("trade_value", 26.1e8)]),
        ("去年包头稀交所交收量仅0.4万吨。", [("trade_volume", 4000)]),
        ("上半年,包头稀交所交收量1.2万吨,同比增长18%。", [("trade_volume", 12000), ("trade_volume", 18)]),
        ("包头稀交所交收仓库共有12个。", []),
        ("包头稀交所交收期限为30天。", []),
        ("包头稀交所修订交收规则第18条。", []),
    ],
)
def test_what_an_exchange_delivers(lexicon, text, expected):
    assert read(lexicon, text, "metric", "value") == expected


GARBLED = (
    "发(fa)布(bu)时间(jian):2月(yue)28日(ri),中(zhong)国稀(xi)土(tu)集团重点(dian)项目总投资(zi)约(yue)20.5亿(yi)元。"
)


def test_readings_without_tones_are_taken_out(lexicon):
    assert read(lexicon, GARBLED, "comparator", "value", "subject") == [("~", 20.5e8, "china-rare-earth-group")]


def test_a_few_letters_in_brackets_stay(lexicon):
    text = "镨(pr)、钕(nd)与铈(ce)合计项目总投资20.5亿元。"
    found = told(lexicon, "中国稀土集团项目", text)
    assert [one["value"] for one in found] == [20.5e8]


def test_bullets_on_one_line_are_told_one_by_one(lexicon):
    text = "2025H1毛利率16.4%,2025Q2毛利率17.1% [2] - 磁钢收入32.3亿元 [2] - 境外收入5.1亿元 [3]"
    assert read(lexicon, text, "value", "period", title="金力永磁点评") == [
        (16.4, "2025H1"),
        (17.1, "2025Q2"),
        (32.3e8, "2025H1"),
        (5.1e8, "2025H1"),
    ]
