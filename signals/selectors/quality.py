"""How well the machine reads and how people judge, counted from decisions; what was not measured stays None."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection

from signals.formatting import statistics
from signals.formatting.statistics import Interval, Kappa
from signals.models.indicator import READ

# The standing judgement of each finding that the machine made.
STANDING = """
WITH standing AS (
    SELECT DISTINCT ON (d.finding_key) d.* FROM signals_decision d
    LEFT JOIN signals_decision u ON u.undoes_id = d.id
    WHERE u.id IS NULL AND d.verdict IN ('accept', 'correct', 'reject') AND d.seen <> '{}' AND d.finding_kind = 'indicator'
    ORDER BY d.finding_key, d.id DESC
)
"""
RIGHT = "count(*) FILTER (WHERE s.verdict = 'accept' AND s.corrected = '{}')"
JOINS = "FROM standing s LEFT JOIN signals_indicatorcurrent c ON c.key = s.finding_key LEFT JOIN signals_source o ON o.id = c.source_id LEFT JOIN signals_extraction e ON e.id = s.extraction_id"
DIMENSIONS = {"metric": "s.seen ->> 'metric'", "language": "c.language", "source": "o.name", "engine": "e.engine"}
CONFIDENCES = [(0.0, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)]


@dataclass(frozen=True, slots=True)
class Share:
    """``right`` of ``count``; ``interval`` is Wilson's at 95 %. Nothing was measured where ``count`` is 0."""

    label: str
    right: int
    count: int

    @property
    def value(self) -> float | None:
        return self.right / self.count if self.count else None

    @property
    def interval(self) -> Interval | None:
        return statistics.wilson(self.right, self.count)


def precision() -> Share:
    """Figures that were accepted as they were, of those that people judged."""
    [(right, count)] = _ask(f"{STANDING} SELECT {RIGHT}, count(*) {JOINS}")
    return Share("", right, count)


def precision_by(dimension: str) -> list[Share]:
    """The same by metric, language, source or engine, the most judged first."""
    found = _ask(
        f"{STANDING} SELECT coalesce({DIMENSIONS[dimension]}, ''), {RIGHT}, count(*) {JOINS} GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 40"
    )
    return [Share(label, right, count) for label, right, count in found]


def recall() -> Share:
    """Figures that the machine found, of all that stand in documents which a person went through from end to end."""
    [(found, every)] = _ask(
        """SELECT count(*) FILTER (WHERE c.entered_by_id IS NULL), count(*) FROM signals_indicatorcurrent c
        JOIN signals_disclosure d ON d.id = c.disclosure_id
        WHERE d.fully_reviewed_at IS NOT NULL AND NOT c.lost AND c.state IN ('confirmed', 'corrected')"""
    )
    return Share("", found, every)


def edits() -> list[Share]:
    """How often each field was changed, of the figures that were kept."""
    columns = ", ".join(f"count(*) FILTER (WHERE s.corrected ? '{name}')" for name in READ)
    [row] = _ask(f"{STANDING} SELECT count(*), {columns} FROM standing s WHERE s.verdict <> 'reject'")
    return [Share(name, changed, row[0]) for name, changed in zip(READ, row[1:], strict=True)]


def refusals() -> list[Share]:
    """Why figures were rejected, of all that were judged."""
    found = _ask(
        f"{STANDING} SELECT reason, count(*), (SELECT count(*) FROM standing) FROM standing s WHERE verdict = 'reject' GROUP BY 1 ORDER BY 2 DESC"
    )
    return [Share(reason, count, every) for reason, count, every in found]


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds a decision, of the newest thousand that were timed."""

    count: int
    median: float | None
    ninth: float | None


def pace() -> Pace:
    [row] = _ask(
        """SELECT count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds), percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds)
        FROM (SELECT seconds FROM signals_decision WHERE seconds IS NOT NULL AND batch IS NULL ORDER BY id DESC LIMIT 1000) timed"""
    )
    return Pace(*row)


def confidence() -> list[Share]:
    """Of the figures the machine was so sure of, how many were right: reliable when both agree."""
    found = []
    for low, high in CONFIDENCES:
        [(right, count)] = _ask(
            f"{STANDING} SELECT {RIGHT}, count(*) {JOINS} WHERE c.confidence >= %s AND c.confidence < %s", [low, high]
        )
        found.append(Share(f"{low:.1f}–{min(high, 1):.1f}", right, count))
    return found


def agreement() -> list[tuple[str, Kappa]]:
    """Cohen's κ between two people of whom the second did not see the first's verdict: the verdict, and each field."""
    pairs = _ask(
        """SELECT a.verdict, a.seen || a.corrected, b.verdict, b.seen || b.corrected, b.corrected, a.corrected FROM signals_decision b
        JOIN signals_decision a ON a.id = b.blind_to_id
        LEFT JOIN signals_decision ua ON ua.undoes_id = a.id LEFT JOIN signals_decision ub ON ub.undoes_id = b.id
        WHERE ua.id IS NULL AND ub.id IS NULL AND a.finding_kind = 'indicator' ORDER BY b.id DESC LIMIT 5000"""
    )
    decoded = [(v, _dict(one), w, _dict(other), _dict(d), _dict(c)) for v, one, w, other, d, c in pairs]
    found = [("verdict", statistics.kappa([(_word(v, c), _word(w, d)) for v, _one, w, _other, d, c in decoded]))]
    kept = [(one, other) for v, one, w, other, _d, _c in decoded if "reject" not in (v, w)]
    return found + [
        (name, statistics.kappa([(str(one.get(name) or ""), str(other.get(name) or "")) for one, other in kept]))
        for name in READ
    ]


def drop() -> tuple[Share, Share] | None:
    """The last fifty judgements beside the fifty before, where precision fell by more than ten points; else None."""
    rows = _ask(
        f"{STANDING} SELECT s.verdict = 'accept' AND s.corrected = '{{}}' FROM standing s ORDER BY s.id DESC LIMIT 100"
    )
    right = [bool(row[0]) for row in rows]
    if len(right) < 100:
        return None
    now, before = Share("", sum(right[:50]), 50), Share("", sum(right[50:]), 50)
    return (now, before) if before.right - now.right > 5 else None


def _word(verdict: str, corrected: dict[str, Any]) -> str:
    return "correct" if verdict == "accept" and corrected else verdict


def _dict(value: Any) -> dict[str, Any]:
    return json.loads(value) if isinstance(value, str) else value


def _ask(sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
