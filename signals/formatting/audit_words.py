"""The names of the audit log in the reader's words: what happened, to what, and what a field held."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from signals.formatting import names, units, words
from signals.formatting.words import Words

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
NAMED = {"metric": "metrics", "product": "products"}
ENTITIES = {"subject_id", "entity_id", "main_entity_id", "publisher_entity_id", "parent_id", "child_id"}
UNITS = {"unit", "converted_unit"}
NOTHING = "—"
YES_NO = {True: _("yes"), False: _("no")}


def value(column: str, kept: Any) -> str:
    """What a column held, in words where it is one of a few."""
    if kept is None or kept == "":
        return NOTHING
    if isinstance(kept, bool):
        return str(YES_NO[kept])
    known, language = VALUES.get(column, {}), get_language() or "en"
    if isinstance(kept, str):
        if column in NAMED:
            return names.name(NAMED[column], kept, language)
        if column in ENTITIES:
            return names.short(kept, language) or kept
        if column in UNITS:
            return units.unit_name(kept)
    return str(known[kept]) if isinstance(kept, str) and kept in known else str(kept)
