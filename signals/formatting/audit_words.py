"""The names of the audit log in the reader's words: what happened, to what, in which field."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from signals.formatting import words
from signals.formatting.words import FIELDS, Words

OPERATIONS: Words = {
    "insert": _("added"),
    "update": _("changed"),
    "delete": _("removed"),
    "export": _("taken away as a file"),
}
TABLES: Words = {
    "annotation": _("annotation"),
    "backup code": _("backup code"),
    "decision": _("decision"),
    "disclosure": _("disclosure"),
    "entity": _("entity"),
    "entity name": _("name of an entity"),
    "export": _("export"),
    "figure": _("figure"),
    "ownership": _("ownership"),
    "proposal": _("proposal"),
    "role": _("role"),
    "second factor": _("second factor"),
    "signal": _("signal"),
    "source": _("source"),
    "user": _("user"),
    "user role": _("role of a user"),
}
COLUMNS: Words = FIELDS | {
    "actor": _("Who"),
    "as_written": _("As written"),
    "asks_second": _("Asks for a second person"),
    "at": _("When"),
    "body": _("Content"),
    "confidence": _("Confidence"),
    "conflict": _("Contradicted"),
    "corrected": _("Corrected fields"),
    "enabled": _("Switched on"),
    "exact": _("Quote"),
    "fully_reviewed_at": _("Fully reviewed"),
    "grade": _("Grade"),
    "is_active": _("Account open"),
    "is_staff": _("Uses the admin pages"),
    "is_superuser": _("Superuser"),
    "last_login": _("Last sign-in"),
    "lost": _("Words gone from the text"),
    "name": _("Name"),
    "origin_kind": _("Origin"),
    "password": _("Password"),
    "period_end": _("End of the period"),
    "period_start": _("Start of the period"),
    "published_on": _("Published on"),
    "quote": _("Quote"),
    "reason": _("Reason"),
    "reviewer_id": _("Who decided"),
    "rows": _("Rows"),
    "seen": _("As the machine had it"),
    "state": _("State"),
    "state_at": _("Judged at"),
    "subject_id": FIELDS["subject"],
    "superseded": _("Left out of the pages"),
    "title": _("Title"),
    "username": _("Name of the account"),
    "withdrawn_at": _("Withdrawn at"),
}
VALUES: dict[str, Words] = {
    "state": words.STATES | words.PROPOSALS,
    "verdict": words.VERDICTS,
    "reason": words.REASONS,
    "measure": words.MEASURES,
    "modality": words.MODALITIES,
    "voice": words.VOICES,
    "stage": words.STAGES,
    "theme": words.THEMES,
    "origin_kind": words.ORIGINS,
    "comparator": words.COMPARATORS,
}
NOTHING = "—"
YES_NO = {True: _("yes"), False: _("no")}


def value(column: str, kept: Any) -> str:
    """What a column held, in words where it is one of a few."""
    if kept is None or kept == "":
        return NOTHING
    if isinstance(kept, bool):
        return str(YES_NO[kept])
    known = VALUES.get(column, {})
    return str(known[kept]) if isinstance(kept, str) and kept in known else str(kept)
