"""What people decided about findings, and how a decision meets a new extraction.

The machine's answer and the person's answer stand side by side: the immutable finding is never touched; its read row
carries the effective values. A verdict is asked again only when the text around it AND the machine's answer changed.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from signals.models import Decision, IndicatorCurrent, SignalCurrent

STATE_OF = {
    "accept": "confirmed", "correct": "corrected", "reject": "rejected", "defer": "deferred", "second_look": "second_look",
}  # fmt: skip
DECIMAL_FIELDS = {"value", "value_high"}
EMPTY_AS_TEXT = {"product", "note", "period_label"}


def standing(finding_keys: Iterable[str]) -> dict[str, Decision]:
    """The newest decision of each key that has not been undone."""
    found: dict[str, Decision] = {}
    rows = (
        Decision.objects.filter(finding_key__in=list(finding_keys), undone_by=None)
        .exclude(verdict="undo")
        .order_by("id")
    )
    for decision in rows:
        found[decision.finding_key] = decision
    return found


def apply(
    row: IndicatorCurrent | SignalCurrent,
    decision: Decision | None,
    old: IndicatorCurrent | SignalCurrent | None,
    *,
    text_changed: bool,
) -> None:
    """Lay a person's verdict over the machine's fresh answer in ``row``."""
    if old is not None:
        row.entered_by_id = old.entered_by_id
    if decision is None:
        return
    answer_changed = any(
        _text(getattr(row, _attribute(field), None)) != shown for field, shown in decision.seen.items()
    )
    for field, value in decision.corrected.items():
        setattr(row, _attribute(field), _value(field, value))
    row.state = STATE_OF[decision.verdict]
    row.state_at = decision.at
    row.superseded = row.superseded or decision.verdict == "reject"
    if text_changed and answer_changed:
        row.state = "re_review"


def seen(row: IndicatorCurrent | SignalCurrent, fields: Iterable[str]) -> dict[str, str | None]:
    """What a reviewer was shown, to be kept with the decision."""
    return {field: _text(getattr(row, _attribute(field))) for field in fields}


def _attribute(field: str) -> str:
    return "subject_id" if field == "subject" else field


def _value(field: str, value: Any) -> Any:
    if field in DECIMAL_FIELDS:
        return Decimal(str(value)) if value not in (None, "") else None
    return "" if value is None and field in EMPTY_AS_TEXT else value


def _text(value: Any) -> str | None:
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return None if value is None else str(value)
