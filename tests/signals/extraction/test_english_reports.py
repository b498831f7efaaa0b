"""English result notes and price reports: units in other words, two rates in one breath, expectations, business units."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

FIELDS = ("as_written", "metric", "product", "measure", "value", "unit", "period")


def read(lexicon, text, title="A note on the sector", day="2024-08-02"):
    return rows(told(lexicon, title, text, day), *FIELDS)


FIGURES = [
    (
        "The realised price per REO tonne was $4,310 in Q2 2024, down from $6,120 in Q2 2023.",
        ("$6,120", "price", None, "level", 6120, "USD/t", "2023Q2"),
    ),
    (
        "The price per kilogram of NdPr oxide stood at $48 in Q2 2024.",
        ("$48", "price", "ndpr-oxide", "level", 48_000, "USD/t", "2024Q2"),
    ),
    (
        "The firms raised their Q3 2024 concentrate price by 280 yuan per tonne to 17,010 yuan.",
        ("17,010 yuan", "price", "concentrate", "level", 17_010, "CNY/t", "2024Q3"),
    ),
    (
        "Lynas sold at $US51/kg. It achieved sales revenue of $118 million in Q2 2024.",
        ("$118 million", "revenue", None, "level", 118_000_000, "AUD", "2024Q2"),
    ),
    (
        "MP Materials posted revenue of $31 million in Q2 2024.",
        ("$31 million", "revenue", None, "level", 31_000_000, "USD", "2024Q2"),
    ),
    (
        "Production of NdPr oxide was 620 tons in Q2 2024, a 44% year-over-year increase and 19% sequential growth.",
        ("19%", "output", "ndpr-oxide", "change_qoq", 19, "percent", "2024Q2"),
    ),
    (
        "In Q2 2024 the average price of Pr-Nd oxide was 372,000 yuan/mt (mom -5.2%).",
        ("-5.2%", "price", "ndpr-oxide", "change_qoq", -5.2, "percent", "2024Q2"),
    ),
    (
        "The price of neodymium oxide was 6,000 yuan/mt higher from a week ago.",
        ("6,000 yuan/mt", "price", "nd-oxide", "change", 6000, "CNY/t", None),
    ),
    (
        "Output came to 1,240 tonnes of neodymium and praseodymium in Q1, down from 1,510 tonnes in Q4.",
        ("1,510 tonnes", "output", "ndpr-oxide", "level", 1510, "t", "2023Q4"),
    ),
    (
        "Total production was 4,470 REO tonnes in the June 2024 quarter.",
        ("4,470 REO tonnes", "output", "rare-earth-oxides", "level", 4470, "t", "2024Q2"),
    ),
    (
        "Production of neodymium-praseodymium (NdPr) oxide reached 597 tons in Q2 2024.",
        ("597 tons", "output", "ndpr-oxide", "level", 597, "t", "2024Q2"),
    ),
    (
        "It saw a 45% surge in rare earth oxide (REO) production in Q2 2024.",
        ("45%", "output", "rare-earth-oxides", "change", 45, "percent", "2024Q2"),
    ),
    (
        "Exports fell to 3,200 tonnes in July 2024, the lowest since 3,033 tonnes were shipped in September 2015. The exports were down 10.6% on the year.",
        ("10.6%", "export_volume", None, "change_yoy", -10.6, "percent", "2024-07"),
    ),
    (
        "Its rare earths unit, however, did well in Q2 2024, with revenue up 46.4pc to Yn1.33bn.",
        ("Yn1.33bn", "revenue", "rare-earth", "level", 1_330_000_000, "CNY", "2024Q2"),
    ),
    (
        "Sales of magnetic materials climbed 49pc in Q2 2024, driving revenue growth of 35pc in that segment.",
        ("35pc", "revenue", "magnetic-materials", "change", 35, "percent", "2024Q2"),
    ),
    (
        "Once the full 20,000 t/yr production is online, Xiamen Tungsten forecasts revenue reaching Yn4bn annually.",
        ("Yn4bn", "project_revenue", None, "level", 4_000_000_000, "CNY", None),
    ),
    (
        "The shareholders agreed to increase the capital of Zhongke Sanhuan by 431 million yuan.",
        ("431 million yuan", "investment", None, "level", 431_000_000, "CNY", None),
    ),
]


@pytest.mark.parametrize(("text", "figure"), FIGURES)
def test_figure(lexicon, text, figure):
    assert figure in read(lexicon, text)


NO_RATE = [
    "The miner produced 3,212 tonnes of oxide in Q2 2024, 19% higher than consensus estimates.",
    "NdPr output of 2,080 tonnes was 17% above market expectations and 5% higher than the broker's own forecast.",
    "Lynas (OTCPK:LYSCF +2.3%) made 1,240 tonnes of NdPr oxide in Q2 2024.",
    "It makes a higher proportion of NdPr (65% in Q2 2024).",
]


@pytest.mark.parametrize("text", NO_RATE)
def test_rate_that_is_none_of_the_firm(lexicon, text):
    assert not [one for one in read(lexicon, text) if one[5] == "percent"]
