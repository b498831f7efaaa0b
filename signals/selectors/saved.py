"""Saved views: which addresses can be saved, and how much is new behind each since it was last opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext_lazy as _

from signals.models import IndicatorCurrent, SavedView
from signals.selectors import counting, search, timeline

MOST = 99  # what is new beyond this is only said to be more
LONGEST = 1000
PLACES = {"before", "page", "all"}  # where on a list one is, not what one looks for
KINDS = {
    "company": _("Timeline"),
    "company_indicators": _("Indicators"),
    "metric": _("Indicators"),
    "compare": _("Compare"),
    "search": _("Search"),
}


@dataclass(frozen=True, slots=True)
class View:
    """A saved view with what is new behind it: a number, or "99+"."""

    row: SavedView
    kind: Any
    new: str


def savable(url: str) -> str:
    """The address as it is kept, without the place on the list; "" when no such page can be saved."""
    found = _match(url)
    if found is None:
        return ""
    query = QueryDict(urlsplit(url).query)
    kept = [(name, value) for name, values in query.lists() for value in values if value and name not in PLACES]
    address = urlsplit(url).path + (f"?{urlencode(kept)}" if kept else "")
    return address if len(address) <= LONGEST else ""


def _match(url: str) -> ResolverMatch | None:
    try:
        parts = urlsplit(url)
    except ValueError:  # such as "//["
        return None
    if "\0" in unquote(url):  # the database has no text with it
        return None
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return None
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    return found if found.namespace == "signals" and found.url_name in KINDS else None


def of(user: Any) -> list[View]:
    """A reader's views by name, counted in one statement."""
    rows = list(SavedView.objects.filter(user=user))
    matches = [_match(row.url) for row in rows]
    selections = [
        _selection(row, match) if match else SavedView.objects.none() for row, match in zip(rows, matches, strict=True)
    ]
    found = counting.counts(selections, MOST)
    return [
        View(row, KINDS.get(match.url_name or "", "") if match else "", f"{MOST}+" if n > MOST else str(n))
        for row, match, n in zip(rows, matches, found, strict=True)
    ]


def _selection(row: SavedView, match: ResolverMatch) -> QuerySet[Any]:
    """What a view shows that was first seen after it was last opened."""
    query = QueryDict(urlsplit(row.url).query)
    key = match.kwargs.get("key", "")
    if match.url_name == "company":
        return timeline.matching(key, query).filter(disclosure__first_seen_at__gt=row.opened_at)
    if match.url_name == "search":
        rows = search.matching(query)
        return SavedView.objects.none() if rows is None else rows.filter(first_seen_at__gt=row.opened_at)
    figures = IndicatorCurrent.objects.filter(superseded=False, first_seen_at__gt=row.opened_at)
    metric = match.kwargs.get("metric") or query.get("metric", "")
    companies = [key] if key else [one for one in query.getlist("company") if one]
    if metric:
        figures = figures.filter(metric=metric)
    if companies:
        figures = figures.filter(subject__in=companies)
    if query.get("product"):
        figures = figures.filter(product=query["product"])
    return figures
