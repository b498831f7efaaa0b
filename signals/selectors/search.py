"""Search in Chinese and English: disclosures, figures, signals; company names stand for all their names."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import F, Min, QuerySet
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from signals.formatting import names, words
from signals.models import Disclosure, IndicatorCurrent, SignalCurrent, Source
from signals.selectors import search_words, state
from signals.selectors.search_words import Expansion

PAGE = 25
COUNTED = 500  # counts stop here: an exact million helps nobody and costs a scan
OLDER = 8
LAST_PAGE = COUNTED // PAGE
LARGEST = Decimal(10) ** 20
Facets = list[tuple[str, str, Any, Any]]  # parameter, column, label, labels of the values
MODES = ("disclosures", "figures", "signals")


def _metric(key: str) -> str:
    return names.name("metrics", key, get_language() or "en")


def _company(key: str) -> str:
    return names.short(key, get_language() or "en") or names.in_words(key)


_LANGUAGES = {"zh": _("Chinese"), "en": _("English")}
FACETS: dict[str, Facets] = {
    "disclosures": [
        ("language", "language", _("Language"), _LANGUAGES),
        ("origin_kind", "origin__kind", _("Origin"), words.ORIGINS),
        ("source", "source__key", _("Source"), {}),
        ("company", "main_entity", _("Company"), _company),
    ],
    "figures": [
        ("metric", "metric", _("Metric"), _metric),
        ("modality", "modality", _("Kind"), words.MODALITIES),
        ("state", "state", _("Review"), words.STATES),
        ("origin_kind", "origin_kind", _("Origin"), words.ORIGINS),
        ("language", "language", _("Language"), _LANGUAGES),
        ("company", "subject", _("Company"), _company),
    ],
    "signals": [
        ("theme", "theme", _("Theme"), words.THEMES),
        ("stage", "stage", _("Stage"), words.STAGES),
        ("voice", "voice", _("Voice"), words.VOICES),
        ("state", "state", _("Review"), words.STATES),
        ("language", "language", _("Language"), _LANGUAGES),
        ("company", "subject", _("Company"), _company),
    ],
}
RELATED = {
    "disclosures": ("source", "origin", "main_entity", "current_version"),
    "figures": ("subject", "disclosure", "source"),
    "signals": ("subject", "disclosure", "source"),
}


@dataclass(slots=True)
class Result:
    row: Any
    snippets: list[SafeString] = field(default_factory=list)


@dataclass(slots=True)
class Found:
    mode: str
    query: str
    results: list[Result] = field(default_factory=list)
    total: int = 0
    more: bool = False
    expansions: list[Expansion] = field(default_factory=list)
    filters: list[state.Filter] = field(default_factory=list)
    years: list[tuple[int, int]] = field(default_factory=list)
    older: list[int] = field(default_factory=list)
    year: str = ""
    undated: int = 0
    next: int = 0
    all_counted: bool = True
    similar: list[str] = field(default_factory=list)


def search(query: QueryDict) -> Found:
    """What the address asks for. Quoted words are phrases; all words must occur; Chinese runs are phrases by nature."""
    found = _asked(query)
    rows = _rows(found, query)
    if rows is not None:
        page = query.get("page", "0")
        shown = _page(found, query, rows, min(int(page), LAST_PAGE) if page.isdecimal() and len(page) < 9 else 0)
        found.results = [_result(found, row) for row in shown]
    if not found.results and found.query:
        found.similar = search_words.similar(found.query)
    return found


def _result(found: Found, row: Any) -> Result:
    """A row; a disclosure with the places where its text has the words."""
    if found.mode != "disclosures":
        return Result(row)
    needles = [*search_words.words(found.query), *(name for one in found.expansions for name in one.names)]
    text = row.current_version.text if row.current_version else ""
    return Result(row, search_words.snippet(text.removeprefix(row.title).lstrip(), needles))  # the title stands above


def matching(query: QueryDict) -> QuerySet[Any] | None:
    """All rows that a search address asks for, in no order; None when it asks for nothing."""
    found = _asked(query)
    rows = _rows(found, query)
    if rows is None:
        return None
    for name, column, _label, _labels in FACETS[found.mode]:
        values = [value for value in query.getlist(name) if value]
        if values:
            rows = rows.filter(**{f"{column}__in": values})
    return rows


def _asked(query: QueryDict) -> Found:
    """Mode, words and the companies that the words name."""
    mode = query.get("mode", "")
    found = Found(
        mode if mode in MODES else "disclosures", query.get("q", "").strip()[:200], year=query.get("year", "")
    )
    if found.query and query.get("names", "1") != "0":
        found.expansions = search_words.expansions(found.query)
    return found


def _rows(found: Found, query: QueryDict) -> QuerySet[Any] | None:
    """The rows of a mode before any facet is chosen."""
    rows = {"disclosures": _disclosures, "figures": _figures, "signals": _signals}[found.mode](found, query)
    first = _month(query.get("year", ""), "1")
    return (
        rows.filter(published_on__range=(first, first.replace(month=12, day=31)))
        if rows is not None and first
        else rows
    )


def _disclosures(found: Found, query: QueryDict) -> QuerySet[Any] | None:
    asked = search_words.wanted(found.query, found.expansions)
    return None if asked is None else Disclosure.objects.filter(search=asked)


def _figures(found: Found, query: QueryDict) -> QuerySet[Any]:
    rows = _about(IndicatorCurrent.objects.filter(superseded=False), found)
    for name, lookup in (("min", "value__gte"), ("max", "value__lte")):
        number = _number(query.get(name, ""))
        if number is not None:
            rows = rows.filter(**{lookup: number})
    if query.get("period"):
        rows = rows.filter(period_label__startswith=query["period"])
    return rows


def _signals(found: Found, query: QueryDict) -> QuerySet[Any]:
    rows = _about(SignalCurrent.objects.filter(superseded=False), found)
    year, _dash, month = query.get("month", "").partition("-")
    first = _month(year, month)
    if first is None:
        return rows
    return rows.filter(published_on__range=(first, first.replace(day=monthrange(first.year, first.month)[1])))


def _about(rows: QuerySet[Any], found: Found) -> QuerySet[Any]:
    """Rows whose subject the query names; else rows whose quote has the words."""
    if not found.query:
        return rows
    subjects = [expansion.entity.pk for expansion in found.expansions]
    if subjects:
        return rows.filter(subject__in=subjects)
    asked = search_words.wanted(found.query, [])
    return rows.none() if asked is None else rows.filter(search=asked)


def _month(year: str, month: str) -> date | None:
    """The first day of a month; None when there is no such month."""
    if not (len(year) == 4 and year.isdecimal() and month.isdecimal()):
        return None
    try:
        return date(int(year), int(month), 1)
    except ValueError:
        return None


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < LARGEST else None


def _years_before(year: int) -> list[int]:
    """Years with disclosures before the counted ones, the latest ``OLDER``: their hits are a click away, not counted."""
    first = Disclosure.objects.aggregate(first=Min("published_on"))["first"]
    return list(range(max(first.year, year - OLDER), year)) if first else []


def _page(found: Found, query: QueryDict, base: QuerySet[Any], page: int) -> list[Any]:
    """One page of the rows under all chosen values, newest first, and the counts.

    The newest ``COUNTED`` rows are read once for all facets, by columns that lie in the index; whole rows only for the page.
    """
    facets, related = FACETS[found.mode], RELATED[found.mode]
    newest = base.order_by(F("published_on").desc(nulls_last=True), "-pk" if found.mode == "disclosures" else "key")
    on = {name: [value for value in query.getlist(name) if value] for name, _column, _label, _labels in facets}
    counts: dict[str, Counter[str]] = {name: Counter() for name in on}
    years: Counter[int] = Counter()
    passing: list[Any] = []
    columns = [column for _name, column, _label, _labels in facets]
    read = 0
    for pk, day, *values in newest.values_list("pk", "published_on", *columns)[:COUNTED]:
        read += 1
        missed = [name for name, value in zip(on, values, strict=True) if on[name] and value not in on[name]]
        for name, value in zip(on, values, strict=True):
            if value and (not missed or missed == [name]):
                counts[name][value] += 1
        if not missed:
            passing.append(pk)
            if day is None:
                found.undated += 1
            else:
                years[day.year] += 1
    found.total, found.all_counted = len(passing), read < COUNTED
    found.years = sorted(years.items())
    if not found.all_counted and found.years and not found.year:
        found.older = _years_before(found.years[0][0])
    sources = dict(Source.objects.filter(key__in=counts.get("source", ())).values_list("key", "name"))
    found.filters = [
        state.Filter(name, label, state.choices(counts[name], labels or sources, on[name])[:14])
        for name, _column, label, labels in facets
        if counts[name] or on[name]
    ]
    first, last = page * PAGE, page * PAGE + PAGE + 1
    if found.all_counted or len(passing) >= last:
        rows = base.select_related(*related).in_bulk(passing[first:last])
        shown = [rows[pk] for pk in passing[first:last] if pk in rows]
    else:
        for name, column, _label, _labels in facets:
            if on[name]:
                newest = newest.filter(**{f"{column}__in": on[name]})
        shown = list(newest.select_related(*related)[first:last])
    found.more, found.next = len(shown) > PAGE and page < LAST_PAGE, page + 1
    return shown[:PAGE]
