"""Search in Chinese and English: disclosures, figures, signals; company names stand for all their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractYear
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
        Expansion(entity, sorted({name.name for name in entity.names.all() if name.kind != "ticker"} - {text}, key=len)[:40])
        for entity in entities
    ]


def similar(text: str) -> list[str]:
    """Names that are nearly the query, for typing errors."""
    rows = EntityName.objects.extra(
        select={"near": "similarity(name, %s)"}, select_params=[text], where=["name %% %s"], params=[text], order_by=["-near"]
    )
    return list(dict.fromkeys(row.name for row in rows[:5]))


def phrase(text: str) -> SearchQuery | None:
    """A query for ``text``: its terms side by side, in order."""
    parts = terms(text)
    return SearchQuery(" <-> ".join(_quoted(part) for part in parts), search_type="raw", config="simple") if parts else None


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
    rows = _filtered(base, query, {"source": "source__key__in", "language": "language__in", "origin_kind": "origin__kind__in", "company": "main_entity__in"})
    year = query.get("year", "")
    if year.isdigit():
        rows = rows.filter(published_on__year=int(year))
    found.total = rows.order_by()[:COUNTED].count()
    shown = rows.select_related("source", "origin", "main_entity", "current_version").order_by(F("published_on").desc(nulls_last=True), "-pk")
    needles = [*_words(found.query), *(name for expansion in found.expansions for name in expansion.names)]
    page_rows = list(shown[page * PAGE : page * PAGE + PAGE + 1])
    found.more, found.next = len(page_rows) > PAGE, page + 1
    for row in page_rows[:PAGE]:
        snippets, at = snippet(row.current_version.text if row.current_version else "", needles)
        found.results.append(Result(row, snippets, at))
    sample = base.order_by().values("pk")[: COUNTED * 5]
    counted = Disclosure.objects.filter(pk__in=sample)
    found.years = [(year, n) for year, n in counted.exclude(published_on=None).values_list(ExtractYear("published_on")).annotate(n=Count("pk")).order_by("published_on__year")]
    found.undated = counted.filter(published_on=None).count()
    found.filters = _facets(
        counted,
        query,
        [
            ("language", "language", _("Language"), {"zh": _("Chinese"), "en": _("English")}),
            ("origin_kind", "origin__kind", _("Origin"), words.ORIGINS),
            ("source", "source__key", _("Source"), {}),
            ("company", "main_entity", _("Company"), {}),
        ],
    )


def _figures(found: Found, query: QueryDict, page: int) -> None:
    rows = IndicatorCurrent.objects.filter(superseded=False)
    rows = _about(rows, found)
    rows = _filtered(rows, query, {"metric": "metric__in", "state": "state__in", "modality": "modality__in", "origin_kind": "origin_kind__in", "language": "language__in", "company": "subject__in"})
    for name, lookup in (("min", "value__gte"), ("max", "value__lte")):
        try:
            rows = rows.filter(**{lookup: float(query.get(name, ""))})
        except ValueError:
            continue
    if query.get("period"):
        rows = rows.filter(period_label__startswith=query["period"])
    _finish(
        found, query, page, rows,
        [("metric", "metric", _("Metric"), {}), ("modality", "modality", _("Kind"), words.MODALITIES),
         ("state", "state", _("Review"), words.STATES), ("origin_kind", "origin_kind", _("Origin"), words.ORIGINS),
         ("company", "subject", _("Company"), {})],
    )  # fmt: skip


def _signals(found: Found, query: QueryDict, page: int) -> None:
    rows = SignalCurrent.objects.filter(superseded=False)
    rows = _about(rows, found)
    year, _dash, month = query.get("month", "").partition("-")
    if year.isdigit() and month.isdigit():
        rows = rows.filter(published_on__year=int(year), published_on__month=int(month))
    rows = _filtered(rows, query, {"theme": "theme__in", "stage": "stage__in", "voice": "voice__in", "state": "state__in", "language": "language__in", "company": "subject__in"})
    _finish(
        found, query, page, rows,
        [("theme", "theme", _("Theme"), {}), ("stage", "stage", _("Stage"), words.STAGES), ("voice", "voice", _("Voice"), words.VOICES),
         ("state", "state", _("Review"), words.STATES), ("company", "subject", _("Company"), {})],
    )  # fmt: skip


def _about(rows: QuerySet[Any], found: Found) -> QuerySet[Any]:
    """Rows whose subject the query names; else rows of disclosures that the words occur in and whose quote has them."""
    if not found.query:
        return rows
    subjects = [expansion.entity.pk for expansion in found.expansions]
    if subjects:
        return rows.filter(subject__in=subjects)
    asked = wanted(found.query, [])
    if asked is None:
        return rows.none()
    matched = list(Disclosure.objects.filter(search=asked).order_by("-pk").values_list("pk", flat=True)[: COUNTED * 5])
    rows = rows.filter(disclosure__in=matched)
    for word in _words(found.query):
        rows = rows.filter(quote__icontains=word)
    return rows


def _finish(found: Found, query: QueryDict, page: int, rows: QuerySet[Any], facets: list[tuple[str, str, Any, Any]]) -> None:
    found.total = rows.order_by()[:COUNTED].count()
    shown = rows.select_related("subject", "disclosure", "source").order_by(F("published_on").desc(nulls_last=True), "key")
    page_rows = list(shown[page * PAGE : page * PAGE + PAGE + 1])
    found.more, found.next = len(page_rows) > PAGE, page + 1
    found.results = [Result(row) for row in page_rows[:PAGE]]
    sample = rows.order_by().values("pk")[: COUNTED * 5]
    found.filters = _facets(rows.model._default_manager.filter(pk__in=sample), query, facets)


def _filtered(rows: QuerySet[Any], query: QueryDict, lookups: dict[str, str]) -> QuerySet[Any]:
    for name, lookup in lookups.items():
        values = [value for value in query.getlist(name) if value]
        if values:
            rows = rows.filter(**{lookup: values})
    return rows


def _facets(rows: QuerySet[Any], query: QueryDict, facets: list[tuple[str, str, Any, Any]]) -> list[state.Filter]:
    filters = []
    for name, column, label, labels in facets:
        counts = {str(value): n for value, n in rows.values_list(column).annotate(n=Count("pk")).order_by("-n")[:12] if value}
        filters.append(state.Filter(name, label, state.choices(counts, labels, query.getlist(name))))
    return [one for one in filters if one.choices]


def snippet(text: str, needles: list[str], count: int = 2) -> tuple[list[SafeString], int | None]:
    """Up to ``count`` stretches around hits with the hits marked, and where the first hit is; everything escaped."""
    low = text.casefold() if len(text.casefold()) == len(text) else text.lower() if len(text.lower()) == len(text) else text
    hits = sorted(
        (start, start + len(needle)) for needle in needles if needle for start in _occurrences(low, needle.casefold(), 3)
    )
    snippets: list[SafeString] = []
    edge = -1
    for start, end in hits:
        if start < edge or len(snippets) == count:
            continue
        low_edge = max(0, start - SNIPPET)
        edge = min(len(text), end + SNIPPET)
        marked = escape(text[low_edge:start]) + "<mark>" + escape(text[start:end]) + "</mark>" + escape(text[end:edge])
        snippets.append(mark_safe(("… " if low_edge else "") + marked + (" …" if edge < len(text) else "")))  # noqa: S308
    return snippets, hits[0][0] if hits else None


def _occurrences(text: str, needle: str, limit: int) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0 and limit:
        yield at
        limit -= 1
        at = text.find(needle, at + len(needle))


