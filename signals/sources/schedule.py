"""When a source is due: an interval or a cron line in the source's time zone. Jitter keeps sources from meeting."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_INTERVAL = re.compile(r"(\d{1,4})\s*(m|h|d|w)\Z")
_UNITS = {"m": 1, "h": 60, "d": 1440, "w": 10_080}
_RANGES = [(0, 59), (0, 23), (1, 31), (1, 12), (0, 7)]
_FIELDS = ["minute", "hour", "day of month", "month", "day of week"]
_HORIZON = 366 * 5  # days searched for a match: 29 February comes at least that often
SHORTEST = 10  # minutes
MOST_JITTER = timedelta(minutes=5)


class ScheduleError(ValueError):
    """The cadence or cron line cannot be meant; the message says why."""


def minutes_of(cadence: str) -> int:
    """``30m``, ``6h``, ``1d``, ``2w`` in minutes."""
    match = _INTERVAL.match(cadence.strip().lower())
    if not match:
        raise ScheduleError(f"{cadence!r} is no interval; write 30m, 6h, 1d or 2w")
    minutes = int(match[1]) * _UNITS[match[2]]
    if minutes < SHORTEST:
        raise ScheduleError(f"{cadence!r} is more often than every {SHORTEST} minutes")
    return minutes


def parse_cron(line: str) -> list[set[int]]:
    """The allowed minutes, hours, days, months and weekdays (0 is Sunday) of a five-field cron line."""
    parts = line.split()
    if len(parts) != 5:
        raise ScheduleError(f"{line!r} has {len(parts)} fields; five are needed: minute hour day month weekday")
    fields = [_field(part, index) for index, part in enumerate(parts)]
    fields[4] = {day % 7 for day in fields[4]}
    return fields


def _field(part: str, index: int) -> set[int]:
    low, high = _RANGES[index]
    found: set[int] = set()
    for one in part.split(","):
        match = re.fullmatch(r"(?:(\*)|(\d+)(?:-(\d+))?)(?:/(\d+))?", one)
        if not match:
            raise ScheduleError(f"{part!r} is no {_FIELDS[index]}; write *, 5, 1-5, */15 or 1,3")
        start = low if match[1] else int(match[2])
        end = high if match[1] or (match[4] and not match[3]) else int(match[3] or match[2])
        step = int(match[4] or 1)
        if not (low <= start <= end <= high) or step < 1:
            raise ScheduleError(f"{one!r} is outside {low}–{high} of the {_FIELDS[index]}")
        found.update(range(start, end + 1, step))
    return found


def next_after(moment: datetime, *, minutes: int, cron: str, zone: str, key: str) -> datetime:
    """The first slot after ``moment`` (aware), in UTC. Deterministic: the jitter comes from the source's key."""
    slot = _next_cron(moment, cron, zone) if cron else moment + timedelta(minutes=minutes)
    return slot + (jitter(key, minutes) if cron else timedelta())


def jitter(key: str, minutes: int) -> timedelta:
    """A source's own small delay: up to a tenth of its interval, five minutes at most."""
    most = min(timedelta(minutes=minutes) / 10, MOST_JITTER)
    share = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") / 2**32
    return timedelta(seconds=int(most.total_seconds() * share))


def _next_cron(moment: datetime, line: str, zone: str) -> datetime:
    allowed_minutes, allowed_hours, days, months, weekdays = parse_cron(line)
    _, _, day_field, _, weekday_field = line.split()
    either = day_field != "*" and weekday_field != "*"  # cron's own rule: then one of the two suffices
    place = ZoneInfo(zone)
    local = moment.astimezone(place)
    for ahead in range(_HORIZON):
        day = local.date() + timedelta(days=ahead)
        in_month, in_week = day.day in days, day.isoweekday() % 7 in weekdays
        if day.month not in months or not ((in_month or in_week) if either else (in_month and in_week)):
            continue
        for hour in sorted(allowed_hours):
            for minute in sorted(allowed_minutes):
                # A local time that a clock change leaves out is moved behind it: a daily run is late that day, not left out.
                slot = datetime.combine(day, time(hour, minute), place).astimezone(UTC)
                if slot > moment:
                    return slot
    raise ScheduleError(f"{line!r} never comes")


def missed(first: datetime, now: datetime, *, minutes: int, cron: str, zone: str, limit: int = 50) -> list[datetime]:
    """The slots after ``first`` that have passed by ``now``: the runs that should have happened."""
    slots: list[datetime] = []
    slot = first
    while len(slots) < limit:
        slot = _next_cron(slot, cron, zone) if cron else slot + timedelta(minutes=minutes)
        if slot >= now:
            break
        slots.append(slot)
    return slots
