"""The gate: what the engine must not fall below on the gold texts.

``floors.yml`` pins a floor for each language and part (texts worked with, texts held out) and the digest of the texts.
``baseline.json`` remembers what the last accepted run found, so that a change shows what it wins and loses.

    python -m tests.gold.gate                    measure, print, compare
    python -m tests.gold.gate --accept           the same, then raise the floors to what was measured and keep the baseline
    python -m tests.gold.gate --accept --lower   the same, and let floors sink where the engine got worse: a deliberate act
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from signals.extraction import extract, load_lexicon
from tests.gold import load
from tests.gold.score import Score, gained_and_lost, reliability_table, score_set, summary

HERE = Path(__file__).resolve().parent
FLOORS, BASELINE = HERE / "floors.yml", HERE / "baseline.json"
PINNED = (
    "indicators_precision", "indicators_recall", "indicators_f1", "strict_f1", "entities_precision", "entities_recall",
    "themes_f1", "slogans_recall", "dates_right", "sure_right",
)  # fmt: skip
SLACK = 0.005  # a floor lies this far below what was measured


def records() -> dict[str, dict[str, Any]]:
    """What the engine says of every gold text, by document name."""
    lexicon = load_lexicon()
    found = {}
    for gold in load.load():
        data = Path(gold["text_file"]).read_bytes()
        found[gold["doc"]] = extract(data, lexicon, name=gold["doc"]).as_json()
    return found


def measure() -> dict[str, dict[str, Score]]:
    """Scores by part ("open", "held") and language."""
    said = records()
    return {part: score_set(load.load(held), said) for part, held in (("open", False), ("held", True))}


def figures(scores: dict[str, dict[str, Score]]) -> dict[str, dict[str, float]]:
    """The pinned figures, under names such as ``open-zh``."""
    return {
        f"{part}-{language}": {name: by_language[language].figures()[name] for name in PINNED}
        for part, by_language in scores.items()
        for language in ("en", "zh")
    }


def below(measured: dict[str, dict[str, float]], floors: dict[str, dict[str, float]]) -> list[str]:
    """A line for every figure under its floor."""
    return [
        f"{part}: {name} {measured.get(part, {}).get(name, 0.0):.4f} is below its floor {floor:.4f}"
        for part, pinned in floors.items()
        for name, floor in pinned.items()
        if measured.get(part, {}).get(name, 0.0) < floor
    ]


def read_floors() -> dict[str, Any]:
    """The pinned digest and floors."""
    return dict(yaml.safe_load(FLOORS.read_text(encoding="utf-8")))


def report(scores: dict[str, dict[str, Score]]) -> str:
    """A line a part and language, the reliability table, and what was gained and lost since the accepted run."""
    parts = []
    for part, by_language in scores.items():
        parts += [f"--- {part}", summary(by_language), reliability_table(by_language["all"])]
    if BASELINE.exists():
        parts.append(gained_and_lost(scores["open"]["all"], json.loads(BASELINE.read_text(encoding="utf-8"))))
    return "\n".join(parts)


def accept(scores: dict[str, dict[str, Score]], *, lower: bool) -> list[str]:
    """Pin floors and baseline to this run; without ``lower`` no floor sinks. Returns the floors that would have to sink."""
    measured = {
        part: {name: _floor(value) for name, value in pinned.items()} for part, pinned in figures(scores).items()
    }
    old = read_floors()["floors"] if FLOORS.exists() else {}
    same_texts = FLOORS.exists() and read_floors()["digest"] == load.digest()
    sinking = below(measured, old) if same_texts else []
    if sinking and not lower:
        return sinking
    FLOORS.write_text(
        "# Pinned by `python -m tests.gold.gate --accept`; see gate.py. A floor sinks only with --lower.\n"
        + yaml.safe_dump({"digest": load.digest(), "floors": measured}, sort_keys=True),
        encoding="utf-8",
    )
    total = scores["open"]["all"]
    kept = {"found": sorted(total.found), "spurious": sorted(total.spurious)}
    BASELINE.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return []


def _floor(value: float) -> float:
    return max(0.0, math.floor((value - SLACK) * 1000) / 1000)


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; 1 when something is below its floor."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--accept", action="store_true", help="pin the floors and the baseline to this run")
    parser.add_argument("--lower", action="store_true", help="with --accept: let floors sink")
    arguments = parser.parse_args(argv)
    scores = measure()
    print(report(scores))
    if arguments.accept:
        sinking = accept(scores, lower=arguments.lower)
        if sinking:
            print("not accepted, floors would sink (say --lower if that is meant):", *sinking, sep="\n  ")
        return 1 if sinking else 0
    failed = below(figures(scores), read_floors()["floors"]) if FLOORS.exists() else []
    print(*failed, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
