"""Shares as whole percent, with the sign that the language wants."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """0.874 → 87 %; nothing for None."""
    return "" if share is None else f"{100 * share:.0f}\u00a0%"
