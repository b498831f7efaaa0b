"""Shares as whole percent, with the sign that the language wants."""

from __future__ import annotations

from typing import Any

from django import template

from signals.formatting import audit_words, words
from signals.formatting.audit_columns import COLUMNS

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """0.874 → 87 %; nothing for None."""
    return "" if share is None else f"{100 * share:.0f}\u00a0%"


@register.filter
def role_name(key: str) -> str:
    return words.word(words.ROLES, key)


@register.filter
def note_name(key: str) -> str:
    """What kind of mark an annotation is."""
    return words.word(words.NOTES, key)


@register.filter
def proposal_word(key: str) -> str:
    """How a proposal stands, or what it does to a figure."""
    return words.word(words.PROPOSALS, key)


@register.filter
def operation_name(key: str) -> str:
    """What happened to a row."""
    return words.word(audit_words.OPERATIONS, key)


@register.filter
def table_name(key: str) -> str:
    """What kind of thing a row is."""
    return words.word(audit_words.TABLES, key)


@register.filter
def column_name(key: str) -> str:
    """A field of a row."""
    return words.word(COLUMNS, key)


@register.filter
def column_value(kept: Any, column: str) -> str:
    """What a field of a row held."""
    return audit_words.value(column, kept)
