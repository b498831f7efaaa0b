"""When a figure holds and in which sense, told in the ways of notes and wires: text → period, modality, comparator."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

TITLE = "A note on the sector"

# a base of comparison has happened, whatever is expected beside it
BASES = [
    (
        "Rising Nonferrous Metals expects a net loss of 270-310 million yuan for the first half of 2025, in contrast to a profit of 102"
        " million yuan in the same period last year.",
        [("2025H1", "forecast", "range"), ("2024H1", "reported", "=")],
    ),
    (
        "China Rare Earth Resources foresees an expected net loss of 231-251 million yuan for the first half of 2025; for HY1 2024, the"
        " company saw a net profit of 172 million yuan.",
        [("2025H1", "forecast", "range"), ("2024H1", "reported", "=")],
    ),
    (
        "Shenghe Resources made a net profit of 114 million yuan in Q4 2024, better than in Q1 2024 (a net loss of 216 million yuan).",
        [("2024Q4", "reported", "="), ("2024Q1", "reported", "=")],
    ),
    (
        "Net profit is expected at RMB 2.2-2.4 billion for 2025, an increase of 116%-134% over 2024.",
        [("2025", "forecast", "range"), ("2025", "forecast", "range")],
    ),
    (
        "The exchange traded 227,000 tonnes of rare earth products in 2024, up more than fivefold from the amount in its inaugural year"
        " of 2023.",
        [("2024", "reported", "="), ("2024", "reported", ">")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), BASES)
def test_bases(lexicon, text, wanted):
    assert rows(told(lexicon, TITLE, text), "period", "modality", "comparator") == wanted


def test_a_result_told_as_a_range_is_no_forecast(lexicon):
    text = (
        "Northern Rare Earth expects its net profit for 2025 at 4.9 to 5.1 billion yuan.\n"
        "In 25Q3, the company realized a net profit of 1.7 to 1.9 billion yuan."
    )
    found = rows(told(lexicon, TITLE, text), "period", "modality")
    assert found == [("2025", "forecast"), ("2025Q3", "reported")]


def test_a_bound_put_in_the_negative(lexicon):
    text = "The total trading volume of rare earth concentrate in 2025 will not exceed 230,000 tons."
    assert rows(told(lexicon, TITLE, text), "value", "comparator") == [(230000, "<=")]


def test_a_year_in_passing_is_not_what_is_reported_about(lexicon):
    text = "The group answers a 2023 call for self-reliance.\nNorthern Rare Earth filed 359 patents in two years."
    assert rows(told(lexicon, TITLE, text), "value", "period") == [(359, None)]


# what is still to be built, paid or held
AHEAD = [
    (
        "JL Mag is surging ahead with construction on a new facility: a 50,000-ton-per-year alloy plant.",
        [("capacity", "target")],
    ),
    ("JL Mag completed construction of a 12,000-ton-per-year metals plant.", [("capacity", "reported")]),
    ("After the deal Shenghe will hold 18.2% of the shares of Vital Metals.", [("stake", "target")]),
    ("Shenghe holds 18.2% of the shares of Vital Metals.", [("stake", "reported")]),
    (
        "JL Mag's magnet plant is to make 20,000 tonnes a year by 2027. The project represents a total investment of 2 billion yuan.",
        [("capacity", "target"), ("investment", "target")],
    ),
    (
        "JL Mag's new alloy line has a capacity of 5,000 tonnes a year and is in operation. The project represents a total investment of"
        " 300 million yuan.",
        [("capacity", "reported"), ("investment", "reported")],
    ),
    (
        "Under the plan, Baotou's rare earth output value is to exceed 200 billion yuan in 2030.",
        [("output_value", "target")],
    ),
    (
        "Citic Securities raised its forecast of JL Mag's 2026 net profit to 3.3 billion yuan.",
        [("net_profit", "estimate")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), AHEAD)
def test_ahead(lexicon, text, wanted):
    assert rows(told(lexicon, TITLE, text), "metric", "modality") == wanted


PARTS_TO_COME = [
    (
        "Prices of NdPr oxide are expected to average 450,000 yuan per tonne in the second quarter.",
        "2025-03-30",
        "2025Q2",
    ),
    ("Prices of NdPr oxide averaged 450,000 yuan per tonne in the second quarter.", "2025-03-30", "2024Q2"),
]


@pytest.mark.parametrize(("text", "day", "period"), PARTS_TO_COME)
def test_a_part_of_a_year_that_is_foreseen_is_to_come(lexicon, text, day, period):
    assert rows(told(lexicon, TITLE, text, day), "period") == [(period,)]


def test_a_half_that_has_months_to_go_is_last_years(lexicon):
    text = "First-half revenue was RMB 1.9 billion."
    assert rows(told(lexicon, TITLE, text, "2026-01-26"), "period") == [("2025H1",)]


def test_what_was_reversed_has_happened(lexicon):
    text = "JL Mag expects a net profit of RMB 143 million for 2025, reversing a loss of RMB 287 million the previous year."
    found = rows(told(lexicon, TITLE, text, "2026-01-26"), "value", "period", "modality")
    assert found == [(143e6, "2025", "forecast"), (-287e6, "2024", "reported")]
