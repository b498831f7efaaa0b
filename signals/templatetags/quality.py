"""Shares as whole percent, with the sign that the language wants."""

from __future__ import annotations

from django import template

from signals.formatting import words

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
