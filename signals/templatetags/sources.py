"""Words of the source pages for templates."""

from typing import Any

from django import template
from django.utils.functional import Promise

from signals.formatting import errors, reasons, sources
from signals.sources.secrecy import hidden

register = template.Library()


@register.filter
def source_kind(key: str) -> str | Promise:
    return sources.KINDS.get(key, key)


@register.filter
def outcome_name(key: str) -> str | Promise:
    return sources.OUTCOMES.get(key, key)


@register.filter
def fetch_state(key: str) -> str | Promise:
    return sources.STATES.get(key, key)


@register.filter
def reason(said: dict[str, Any] | None, otherwise: str = "") -> str:
    """A kept reason in the reader's language; ``otherwise`` is the text that was kept beside it."""
    return reasons.worded(said or {}, otherwise)


@register.filter
def error_told(kept: str) -> str:
    """A kept error in the reader's language."""
    return errors.worded(kept)


@register.filter
def shown_to(text: str, admin: bool) -> str:
    """A text with addresses in it: keys in them are for administrators alone."""
    return text if admin else hidden(text)


@register.filter
def long(minutes: int) -> str:
    """A number of minutes in the largest unit: "6 hours"."""
    return reasons.span(minutes)
