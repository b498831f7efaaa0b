"""Background names: which of them a text is about. Title, then body; the keys that must and must not be listed."""

from __future__ import annotations

import re

import pytest

from signals.extraction.names import find_names
from signals.extraction.prominence import prominent
from tests.lexicon import lexicon

ROWS = [
    ("Magnet exports to the US slip", "Shipments fell.", {"united-states"}, set()),
    ("Magnet exports slip", "Sales to Vietnam fell to 300 tonnes. Vietnam had bought more in May.", {"vietnam"}, set()),
    ("Magnet exports slip", "What Vietnam should learn: Vietnam needs mines of its own.", set(), {"vietnam"}),
    ("Magnet exports slip", "Sales to Vietnam fell.", set(), {"vietnam"}),
    ("Exchange grows", "Turnover was 9 billion yuan (1.4 billion US dollars), and fees US$2 million.", set(), {"united-states"}),
    ("Lynas earns more", "Revenue was 80 million Australian dollars, or A$2 more than 78 million Australian dollars.", set(), {"australia"}),
    ("Shares rise", "The Shanghai-listed miner beat the Shanghai Composite again.", set(), {"shanghai"}),
    ("Magnet maker grows", "It is listed in Hong Kong, and was listed in Hong Kong early.", set(), {"hong-kong"}),
    ("Demand grows", "Output will double, the chairman told the 21st Century Business Herald.", {"21st-century-business-herald"}, set()),
    ("Demand grows", "By a calculation of the 21st Century Business Herald, output will double.", {"21st-century-business-herald"}, set()),
    ("Demand grows", "Goldman Sachs, in a recent note, sees a lower price.", {"goldman-sachs"}, set()),
    ("Demand grows", "Adamas Intelligence wrote in an email that supply is short.", {"adamas"}, set()),
    ("Demand grows", "The head of Goldman Sachs likes skiing.", set(), {"goldman-sachs"}),
    ("Price floor", "The Department of Defense has guaranteed a price. Supply follows.", {"us-defense-department"}, set()),
    ("Price floor", "A former adviser of the Department of Defense went skiing.", set(), {"us-defense-department"}),
]  # fmt: skip


@pytest.mark.parametrize(("title", "body", "listed", "left"), ROWS)
def test_prominent(title: str, body: str, listed: set[str], left: set[str]) -> None:
    text = f"{title}\n\n{body}"
    figures = [found.span() for found in re.finditer(r"\d+ tonnes", text)]
    names = find_names(text, lexicon().find(text), lexicon(), "2025-10-30")
    found = prominent(names, text, lexicon(), (0, len(title)), figures)
    assert listed <= found
    assert not left & found
