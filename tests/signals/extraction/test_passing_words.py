"""A word in passing gives a long English text no theme; what a text is about does."""

from __future__ import annotations

import pytest

from signals.extraction import extract

LEAD = [
    "JL MAG sold 4,100 tonnes of magnets in the first quarter of 2025, the company said.",
    "Revenue reached 1.7 billion yuan, up 14% year on year.",
    "Net profit came to 160 million yuan.",
]
PASSING = [
    # a single word, no actor, no figure
    ("Buyers abroad say that decarbonisation is in fashion.", "green-transition", False),
    ("For Western governments this is a reminder.", "foreign-policy", False),
    ("The moves answer a call of Xi Jinping.", "party-alignment", False),
    # somebody does it, or a figure tells of it
    ("JL MAG pursues decarbonisation.", "green-transition", True),
    ("The company pursues decarbonisation.", "green-transition", True),
    # what is told once and is the matter
    ("Beijing has banned exports of dual-use items.", "export-control", True),
]


@pytest.mark.parametrize(("sentence", "theme", "told"), PASSING)
def test_words_in_passing(lexicon, sentence, theme, told):
    title = "JL MAG reports higher sales"
    paragraphs = "".join(f"<p>{line}</p>" for line in [*LEAD, sentence])
    page = f"<html><title>{title}</title><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    record = extract(page.encode(), lexicon, published_on="2025-04-28").as_json()
    assert (theme in {signal["theme"] for signal in record["signals"]}) is told
