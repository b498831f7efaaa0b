"""An entity's timeline: entries by filter, newest first, in keyset pages of at most ``LIMIT`` items."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from signals.formatting import words
from signals.models import IndicatorCurrent, SignalCurrent, Source, TimelineEntry
from signals.selectors import state

Day = date  # a field of Cluster is called date
LIMIT = 500
PAGE = 60
FILTERS = ["lane", "theme", "stage", "voice", "origin_kind", "source", "state", "language"]
LABELS = {
    "lane": _("Kind"),
    "theme": _("Theme"),
    "stage": _("Stage"),
    "voice": _("Voice"),
    "origin_kind": _("Origin"),
    "source": _("Source"),
    "state": _("Review"),
    "language": _("Language"),
}
COUNTED = 3000  # newest entries that the filters and the strip count
CLUSTER = 4  # more entries than this of one lane, day and disclosure fold into one


@dataclass(slots=True)
class Item:
    """An entry with the figure or signal it stands for, and the other themes that the same sentence tells of."""

    entry: TimelineEntry
    figure: IndicatorCurrent | None = None
    signal: SignalCurrent | None = None
    themes: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"/disclosures/{self.entry.disclosure_id}/" + (
            f"#f-{self.entry.finding_key[:12]}" if self.entry.finding_key else ""
        )

    @property
    def month(self) -> date | None:
        return self.entry.date.replace(day=1) if self.entry.date else None

    @property
    def evidence(self) -> str:
        return f"/indicators/figure/{self.entry.finding_key}/evidence/" if self.entry.finding_key else ""


@dataclass(slots=True)
class Cluster:
    """Many entries of one lane from one disclosure, folded."""

    count: int
    date: Day | None
    date_precision: str
    lane: str
    label: str
    items: list[Item]

    @property
    def month(self) -> Day | None:
        return self.date.replace(day=1) if self.date else None


@dataclass(slots=True)
class Timeline:
    rows: list[Item | Cluster] = field(default_factory=list)
    undated: list[Item] = field(default_factory=list)
    shown: int = 0
    capped: bool = False
    older: str = ""
    newest: bool = True
    filters: list[state.Filter] = field(default_factory=list)
    months: list[tuple[date, str, int]] = field(default_factory=list)
    all_counted: bool = True

    @property
    def words(self) -> str:
        return ngettext("%(n)s entry shown", "%(n)s entries shown", self.shown) % {"n": self.shown}


def timeline(entity: str, query: QueryDict, path: str) -> Timeline:
    """One view of an entity's timeline as the address asks for it."""
    on = state.chosen(query, FILTERS)
    base = TimelineEntry.objects.filter(entity_id=entity)
    base = _period(base, query)
    rows = _apply(base, on)
    before = _mark(query.get("before", ""))
    dated = rows.exclude(date=None)
    if before:
        dated = dated.filter(Q(date__lt=before[0]) | Q(date=before[0], pk__lt=before[1]))
    size = LIMIT if query.get("all") else PAGE
    entries = list(dated.select_related("source").order_by("-date", "-pk")[: size + 1])
    more = len(entries) > size
    entries = entries[:size]
    undated = [] if before else list(rows.filter(date=None).select_related("source").order_by("-pk")[:50])
    items = _with_findings(entries + undated)
    filters, months, all_counted = _counted(base, on)
    return Timeline(
        rows=_fold(_once(items[: len(entries)])),
        undated=items[len(entries) :],
        shown=len(items),
        capped=more and size == LIMIT,
        older=state.address(path, query, before=f"{entries[-1].date}.{entries[-1].pk}") if more else "",
        newest=before is None,
        filters=filters,
        months=months,
        all_counted=all_counted,
    )


def matching(entity: str, query: QueryDict) -> QuerySet[TimelineEntry]:
    """All entries that an address asks for, in no order."""
    return _apply(_period(TimelineEntry.objects.filter(entity_id=entity), query), state.chosen(query, FILTERS))


def _period(rows: QuerySet[TimelineEntry], query: QueryDict) -> QuerySet[TimelineEntry]:
    for name, lookup in (("from", "date__gte"), ("to", "date__lte")):
        try:
            rows = rows.filter(**{lookup: date.fromisoformat(query.get(name, ""))})
        except ValueError:
            continue
    return rows


def _apply(rows: QuerySet[TimelineEntry], on: dict[str, list[str]]) -> QuerySet[TimelineEntry]:
    for name, values in on.items():
        if values:
            rows = rows.filter(**{"source__key__in" if name == "source" else f"{name}__in": values})
    return rows


def _mark(text: str) -> tuple[date, int] | None:
    day, _dot, pk = text.partition(".")
    try:
        return date.fromisoformat(day), int(pk)
    except ValueError:
        return None


def _with_findings(entries: list[TimelineEntry]) -> list[Item]:
    keys = [entry.finding_key for entry in entries if entry.finding_key]
    figures = IndicatorCurrent.objects.select_related("subject").in_bulk(keys)
    signals = SignalCurrent.objects.select_related("subject").in_bulk(
        [entry.finding_key for entry in entries if entry.finding_key and entry.lane != "figure"]
    )
    return [Item(entry, figures.get(entry.finding_key), signals.get(entry.finding_key)) for entry in entries]


def _once(items: list[Item]) -> list[Item]:
    """One item a sentence: what is alike but for its theme is told once, with all its themes."""
    known: dict[tuple[object, ...], Item] = {}
    kept = []
    for item in items:
        entry = item.entry
        alike = (entry.disclosure_id, entry.lane, entry.title, entry.stage, entry.voice, entry.state)
        if item.signal is None or alike not in known:
            known[alike] = item
            kept.append(item)
        elif entry.theme not in (known[alike].entry.theme, *known[alike].themes):
            known[alike].themes.append(entry.theme)
    return kept


def _fold(items: list[Item]) -> list[Item | Cluster]:
    together = Counter((item.entry.disclosure_id, item.entry.lane) for item in items)
    folded: dict[tuple[int, str], Cluster] = {}
    rows: list[Item | Cluster] = []
    for item in items:
        entry = item.entry
        place = (entry.disclosure_id, entry.lane)
        if together[place] <= CLUSTER:
            rows.append(item)
            continue
        if place not in folded:
            folded[place] = Cluster(
                together[place], entry.date, entry.date_precision, entry.lane, _label(together[place], entry), []
            )
            rows.append(folded[place])
        folded[place].items.append(item)
    return rows


def _label(count: int, entry: TimelineEntry) -> str:
    """What a folded cluster holds: how many of what, and the first quote."""
    held = words.counted(entry.lane, count), Truncator(entry.title).chars(90)
    return str(_(": ")).join(held)


def _counted(
    base: QuerySet[TimelineEntry], on: dict[str, list[str]]
) -> tuple[list[state.Filter], list[tuple[date, str, int]], bool]:
    """Every filter with its counts under the other filters, entries a month and lane under all of them, and whether that is all.

    Counted over the newest ``COUNTED`` entries, in one query: an exact count over all would read the whole history.
    """
    rows = list(Source.objects.values_list("pk", "key", "name"))
    sources = {pk: key for pk, key, _name in rows}
    source = FILTERS.index("source")
    read = 0
    counts: dict[str, Counter[str]] = {name: Counter() for name in FILTERS}
    months: Counter[tuple[date, str]] = Counter()
    for *values, day in base.order_by("-date", "-pk").values_list(*FILTERS, "date")[:COUNTED]:
        read += 1
        values[source] = sources.get(values[source], "")
        missed = [name for name, value in zip(FILTERS, values, strict=True) if on[name] and value not in on[name]]
        for name, value in zip(FILTERS, values, strict=True):
            if not missed or missed == [name]:
                counts[name][value] += 1
        if not missed and day is not None:
            months[day.replace(day=1), values[0]] += 1
    filters = [
        state.Filter(name, LABELS[name], state.choices(counts[name], labels, on[name]))
        for name, labels in _labels({key: name for _pk, key, name in rows}).items()
        if any(counts[name]) or on[name]
    ]
    return filters, [(month, lane, n) for (month, lane), n in sorted(months.items())], read < COUNTED


def _labels(sources: dict[str, str]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {
        "lane": words.LANES,
        "theme": words.THEMES,
        "stage": words.STAGES,
        "voice": words.VOICES,
        "origin_kind": words.ORIGINS,
        "source": sources,
        "state": words.STATES,
        "language": {"zh": _("Chinese"), "en": _("English")},
    }
    return found
