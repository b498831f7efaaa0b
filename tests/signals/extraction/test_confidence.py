"""How sure a figure is: less with each attribute that the words of its own clause do not settle."""

from __future__ import annotations

import pytest

from signals.extraction.confidence import settled
from tests.signals.extraction.told import told

SURE = 0.9
PAIRS = [
    # the period in the clause, and the document's
    ("2025年第三季度,北方稀土实现净利润6.1亿元。", "北方稀土:2025年第三季度报告", "北方稀土实现净利润6.1亿元。"),
    (
        "Northern Rare Earth posted a net profit of 610 million yuan in the third quarter of 2025.",
        "Northern Rare Earth third-quarter 2025 results",
        "Northern Rare Earth posted a net profit of 610 million yuan.",
    ),
    # the subject in the clause, and the document's place
    ("2025年,包头市完成工业投资210亿元。", "包头市2025年经济运行情况", "2025年完成工业投资210亿元。"),
]


@pytest.mark.parametrize(("plain", "title", "loose"), PAIRS, ids=[loose for *_, loose in PAIRS])
def test_what_the_clause_does_not_say_is_less_sure(lexicon, plain, title, loose):
    sure, less = told(lexicon, title, plain), told(lexicon, title, loose)
    assert len(sure) == len(less) == 1
    assert {key: sure[0][key] for key in ("metric", "value", "subject")} == {
        key: less[0][key] for key in ("metric", "value", "subject")
    }
    assert less[0]["confidence"] < sure[0]["confidence"]


def test_words_beside_the_figure_are_sure(lexicon):
    (one,) = told(lexicon, "北方稀土公告", "2025年第三季度,北方稀土净利润6.1亿元。")
    assert one["confidence"] >= SURE


def test_each_loose_way_counts():
    assert settled("北方稀土", "2025年第三季度") == 1
    assert settled("main company", "document") < settled("北方稀土", "document") < 1
