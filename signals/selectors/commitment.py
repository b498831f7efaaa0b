"""The ledger of promises as pages show it: each with its steps, and what a passed day or silence says of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db.models import F, Prefetch, Q, QuerySet

from companies.projects import Project, projects
from signals.models import Commitment, CommitmentStep

LIMIT = 300
AHEAD, BEHIND = timedelta(days=120), timedelta(days=550)
NEWEST = (F("opened_on").desc(nulls_last=True), "pk")
ENOUGH = 10  # below this many settled promises a share would say more than is known
GROUPS = {
    "due": ("overdue", "due"),
    "open": ("announced", "revised", "under_way", "slipped", "gone_quiet"),
    "settled": ("kept", "done", "missed", "dropped"),
}


@dataclass(frozen=True, slots=True)
class Promise:
    """``state`` is the ledger's, or *due*, *overdue*, *gone quiet* where nothing but the calendar says so (``inferred``)."""

    row: Commitment
    state: str
    inferred: bool
    steps: list[CommitmentStep]

    @property
    def project(self) -> Project | None:
        return projects().get(self.row.project)

    @property
    def gap(self) -> Decimal | None:
        """How far the outcome of a missed figure lies from what was promised, in per cent of the promise."""
        promise, outcome = self.row.promise, self.row.outcome
        if self.state != "missed" or promise is None or outcome is None or not promise.value:
            return None
        return (outcome.value - promise.value) / abs(promise.value) * 100


@dataclass(frozen=True, slots=True)
class Tally:
    """How many promises stand where. ``share`` of the settled that were kept is None where they are too few to say."""

    groups: dict[str, int]
    states: dict[str, int]

    @property
    def settled(self) -> int:
        return self.groups["settled"]

    @property
    def kept(self) -> int:
        return self.states.get("done", 0) + self.states.get("kept", 0)

    @property
    def share(self) -> int | None:
        return round(100 * self.kept / self.settled) if self.settled >= ENOUGH else None


def read(row: Commitment, today: date) -> Promise:
    """A commitment as of ``today``."""
    steps = list(row.steps.all())
    state, inferred = row.state, False
    if row.kind == "figure" and state == "done":
        state = "kept"
    elif not row.settled:
        heard = max((step.on for step in steps if step.on), default=None)
        if row.due_on and row.due_on < today:
            state, inferred = "overdue", True
        elif row.due_on and row.due_on <= today + AHEAD:
            state, inferred = "due", True
        elif heard and heard < today - timedelta(days=settings.PROMISE_QUIET_DAYS):
            state, inferred = "gone_quiet", True
    return Promise(row, state, inferred, steps)


def _rows() -> QuerySet[Commitment]:
    told = (
        "commitment",
        "state",
        "on",
        "finding_key",
        "origin_kind",
        "language",
        "quote",
        "carriers",
        "disclosure__publisher",
    )
    steps = Prefetch("steps", CommitmentStep.objects.select_related("disclosure").only(*told))
    rows = Commitment.objects.select_related("entity", "promise__subject", "outcome__subject")
    return rows.defer("promise__search", "outcome__search").prefetch_related(steps)


def of_company(entity: str, today: date) -> list[Promise]:
    """Every promise of a company, at most ``LIMIT``, the latest due first."""
    return _sorted(read(row, today) for row in _rows().filter(entity=entity).order_by(*NEWEST)[:LIMIT])


def listing(today: date, asked: Mapping[str, str]) -> list[Promise]:
    """Promises of all companies, newest first, narrowed by kind and by group of states."""
    rows = _rows()
    if asked.get("kind") in ("figure", "project"):
        rows = rows.filter(kind=asked["kind"])
    group = asked.get("state", "")
    if group == "settled":
        rows = rows.filter(settled=True)
    elif group == "due":
        rows = rows.filter(settled=False, due_on__lte=today + AHEAD)
    elif group == "open":
        rows = rows.filter(settled=False).exclude(due_on__lte=today + AHEAD)
    return _sorted(read(row, today) for row in rows.order_by(*NEWEST)[:LIMIT])


def news(today: date, limit: int = 6, outcomes: int = 4) -> tuple[list[Promise], list[Promise]]:
    """What became of promises: those settled last, newest first; and those without an outcome, by day.

    Of the latter, up to half fall due soon; the others are lately overdue.
    """
    waiting = Commitment.objects.filter(settled=False)
    ahead = waiting.filter(due_on__range=(today, today + AHEAD)).order_by("due_on", "pk")[: limit // 2]
    past = waiting.filter(due_on__gte=today - BEHIND, due_on__lt=today).order_by("-due_on", "pk")[:limit]
    known = Commitment.objects.filter(settled=True).order_by(F("state_on").desc(nulls_last=True), "pk")[:outcomes]
    near = Q(pk__in=ahead.values("pk")) | Q(pk__in=past.values("pk")) | Q(pk__in=known.values("pk"))
    found = [read(row, today) for row in _rows().filter(near).order_by("due_on", "pk")]
    settled = [one for one in found if one.row.settled]
    settled.sort(key=lambda one: one.row.state_on or date.min, reverse=True)
    return settled, [one for one in found if not one.row.settled][-limit:]


def _sorted(promises: Iterable[Promise]) -> list[Promise]:
    return sorted(promises, key=lambda one: (one.row.due_on or one.row.opened_on or date.min, one.row.pk), reverse=True)


def tally(promises: Iterable[Promise]) -> Tally:
    states = Counter(one.state for one in promises)
    groups = {name: sum(states[state] for state in members) for name, members in GROUPS.items()}
    return Tally(groups, dict(states))


def grouped(promises: Iterable[Promise]) -> list[tuple[str, list[Promise]]]:
    """The promises by group, due ones first; empty groups are left out."""
    by_group: dict[str, list[Promise]] = {name: [] for name in GROUPS}
    for one in promises:
        by_group[next(name for name, members in GROUPS.items() if one.state in members)].append(one)
    return [(name, members) for name, members in by_group.items() if members]
