"""Deciding about findings: accept, correct, reject, defer, ask for a second look, and take it back.

One transaction a decision: the append-only record, the effective row, its fact, its mark on the timeline. A decision names
the state that its maker saw; if that is no longer the state, nothing is written and both versions are shown.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from reex_site.lib.roles import has_role
from signals.models import (
    Decision,
    Disclosure,
    DisclosureVersion,
    Extraction,
    Indicator,
    IndicatorCurrent,
    Signal,
    TimelineEntry,
)
from signals.models.current import CURRENT
from signals.models.current import CurrentRow as Row
from signals.models.review import REASONS
from signals.services import corrections, decisions, entered, facts, findings, locks, quality, timeline

UNDO_FOR = timedelta(minutes=10)
BATCH = 50
LONGEST = 1800  # seconds; whoever took longer was away
HIGH_IMPACT = {"revenue", "net_profit", "net_profit_core", "price", "quota", "quota_mining", "quota_smelting", "output"}
SAMPLED = 20  # under four eyes, one finding in so many is judged twice
UNREAD = [
    f"current_version__{name}"
    for name in ("text", "blocks", "sections", "sketch", "offsets", "paragraph_hashes", "repairs")
]


class RefusedError(Exception):
    """This person may not decide that; the message says why."""


class ChangedError(Exception):
    """The finding changed since it was shown: ``row`` and ``standing`` are what holds now."""

    def __init__(self, row: Row, standing: Decision | None) -> None:
        super().__init__("changed meanwhile")
        self.row = row
        self.standing = standing


class InvalidError(Exception):
    """The values given cannot be kept; ``problems`` maps fields to what is wrong."""

    def __init__(self, problems: dict[str, str]) -> None:
        super().__init__("; ".join(f"{name}: {problem}" for name, problem in problems.items()))
        self.problems = problems


@dataclass(slots=True)
class Verdict:
    """What a person says: the verdict with its reason, note and changed fields, and how long they looked."""

    verdict: str
    reason: str = ""
    note: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    seconds: float | None = None


def token(row: Row, standing: Decision | None) -> str:
    """The state of a finding as one string: its machine answer and the decision that stands."""
    finding_id = row.indicator_id if isinstance(row, IndicatorCurrent) else row.signal_id
    return f"{finding_id or 0}.{standing.pk if standing else 0}.{int(row.lost)}"


@transaction.atomic
def decide(user: Any, kind: str, key: str, verdict: Verdict, shown: str) -> Decision:
    """Record a verdict. ``shown`` is the ``token`` of what the person saw.

    Raises PermissionDenied, RefusedError, ChangedError, InvalidError; the row's model's DoesNotExist for an unknown key.
    """
    _require_editor(user)
    locks.one_writer()
    row = _locked(kind, key)
    standing = _standing(row)
    if shown != token(row, standing):
        raise ChangedError(row, standing)
    decision = _record(user, kind, row, standing, verdict, None)
    _bring_in_line(row, decision)
    return decision


@transaction.atomic
def accept_alike(user: Any, keys_shown: Sequence[tuple[str, str]]) -> list[Decision]:
    """Accept restatements of one figure as one act: the same fact, the same value, all waiting. At most ``BATCH``."""
    _require_editor(user)
    if not 1 <= len(keys_shown) <= BATCH:
        raise RefusedError(_("Between 1 and %(n)s figures can be accepted together.") % {"n": BATCH})
    locks.one_writer()
    rows = {key: _locked("indicator", key) for key, _shown in sorted(keys_shown)}
    verdicts = decisions.standing(rows)
    for key, shown in keys_shown:
        if shown != token(rows[key], verdicts.get(key)):
            raise ChangedError(rows[key], verdicts.get(key))
    if len({_sameness(row) for row in rows.values()}) != 1 or any(row.state != "unreviewed" for row in rows.values()):
        raise RefusedError(_("Only waiting figures that state the same can be accepted together."))
    batch = uuid.uuid4()
    made = []
    for key, row in rows.items():
        decision = _record(user, "indicator", row, verdicts.get(key), Verdict("accept"), batch)
        _bring_in_line(row, decision)
        made.append(decision)
    return made


@transaction.atomic
def undo(user: Any, decision_id: int) -> list[Decision]:
    """Take back a decision, or all of its batch, within ten minutes and before anybody decided after it."""
    _require_editor(user)
    locks.one_writer()
    last = Decision.objects.get(pk=decision_id)
    acts = list(Decision.objects.filter(batch=last.batch).order_by("pk")) if last.batch else [last]
    for act in acts:
        _may_undo(user, act)
    taken = []
    for act in acts:
        row = _locked(act.finding_kind, act.finding_key)
        back = Decision.objects.create(
            finding_kind=act.finding_kind, finding_key=act.finding_key, verdict="undo", reviewer=user, undoes=act,
            extraction=act.extraction, batch=act.batch,
        )  # fmt: skip
        _bring_in_line(row, decisions.standing([act.finding_key]).get(act.finding_key))
        taken.append(back)
    return taken


def _may_undo(user: Any, act: Decision) -> None:
    if act.reviewer_id != user.pk and not has_role(user, "admin"):
        raise RefusedError(_("Only who made a decision can take it back."))
    if act.verdict == "undo" or hasattr(act, "undone_by"):
        raise RefusedError(_("This was already taken back."))
    if timezone.now() - act.at > UNDO_FOR:
        raise RefusedError(_("Ten minutes have passed. Decide anew instead."))
    standing = decisions.standing([act.finding_key]).get(act.finding_key)
    if standing is None or standing.pk != act.pk:
        raise RefusedError(_("Somebody has decided after you. Decide anew instead."))


def refusal(user: Any, row: Row, standing: Decision | None, verdict: str) -> str:
    """Why this person may not give this verdict here; empty when they may."""
    if verdict not in decisions.JUDGED:
        return ""
    if settings.FOUR_EYES and row.entered_by_id == user.pk and verdict != "reject":
        return _("You entered this yourself; another editor confirms it.")
    if standing is None or standing.reviewer_id != user.pk:
        return ""
    if standing.asks_second:
        return _("You have judged this already; another editor looks at it now.")
    if settings.FOUR_EYES and standing.verdict == "second_look":
        return _("You asked for a second look; another editor gives it.")
    return ""


def is_blind(user: Any, row: Row, standing: Decision | None) -> bool:
    """Whether this person gives the second verdict and must not see the first, so that agreement means something.

    So it is where a second look was asked for, and in a document that they go through on their own.

    An entry made by hand has no machine's answer to judge: it is shown as it was entered.
    """
    if standing is None or standing.blind_to_id is not None or not standing.seen or standing.reviewer_id == user.pk:
        return False
    if row.state == "second_look" and standing.asks_second:
        return True
    return standing.verdict in decisions.JUDGED and quality.reads_alone(user, row.disclosure_id)


def differing(first: Decision, second: Decision) -> list[str]:
    """The fields (or "verdict") in which two people's answers about one figure differ."""
    if "reject" in (first.verdict, second.verdict):
        return [] if first.verdict == second.verdict else ["verdict"]
    one, other = first.seen | first.corrected, second.seen | second.corrected
    fields = corrections.form_fields(second.finding_kind)
    return [name for name in fields if name in other and (one.get(name) or "") != (other.get(name) or "")]


def machine_row(row: Row) -> Row:
    """The row as the machine (or who entered it) left it."""
    return _machine_row(row)


def machine_values(row: Row) -> dict[str, str]:
    """The machine's answer (or what was entered), as the form's texts."""
    return form_values(_machine_row(row))


def shown_values(row: Row, shown: str) -> dict[str, str]:
    """What the form said when its ``token`` was ``shown``: that reading of the machine under the decision of then.

    With it, what a person changed is told from what they left alone when somebody was quicker.
    """
    finding_id, _dot, rest = shown.partition(".")
    decision_id = rest.partition(".")[0]
    if not (finding_id.isdigit() and decision_id.isdigit() and len(shown) < 40):
        return form_values(row)
    model = Indicator if isinstance(row, IndicatorCurrent) else Signal
    finding = model._default_manager.filter(pk=int(finding_id), key=row.key).first()
    values = form_values(findings.machine_row(row.disclosure, finding)) if finding else machine_values(row)
    decision = Decision.objects.filter(pk=int(decision_id), finding_key=row.key).first()
    if decision is not None:
        values |= {name: str(value or "") for name, value in decision.corrected.items() if name in values}
    return values


def form_values(row: Row) -> dict[str, str]:
    """The effective values, as the form's texts."""
    kind = "indicator" if isinstance(row, IndicatorCurrent) else "signal"
    return {
        name: decisions.text_of(getattr(row, decisions.attribute(name))) or "" for name in corrections.form_fields(kind)
    }


def _require_editor(user: Any) -> None:
    if not has_role(user, "editor"):
        raise PermissionDenied


def _locked(kind: str, key: str) -> Row:
    """The row to write, and its disclosure with the text's newest extraction (``reading``) and last edit by the source (``edited``)."""
    rows = CURRENT[kind]._default_manager.select_for_update(of=("self",)).select_related(kind).defer("search")
    found: Row = rows.get(pk=key)
    readings = Extraction.objects.filter(version=OuterRef("current_version")).order_by("-id")
    edits = DisclosureVersion.objects.filter(disclosure=OuterRef("pk"), cause="edited").order_by("-number")
    about = Disclosure.objects.select_related("origin", "source", "current_version").defer("search", *UNREAD)
    found.disclosure = about.annotate(
        reading=Subquery(readings.values("id")[:1]), edited=Subquery(edits.values("number")[:1])
    ).get(pk=found.disclosure_id)
    return found


def _standing(row: Row) -> Decision | None:
    """The decision that stands for a locked row; what nobody has decided about has none."""
    return None if row.state == "unreviewed" else decisions.standing([row.key]).get(row.key)


def _machine_row(row: Row) -> Row:
    finding = row.indicator if isinstance(row, IndicatorCurrent) else row.signal
    if finding is None:
        finding = next((one for found in entered.findings(row.disclosure) for one in found if one.key == row.key), None)
    return findings.machine_row(row.disclosure, finding) if finding is not None else row


def _record(
    user: Any, kind: str, row: Row, standing: Decision | None, verdict: Verdict, batch: uuid.UUID | None
) -> Decision:
    why_not = refusal(user, row, standing, verdict.verdict)
    if why_not:
        raise RefusedError(why_not)
    if verdict.verdict == "reject" and verdict.reason not in REASONS[kind]:
        raise InvalidError({"reason": _("Say why.")})
    machine = _machine_row(row)
    blind = is_blind(user, row, standing)
    corrected = dict(standing.corrected) if standing and standing.verdict != "reject" and not blind else {}
    name = verdict.verdict
    if name == "correct":
        changes, problems = corrections.clean(kind, verdict.values, form_values(machine if blind else row))
        if problems:
            raise InvalidError(problems)
        corrected = _differing(machine, corrected | changes)
        name = "correct" if corrected else "accept"
    elif name not in {"accept", "reject", "defer", "second_look"}:
        raise InvalidError({"verdict": _("There is no such verdict.")})
    made = Decision(
        finding_kind=kind,
        finding_key=row.key,
        verdict=name,
        reason=verdict.reason if name == "reject" else "",
        note=verdict.note[:2000],
        corrected=corrected,
        seen=decisions.seen(machine, corrections.form_fields(kind)),
        reviewer=user,
        extraction_id=row.disclosure.reading,  # type: ignore[attr-defined]
        seconds=_seconds(verdict.seconds),
        batch=batch,
        asks_second=_asks_second(row, standing, name),
        blind_to=standing if blind and name in decisions.JUDGED else None,
    )
    if made.blind_to is not None:  # where two read differently, somebody settles it in sight of both
        made.asks_second = bool(differing(made.blind_to, made))
    made.save(force_insert=True)
    here = row.disclosure.current_version
    made.version_number = here.number if here and made.extraction_id else 0  # type: ignore[attr-defined]
    return made


def _differing(machine: Row, corrected: dict[str, Any]) -> dict[str, Any]:
    """The corrections without those that say what the machine says."""
    texts = {name: decisions.text_of(getattr(machine, decisions.attribute(name))) or "" for name in corrected}
    return {name: value for name, value in corrected.items() if (value or "") != texts[name]}


def _asks_second(row: Row, standing: Decision | None, verdict: str) -> bool:
    """Under four eyes a second person judges corrections, high-impact figures and a share drawn by key."""
    if not settings.FOUR_EYES or verdict not in decisions.JUDGED or (standing and standing.asks_second):
        return False
    high = isinstance(row, IndicatorCurrent) and row.metric in HIGH_IMPACT and row.measure == "level"
    return verdict == "correct" or high or int(row.key[:8], 16) % SAMPLED == 0


def _seconds(taken: float | None) -> Decimal | None:
    return Decimal(str(round(taken, 2))) if taken is not None and 0 <= taken <= LONGEST else None


def _sameness(row: Row) -> tuple[object, ...]:
    assert isinstance(row, IndicatorCurrent)
    if not row.subject_id or not row.period_label:
        return (row.key,)
    return (row.fact_key, row.comparator, row.value, row.value_high)


def _bring_in_line(row: Row, decision: Decision | None) -> None:
    """Make the read models say what the machine and the standing decision say."""
    disclosure = row.disclosure
    finding = row.indicator if isinstance(row, IndicatorCurrent) else row.signal
    made: Sequence[Any] = (
        [finding] if finding is not None else [one for found in entered.findings(disclosure) for one in found]
    )
    source = next((one for one in made if one.key == row.key), None)
    if source is None:  # entered by hand, and its words are gone
        fresh = row
        fresh.state = decisions.state_of(decision) if decision else "re_review"
    else:
        fresh = findings.lay(disclosure, source, decision, row, disclosure.edited or 0)  # type: ignore[attr-defined]
    if row.lost:
        findings.mark_lost(fresh, decision, disclosure.current_version.number if disclosure.current_version else 0)
    before = form_values(row)
    if isinstance(row, IndicatorCurrent) and isinstance(fresh, IndicatorCurrent):
        fresh.conflict = row.conflict
    changed = _changed(row, fresh)
    if changed:
        fresh.save(force_update=True, update_fields=changed)
    if isinstance(row, IndicatorCurrent) and isinstance(fresh, IndicatorCurrent):
        facts.refresh({row.fact_key, fresh.fact_key})
    if form_values(fresh) == before and fresh.superseded == row.superseded:
        TimelineEntry.objects.filter(disclosure=disclosure, finding_key=row.key).update(state=fresh.state)
    elif isinstance(fresh, IndicatorCurrent):
        timeline.refresh_figure(fresh)
    else:
        timeline.refresh(disclosure)
        timeline.count(disclosure)


def _changed(row: Row, fresh: Row) -> list[str]:
    """The columns in which ``fresh`` differs from the row as it stands."""
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key and field.name != "search"]
    return [name for name in names if getattr(row, name) != getattr(fresh, name)]
