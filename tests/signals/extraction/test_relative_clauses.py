"""A clause set into a sentence, and what the sentence goes on to say behind it."""

from __future__ import annotations

import pytest

from signals.extraction.relative_clauses import relative_clauses
from tests.signals.extraction.told import rows, told

CLAUSES = [
    ("Exports by the country, which buys ore, fell 16% in May.", [", which buys ore"]),
    ("The firm, whose mine is old, was sold.", [", whose mine is old"]),
    ("The firm, which earned 2.5 billion yuan in 2024, also raised its output.", [", which earned 2.5 billion yuan in 2024"]),
    ("The firm, which rose, was sold; the mine, where ore is lean, is closed.", [", which rose", ", where ore is lean"]),
    ("Output was 3,000 tonnes, which rose to 4,000 tonnes a year later.", []),
    ("The firm sold ore, which it had mined. Prices, rose.", []),
    ("The firm which buys ore, fell.", []),
    ("Exports fell, while imports rose.", []),
]  # fmt: skip

FIELDS = ("as_written", "subject", "metric", "measure", "period")
FIGURES = [
    (
        "Rare earth exports by China, which supplied most of the imports by Japan from 2014 to 2017, fell 16% in May from a month earlier.",
        ("16%", "china", "export_volume", "change_mom", "2025-05"),
    ),
    (
        "Revenue at China Northern Rare Earth, which raised its output last year, fell 12% in 2024.",
        ("12%", "northern-rare-earth", "revenue", "change", "2024"),
    ),
    (
        "Profit at Shenghe Resources, which imports concentrate, tripled to 310 million yuan in the third quarter.",
        ("310 million yuan", "shenghe-resources", "profit", "level", "2025Q3"),
    ),
    (
        "The output of Gansu Rare Earth, which sold 3,000 tonnes of oxides in 2023, rose 8% in 2024.",
        ("8%", "gansu-rare-earth", "output", "change", "2024"),
    ),
    (
        "China Northern Rare Earth, which reported revenue of 32.9 billion yuan in 2024, raised its output by 8%.",
        ("32.9 billion yuan", "northern-rare-earth", "revenue", "level", "2024"),
    ),
    (
        "China Northern Rare Earth, which controls Gansu Rare Earth, posted revenue of 9 billion yuan in the first quarter.",
        ("9 billion yuan", "northern-rare-earth", "revenue", "level", "2025Q1"),
    ),
    (
        "Revenue of China Northern Rare Earth fell, as its output, which rose in 2023, dropped 5% in 2024.",
        ("5%", "northern-rare-earth", "output", "change", "2024"),
    ),
]


@pytest.mark.parametrize(("text", "clauses"), CLAUSES)
def test_finds_clauses_that_the_sentence_goes_on_behind(text, clauses):
    assert [text[start:end] for start, end in relative_clauses(text, 0, len(text))] == clauses


@pytest.mark.parametrize(("text", "row"), FIGURES)
def test_figure_behind_a_clause_leans_on_the_words_in_front_of_it(lexicon, text, row):
    found = rows(told(lexicon, "A note", text), *FIELDS)
    assert row in found
