"""The frame around every page: navigation, theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reex_site.lib.roles import ROLES, has_role, role_of
from signals.selectors import source

register = template.Library()

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Place:
    label: str | Promise
    url: str
    current: bool
    count: int = 0


_PLACES: tuple[tuple[Promise, str, str], ...] = (
    (_("Overview"), "signals:overview", ""),
    (_("Companies"), "companies:index", ""),
    (_("Indicators"), "signals:indicators", ""),
    (_("Compare"), "signals:compare", ""),
    (_("Promises"), "signals:commitments", ""),
    (_("Search"), "signals:search", ""),
    (_("Saved views"), "signals:saved", "analyst"),
    (_("Sources"), "signals:sources", ""),
    (_("Review"), "signals:review", "editor"),
    (_("Quality"), "signals:quality", ""),
)
# Pages that are reached from a place and lie elsewhere.
_ALSO = {"signals:sources": ("signals:disclosure_add", "signals:disclosures_added")}


@register.simple_tag(takes_context=True)
def places(context: Context) -> list[Place]:
    """The main navigation; saved views only for who has signed in, the review desk only for people who may decide.

    Administrators see how many sources need somebody's hand.
    """
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    user = context.get("user")
    own = role_of(user) if user else ""
    found: list[Place] = []
    for label, name, need in _PLACES:
        if need and (not own or ROLES.index(own) < ROLES.index(need)):
            continue
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue  # a site without that part
        count = source.attention_lately() if name == "signals:sources" and own == "admin" else 0
        found.append(Place(label, url, _lies_under(path, name, url), count))
    return found


def _lies_under(path: str, name: str, url: str) -> bool:
    if path == url or (url != "/" and path.startswith(url)):
        return True
    return any(path == address(also) for also in _ALSO.get(name, ()))


@register.filter
def may_act_as(user: Any, role: str) -> bool:
    """Whether a person has at least this role at the moment: what services ask, for buttons that they would refuse."""
    return has_role(user, role)


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    """The theme that the reader chose, "light" or "dark"; empty follows the system."""
    request: HttpRequest | None = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else ""


@register.simple_tag
def address(name: str, *args: object) -> str:
    """``reverse`` that gives an empty string where a part is not installed."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
