"""Small pictures as numbers: where a sparkline's points fall, how strong a heat-map cell is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Spark:
    """``lines`` are SVG point lists, one a stretch without gaps; ``dots`` the bounds and the ``last`` point."""

    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    last: Dot | None


def spark(
    values: Sequence[Decimal | float | None],
    bounds: Sequence[bool] = (),
    width: int = 96,
    height: int = 24,
    pad: float = 3,
) -> Spark:
    """Points of a sparkline in a ``width`` × ``height`` box; None is a gap, ``bounds[i]`` marks a bound."""
    known = [float(value) for value in values if value is not None]
    if not known:
        return Spark((), (), None)
    low, high = min(known), max(known)
    spread = (high - low) or 1.0
    step = (width - 2 * pad) / max(len(values) - 1, 1)
    lines: list[list[str]] = [[]]
    dots: list[Dot] = []
    last: Dot | None = None
    for index, value in enumerate(values):
        if value is None:
            lines.append([])
            continue
        x = round(pad + index * step, 1) if len(values) > 1 else width / 2
        share = (float(value) - low) / spread if high > low else 0.5
        hollow = index < len(bounds) and bounds[index]
        last = Dot(x, round(height - pad - share * (height - 2 * pad), 1), hollow)
        lines[-1].append(f"{last.x:g},{last.y:g}")
        if hollow:
            dots.append(last)
    if dots and last is dots[-1]:
        dots.pop()
    return Spark(tuple(" ".join(line) for line in lines if len(line) > 1), tuple(dots), last)


def heat(count: int, peak: int, steps: int = 5) -> int:
    """0 for nothing, else 1 … ``steps`` by share of ``peak``; square root, so that small counts stay visible.

    Never more than one above the count itself: a single mention stays pale however low the peak is.
    """
    if count <= 0 or peak <= 0:
        return 0
    return max(1, min(steps, count + 1, round((count / peak) ** 0.5 * steps)))
