"""What people decided about findings, and how a decision meets a new extraction.

The machine's answer and the person's answer stand side by side: the immutable finding is never touched; its read row
carries the effective values. A verdict is asked again only when the text around it AND the machine's answer changed.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F

from signals.models import Decision, IndicatorCurrent, SignalCurrent

STATE_OF = {
    "accept": "confirmed", "correct": "corrected", "reject": "rejected", "defer": "deferred", "second_look": "second_look",
}  # fmt: skip
JUDGED = {"accept", "correct", "reject"}
DECIMAL_FIELDS = {"value", "value_high", "converted_value"}
DATE_FIELDS = {"period_start", "period_end"}
EMPTY_AS_TEXT = {"product", "note", "period_label", "converted_unit"}


def standing(finding_keys: Iterable[str]) -> dict[str, Decision]:
    """The newest decision of each key that has not been undone."""
    found: dict[str, Decision] = {}
    rows = (
        Decision.objects.filter(finding_key__in=list(finding_keys), undone_by=None)
        .exclude(verdict="undo")
        .annotate(version_number=F("extraction__version__number"))
        .order_by("id")
    )
    for decision in rows:
        found[decision.finding_key] = decision
    return found


def state_of(decision: Decision) -> str:
    """The state that a decision gives. A confirmed correction stays a correction; some verdicts ask for a second person."""
    if decision.asks_second:
        return "second_look"
    if decision.verdict == "accept" and decision.corrected:
        return "corrected"
    return STATE_OF[decision.verdict]


def version_seen(decision: Decision) -> int:
    """The number of the text version that the reviewer had before them; 0 when there was none."""
    if not hasattr(decision, "version_number"):  # made just now, not read by ``standing``
        return decision.extraction.version.number if decision.extraction else 0
    return decision.version_number or 0


def apply(
    row: IndicatorCurrent | SignalCurrent,
    decision: Decision | None,
    old: IndicatorCurrent | SignalCurrent | None,
    *,
    text_changed: bool,
) -> None:
    """Lay a person's verdict over the machine's fresh answer in ``row``."""
    if old is not None and old.entered_by_id is not None:
        row.entered_by_id = old.entered_by_id
    if decision is None:
        return
    answer_changed = any(
        text_of(getattr(row, attribute(field), None)) != shown for field, shown in decision.seen.items()
    )
    for field, value in decision.corrected.items():
        setattr(row, attribute(field), value_of(field, value))
    row.state = state_of(decision)
    row.state_at = decision.at
    row.superseded = row.superseded or decision.verdict == "reject"
    if text_changed and answer_changed:
        row.state = "re_review"


def seen(row: IndicatorCurrent | SignalCurrent, fields: Iterable[str]) -> dict[str, str | None]:
    """What a reviewer was shown, to be kept with the decision."""
    return {field: text_of(getattr(row, attribute(field))) for field in fields}


def attribute(field: str) -> str:
    return "subject_id" if field == "subject" else field


def value_of(field: str, value: Any) -> Any:
    """A field's kept text as the model holds it."""
    if field in DECIMAL_FIELDS:
        return Decimal(str(value)) if value not in (None, "") else None
    if field in DATE_FIELDS:
        return date.fromisoformat(value) if value else None
    return "" if value is None and field in EMPTY_AS_TEXT else value


def text_of(value: Any) -> str | None:
    """A field's value as decisions keep it."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return None if value is None else str(value)
