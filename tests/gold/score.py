"""Score extraction records against annotated texts: what was found, what was missed, what was made up.

Two figures are *the same* when metric, measure, value (both values of a range) and unit agree, values within half a per
cent; they agree *strictly* when subject, product, comparator, period and modality agree as well. Optional figures are
neither wanted nor held against the engine. ``README.md`` names the few equivalences and why they stand.

    python -m tests.gold.score RECORDS.jsonl [--held | --open] [--show] [--save FILE] [--against FILE]
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.gold import load
from tests.gold.matching import ATTRIBUTES, Record, agreements, pair_up, period_label

BINS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 1.01))


@dataclass(slots=True)
class Score:
    """Counts over documents; every ratio is derived from them."""

    counts: Counter[str] = field(default_factory=Counter)
    reliability: Counter[tuple[int, bool]] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)
    found: set[str] = field(default_factory=set)
    spurious: set[str] = field(default_factory=set)

    def add(self, other: Score) -> None:
        self.counts.update(other.counts)
        self.reliability.update(other.reliability)
        self.lines.extend(other.lines)
        self.found |= other.found
        self.spurious |= other.spurious

    def rates(self, kind: str) -> tuple[float, float, float]:
        """Precision, recall and F1 of ``indicators``, ``strict``, ``entities``, ``themes`` or ``slogans``."""
        count = self.counts
        right = count[f"{kind}.right"]
        return precision_recall_f1(right, count[f"{kind}.said"] - right, count[f"{kind}.wanted"] - right)

    def figures(self) -> dict[str, float]:
        """The figures that a floor can be pinned to."""
        out: dict[str, float] = {}
        for kind in ("indicators", "entities", "themes", "slogans"):
            out[f"{kind}_precision"], out[f"{kind}_recall"], out[f"{kind}_f1"] = self.rates(kind)
        out["strict_f1"] = self.rates("strict")[2]
        dated = self.counts["dates.wanted"]
        out["dates_right"] = self.counts["dates.right"] / dated if dated else 1.0
        for name in ATTRIBUTES:
            out[f"{name}_right"] = self.counts[f"attribute.{name}"] / max(self.counts["indicators.right"], 1)
        sure = sum(n for (bin_, _), n in self.reliability.items() if BINS[bin_][0] >= 0.9)
        sure_right = sum(n for (bin_, right), n in self.reliability.items() if right and BINS[bin_][0] >= 0.9)
        out["sure_right"] = sure_right / sure if sure else 1.0
        return {name: round(value, 4) for name, value in out.items()}


def precision_recall_f1(right: int, extra: int, missed: int) -> tuple[float, float, float]:
    """Three ratios; nothing said and nothing wanted counts as perfect."""
    precision = right / (right + extra) if right + extra else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def score_document(gold: Record, record: Record | None) -> Score:
    """One document's score; ``record`` None (or one with an ``error``) says nothing at all."""
    said: Record = record if record is not None and "error" not in record else {}
    score = Score()
    count = score.counts
    count["documents"] += 1
    _score_indicators(gold, list(said.get("indicators", [])), score)
    for kind, key, wanted, allowed in (
        ("entities", "key", gold["entities"], gold["entities_may"]),
        ("themes", "theme", gold["themes_must"], gold["themes_may"]),
        ("slogans", "key", gold["slogans"], gold["slogans_may"]),
    ):
        source = {"themes": "signals"}.get(kind, kind)
        _score_keys(gold["doc"], kind, {item[key] for item in said.get(source, [])}, set(wanted), set(allowed), score)
    if gold["published_on"]:
        count["dates.wanted"] += 1
        right = said.get("published_on") == gold["published_on"]
        count["dates.right"] += right
        if not right:
            score.lines.append(f"  {gold['doc']}: date {said.get('published_on')}, wanted {gold['published_on']}")
    return score


def _score_indicators(gold: Record, said: list[Record], score: Score) -> None:
    count, doc, wanted = score.counts, gold["doc"], gold["indicators"]
    pairs = pair_up(wanted, said)
    for g, figure in enumerate(wanted):
        if figure["optional"]:
            continue
        count["indicators.wanted"] += 1
        count["strict.wanted"] += 1
        if g not in pairs:
            score.lines.append(f"- {doc}: missed {_told(figure)}")
            continue
        agree = agreements(figure, said[pairs[g]])
        count["indicators.right"] += 1
        count["strict.right"] += all(agree.values())
        for name, right in agree.items():
            count[f"attribute.{name}"] += right
        score.found.add(f"{doc}: {_told(figure)}")
        wrong = [name for name, right in agree.items() if not right]
        if wrong:
            got = {name: said[pairs[g]].get(name) for name in wrong}
            if "period" in got:
                got["period"] = period_label(got["period"])
            score.lines.append(f"~ {doc}: {_told(figure)} but {got}, wanted { {name: figure[name] for name in wrong} }")
    by_record = {s: g for g, s in pairs.items()}
    for s, figure in enumerate(said):
        right = s in by_record
        if not (right and wanted[by_record[s]]["optional"]):
            count["indicators.said"] += 1
            count["strict.said"] += 1
            score.reliability[_bin(figure.get("confidence")), right] += 1
        if not right:
            score.spurious.add(f"{doc}: {_told(figure)}")
            score.lines.append(f"+ {doc}: made up {_told(figure)} subject={figure.get('subject')}")


def _score_keys(doc: str, kind: str, said: set[str], wanted: set[str], allowed: set[str], score: Score) -> None:
    counted = said - (allowed - wanted)
    score.counts[f"{kind}.wanted"] += len(wanted)
    score.counts[f"{kind}.said"] += len(counted)
    score.counts[f"{kind}.right"] += len(counted & wanted)
    if wanted - said or counted - wanted:
        score.lines.append(f"  {doc}: {kind} missed {sorted(wanted - said)} made up {sorted(counted - wanted)}")


def score_set(documents: Iterable[Record], records: dict[str, Record]) -> dict[str, Score]:
    """Scores by language and over all; ``records`` are the engine's, by document name.

    Held documents are counted but their figures are never told, so that nobody works towards them by accident.
    """
    out: dict[str, Score] = {"en": Score(), "zh": Score(), "all": Score()}
    for gold in documents:
        one = score_document(gold, records.get(gold["doc"]))
        if gold.get("held"):
            one = Score(counts=one.counts, reliability=one.reliability)
        out[gold["language"]].add(one)
        out["all"].add(one)
    return out


def read_records(path: Path) -> dict[str, Record]:
    """JSON lines of the engine, by the stem of their input's name."""
    records: dict[str, Record] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            record = json.loads(line)
            records[Path(record["input"]).stem] = record
    return records


def reliability_table(score: Score) -> str:
    """How often figures of a stated confidence are right."""
    rows = ["confidence   figures   right"]
    for number, (low, high) in enumerate(BINS):
        right, wrong = score.reliability[number, True], score.reliability[number, False]
        share = f"{right / (right + wrong):.3f}" if right + wrong else "-"
        rows.append(f"{low:.2f}-{min(high, 1.0):.2f}   {right + wrong:7d}   {share}")
    return "\n".join(rows)


def gained_and_lost(score: Score, before: dict[str, list[str]]) -> str:
    """What a change of engine or lexicon won and lost, figure by figure, against a saved run."""
    old_found, old_spurious = set(before["found"]), set(before["spurious"])
    parts = (
        ("gained", score.found - old_found),
        ("lost", old_found - score.found),
        ("newly made up", score.spurious - old_spurious),
        ("no longer made up", old_spurious - score.spurious),
    )
    return "\n".join("\n    ".join([f"{name} {len(lines)}", *sorted(lines)]) for name, lines in parts)


def summary(scores: dict[str, Score]) -> str:
    """A line a language."""
    rows = []
    for name, score in scores.items():
        f = score.figures()
        attributes = " ".join(f"{a} {f[a + '_right']:.2f}" for a in ATTRIBUTES)
        rows.append(
            f"{name:4} documents {score.counts['documents']:3} | indicators P {f['indicators_precision']:.3f} "
            f"R {f['indicators_recall']:.3f} F1 {f['indicators_f1']:.3f} strict F1 {f['strict_f1']:.3f} | "
            f"{attributes} | themes F1 {f['themes_f1']:.2f} | "
            f"entities P {f['entities_precision']:.2f} R {f['entities_recall']:.2f} | "
            f"slogans R {f['slogans_recall']:.2f} | dates {f['dates_right']:.2f} | sure and right {f['sure_right']:.3f}"
        )
    return "\n".join(rows)


def _bin(confidence: float | None) -> int:
    value = 0.0 if confidence is None else float(confidence)
    return next(number for number, (low, high) in enumerate(BINS) if low <= value < high)


def _told(figure: Record) -> str:
    high = "" if figure.get("value_high") is None else f"..{figure['value_high']}"
    amount = f"{figure.get('value')}{high} {figure.get('unit')}"
    return f"{figure.get('metric')}/{figure.get('measure')} {amount} {figure.get('as_written')!r}"


def main(argv: Sequence[str] | None) -> int:
    """Print the scores of a file of records."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("records", type=Path)
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--held", action="store_true", help="only the texts kept for the final score")
    group.add_argument("--open", action="store_true", help="only the texts to work with")
    parser.add_argument(
        "--show", action="store_true", help="every miss and every figure made up, of the texts to work with"
    )
    parser.add_argument("--save", type=Path, help="keep what was found, to compare a later run with")
    parser.add_argument("--against", type=Path, help="a saved run")
    arguments = parser.parse_args(argv)
    held = True if arguments.held else False if arguments.open else None
    scores = score_set(load.load(held), read_records(arguments.records))
    total = scores["all"]
    if arguments.show:
        print("\n".join(total.lines))
    print(summary(scores))
    print(reliability_table(total))
    if arguments.against:
        print(gained_and_lost(total, json.loads(arguments.against.read_text(encoding="utf-8"))))
    if arguments.save:
        kept = {"found": sorted(total.found), "spurious": sorted(total.spurious)}
        arguments.save.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(None))
