"""The fields of a figure or signal as a form shows them: names, what may be chosen, what was changed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from signals.formatting import names, words
from signals.services import corrections

VOCABULARIES = {
    "comparator": words.COMPARATORS,
    "measure": words.MEASURES,
    "modality": words.MODALITIES,
    "voice": words.VOICES_IN_FULL,
    "stage": words.STAGES,
}
KINDS = {"metric": "metrics", "product": "products", "theme": "themes"}
MAY_BE_EMPTY = {"product", "value_high", "period_label", "subject", "note"}


def line(name: str, value: str, effective: str, machine: str, problem: str) -> dict[str, Any]:
    """One line of the form: what the machine says, what holds now, what stands in the field."""
    return {
        "name": name,
        "label": words.FIELDS[name],
        "value": value,
        "machine": in_words(name, machine),
        "now": in_words(name, effective),
        "differs": value != machine,
        "edited": value != effective,
        "options": options(name, value, optional=name in MAY_BE_EMPTY),
        "problem": problem,
    }


def in_words(field: str, value: str) -> str:
    """A field's value in the reader's language."""
    if field in VOCABULARIES:
        return words.word(VOCABULARIES[field], value)
    return names.name(KINDS[field], value, get_language() or "en") if field in KINDS and value else value


def options(name: str, value: str, *, optional: bool) -> SafeString:
    """The options of a field's list, the value chosen; empty where the field is free.

    A value stays among them even when it is not allowed any more. The lists are long and the same on every card, so each is
    written once a language.
    """
    known, listed = _listed(name, get_language() or "en")
    if not known:
        return SafeString()
    if value and value not in known:
        chosen = format_html('<option value="{}" selected>{}</option>', value, in_words(name, value))
    else:
        chosen = SafeString()
        mark = format_html('<option value="{}"', value)
        listed = mark_safe(listed.replace(f"{mark}>", f"{mark} selected>", 1))  # noqa: S308: both are escaped
    return format_html("{}{}{}", mark_safe('<option value=""></option>') if optional else "", listed, chosen)


@lru_cache(maxsize=64)
def _listed(name: str, language: str) -> tuple[frozenset[str], SafeString]:
    """What a field may hold, and the options for it in ``language``, which is the active one."""
    pairs = [(each, in_words(name, each)) for each in corrections.choices(name)]
    if name in KINDS:
        pairs.sort(key=lambda pair: pair[1].casefold())
    return frozenset(each for each, _label in pairs), format_html_join("", '<option value="{}">{}</option>', pairs)
