"""Small numbers told honestly: intervals for shares and for agreement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Z = 1.959964  # two-sided 95 %


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond chance over ``count`` pairs; ``value`` is None where there is nothing to agree on."""

    count: int
    agreed: int
    value: float | None
    interval: Interval | None


def wilson(right: int, count: int) -> Interval | None:
    """Wilson's score interval of a share; None of nothing."""
    if count == 0:
        return None
    share = right / count
    middle = share + Z * Z / (2 * count)
    spread = Z * sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    scale = 1 + Z * Z / count
    return Interval(max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale))


def kappa(pairs: Sequence[tuple[str, str]]) -> Kappa:
    """Cohen's κ of two raters' labels with its large-sample interval.

    Undefined when both always gave one and the same label: agreement cannot be told from habit then.
    """
    count = len(pairs)
    agreed = sum(one == other for one, other in pairs)
    if count == 0:
        return Kappa(0, 0, None, None)
    first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(first[label] * second[label] for label in first) / (count * count)
    if chance == 1:
        return Kappa(count, agreed, None, None)
    seen = agreed / count
    value = (seen - chance) / (1 - chance)
    spread = Z * sqrt(seen * (1 - seen) / count) / (1 - chance)
    return Kappa(count, agreed, value, Interval(max(-1.0, value - spread), min(1.0, value + spread)))
