"""Timeline entries and monthly counts: what pages read, made from the findings of one disclosure."""

from django.db import connection

from companies.models import Entity
from signals.models import Disclosure, IndicatorCurrent, SignalCurrent, SloganUse, TimelineEntry

POLICY_THEMES = {"quota", "export-control", "foreign-policy"}
TITLE = 300


def refresh(disclosure: Disclosure) -> None:
    """Write the disclosure's entries anew. Call inside the transaction that changed its findings."""
    TimelineEntry.objects.filter(disclosure=disclosure).delete()
    indicators = list(IndicatorCurrent.objects.filter(disclosure=disclosure, superseded=False).order_by("key"))
    signals = list(SignalCurrent.objects.filter(disclosure=disclosure, superseded=False).order_by("key"))
    mentioned = _tracked_mentions(disclosure)
    entries = [_of_indicator(disclosure, row) for row in indicators if row.subject_id]
    for row in signals:
        lane = "policy" if row.theme in POLICY_THEMES else "signal"
        places = {row.subject_id} | (set(mentioned) if lane == "policy" else set())
        entries += [_of_signal(disclosure, row, lane, entity) for entity in sorted(filter(None, places))]
    if disclosure.withdrawn_at is None:
        about = {disclosure.main_entity_id, *(row.subject_id for row in indicators)}
        entries += [_of_disclosure(disclosure, entity) for entity in sorted(filter(None, about))]
    TimelineEntry.objects.bulk_create(entries)


def _tracked_mentions(disclosure: Disclosure) -> list[str]:
    if disclosure.current_version_id is None:
        return []
    named = Entity.objects.filter(tracked=True, mentions__extraction__version=disclosure.current_version_id)
    return sorted(set(named.values_list("key", flat=True)))


def _base(disclosure: Disclosure, entity: str, lane: str, title: str) -> TimelineEntry:
    return TimelineEntry(
        entity_id=entity,
        lane=lane,
        date=disclosure.published_on,
        date_precision=disclosure.published_precision,
        disclosure=disclosure,
        title=title[:TITLE],
        source_id=disclosure.source_id,
        language=disclosure.language,
        origin_kind=disclosure.origin.kind if disclosure.origin else "unknown",
    )


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


def count(disclosure: Disclosure) -> None:
    """Bring the monthly counts in line with what the disclosure says now; ``counted`` remembers what it gave before.

    ``locks.one_writer`` is held.
    """
    before = {tuple(cell) for cell in disclosure.counted}
    after = _cells(disclosure)
    if before == after:
        return
    # One by one: django-pghistory puts a statement of its own before each write of a request, and that breaks executemany.
    with connection.cursor() as cursor:
        for cell in sorted(before - after):
            cursor.execute(
                "UPDATE signals_rollup SET count = count - 1, as_of = now() "
                "WHERE entity_id = %s AND kind = %s AND key = %s AND month = %s",
                cell,
            )
        for cell in sorted(after - before):
            cursor.execute(
                "INSERT INTO signals_rollup (entity_id, kind, key, month, count, as_of) VALUES (%s, %s, %s, %s, 1, now()) "
                "ON CONFLICT (entity_id, kind, key, month) DO UPDATE SET count = signals_rollup.count + 1, as_of = now()",
                cell,
            )
    disclosure.counted = [list(cell) for cell in sorted(after)]
    disclosure.save(update_fields=["counted"])


def _cells(disclosure: Disclosure) -> set[tuple[str, ...]]:
    """Entity, kind, key and month that the disclosure adds to: each theme and slogan once for its subject or main entity."""
    if disclosure.published_on is None or disclosure.withdrawn_at is not None or disclosure.duplicate_of_id is not None:
        return set()
    month = disclosure.published_on.replace(day=1).isoformat()
    main = disclosure.main_entity_id
    themes = SignalCurrent.objects.filter(disclosure=disclosure, superseded=False).values_list("subject_id", "theme")
    cells: set[tuple[str, ...]] = {
        (str(subject or main), "theme", theme, month) for subject, theme in themes if subject or main
    }
    newest = current_extraction_id(disclosure)
    if main and newest:
        uses = SloganUse.objects.filter(extraction_id=newest).values_list("slogan", flat=True)
        cells |= {(main, "slogan", slogan, month) for slogan in uses}
    return cells


def current_extraction_id(disclosure: Disclosure) -> int | None:
    version = disclosure.current_version
    return version.extractions.order_by("-id").values_list("id", flat=True).first() if version else None
