"""Figures that came regularly and did not come this time, read from the rhythm of what was published before.

An absence is never a number: it says which period is missing, how regular the figure had been, and since when it is late.
Facts come in as points, newest first; nothing here asks the database.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from signals.selectors.company import Point, Runs

TIMES = 4  # so many periods in a row, each as far from the next, make a rhythm
LAG = 200  # days; a figure told later than this is a retelling, not the publication
GRACE = {1: 10, 3: 21, 6: 30, 12: 45}  # days beyond the longest known delay, by the rhythm in months
FORGOTTEN = timedelta(days=550)


@dataclass(frozen=True, slots=True)
class Absence:
    """``start`` … ``end`` is the period without a figure, ``due_on`` the day by which it should have been there."""

    subject: str
    metric: str
    product: str
    every: int
    times: int
    start: date
    end: date
    due_on: date
    last: Point
    heard: date | None = None

    @property
    def silent(self) -> bool:
        """Has nothing at all been heard since the day? Then it may be our sources that are silent."""
        return self.heard is None or self.heard < self.due_on

    @property
    def label(self) -> str:
        """The missing period as figures carry it: 2025Q3, 2025-03, 2025H1, 2025M1-9, 2025."""
        months = self.last.months
        if months == 3:
            return f"{self.end.year}Q{(self.end.month + 2) // 3}"
        if months == 1:
            return f"{self.end:%Y-%m}"
        if months == 6:
            return f"{self.end.year}H{(self.end.month + 5) // 6}"
        return f"{self.end.year}" if months == 12 else f"{self.end.year}M{self.start.month}-{self.end.month}"


def absences(runs: Runs, heard: Mapping[str, date | None], today: date) -> list[Absence]:
    """What is missing today, the latest due first. A figure in any unit or length that reaches the period settles it."""
    found = []
    for (subject, _metric, _product), group in runs.items():
        newest = max(run[0].end for run in group)
        expected = [one for run in group if (one := absence(run, today, heard.get(subject)))]
        missing = [one for one in expected if one.end > newest]
        if missing:
            found.append(max(missing, key=lambda one: (one.last.end, one.times)))
    return sorted(found, key=lambda one: (-one.due_on.toordinal(), one.subject, one.metric, one.product))


def absence(run: list[Point], today: date, heard: date | None = None) -> Absence | None:
    """The period that a run of like facts should have reached by today and has not; None when it has, or has no rhythm."""
    ends = sorted({point.end for point in run}, reverse=True)
    gaps = [_months(earlier, later) for later, earlier in pairwise(ends)]
    if len(gaps) < TIMES - 1 or gaps[0] not in GRACE or not run[0].months or run[0].start is None:
        return None
    every = gaps[0]
    times = 1 + next((at for at, gap in enumerate(gaps) if gap != every), len(gaps))
    if times < TIMES:
        return None
    delays = sorted(_delays(run, set(ends[:times])))
    if not delays:
        return None
    end = _later(ends[0], every)
    due_on = end + timedelta(days=delays[-1] + GRACE[every])
    if not due_on < today <= due_on + FORGOTTEN:
        return None
    start = _later(run[0].start - timedelta(days=1), every) + timedelta(days=1)
    newest = run[0]
    return Absence(newest.subject, newest.metric, newest.product, every, times, start, end, due_on, newest, heard)


def _delays(run: Iterable[Point], ends: set[date]) -> list[int]:
    """Days from the end of a period to its publication."""
    days = [(point.published - point.end).days for point in run if point.end in ends and point.published]
    return [max(day, 0) for day in days if day <= LAG]


def _months(earlier: date, later: date) -> int:
    """Whole months between two last days of months; 0 when they are not."""
    whole = all(day.day >= 28 for day in (earlier, later))
    return (later.year - earlier.year) * 12 + later.month - earlier.month if whole else 0


def _later(day: date, months: int) -> date:
    """The last day of the month ``months`` after that of ``day``."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
