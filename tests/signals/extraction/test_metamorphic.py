"""Changes that keep the meaning keep the reading: other words, units, places of the period, leads and seams of sentences."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

FIELDS = ("metric", "measure", "subject", "product", "value", "comparator", "period", "modality")
FIRM = "shenghe-resources"
REVENUE = ("revenue", "level", FIRM, None, 4.21e9, "=", "2025Q1", "reported")
GROWTH = ("revenue", "change_yoy", FIRM, None, 12.4, "=", "2025Q1", "reported")
PROFIT = ("net_profit", "level", FIRM, None, 187.3e6, "=", "2025Q1", "reported")
DROP = ("net_profit", "change_yoy", FIRM, None, -8.6, "=", "2025Q1", "reported")

PERIODS = [
    "In the first quarter of 2025", "In Q1/2025", "In the January-March quarter of 2025", "In the opening quarter of 2025",
    "In the three months to March of 2025", "In the three months to March 31, 2025", "Between January and March 2025",
]  # fmt: skip
LEADS = ["", "According to its filing, ", "Meanwhile, ", "Despite weak prices, ", "As a statement makes clear, "]
WHO = ["Shenghe Resources", "The company", "It", "The group", "The Chengdu-based producer"]
SEAMS = [
    "revenue rose 12.4% year on year to {m}, while net profit fell 8.6% to RMB 187.3 million",
    "revenue rose 12.4% year on year to {m}; net profit, however, slid 8.6% to RMB 187.3 million",
    "revenue rose 12.4% year on year to {m}. Net profit fell 8.6% to RMB 187.3 million",
    "net profit pulled back 8.6% year on year to RMB 187.3 million even as revenue moved up 12.4% to {m}",
    "net sales came to {m}, up 12.4% year on year, and net profit to RMB 187.3 million, down 8.6%",
]
MONEY = [
    "RMB 4.21 billion",
    "4.21 billion yuan",
    "4.21 billion Chinese yuan",
    "CNY 4.21bn",
    "Yn4.21bn",
    "RMB 4,210 million",
]
QUALIFIERS = [
    ("on the order of", "~"), ("in the vicinity of", "~"), ("something like", "~"), ("roughly", "~"), ("better than", ">"),
    ("upwards of", ">"), ("not far off", "<"), ("just under", "<"), ("at the very least", ">="),
]  # fmt: skip
GROWN = [
    ", up 12.4% year on year", ", an increase of 12.4% from a year earlier", ", 12.4% higher than in the same period of 2024",
    ", 12.4% above the year-earlier level", " (+12.4% yoy)", ". That was 12.4% more than a year before",
    ", 12.4 per cent better than the year-ago figure",
]  # fmt: skip


def read(lexicon, text):
    return rows(told(lexicon, "Results in brief", text, "2025-04-28"), *FIELDS)


@pytest.mark.parametrize("period", PERIODS)
@pytest.mark.parametrize("seam", SEAMS)
def test_period_and_seam(lexicon, period, seam):
    text = f"{period}, Shenghe Resources' {seam.format(m='RMB 4.21 billion')}."
    assert sorted(read(lexicon, text)) == sorted([REVENUE, GROWTH, PROFIT, DROP])


@pytest.mark.parametrize("money", MONEY)
@pytest.mark.parametrize("grown", GROWN)
def test_units_and_growth(lexicon, money, grown):
    text = f"In the first quarter of 2025, Shenghe Resources posted revenue of {money}{grown}."
    assert sorted(read(lexicon, text)) == sorted([REVENUE, GROWTH])


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("lead", LEADS)
def test_lead_and_pronoun(lexicon, lead, who):
    said = f"{lead}{who if not lead or who.startswith('Sh') else who[0].lower() + who[1:]}"
    text = f"Shenghe Resources published its first-quarter report for 2025. {said} posted revenue of RMB 4.21 billion."
    assert read(lexicon, text) == [REVENUE]


@pytest.mark.parametrize(("words", "comparator"), QUALIFIERS)
def test_qualifiers(lexicon, words, comparator):
    text = f"In the first quarter of 2025, Shenghe Resources posted revenue of {words} RMB 4.21 billion."
    assert read(lexicon, text) == [(*REVENUE[:5], comparator, *REVENUE[6:])]


@pytest.mark.parametrize(
    "text",
    [
        "Shenghe Resources will pour RMB 1.35 billion into a separation plant.",
        "Shenghe Resources will set aside RMB 1.35 billion for a separation plant.",
        "Shenghe Resources has earmarked RMB 1.35 billion for a separation plant.",
        "Shenghe Resources will build a separation plant costing RMB 1.35 billion.",
        "Shenghe Resources will build a separation plant at a cost of RMB 1.35 billion.",
    ],
)
def test_money_for_a_plant(lexicon, text):
    assert read(lexicon, text) == [("investment", "level", FIRM, None, 1.35e9, "=", None, "target")]


def test_another_base_is_not_passed_on(lexicon):
    text = "In the first quarter of 2025, Shenghe Resources' revenue rose 12.4% quarter on quarter, while net profit fell 8.6%."
    assert "change_yoy" not in {row[1] for row in read(lexicon, text)}
