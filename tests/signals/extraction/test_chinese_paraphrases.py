"""One fact in the many shapes of the Chinese press is read whole: value, unit, subject, product, period, modality, qualifier."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tests.signals.extraction.told import rows, told

CASES = yaml.safe_load(Path(__file__).with_name("chinese_paraphrases.yml").read_text(encoding="utf-8"))
FIELDS = ("metric", "measure", "subject", "product", "comparator", "value", "value_high", "unit", "period", "modality")
OPEN = [
    # a wrong reading that is known: the figure, the measure it should have and why it has not
    ("盛和资源前三季度营收和净利润同比增幅分别达到26.9%、748.1%。", 748.1, "change_yoy", "the second rate of a list leaves its base"),
    ("今年第三季度,北方稀土的净利润比第二季度多出1.2亿元。", 1.2e8, "change_qoq", "多出 is no word of change yet"),
]  # fmt: skip


def written(row):
    """A reading as the table prints it."""
    metric, measure, subject, product, comparator, value, high, *rest = row
    figure = f"{float(value):.10g}" + ("" if high is None else f"..{float(high):.10g}")
    return " ".join(str(one or "-") for one in (metric, measure, subject, product, comparator, figure, *rest))


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:24] for case in CASES])
def test_it_is_read_whole(lexicon, case):
    found = told(lexicon, "行业快讯", case["text"], str(case.get("day", "2025-10-30")))
    assert sorted(map(written, rows(found, *FIELDS))) == sorted(case["told"])


@pytest.mark.parametrize(
    ("text", "value", "measure"),
    [pytest.param(*case, marks=pytest.mark.xfail(reason=reason, strict=True)) for *case, reason in OPEN],
)
def test_not_yet(lexicon, text, value, measure):
    found = rows(told(lexicon, "行业快讯", text, "2025-10-30"), "value", "measure")
    assert (value, measure) in found
