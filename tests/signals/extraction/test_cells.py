"""Table cells under the unit that their head or caption prints."""

from decimal import Decimal

import pytest

from signals.extraction.cells import parse_cell

CELLS = [
    ("7,310,552,104.33", "单位:元 币种:人民币", "7310552104.33", "CNY"),
    ("-6.21", "比上年同期增减(%)", "-6.21", "percent"),
    ("(1,250.4)", "RMB million", "-1250400000", "CNY"),
    ("减少3.4个百分点", "(%)", "-3.4", "pp"),
    ("增加 1.7 个百分点", None, "1.7", "pp"),
    ("0.0712", "基本每股收益(元/股)", "0.0712", "CNY/share"),
    ("2.04", "加权平均净资产收益率(%)", "2.04", "percent"),
    ("10,200.5", "单位:万元", "102005000", "CNY"),
    ("- 31,420.52", "元", "-31420.52", "CNY"),
    ("1.34万吨", "元", "13400", "t"),
    ("28.6", "亿元", "2860000000", "CNY"),
    ("-18.3%", "", "-18.3", "percent"),
    ("4,120", "产量(吨)", "4120", "t"),
    ("120", "(RMB'000)", "120000", "CNY"),
    ("12", "US$ million", "12000000", "USD"),
    ("下降3.5%", None, "-3.5", "percent"),
    ("7", "万元/吨", "70000", "CNY/t"),
    ("5.2", "unit: RMB billion", "5200000000", "CNY"),
    ("3.1", "in RMB millions", "3100000", "CNY"),
    ("1,024", None, "1024", ""),
    ("１，０２４", "吨", "1024", "t"),
    ("35", "户", "35", "count"),
]


@pytest.mark.parametrize(("cell", "head", "value", "unit"), CELLS)
def test_a_cell_with_a_figure(cell, head, value, unit, lexicon):
    found = parse_cell(cell, head, lexicon)
    assert (found.value, found.unit) == (Decimal(value), unit)
    assert cell[slice(*found.core)].strip() != ""


@pytest.mark.parametrize("cell", ["不适用", "—", "--", "", "  ", "/", "N/A", "扭亏为盈", "营业收入"])
def test_a_cell_without_a_figure(cell, lexicon):
    assert parse_cell(cell, "元", lexicon) is None
