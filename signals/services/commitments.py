"""The ledger of promises: what companies said they would do, and what their later sentences say became of it.

Made from the standing findings of one company at a time, so it can be made anew at any moment (`refresh`). `settle` looks for
the companies of which something has changed since it last looked; beat asks for it every minute.
"""

from __future__ import annotations

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from companies.projects import Project, projects
from signals.models import (
    Commitment,
    CommitmentStep,
    Decision,
    Disclosure,
    Extraction,
    Fact,
    Heartbeat,
    IndicatorCurrent,
    SignalCurrent,
)
from signals.models.commitment import SETTLED
from signals.services import due, facts, locks

log = logging.getLogger(__name__)
PROMISED = ("target", "forecast")
LOCK = 7_301_456
MARK = "ledger"
STATE_OF_STAGE = {
    "target": "announced", "proposed": "announced", "approved": "announced", "agreed": "announced",
    "under_construction": "under_way", "trial": "under_way", "done": "done", "setback": "slipped", "negated": "dropped",
}  # fmt: skip

RUNG = {"announced": 0, "under_way": 1, "done": 2}
THEMES = ("capacity-expansion", "green-transition", "downstream-integration", "resource-security", "hydrogen")

Row = IndicatorCurrent | SignalCurrent


@dataclass
class Draft:
    """A commitment before it is written: its own fields, and its steps in the order told."""

    row: Commitment
    steps: list[CommitmentStep] = field(default_factory=list)


def settle(*, everything: bool = False) -> int:
    """Bring the ledger of every company up to date of which findings or verdicts changed since the last look; returns how many.

    A company that cannot be settled is logged and left as it was, so that it never keeps the others waiting. What changes
    without a new extraction or verdict (a page that came back, copies told apart) is met by the nightly look at everything.
    """
    with transaction.atomic():
        locks.one_writer()  # nobody holds an extraction or verdict of before this moment that we could not see yet
        now = timezone.now()
    mark = None if everything else Heartbeat.objects.filter(part=MARK).values_list("at", flat=True).first()
    entities = _changed_since(mark)
    for entity in entities:
        try:
            refresh(entity)
        except Exception:
            log.exception("the promises of %s were not settled", entity)
    Heartbeat.objects.update_or_create(part=MARK, defaults={"at": now})
    return len(entities)


def _changed_since(mark: datetime | None) -> list[str]:
    """Companies of findings that were read, judged or withdrawn since ``mark``, and the owners of projects they speak of.

    Asked every minute: it starts from the few new extractions and decisions, never from the findings.
    """
    found: set[str | None] = set()
    touched = [Q()]
    if mark is not None:
        read = Extraction.objects.filter(made_at__gte=mark).values("version__disclosure")
        gone = Disclosure.objects.filter(withdrawn_at__gte=mark).values("pk")
        judged = Decision.objects.filter(at__gte=mark).values("finding_key")
        touched = [Q(disclosure__in=read), Q(disclosure__in=gone), Q(pk__in=judged)]  # each by an index of its own
        for place in ("promise__in", "outcome__in", "steps__finding_key__in"):
            found |= set(Commitment.objects.filter(**{place: judged}).values_list("entity", flat=True))
    for model in (IndicatorCurrent, SignalCurrent):
        for condition in touched:
            found |= set(model.objects.filter(condition).order_by().values_list("subject", flat=True).distinct())
    entities = {one for one in found if one}
    return sorted(entities | {one.who[0] for one in projects().values() if entities & set(one.who)})


@transaction.atomic
def refresh(entity: str) -> None:
    """Write the commitments of one company anew; another process that does the same waits its turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, entity])
    drafts = [*_figures(entity), *_projects(entity)]
    Commitment.objects.filter(entity=entity).exclude(key__in=[draft.row.key for draft in drafts]).delete()
    CommitmentStep.objects.filter(commitment__entity=entity).delete()
    fields = [f.name for f in Commitment._meta.concrete_fields if f.name not in ("id", "key")]
    Commitment.objects.bulk_create(
        [draft.row for draft in drafts], update_conflicts=True, unique_fields=["key"], update_fields=fields
    )
    ids = dict(Commitment.objects.filter(entity=entity).values_list("key", "pk"))
    steps = []
    for draft in drafts:
        for step in draft.steps:
            step.commitment_id = ids[draft.row.key]
            steps.append(step)
    CommitmentStep.objects.bulk_create(steps)


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _by_day(row: Row) -> tuple[date, str]:
    return row.published_on or date.min, row.key  # what has no date never has the last word


def _step(row: Row, state: str, carriers: int = 1) -> CommitmentStep:
    return CommitmentStep(
        state=state, on=row.published_on, finding_key=row.key, disclosure_id=row.disclosure_id, origin_kind=row.origin_kind,
        language=row.language, quote=row.quote, carriers=carriers,
    )  # fmt: skip


# ── targets and forecasts ──


def _figures(entity: str) -> list[Draft]:
    """One commitment for each figure that the company promised; a promised change beside a promised level is the same promise."""
    promised = list(Fact.objects.filter(subject=entity, modality__in=PROMISED).exclude(metric="target_price"))
    levels = {(one.metric, one.product, one.period_label, one.modality) for one in promised if one.measure == "level"}
    promised = [
        one
        for one in promised
        if one.measure == "level" or (one.metric, one.product, one.period_label, one.modality) not in levels
    ]
    told: dict[str, list[IndicatorCurrent]] = defaultdict(list)
    rows = IndicatorCurrent.objects.filter(fact_key__in=[one.key for one in promised], superseded=False)
    for row in rows.exclude(voice="third_party"):
        told[row.fact_key].append(row)
    outcomes = _outcomes(entity, promised)
    return [_figure(one, sorted(told[one.key], key=_by_day), outcomes) for one in promised if told[one.key]]


Likeness = tuple[str, str, str, str, str]


def _likeness(fact: Fact) -> Likeness:
    return fact.metric, fact.product, fact.measure, fact.unit, fact.period_label


def _outcomes(entity: str, promised: Sequence[Fact]) -> dict[Likeness, Fact]:
    """What was reported for the same thing and period; what has no period is reported of no period."""
    metrics = {fact.metric for fact in promised}
    found = Fact.objects.filter(subject=entity, modality="reported", metric__in=metrics).select_related("best")
    return {_likeness(fact): fact for fact in found}


def _figure(fact: Fact, told: list[IndicatorCurrent], outcomes: dict[Likeness, Fact]) -> Draft:
    last = told[-1]
    row = Commitment(
        key=_key("figure", fact.key), kind="figure", entity_id=str(fact.subject_id), metric=fact.metric, promise=last,
        opened_on=told[0].published_on, due_on=due.result_due(fact.period_start, fact.period_end),
    )  # fmt: skip
    draft = Draft(row, _tellings(told))
    outcome = outcomes.get(_likeness(fact))
    if outcome is not None:
        met = kept(last, outcome.best)
        # without a period the reported figure may be of another plant: only a match says anything
        if fact.period_label or (met and _match(last, outcome.best)):
            row.outcome = outcome.best
            draft.steps.append(_step(outcome.best, "done" if met else "missed"))
    return _closed(draft)


def _match(promise: IndicatorCurrent, outcome: IndicatorCurrent) -> bool:
    later = promise.published_on and outcome.published_on and outcome.published_on > promise.published_on
    return bool(later) and facts.agree(_bounds(promise), _bounds(outcome))


def _bounds(row: IndicatorCurrent) -> facts.Bounds:
    return facts.bounds(row.comparator, row.value, row.value_high, row.as_written)


def _tellings(told: Iterable[IndicatorCurrent]) -> list[CommitmentStep]:
    """The promise as first told, and each time that its figure changed; retellings of one origin only add a carrier."""
    steps: list[CommitmentStep] = []
    said: list[facts.Bounds] = []
    for row in told:
        bounds = _bounds(row)
        same = next((n for n, other in enumerate(said) if facts.agree(bounds, other)), None)
        if same is None:
            steps.append(_step(row, "revised" if steps else "announced"))
            said.append(bounds)
        elif row.disclosure_id != steps[same].disclosure_id:
            steps[same].carriers += 1
    return steps


def kept(promise: IndicatorCurrent, outcome: IndicatorCurrent) -> bool:
    """Does the reported figure meet the promise? Within its bounds and rounding it does; beyond them only a "≤" is broken upwards."""
    beyond = promise.comparator not in ("<", "<=") and outcome.value > promise.value
    return beyond or facts.agree(_bounds(promise), _bounds(outcome))


# ── projects ──


def _projects(entity: str) -> list[Draft]:
    owned = [project for project in projects().values() if project.who[0] == entity]
    if not owned:
        return []
    speakers = {who for project in owned for who in project.who}
    rows = SignalCurrent.objects.filter(
        subject__in=speakers, theme__in=THEMES, stage__in=STATE_OF_STAGE, superseded=False
    )
    told = sorted(rows, key=_by_day)
    return [draft for project in owned for draft in _phases(project, told)]


def _phases(project: Project, told: Iterable[SignalCurrent]) -> list[Draft]:
    """One commitment a phase; a sentence that names no phase or several speaks of the whole."""
    groups: dict[str, dict[tuple[int, str], SignalCurrent]] = defaultdict(dict)
    for row in told:
        if row.subject_id in project.who and project.named_in(row.quote):
            # the same sentence is a signal of each theme it touches
            groups[project.phase_in(row.quote)].setdefault((row.disclosure_id, row.quote), row)
    return [_project(project, phase, list(rows.values())) for phase, rows in sorted(groups.items())]


def _project(project: Project, phase: str, told: list[SignalCurrent]) -> Draft:
    row = Commitment(
        key=_key("project", project.key, phase), kind="project", entity_id=project.who[0], project=project.key, phase=phase,
        opened_on=told[0].published_on,
    )  # fmt: skip
    draft = Draft(row)
    reached = -1
    for signal in told:
        state = STATE_OF_STAGE[signal.stage]
        row.due_on = due.deadline(signal.quote, signal.published_on) or row.due_on
        if RUNG.get(state, reached) < reached:
            continue  # an older state told again is no step back
        reached = RUNG.get(state, reached)
        if draft.steps and draft.steps[-1].state == state:
            draft.steps[-1].carriers += 1
        else:
            draft.steps.append(_step(signal, state))
    return _closed(draft)


def _closed(draft: Draft) -> Draft:
    newest = draft.steps[-1]
    draft.row.state, draft.row.state_on = newest.state, newest.on
    draft.row.settled = newest.state in SETTLED
    return draft
