"""Fiscal years, headings and figures that lean on the sentence before: text → metric, value, period."""

from __future__ import annotations

import pytest

from signals.extraction import extract
from tests.signals.extraction.told import rows, told

TOLD = [
    # years that end in June are called after their end, in letters as well
    (
        "Lynas said net profit for the year to June 30 fell to A$9 million. Revenue for fiscal 2025 rose to A$540 million. In FY24 it"
        " was A$460 million.",
        [("net_profit", 9e6, "2025"), ("revenue", 540e6, "2025"), ("revenue", 460e6, "2024")],
    ),
    # it: what the sentence before told
    (
        "In the second quarter of 2025, JL MAG's revenue was 1.7 billion yuan. For the half, it came to 3.4 billion yuan.",
        [("revenue", 1.7e9, "2025Q2"), ("revenue", 3.4e9, "2025H1")],
    ),
    # figures of several kinds answer the metrics named before them
    (
        "In the first half of 2025, JL MAG's revenue, net profit and gross margin came to 3.4 billion yuan, 290 million yuan and 15.9"
        " percent.",
        [("revenue", 3.4e9, "2025H1"), ("net_profit", 290e6, "2025H1"), ("gross_margin", 15.9, "2025H1")],
    ),
    ("Iluka's unit cash costs were A$1,120 per tonne in 2024.", [("unit_cost", 1120, "2024")]),
]


@pytest.mark.parametrize(("text", "wanted"), TOLD)
def test_period(lexicon, text, wanted):
    assert rows(told(lexicon, "A note on the sector", text, "2025-08-28"), "metric", "value", "period") == wanted


SENSES = [
    ("Iluka's capital expenditure for 2025 is guided at A$700m.", [("investment", 700e6, "target", "iluka")]),
    ("Lynas's capacity will rise from 37,000 t to 62,000 t by 2027.",
     [("capacity", 37000, "reported", "lynas"), ("capacity", 62000, "target", "lynas")]),
    ("Lynas sold more oxide. The average selling price was A$50.4/kg.", [("price", 50400, "reported", "lynas")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SENSES)
def test_sense(lexicon, text, wanted):
    found = told(lexicon, "A note on the sector", text, "2025-08-28")
    assert rows(found, "metric", "value", "modality", "subject") == wanted


def test_heading_dates_its_paragraphs(lexicon):
    page = (
        "<html><title>Shenghe's results</title><body><article><h1>Shenghe's results</h1><p>Shenghe Resources reports for the first half of 2025.</p>"
        "<h2>Results for 2024</h2><p>Revenue was 11.1 billion yuan.</p><p>Net profit came to 210 million yuan.</p></article></body></html>"
    )
    record = extract(page.encode(), lexicon, published_on="2025-08-28").as_json()
    assert {one["period"]["label"] for one in record["indicators"]} == {"2024"}
