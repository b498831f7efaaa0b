"""English comparisons: which period a base has, which one a change, and what a change is against."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

PERIODS = [
    ("2025-05-06", "In Q1 this year the concentrate price was adjusted to 18,410 yuan/mt.", "18,410 yuan/mt", "2025Q1"),
    ("2025-05-06", "Output in the first quarter last year came to 9,100 tonnes.", "9,100 tonnes", "2024Q1"),
    ("2022-06-20", "The concentrate price will be CNY39,000 per ton starting from July 1.", "CNY39,000 per ton", "2022Q3"),
    ("2025-11-10", "The price was 36,900 yuan per ton effective from July 1.", "36,900 yuan per ton", "2025-07-01"),
    (
        "2022-11-10",
        "On Jan. 1 Baogang Union set its concentrate price at CNY26,800 per ton and in June it raised the price to CNY39,100 per ton.",
        "CNY26,800 per ton",
        "2022Q1",
    ),
    (
        "2025-04-10",
        "The price rose 12% compared to the Q2 2024 rare earth concentrate price of 16,700 yuan/mt.",
        "16,700 yuan/mt",
        "2024Q2",
    ),
    (
        "2025-02-05",
        "The price for the first quarter of 2025 is set at 18,600 yuan/t. This is an increase from the fourth quarter of 2024's price of 17,700 yuan/t.",
        "17,700 yuan/t",
        "2024Q4",
    ),
    (
        "2025-02-05",
        "The price is up 11% on the third quarter of 2024, when the concentrate price stood at 16,700 yuan/t.",
        "16,700 yuan/t",
        "2024Q3",
    ),
    (
        "2025-02-05",
        "Baogang told of a price for the first quarter of 2025.\nThe concentrate price for January-March delivery is 18,600 yuan/t.",
        "18,600 yuan/t",
        "2025Q1",
    ),
    ("2022-06-23", "Baogang said last July that its output was 40,000 tonnes in 2020.", "40,000 tonnes", "2020"),
    ("2025-08-20", "Revenue for the first half was $558 million, down 8% on last year. Net profit was $92 million.", "$92 million", "2025H1"),
    (
        "2025-03-14",
        "The net loss was A$18 million for the half-year ended 31 December 2024, compared to a loss of A$66 million in the previous year.",
        "loss of A$66 million",
        "2023H2",
    ),
    ("2022-10-10", "From January to August 2022 the added value of steel grew.\nThat of magnets came to 3 billion yuan of output value.", "3 billion yuan", "2022M1-8"),
    (
        "2025-02-05",
        "Output fell from the third quarter's level of 9,400 tonnes in the fourth quarter of 2024. Sales reached 8,800 tonnes.",
        "8,800 tonnes",
        "2024Q4",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("day", "text", "written", "period"), PERIODS)
def test_period(lexicon, day, text, written, period):
    assert (written, period) in rows(told(lexicon, "A note on the sector", text, day), "as_written", "period")


MEASURES = [
    # a bare rate has the base of the sentence before it, in the same paragraph only
    ("Revenue rose 8% year on year in the first half. Net profit grew 12%.", "12%", "change_yoy"),
    ("Revenue rose 8% year on year in the first half.\nNet profit grew 12%.", "12%", "change"),
    ("Revenue rose 8% quarter on quarter in the third quarter. Net profit grew 12%.", "12%", "change"),
    ("Revenue rose 8% year on year in the first half. Net profit grew 12% from the second half of 2024.", "12%", "change"),
    # a base two quarters back has no name
    ("The price for the first quarter of 2025 rose 11% compared to the third quarter of 2024.", "11%", "change"),
    ("Output in the first quarter of 2025 rose 11% compared to the fourth quarter of 2024.", "11%", "change_qoq"),
    ("Output in the first quarter of 2025 rose 11% compared to the first quarter of 2024.", "11%", "change_yoy"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written", "measure"), MEASURES)
def test_measure(lexicon, text, written, measure):
    assert (written, measure) in rows(
        told(lexicon, "A note on the sector", text, "2025-08-28"), "as_written", "measure"
    )


def test_day_of_a_low_is_no_month_before(lexicon):
    text = "The price index stood at 599 points, an increase of 121% from the low of 271 points on September 13, 2015."
    assert ("121%", "change") in rows(
        told(lexicon, "A note on the sector", text, "2021-09-23"), "as_written", "measure"
    )


def test_step_and_level_are_no_range(lexicon):
    text = "The price of metal praseodymium rises 45,000 yuan/ton to 860,000 yuan/ton."
    found = rows(told(lexicon, "A note on the sector", text, "2021-09-23"), "measure", "value")
    assert found == [("change", 45_000), ("level", 860_000)]


def test_shares_of_a_list_are_no_growth(lexicon):
    text = (
        "Oxides, metals and magnets achieved an output value of 8 billion yuan, 7 billion yuan and 1 billion yuan respectively,"
        " up by 7%, 8% and 4% year on year respectively and accounting for 49%, 43% and 8% of the total respectively."
    )
    found = rows(told(lexicon, "Baotou's industry", text, "2021-11-24"), "as_written", "product", "measure")
    assert {one[:2] for one in found if one[2] != "level"} == {
        ("7%", "rare-earth-oxides"),
        ("8%", "rare-earth-metals"),
        ("4%", "magnets"),
    }
    assert not [one for one in found if one[0] in ("49%", "43%")]


STEPS = [
    ("The firms raised their Q3 2025 concentrate price by 280 yuan per tonne.", 280),
    ("Baogang cut its concentrate price for 2024 by 310 yuan per tonne.", -310),
]


@pytest.mark.parametrize(("text", "value"), STEPS)
def test_price_moved_by(lexicon, text, value):
    found = rows(told(lexicon, "A note on the sector", text, "2025-07-11"), "metric", "measure", "value")
    assert found == [("price", "change", value)]
