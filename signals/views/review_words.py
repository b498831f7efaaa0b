"""What the desk says about decisions: what was done, what a correction keeps, where two people read differently."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from signals.formatting import words
from signals.models import Decision
from signals.services import corrections
from signals.services import review as service
from signals.views import review_fields

DONE = {
    "accept": lazy("Accepted"), "correct": lazy("Corrected"), "reject": lazy("Rejected"), "defer": lazy("Put off"),
    "second_look": lazy("Sent for a second look"),
}  # fmt: skip


def told(made: Decision, count: int = 1) -> str:
    """What was done, for the live region; of a correction what it says, so that a slip is seen at once."""
    text = str(DONE[made.verdict])
    if made.verdict == "correct":
        text = f"{text}: {_changes(made)}"
    if made.blind_to is not None:
        text = f"{text}; {_compared(made.blind_to, made)}"
    return _("%(done)s, %(n)s together") % {"done": text, "n": count} if count > 1 else text


def _changes(made: Decision) -> str:
    """What a correction says instead of the machine."""
    changed = [
        (name, made.corrected[name]) for name in corrections.form_fields(made.finding_kind) if name in made.corrected
    ]
    return ", ".join(
        f"{words.FIELDS[name]} {review_fields.in_words(name, str(value or '')) or '—'}" for name, value in changed
    )


def _compared(first: Decision, second: Decision) -> str:
    """What the first person had said, now that both have."""
    who, fields = first.reviewer.get_username(), service.differing(first, second)
    if not fields:
        return _("%(who)s had said the same") % {"who": who}
    named = ", ".join(str(words.FIELDS[name]) for name in fields)
    return _("%(who)s had said otherwise: %(fields)s") % {"who": who, "fields": named}


def disputed(standing: Decision | None) -> list[tuple[str, str, str]]:
    """Where two people who had not seen each other's verdict read differently: field, the first's, the second's."""
    if standing is None or standing.blind_to is None or not standing.asks_second:
        return []
    first = standing.blind_to
    both = [(first.seen | first.corrected), (standing.seen | standing.corrected)]
    told = []
    for name in service.differing(first, standing):
        if name == "verdict":
            values = [words.word(words.VERDICTS, one.verdict) for one in (first, standing)]
        else:
            values = [review_fields.in_words(name, str(one.get(name) or "")) for one in both]
        told.append(
            (
                str(words.FIELDS[name]),
                f"{values[0] or '—'} ({first.reviewer})",
                f"{values[1] or '—'} ({standing.reviewer})",
            )
        )
    return told
