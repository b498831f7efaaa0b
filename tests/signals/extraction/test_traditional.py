"""A text in traditional characters reads like the same text in simplified ones, and is quoted as it is printed."""

from __future__ import annotations

import pytest

from signals.extraction.numerals import simplified
from tests.signals.extraction.told import rows, told

TEXTS = [
    "包鋼股份與北方稀土雙雙公告，擬將2026年第一季度稀土精礦關聯交易價格調整為不含稅26100元/噸（干量，REO=50%），環比上漲2.1%。",
    "包鋼集團擁有白雲鄂博礦資源開發權利，具備年產40萬噸稀土精礦的生產能力。",
    "大陸11月稀土磁鐵出口量為6020噸，較10月增長10%，但較去年同期下降2%，其中對日本出口量為301噸。",
    "公司預計2025年淨利潤為9億元至9.5億元，同比增長120%到132%；上年同期虧損1.2億元。",
]
FIELDS = (
    "metric", "measure", "value", "value_high", "unit", "subject", "product", "period", "modality", "voice", "note"
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_the_script_makes_no_difference(lexicon, text):
    traditional = told(lexicon, "稀土業動態", text, "2026-01-12")
    plain = told(lexicon, simplified("稀土業動態"), simplified(text), "2026-01-12")
    assert traditional
    assert rows(traditional, *FIELDS) == rows(plain, *FIELDS)


def test_figures_are_quoted_as_printed(lexicon):
    found = told(lexicon, "稀土業動態", "廈門鎢業前三季度實現營業收入301億元，稀土精礦產量2萬噸。", "2025-10-30")
    assert rows(found, "subject", "as_written") == [("xiamen-tungsten", "301億元"), ("xiamen-tungsten", "2萬噸")]
    assert "營業收入" in found[0]["quote"]
