"""Figures as people read them, in both languages."""

from decimal import Decimal

import pytest

from signals.formatting.figures import show

N = "\u00a0"


@pytest.mark.parametrize(
    ("value", "unit", "how", "english", "chinese"),
    [
        ("1525000000", "CNY", {}, f"¥1.525{N}bn", "15.25亿元"),
        ("1525000000.000000", "CNY", {}, f"¥1.525{N}bn", "15.25亿元"),
        ("2180000000", "CNY", {"comparator": "range", "value_high": "2360000000"}, f"¥2.18–2.36{N}bn", "21.8–23.6亿元"),
        ("-120000000", "CNY", {}, f"−¥120{N}m", "−1.2亿元"),
        ("210000000", "USD", {}, f"$210{N}m", "2.1亿美元"),
        ("8948500", "CNY", {}, f"¥8.9485{N}m", "894.85万元"),
        ("999", "CNY", {}, "¥999", "999元"),
        ("3000000000", "RUB", {}, f"RUB{N}3{N}bn", "30亿卢布"),
        ("2500000000000", "CNY", {}, f"¥2.5{N}tn", "2.5万亿元"),
        ("0.25", "CNY/share", {}, "¥0.25/share", "0.25元/股"),
        ("18618", "CNY/t", {}, "¥18,618/t", "18,618元/吨"),
        ("445000", "CNY/t", {}, "¥445,000/t", "44.5万元/吨"),
        ("24100", "t", {}, f"24,100{N}t", "2.41万吨"),
        ("1200", "t", {"comparator": ">"}, f">{N}1,200{N}t", f">{N}1,200吨"),
        ("76600000", "t", {}, f"76.6{N}Mt", "7,660万吨"),
        ("198000", "t/yr", {}, f"198,000{N}t/yr", "19.8万吨/年"),
        ("1200", "tCO2e", {}, f"1,200{N}t{N}CO₂e", "1,200吨二氧化碳当量"),
        ("15", "percent", {"comparator": ">", "measure": "change_yoy"}, f">{N}15{N}%{N}yoy", f">{N}15%{N}同比"),
        ("37.13", "percent", {"measure": "change_qoq"}, f"+37.13{N}%{N}qoq", f"+37.13%{N}环比"),
        ("-3.20", "percent", {"measure": "change_yoy"}, f"−3.2{N}%{N}yoy", f"−3.2%{N}同比"),
        ("-30", "percent", {"comparator": ">", "measure": "change_yoy"}, f"<{N}−30{N}%{N}yoy", f"<{N}−30%{N}同比"),
        ("-30", "percent", {"comparator": "<=", "measure": "change_yoy"}, f"≥{N}−30{N}%{N}yoy", f"≥{N}−30%{N}同比"),
        ("85", "percent", {"comparator": "~"}, f"≈{N}85{N}%", f"≈{N}85%"),
        ("-5", "percent", {"comparator": "range", "value_high": "2"}, f"−5{N}to{N}2{N}%", "−5至2%"),
        ("4.32", "pp", {"measure": "change_yoy"}, f"+4.32{N}pp{N}yoy", f"+4.32个百分点{N}同比"),
        ("5.49", "x", {"measure": "change_yoy"}, f"+5.49×{N}yoy", f"+5.49倍{N}同比"),
        ("352", "count", {}, "352", "352"),
        ("0", "percent", {}, f"0{N}%", "0%"),
        ("3.5", "years", {}, f"3.5{N}years", "3.5年"),
    ],
)
def test_a_figure_reads_as_its_language_writes_it(value, unit, how, english, chinese):
    assert str(show(Decimal(value), unit, "en", **how)) == english
    assert str(show(Decimal(value), unit, "zh-hans", **how)) == chinese


def test_long_amounts_keep_five_digits_and_all_on_request():
    assert show("1674123456.78", "CNY").text == f"¥1.6741{N}bn"
    assert show("1674123456.78", "CNY", digits=None).text == f"¥1.67412345678{N}bn"
    assert show("12345678", "CNY/t").text == "¥12,345,678/t"


def test_a_number_never_wraps_from_its_unit():
    for unit in ("CNY", "percent", "t", "pp", "years", "points", "t/yr"):
        assert " " not in str(show("1525000000", unit, comparator="~", measure="change_yoy"))
