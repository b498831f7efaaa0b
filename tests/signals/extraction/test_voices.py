"""Voices: who says it, by section, figure, source words, subject and kind of document."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pytest

from signals.extraction.lexicon import Lexicon, load_lexicon
from signals.extraction.names import find_names
from signals.extraction.records import Block, Reading, SectionKind
from signals.extraction.voices import Voices


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return load_lexicon()


def voice(title: str, sentence: str, section: SectionKind = "body", **known: Any) -> str:
    text = f"{title}\n{sentence}"
    start = len(title) + 1
    blocks = (Block("title", (0, len(title))), Block("paragraph", (start, len(text)), section))
    reading = Reading(text, blocks, "zh", "text/plain", title=title)
    hits = lexicon().find(text)
    return Voices(reading, hits, find_names(reading, hits, lexicon()), lexicon()).of((start, len(text)), **known)


@pytest.mark.parametrize(
    ("title", "sentence", "expected"),
    [
        ("北方稀土半年报", "公司实现营业收入增长。", "company"),
        ("Northern Rare Earth posts results", "Output rose in the half.", "company"),
        ("北方稀土半年报", "据海关总署数据,稀土出口增长。", "third_party"),
        ("Northern Rare Earth in focus", "Analysts see a stronger second half.", "third_party"),
        ("Baogang in focus", "REEx notes that the claim awaits proof.", "publisher"),
        ("关于下达稀土指标的通知 工业和信息化部", "矿山企业不得超指标生产。", "third_party"),
        ("包头市上半年经济运行", "稀土产业产值增长。", "third_party"),
        ("中国稀土行业协会价格指数", "九月指数上升。", "third_party"),
        ("包钢股份公告", "股价收盘报2元。", "publisher"),
        ("China's grip on magnets", "China refines most of the world's rare earths.", "publisher"),
    ],
)
def test_a_sentence_has_a_voice(title: str, sentence: str, expected: str) -> None:
    assert voice(title, sentence) == expected


def test_an_editorial_is_the_outlet_s_own_whatever_it_cites() -> None:
    assert voice("Baogang in focus", "According to customs data, Baogang exported more.", "editorial") == "publisher"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"subject": "northern-rare-earth", "metric": "net_profit", "modality": "estimate"}, "third_party"),
        ({"subject": "northern-rare-earth", "metric": "target_price"}, "third_party"),
        ({"subject": "northern-rare-earth", "metric": "share_price"}, "publisher"),
        ({"subject": "china", "metric": "quota_mining"}, "third_party"),
        ({"subject": None, "metric": "price"}, "publisher"),
        ({"subject": "northern-rare-earth", "metric": "price"}, "company"),
        ({"subject": "baotou", "metric": "output_value"}, "third_party"),
        ({"subject": "baotou-rare-earth-exchange", "metric": "trade_volume"}, "third_party"),
        ({"subject": "northern-rare-earth", "metric": "revenue", "modality": "reported"}, "company"),
    ],
)
def test_what_the_figure_is_helps_to_tell(known: dict[str, Any], expected: str) -> None:
    assert voice("北方稀土与市场", "数字为一百。", **known) == expected
