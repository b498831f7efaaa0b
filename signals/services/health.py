"""How a source is doing: a state and its reason in words, derived from its last run, its silence and its schedule."""

from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from django.contrib.auth.models import User
from django.db.models import Max
from django.utils import timezone

from signals.formatting.reasons import Reason, reason
from signals.models import Disclosure, FetchRun, Source, SourceEvent
from signals.sources.schedule import next_after
from signals.sources.spec import ASKED

TO_DAILY = 5  # failures in a row after which a source is asked once a day
FIRST_RETRY = 15  # minutes after the first failure; doubled with each further one
DAY = 24 * 60  # minutes
LEARNED_FROM = 20  # newest items that say how often something comes
SILENCE = 3  # times the usual gap
GRACE = timedelta(minutes=10)
GOOD = ("ok", "unchanged")


def derive(source: Source, run: FetchRun | None, now: datetime) -> tuple[str, Reason]:
    """State and reason, given the newest finished run."""
    if not source.enabled:
        if source.state == "paused" and source.state_said:
            return "paused", Reason.kept(source.state_said)
        return "paused", reason("told", text=source.paused_reason) if source.paused_reason else reason("switched_off")
    if run is None:
        return ("new", reason("not_run")) if not _overdue(source, now) else ("late", _not_running(source, now))
    told = _of_outcome(source, run)
    if told:
        return told
    if _overdue(source, now):
        return "late", _not_running(source, now)
    if source.next_run_at and source.next_run_at < now - timedelta(seconds=90):
        return "due", reason("waits", at=f"{source.next_run_at:%H:%M}")
    return _silence(source, now) or ("healthy", _good_news(run))


def _of_outcome(source: Source, run: FetchRun) -> tuple[str, Reason] | None:
    state = {"failed": "failing"}.get(run.outcome, run.outcome)
    if state not in ("failing", "blocked", "shape_changed", "no_match", "empty"):
        return None
    told = reason("told", text=run.error.rstrip(".")) if run.error else reason("no_answer")
    if source.consecutive_failures > 1:
        told = reason("in_a_row", reason=told, n=source.consecutive_failures)
    return state, reason("daily", reason=told) if source.backed_off else told


def _overdue(source: Source, now: datetime) -> bool:
    grace = max(GRACE, timedelta(minutes=source.cadence_minutes) / 2)
    return source.next_run_at is not None and now - source.next_run_at > grace


def _not_running(source: Source, now: datetime) -> Reason:
    assert source.next_run_at is not None
    return reason("overdue", late_minutes=_minutes(now - source.next_run_at))


def _silence(source: Source, now: datetime) -> tuple[str, Reason] | None:
    """Late when nothing new has come for much longer than usual."""
    if source.last_item_at is None:
        return None
    silent = now - source.last_item_at
    expected = (source.definition.get("expect") or {}).get("fresh_days")
    if expected:
        code, usual = "too_seldom", timedelta(days=expected)
        limit = usual
    else:
        gap = usual_gap(source)
        if gap is None:
            return None
        code, usual, limit = "silent", gap, max(gap * SILENCE, timedelta(days=2))
    told = reason(code, usual_minutes=_minutes(usual), silent_minutes=_minutes(silent))
    return ("late", told) if silent > limit else None


def usual_gap(source: Source) -> timedelta | None:
    """The middle gap between the newest items; None while there are too few."""
    seen = Disclosure.objects.filter(source=source).order_by("-first_seen_at").values_list("first_seen_at", flat=True)
    days = sorted({moment.date() for moment in seen[: LEARNED_FROM * 3]}, reverse=True)[:LEARNED_FROM]
    if len(days) < 4:
        return None
    return timedelta(days=median((a - b).days for a, b in pairwise(days)))


def _good_news(run: FetchRun) -> Reason:
    if run.outcome == "unchanged":
        return reason("list_same")
    return reason("new_items", n=run.new) if run.new else reason("nothing_new", n=run.found)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def after_run(source: Source, run: FetchRun, now: datetime) -> None:
    """Note the outcome of a run on its locked source: failures, back-off, next run, state; said once in the log."""
    good = run.outcome in GOOD
    source.last_run_at = now
    if good:
        source.last_success_at = now
        if source.backed_off or source.consecutive_failures >= TO_DAILY:
            tell(source, "recovered", reason("recovered", n=source.consecutive_failures))
        source.consecutive_failures, source.backed_off = 0, False
    else:
        source.consecutive_failures += 1
        if source.consecutive_failures >= TO_DAILY and not source.backed_off:
            source.backed_off = True
            told = run.error.rstrip(".") or run.outcome
            tell(source, "backed_off", reason("backed_off", n=source.consecutive_failures, error=told))
    source.next_run_at = next_run(source, now)
    _apply(source, *derive(source, run, now), now)
    source.save()


def next_run(source: Source, now: datetime) -> datetime:
    planned = next_after(now, minutes=source.cadence_minutes, cron=source.cron, zone=source.time_zone, key=source.key)
    if source.backed_off:
        return max(planned, now + timedelta(minutes=DAY)) if not source.cron else now + timedelta(minutes=DAY)
    if source.consecutive_failures:
        return min(planned, now + timedelta(minutes=FIRST_RETRY * 2 ** (source.consecutive_failures - 1)))
    return planned


def refresh(now: datetime | None = None) -> int:
    """Derive every state anew, since silence and lateness come without any run; returns how many changed."""
    now = now or timezone.now()
    newest = dict(
        Disclosure.objects.exclude(source__kind="sample").values_list("source").annotate(at=Max("first_seen_at"))
    )
    for brought in Source.objects.exclude(kind__in=[*ASKED, "sample"]).filter(pk__in=newest):
        if brought.last_item_at != newest[brought.pk]:
            Source.objects.filter(pk=brought.pk).update(last_item_at=newest[brought.pk])
    changed = 0
    for source in Source.objects.filter(kind__in=ASKED):
        source.last_item_at = newest.get(source.pk, source.last_item_at)
        run = source.runs.exclude(finished_at=None).exclude(outcome="missed").order_by("-finished_at").first()
        state, told = derive(source, run, now)
        if (state, told.as_json()) == (source.state, source.state_said):
            Source.objects.filter(pk=source.pk).exclude(last_item_at=source.last_item_at).update(
                last_item_at=source.last_item_at
            )
            continue
        _apply(source, state, told, now)
        Source.objects.filter(pk=source.pk).update(
            state=source.state,
            state_reason=source.state_reason,
            state_said=source.state_said,
            state_since=source.state_since,
            last_item_at=source.last_item_at,
        )
        changed += 1
    return changed


def _apply(source: Source, state: str, told: Reason, now: datetime) -> None:
    if state != source.state:
        if {state, source.state} - {"due", "new", "healthy"}:  # waiting for a worker is no news
            tell(source, "state", reason("changed", before=source.state, after=state, reason=told))
        source.state_since = now
    source.state, source.state_reason, source.state_said = state, str(told), told.as_json()


def tell(source: Source, kind: str, told: Reason, by: User | None = None) -> None:
    """Add a line to the source's log."""
    SourceEvent.objects.create(source=source, kind=kind, text=str(told)[:2000], said=told.as_json(), by=by)
