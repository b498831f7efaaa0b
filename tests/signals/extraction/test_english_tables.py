"""Figures of English tables: thousands above them, brackets and signs in cells of their own, a column of units."""

from __future__ import annotations

from decimal import Decimal

import pytest

from signals.extraction import extract
from signals.extraction.english_tables import joint_period
from signals.extraction.table_units import Told, table_unit, told_by

UNITS = [
    ("HK$'000", Told("HKD", 1000)),
    ("A$m", Told("AUD", 10**6)),
    ("RMB million", Told("CNY", 10**6)),
    ("US$/kg", Told("USD", per="kg", weight=Decimal("0.001"))),
    ("Basic loss per share (HK cents)", Told("HKD", per="share", cents=True)),
    ("REO Production Volume (MTs)", Told(weight=Decimal(1))),
    ("% Change", Told(ratio=True)),
    ("Dysprosium oxide", Told()),
    ("Sales volume (kt)", Told(weight=Decimal(1000))),
]


@pytest.mark.parametrize(("text", "told"), UNITS)
def test_words_of_a_unit(text, told):
    assert told_by(text) == told


LINES = [
    ("(in thousands, except per share data)", 1000),
    ("Financials in millions CNY.", 10**6),
    ("(in whole units or dollars)", 1),
    ("Volumes rose in the quarter.", 0),
]


@pytest.mark.parametrize(("text", "scale"), LINES)
def test_line_that_gives_the_unit(text, scale):
    assert table_unit(text).scale == scale


def test_two_heads_are_one_period():
    assert joint_period(["For the three months ended June 30,", "2024"]) == "For the three months ended June 30, 2024"
    assert joint_period(["Product", "2024"]) is None


def cells(lexicon, rows, title="Lynas reports", lead="", day="2024-11-07"):
    """What a table under a title states: figure, metric, product, measure, value, unit and period of each cell."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f"<html><title>{title}</title><article><h1>{title}</h1><p>{lead}</p><table>{body}</table></article></html>"
    found = extract(page.encode(), lexicon, published_on=day).as_json()["indicators"]
    return [
        (one["as_written"], one["metric"], one["product"], one["measure"], one["value"], one["unit"], (one["period"] or {}).get("label"))
        for one in found
    ]  # fmt: skip


def test_results_in_thousands(lexicon):
    rows = [
        ["", "For the three months ended September 30,", "For the three months ended September 30,", "2024 vs. 2023"],
        ["(unaudited)", "2024", "2023", "% Change"],
        ["Financial measures:", "(in thousands, except per share data)", "", ""],
        ["Revenue", "$61,820", "$50,410", "23%"],
        ["Net loss", "$(24,310)", "$(4,120)", "490%"],
        ["Adjusted EBITDA", "$(11,900)", "$14,800", "N/M"],
        ["Diluted EPS", "$(0.15)", "$(0.03)", "400%"],
        ["Key indicators:", "(in whole units or dollars)", "", ""],
        ["NdPr production volume (MTs)", "465", "48", "869%"],
        ["NdPr realized price per KG", "$46", "N/A", "N/A"],
    ]
    found = cells(lexicon, rows, "MP Materials reports third quarter 2024 results")
    assert ("$61,820", "revenue", None, "level", 61_820_000, "USD", "2024Q3") in found
    assert ("$50,410", "revenue", None, "level", 50_410_000, "USD", "2023Q3") in found
    assert ("$(24,310)", "net_profit", None, "level", -24_310_000, "USD", "2024Q3") in found
    assert ("$(0.15)", "eps", None, "level", -0.15, "USD/share", "2024Q3") in found
    assert ("465", "output", "ndpr-oxide", "level", 465, "t", "2024Q3") in found
    assert ("869%", "output", "ndpr-oxide", "change_yoy", 869, "percent", "2024Q3") in found
    assert ("$46", "price", "ndpr-oxide", "level", 46_000, "USD/t", "2024Q3") in found
    assert not [one for one in found if one[0] in ("$(11,900)", "$14,800")]


def test_signs_in_cells_of_their_own(lexicon):
    rows = [
        ["(in thousands)", "", "2024", "", "", "2023", ""],
        ["Revenue", "$", "61,820", "", "$", "50,410", ""],
        ["Net loss", "$", "(24,310", ")", "$", "(4,120", ")"],
    ]
    found = cells(lexicon, rows, "MP Materials reports")
    assert ("61,820", "revenue", None, "level", 61_820_000, "USD", "2024") in found
    assert ("(4,120", "net_profit", None, "level", -4_120_000, "USD", "2023") in found


def test_column_of_units(lexicon):
    rows = [
        ["", "Unit", "2024", "2023"],
        ["NdPr production", "t", "6,510", "6,100"],
        ["Sales revenue", "A$m", "463.2", "736.4"],
        ["Average selling price", "A$/kg", "42.5", "60.2"],
    ]
    found = cells(lexicon, rows)
    assert ("6,510", "output", "ndpr-oxide", "level", 6510, "t", "2024") in found
    assert ("736.4", "revenue", None, "level", 736_400_000, "AUD", "2023") in found
    assert ("42.5", "price", None, "level", 42_500, "AUD/t", "2024") in found


def test_price_list_with_units(lexicon):
    rows = [
        ["PRODUCT", "GRADE", "UNIT", "PRICE (March 9)", "VS March 2"],
        ["Praseodymium oxide", "Pr6O11/TREO 99.0-99.9%", "Tonne", "430000-450000", "-5000"],
        ["Terbium oxide", "Tb4O7/TREO 99.95-99.99%", "Kg", "5200-5400", "0"],
        ["Neodymium", "Nd/TREM 99.0-99.9%", "Tonne", "620000-640000", "-4000"],
    ]
    found = cells(
        lexicon, rows, "Spot prices", "Spot prices of rare earths in China as of March 9, in yuan.", "2012-03-09"
    )
    assert ("430000-450000", "price", "pr-oxide", "level", 430_000, "CNY/t", "2012-03-09") in found
    assert ("-5000", "price", "pr-oxide", "change", -5000, "CNY/t", "2012-03-09") in found
    assert ("5200-5400", "price", "tb-oxide", "level", 5_200_000, "CNY/t", "2012-03-09") in found
    assert ("620000-640000", "price", "nd-metal", "level", 620_000, "CNY/t", "2012-03-09") in found


def test_growth_in_a_row_of_its_own(lexicon):
    rows = [
        ["Fiscal year", "FY 2024", "FY 2023"],
        ["Period ending", "Dec 31, 2024", "Dec 31, 2023"],
        ["Revenue", "6,763", "6,688"],
        ["Revenue growth (YoY)", "1.13%", "-6.66%"],
    ]
    found = cells(lexicon, rows, "JL Mag income statement", "Financials in millions CNY.", "2026-02-06")
    assert ("6,763", "revenue", None, "level", 6_763_000_000, "CNY", "2024") in found
    assert ("-6.66%", "revenue", None, "change_yoy", -6.66, "percent", "2023") in found


def test_number_without_any_unit_is_no_figure(lexicon):
    assert cells(lexicon, [["", "2024", "2023"], ["Revenue", "463.2", "736.4"]]) == []
