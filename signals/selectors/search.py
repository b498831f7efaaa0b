"""Search in Chinese and English: disclosures, figures, signals; company names stand for all their names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from companies.models import Entity, EntityName, Identifier
from signals.formatting import words
from signals.models import Disclosure, IndicatorCurrent, SignalCurrent
from signals.search_terms import terms
from signals.selectors import state

PAGE = 25
COUNTED = 1000  # counts stop here: an exact million helps nobody and costs a scan
SNIPPET = 90
Facets = list[tuple[str, str, Any, Any]]  # parameter, column, label, labels of the values
MODES = ("disclosures", "figures", "signals")


@dataclass(slots=True)
class Expansion:
    """A company that the query names, with the names that stand for it."""

    entity: Entity
    names: list[str]

    @property
    def some(self) -> list[str]:
        """The names that the page lists."""
        return self.names[:8]


@dataclass(slots=True)
class Result:
    row: Any
    snippets: list[SafeString] = field(default_factory=list)
    at: int | None = None


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
    undated: int = 0
    next: int = 0
    similar: list[str] = field(default_factory=list)


def search(query: QueryDict) -> Found:
    """What the address asks for. Quoted words are phrases; all words must occur; Chinese runs are phrases by nature."""
    text = query.get("q", "").strip()[:200]
    mode = query.get("mode", "") if query.get("mode", "") in MODES else "disclosures"
    found = Found(mode, text)
    if not text and mode == "disclosures":
        return found
    expand_names = query.get("names", "1") != "0"
    found.expansions = expansions(text) if expand_names else []
    offset = int(query.get("page", "0")) if query.get("page", "0").isdigit() else 0
    build = {"disclosures": _disclosures, "figures": _figures, "signals": _signals}[mode]
    build(found, query, min(offset, 40))
    if not found.results and text:
        found.similar = similar(text)
    return found


def expansions(text: str) -> list[Expansion]:
    """Companies whose name or ticker is the whole query, with all their names."""
    keys = set(EntityName.objects.filter(name__iexact=text).values_list("entity_id", flat=True)[:4])
    keys |= set(Identifier.objects.filter(value=text).values_list("entity_id", flat=True)[:4])
    keys |= set(Entity.objects.filter(Q(name_en__iexact=text) | Q(name_zh=text)).values_list("key", flat=True)[:4])
    entities = Entity.objects.filter(pk__in=keys).prefetch_related("names")
    return [
        Expansion(
            entity, sorted({name.name for name in entity.names.all() if name.kind != "ticker"} - {text}, key=len)[:40]
        )
        for entity in entities
    ]


def similar(text: str) -> list[str]:
    """Names that are nearly the query, for typing errors."""
    rows = EntityName.objects.extra(
        select={"near": "similarity(name, %s)"},
        select_params=[text],
        where=["name %% %s"],
        params=[text],
        order_by=["-near"],
    )
    return list(dict.fromkeys(row.name for row in rows[:5]))


def phrase(text: str) -> SearchQuery | None:
    """A query for ``text``: its terms side by side, in order."""
    parts = terms(text)
    return (
        SearchQuery(" <-> ".join(_quoted(part) for part in parts), search_type="raw", config="simple")
        if parts
        else None
    )


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def wanted(text: str, names: list[Expansion]) -> SearchQuery | None:
    """All words of the query, or one of the names that stand for the company it names."""
    whole: SearchQuery | None = None
    for word in _words(text):
        one = phrase(word)
        if one is not None:
            whole = one if whole is None else whole & one
    for name in (name for expansion in names for name in expansion.names):
        one = phrase(name)
        if one is not None:
            whole = one if whole is None else whole | one
    return whole


def _words(text: str) -> Iterator[str]:
    for index, part in enumerate(text.split('"')):
        if index % 2:
            yield part
        else:
            yield from part.split()


def _disclosures(found: Found, query: QueryDict, page: int) -> None:
    asked = wanted(found.query, found.expansions)
    if asked is None:
        return
    base = Disclosure.objects.filter(search=asked)
    year = query.get("year", "")
    if year.isdigit() and len(year) == 4:
        base = base.filter(published_on__year=int(year))
    facets: Facets = [
        ("language", "language", _("Language"), {"zh": _("Chinese"), "en": _("English")}),
        ("origin_kind", "origin__kind", _("Origin"), words.ORIGINS),
        ("source", "source__key", _("Source"), {}),
        ("company", "main_entity", _("Company"), {}),
    ]
    rows = _counted(found, query, base, "-pk", facets)
    needles = [*_words(found.query), *(name for expansion in found.expansions for name in expansion.names)]
    for row in _page(found, rows, page, ("source", "origin", "main_entity", "current_version")):
        snippets, at = snippet(row.current_version.text if row.current_version else "", needles)
        found.results.append(Result(row, snippets, at))


def _figures(found: Found, query: QueryDict, page: int) -> None:
    rows = _about(IndicatorCurrent.objects.filter(superseded=False), found)
    for name, lookup in (("min", "value__gte"), ("max", "value__lte")):
        try:
            rows = rows.filter(**{lookup: Decimal(query.get(name, ""))})
        except (InvalidOperation, ValueError):
            continue
    if query.get("period"):
        rows = rows.filter(period_label__startswith=query["period"])
    facets: Facets = [
        ("metric", "metric", _("Metric"), {}),
        ("modality", "modality", _("Kind"), words.MODALITIES),
        ("state", "state", _("Review"), words.STATES),
        ("origin_kind", "origin_kind", _("Origin"), words.ORIGINS),
        ("language", "language", _("Language"), {"zh": _("Chinese"), "en": _("English")}),
        ("company", "subject", _("Company"), {}),
    ]
    rows = _counted(found, query, rows, "key", facets)
    found.results = [Result(row) for row in _page(found, rows, page, ("subject", "disclosure", "source"))]


def _signals(found: Found, query: QueryDict, page: int) -> None:
    rows = _about(SignalCurrent.objects.filter(superseded=False), found)
    year, _dash, month = query.get("month", "").partition("-")
    if year.isdigit() and month.isdigit() and len(year) == 4:
        rows = rows.filter(published_on__year=int(year), published_on__month=int(month))
    facets: Facets = [
        ("theme", "theme", _("Theme"), {}),
        ("stage", "stage", _("Stage"), words.STAGES),
        ("voice", "voice", _("Voice"), words.VOICES),
        ("state", "state", _("Review"), words.STATES),
        ("language", "language", _("Language"), {"zh": _("Chinese"), "en": _("English")}),
        ("company", "subject", _("Company"), {}),
    ]
    rows = _counted(found, query, rows, "key", facets)
    found.results = [Result(row) for row in _page(found, rows, page, ("subject", "disclosure", "source"))]


def _about(rows: QuerySet[Any], found: Found) -> QuerySet[Any]:
    """Rows whose subject the query names; else rows whose quote has the words, in disclosures that have them."""
    if not found.query:
        return rows
    subjects = [expansion.entity.pk for expansion in found.expansions]
    if subjects:
        return rows.filter(subject__in=subjects)
    asked = wanted(found.query, [])
    if asked is None:
        return rows.none()
    matched = list(Disclosure.objects.filter(search=asked).order_by().values_list("pk", flat=True)[:COUNTED])
    # few disclosures: begin with them; many: walk the newest rows, the words come soon
    rows = rows.filter(disclosure__in=matched) if len(matched) < COUNTED else rows
    for word in _words(found.query):
        rows = rows.filter(quote__icontains=word)
    return rows


def _counted(found: Found, query: QueryDict, base: QuerySet[Any], tie: str, facets: Facets) -> QuerySet[Any]:
    """Count the newest ``COUNTED`` rows by facet in one query; returns the rows under all chosen values, newest first."""
    newest = base.order_by(F("published_on").desc(nulls_last=True), tie)
    on = {name: [value for value in query.getlist(name) if value] for name, _column, _label, _labels in facets}
    counts: dict[str, Counter[str]] = {name: Counter() for name in on}
    years: Counter[int] = Counter()
    columns = [column for _name, column, _label, _labels in facets]
    for *values, day in newest.values_list(*columns, "published_on")[:COUNTED]:
        missed = [name for name, value in zip(on, values, strict=True) if on[name] and value not in on[name]]
        for name, value in zip(on, values, strict=True):
            if value and (not missed or missed == [name]):
                counts[name][value] += 1
        if not missed:
            found.total += 1
            if day is None:
                found.undated += 1
            else:
                years[day.year] += 1
    found.years = sorted(years.items())
    found.filters = [
        state.Filter(name, label, state.choices(counts[name], labels, on[name])[:14])
        for name, _column, label, labels in facets
        if counts[name] or on[name]
    ]
    for name, column, _label, _labels in facets:
        if on[name]:
            newest = newest.filter(**{f"{column}__in": on[name]})
    return newest


def _page(found: Found, rows: QuerySet[Any], page: int, related: tuple[str, ...]) -> list[Any]:
    shown = list(rows.select_related(*related)[page * PAGE : page * PAGE + PAGE + 1])
    found.more, found.next = len(shown) > PAGE, page + 1
    return shown[:PAGE]


def snippet(text: str, needles: list[str], count: int = 2) -> tuple[list[SafeString], int | None]:
    """Up to ``count`` stretches around hits with the hits marked, and where the first hit is; everything escaped."""
    low = (
        text.casefold()
        if len(text.casefold()) == len(text)
        else text.lower()
        if len(text.lower()) == len(text)
        else text
    )
    hits = sorted(
        (start, start + len(needle))
        for needle in needles
        if needle
        for start in _occurrences(low, needle.casefold(), 3)
    )
    snippets: list[SafeString] = []
    edge = -1
    for start, end in hits:
        if start < edge or len(snippets) == count:
            continue
        low_edge = max(0, start - SNIPPET)
        edge = min(len(text), end + SNIPPET)
        marked = escape(text[low_edge:start]) + "<mark>" + escape(text[start:end]) + "</mark>" + escape(text[end:edge])
        snippets.append(mark_safe(("… " if low_edge else "") + marked + (" …" if edge < len(text) else "")))
    return snippets, hits[0][0] if hits else None


def _occurrences(text: str, needle: str, limit: int) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0 and limit:
        yield at
        limit -= 1
        at = text.find(needle, at + len(needle))
