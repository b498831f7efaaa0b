"""The engine reads the sample newsroom: a smoke test of its recall, and of its silence where nothing is stated.

``expected.yml`` is a check list of what the pages say in so many words, not a full annotation: a figure found beside
it is no error, except on the pages whose list is empty.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from signals.extraction import extract
from tests.lexicon import lexicon

NEWSROOM = Path(__file__).parents[3] / "signals" / "newsroom"
# Measured on the newsroom; lower a floor only with a reason in the commit.
FOUND_FLOOR = 0.70  # metric, measure, value and unit
WHOLE_FLOOR = 0.55  # subject, product and period as well
TOLERANCE = 0.005  # a rounded restatement of the same figure

Figure = dict[str, Any]


@cache
def readings() -> list[tuple[str, Figure, Figure | None]]:
    """Each expected figure with what the engine found for it."""
    expected: dict[str, list[Figure]] = yaml.safe_load((NEWSROOM / "expected.yml").read_text(encoding="utf-8"))
    return [pair for file, figures in expected.items() for pair in _pairs(file, figures)]


@cache
def indicators(file: str) -> list[Figure]:
    found: list[Figure] = extract((NEWSROOM / file).read_bytes(), lexicon(), name=file).as_json()["indicators"]
    return found


def _pairs(file: str, figures: list[Figure]) -> list[tuple[str, Figure, Figure | None]]:
    left = list(indicators(file))
    pairs: list[tuple[str, Figure, Figure | None]] = []
    for figure in figures:
        same = [one for one in left if _same_figure(one, figure)]
        best = max(same, key=lambda one: _agreement(one, figure), default=None)
        if best is not None:
            left.remove(best)
        pairs.append((file, figure, best))
    return pairs


def _same_figure(one: Figure, figure: Figure) -> bool:
    close = abs(one["value"] - figure["value"]) <= TOLERANCE * abs(figure["value"])
    return close and all(one[field] == figure[field] for field in ("metric", "measure", "unit"))


def _agreement(one: Figure, figure: Figure) -> int:
    label = one["period"]["label"] if one["period"] else None
    return (one["subject"] == figure["subject"]) + (one["product"] == figure["product"]) + (label == figure["period"])


def test_most_stated_figures_are_found() -> None:
    pairs = readings()
    missed = [f"{file}: {figure}" for file, figure, found in pairs if found is None]
    assert 1 - len(missed) / len(pairs) >= FOUND_FLOOR, "\n".join(missed)


def test_most_are_found_with_subject_product_and_period() -> None:
    pairs = readings()
    partial = [
        f"{file}: {figure} found as {found}"
        for file, figure, found in pairs
        if found is not None and _agreement(found, figure) < 3
    ]
    whole = sum(found is not None and _agreement(found, figure) == 3 for _, figure, found in pairs)
    assert whole / len(pairs) >= WHOLE_FLOOR, "\n".join(partial)


def test_pages_without_figures_stay_silent() -> None:
    expected = yaml.safe_load((NEWSROOM / "expected.yml").read_text(encoding="utf-8"))
    spoken = {file: indicators(file) for file, figures in expected.items() if not figures}
    assert spoken
    assert not {file: [one["as_written"] for one in found] for file, found in spoken.items() if found}
