"""Timeline entries and monthly counts: what pages read, made from the findings of one disclosure."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Max

from signals.models import Disclosure, Extraction, IndicatorCurrent, Mention, SignalCurrent, SloganUse, TimelineEntry
from signals.services import rows
from signals.services.findings import Standing

POLICY_THEMES = {"quota", "export-control", "foreign-policy"}
TITLE = 300
Rows = dict[int, tuple[list[Any], list[Any]]]


def refresh(disclosure: Disclosure) -> None:
    """Write the disclosure's entries anew. Call inside the transaction that changed its findings."""
    _write_entries([_standing_of(disclosure)], _rows(disclosure))


def count(disclosure: Disclosure) -> None:
    """Bring the monthly counts in line with what the disclosure says now (``locks.one_writer`` is held)."""
    _count([_standing_of(disclosure)], _rows(disclosure))


def lay_out(standings: Sequence[Standing], laid: Rows) -> None:
    """Entries and counts of many disclosures whose read rows are at hand (``locks.one_writer`` is held)."""
    _write_entries(standings, laid)
    _count(standings, laid)


def foretell(standing: Standing) -> None:
    """Write into a new disclosure's row at once what it will have added to, unless it turns out to be a copy."""
    cells = _cells(standing.disclosure, _standing(standing.rows[1]), standing.slogans or set())
    standing.disclosure.counted = [list(cell) for cell in sorted(cells)]


def _standing_of(disclosure: Disclosure) -> Standing:
    return Standing(disclosure, 0, [], [])


def _rows(disclosure: Disclosure) -> Rows:
    figures = IndicatorCurrent.objects.filter(disclosure=disclosure, superseded=False)
    return {disclosure.pk: (list(figures), list(SignalCurrent.objects.filter(disclosure=disclosure, superseded=False)))}


def _write_entries(standings: Sequence[Standing], laid: Rows) -> None:
    before = [one.disclosure for one in standings if not one.new]
    if before:
        TimelineEntry.objects.filter(disclosure__in=before).delete()
    unasked = _tracked_mentions([one.disclosure for one in standings if one.mentioned is None])
    entries: list[TimelineEntry] = []
    for one in standings:
        mentioned = unasked[one.disclosure.current_version_id] if one.mentioned is None else one.mentioned
        figures, signals = laid[one.disclosure.pk]
        entries += _entries(one.disclosure, _standing(figures), _standing(signals), mentioned)
    rows.add(entries)


def _standing(found: list[Any]) -> list[Any]:
    return sorted((row for row in found if not row.superseded), key=lambda row: str(row.key))


def _entries(
    disclosure: Disclosure, indicators: list[IndicatorCurrent], signals: list[SignalCurrent], mentioned: set[str]
) -> list[TimelineEntry]:
    entries = [_of_indicator(disclosure, row) for row in indicators if row.subject_id]
    for row in signals:
        lane = "policy" if row.theme in POLICY_THEMES else "signal"
        places = {row.subject_id} | (mentioned if lane == "policy" else set())
        entries += [_of_signal(disclosure, row, lane, entity) for entity in sorted(filter(None, places))]
    if disclosure.withdrawn_at is None:
        about = {disclosure.main_entity_id, *(row.subject_id for row in indicators)}
        entries += [_of_disclosure(disclosure, entity) for entity in sorted(filter(None, about))]
    return entries


def _tracked_mentions(disclosures: list[Disclosure]) -> defaultdict[int | None, set[str]]:
    """Tracked entities that each version names."""
    versions = [one.current_version_id for one in disclosures]
    if not versions:
        return defaultdict(set)
    named = Mention.objects.filter(extraction__version__in=versions, entity__tracked=True).order_by()
    found: defaultdict[int | None, set[str]] = defaultdict(set)
    for version, entity in named.values_list("extraction__version", "entity").distinct():
        found[version].add(entity)
    return found


def _base(disclosure: Disclosure, entity: str, lane: str, title: str) -> TimelineEntry:
    told = {
        "entity_id": entity,
        "lane": lane,
        "date": disclosure.published_on,
        "date_precision": disclosure.published_precision,
        "disclosure_id": disclosure.pk,
        "title": title[:TITLE],
        "source_id": disclosure.source_id,
        "language": disclosure.language,
        "origin_kind": disclosure.origin.kind if disclosure.origin else "unknown",
    }
    return rows.make(TimelineEntry, told)


def _of_indicator(disclosure: Disclosure, row: IndicatorCurrent) -> TimelineEntry:
    entry = _base(disclosure, str(row.subject_id), "figure", row.quote)
    entry.finding_key, entry.metric, entry.voice, entry.state = row.key, row.metric, row.voice, row.state
    entry.origin_kind, entry.weight = row.origin_kind, int(row.confidence * 10)
    return entry


def _of_signal(disclosure: Disclosure, row: SignalCurrent, lane: str, entity: str) -> TimelineEntry:
    entry = _base(disclosure, entity, lane, row.quote)
    entry.finding_key, entry.theme, entry.stage, entry.voice = row.key, row.theme, row.stage, row.voice
    entry.state, entry.origin_kind, entry.weight = row.state, row.origin_kind, row.weight
    return entry


def _of_disclosure(disclosure: Disclosure, entity: str) -> TimelineEntry:
    entry = _base(disclosure, entity, "disclosure", disclosure.title or disclosure.canonical_url)
    entry.weight = 1
    return entry


def _count(standings: Sequence[Standing], laid: Rows) -> None:
    """Add up what the disclosures give now and gave before; ``counted`` remembers it."""
    unasked = _slogans([one.disclosure for one in standings if one.slogans is None])
    change: Counter[Cell] = Counter()
    changed = []
    for standing in standings:
        one = standing.disclosure
        slogans = unasked[one.current_version_id] if standing.slogans is None else standing.slogans
        written = {tuple(cell) for cell in one.counted}
        before, after = set() if standing.new else written, _cells(one, _standing(laid[one.pk][1]), slogans)
        change.update(after - before)
        change.subtract(before - after)
        if written != after:
            one.counted = [list(cell) for cell in sorted(after)]
            changed.append(one)
    more, less = ([(*cell, n) for cell, n in sorted(change.items()) if (n > 0) == up and n] for up in (True, False))
    with connection.cursor() as cursor:
        if more:
            cursor.execute(f"{_ADD} ON CONFLICT (entity_id, kind, key, month) DO UPDATE SET {_SUM}", _columns(more))
        if less:
            cursor.execute(_TAKE, _columns(less))
        if changed:
            cursor.execute(_COUNTED, [[one.pk for one in changed], [json.dumps(one.counted) for one in changed]])


Cell = tuple[str, ...]
_ADD = (
    "INSERT INTO signals_rollup (entity_id, kind, key, month, count, as_of) SELECT *, now() "
    "FROM unnest(%s::text[], %s::text[], %s::text[], %s::date[], %s::int[])"
)
_SUM = "count = signals_rollup.count + excluded.count, as_of = now()"
_TAKE = (
    "UPDATE signals_rollup r SET count = r.count + c.change, as_of = now() "
    "FROM unnest(%s::text[], %s::text[], %s::text[], %s::date[], %s::int[]) AS c (entity, kind, key, month, change) "
    "WHERE (r.entity_id, r.kind, r.key, r.month) = (c.entity, c.kind, c.key, c.month)"
)
_COUNTED = (
    "UPDATE signals_disclosure d SET counted = c.counted::jsonb "
    "FROM unnest(%s::bigint[], %s::text[]) AS c (id, counted) WHERE d.id = c.id"
)


def _columns(cells: list[Any]) -> list[Any]:
    return [list(column) for column in zip(*cells, strict=True)]


def _slogans(disclosures: list[Disclosure]) -> defaultdict[int | None, set[str]]:
    """Slogans in the newest extraction of each version."""
    newest = current_extraction_ids(one.current_version_id for one in disclosures) if disclosures else {}
    versions = {extraction: version for version, extraction in newest.items()}
    found: defaultdict[int | None, set[str]] = defaultdict(set)
    for extraction, slogan in SloganUse.objects.filter(extraction__in=versions).values_list("extraction", "slogan"):
        found[versions[extraction]].add(slogan)
    return found


def _cells(disclosure: Disclosure, signals: list[SignalCurrent], slogans: set[str]) -> set[Cell]:
    """Entity, kind, key and month that the disclosure adds to: each theme and slogan once for its subject or main entity."""
    if disclosure.published_on is None or disclosure.withdrawn_at is not None or disclosure.duplicate_of_id is not None:
        return set()
    month = disclosure.published_on.replace(day=1).isoformat()
    main = disclosure.main_entity_id
    cells: set[Cell] = {
        (str(row.subject_id or main), "theme", row.theme, month) for row in signals if row.subject_id or main
    }
    if main:
        cells |= {(main, "slogan", slogan, month) for slogan in slogans}
    return cells


def current_extraction_ids(versions: Iterable[int | None]) -> dict[int, int]:
    """The newest extraction of each version."""
    found = Extraction.objects.filter(version__in=[one for one in versions if one is not None]).order_by()
    return dict(found.values_list("version").annotate(newest=Max("pk")).values_list("version", "newest"))


def current_extraction_id(disclosure: Disclosure) -> int | None:
    """The newest extraction of the disclosure's current version."""
    return next(iter(current_extraction_ids([disclosure.current_version_id]).values()), None)


def refresh_figure(row: IndicatorCurrent) -> None:
    """Write anew what one figure that a person judged adds to timelines; its neighbours' entries stay.

    The disclosure's own entries follow when it begins or ceases to tell about somebody. Figures give no monthly counts.
    """
    disclosure = row.disclosure
    TimelineEntry.objects.filter(disclosure=disclosure, finding_key=row.key).delete()
    entries = [_of_indicator(disclosure, row)] if row.subject_id and not row.superseded else []
    if disclosure.withdrawn_at is None:
        figures = IndicatorCurrent.objects.filter(disclosure=disclosure, superseded=False).order_by()
        about = {disclosure.main_entity_id, *figures.values_list("subject_id", flat=True).distinct()} - {None}
        own = TimelineEntry.objects.filter(disclosure=disclosure, lane="disclosure")
        there = set(own.values_list("entity_id", flat=True))
        if there - about:
            own.exclude(entity_id__in=about).delete()
        entries += [_of_disclosure(disclosure, str(entity)) for entity in sorted(filter(None, about - there))]
    TimelineEntry.objects.bulk_create(entries)
