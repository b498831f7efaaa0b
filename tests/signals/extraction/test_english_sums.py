"""English sums told short: without their currency, for part of a year, as quotas of an output, under former names."""

from __future__ import annotations

import pytest

from tests.signals.extraction.told import rows, told

FIELDS = ("as_written", "metric", "subject", "value", "unit", "period", "modality")
TITLE = "China Northern Rare Earth results"


def read(lexicon, text, title=TITLE, day="2023-08-28"):
    return rows(told(lexicon, title, text, day), *FIELDS)


FIGURES = [
    (
        "In 2022, the company's net profit was 330 million, and its core net profit was 270 million yuan.",
        ("330 million", "net_profit", "northern-rare-earth", 330_000_000, "CNY", "2022", "reported"),
    ),
    (
        "The quota for rare earth smelting output was 115,000 tons in 2023.",
        ("115,000 tons", "quota_smelting", "china", 115_000, "t", "2023", "reported"),
    ),
    (
        "China's quota for 2023 rare earth smelting and separation output is 115,000 tons.",
        ("115,000 tons", "quota_smelting", "china", 115_000, "t", "2023", "reported"),
    ),
    (
        "China set the 2023 quota for rare earth mining output at 120,000 tons.",
        ("120,000 tons", "quota_mining", "china", 120_000, "t", "2023", "reported"),
    ),
    (
        "In July 2023, China's imported volumes of rare earth ores were 6,000 tons.",
        ("6,000 tons", "import_volume", "china", 6_000, "t", "2023-07", "reported"),
    ),
    (
        "Minmetals Rare Earth posted revenue of 1.6 billion yuan in 2022.",
        ("1.6 billion yuan", "revenue", "china-rare-earth-resources", 1_600_000_000, "CNY", "2022", "reported"),
    ),
]


@pytest.mark.parametrize(("text", "row"), FIGURES)
def test_sum_told_short(lexicon, text, row):
    assert row in read(lexicon, text)


def test_output_of_those_with_a_quota_is_output(lexicon):
    (row,) = read(
        lexicon, "Quota holders are paid for their output of 3,000 tons in 2023.", "China's rare earth quotas"
    )
    assert row[:2] == ("3,000 tons", "output")


@pytest.mark.parametrize(
    "text",
    [
        "The company had 330 million shares. Its net profit was 270 million yuan in 2022.",
        "In 2022 the company had 330 million readers and a net profit of 270 million yuan.",
    ],
)
def test_bare_count_takes_no_currency(lexicon, text):
    assert [row[0] for row in read(lexicon, text) if row[4] == "CNY"] == ["270 million yuan"]
