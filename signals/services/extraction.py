"""Extraction: a kept snapshot becomes a disclosure with its version, findings and read rows, in one transaction.

The fetch's row lock is the claim: a killed worker's transaction rolls back and the row is free again, still ``kept``.
"""

import hashlib
import time
from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from companies.models import Entity
from signals.extraction import extract
from signals.extraction.contract import ENGINE
from signals.extraction.contract import Extraction as Answer
from signals.extraction.reading import UnreadableError
from signals.ingest import store
from signals.models import (
    Disclosure,
    DisclosureVersion,
    Extraction,
    Fetch,
    Mention,
    SloganUse,
)
from signals.services import anchors, duplicates, fetch, findings, lexicon, locks, origins, search, timeline

PRECISION = {4: "year", 7: "month", 10: "day"}


def read(fetch_id: int) -> str:
    """Read one kept fetch to the end. Returns its new state; ``""`` when there was nothing to do."""
    for older in _older(fetch_id):  # an earlier capture of the same address is an earlier version
        read(older)
    # Counted outside the transaction: input that kills the worker must still reach its limit of attempts.
    if not Fetch.objects.filter(pk=fetch_id, state="kept", attempts__lt=Fetch.MAX_ATTEMPTS).update(
        attempts=F("attempts") + 1
    ):
        return (
            fetch.fail(fetch_id, "The worker was lost each time this was read.", permanent=True)
            if _exhausted(fetch_id)
            else ""
        )
    try:
        with transaction.atomic():
            item = (
                Fetch.objects.select_for_update(skip_locked=True, of=("self",))
                .select_related("source", "capture")
                .filter(pk=fetch_id, state="kept")
                .first()
            )
            if item is None:
                return ""
            return _read(item)
    except UnreadableError as error:
        Fetch.objects.filter(pk=fetch_id).update(state="rejected", error=str(error), finished_at=timezone.now())
        return "rejected"
    except store.SnapshotMissingError as error:
        return fetch.fail(fetch_id, str(error), permanent=True)


def _older(fetch_id: int) -> list[int]:
    url = Fetch.objects.filter(pk=fetch_id).values_list("url", flat=True).first()
    return list(
        Fetch.objects.filter(url=url, state="kept", pk__lt=fetch_id).order_by("pk").values_list("pk", flat=True)
    )


def _exhausted(fetch_id: int) -> bool:
    return Fetch.objects.filter(pk=fetch_id, state="kept", attempts__gte=Fetch.MAX_ATTEMPTS).exists()


def _read(item: Fetch) -> str:
    assert item.capture is not None
    answer, milliseconds = _ask(store.load(item.capture.snapshot_id), item.url, item.hints)
    locks.one_writer()
    disclosure = _disclosure(item, answer)
    text_hash = hashlib.sha256(answer.reading.text.encode()).hexdigest()
    current = disclosure.current_version
    if current is not None and current.text_hash == text_hash:
        state, version = "unchanged", current
        if disclosure.withdrawn_at is not None:
            disclosure.withdrawn_at, disclosure.withdrawn_reason = None, ""
            disclosure.save(update_fields=["withdrawn_at", "withdrawn_reason"])
            refresh_pages(disclosure)
    else:
        state = "done"
        version = _version(disclosure, item.capture.pk, answer, text_hash, "edited" if current else "first")
        _describe(disclosure, item, answer, version)
        _store(disclosure, version, answer, milliseconds)
        if disclosure.duplicate_of_id is not None:
            state = "duplicate"
    Fetch.objects.filter(pk=item.pk).update(
        state=state, version=version, finished_at=timezone.now(), claimed_at=None, error=""
    )
    return state


def _ask(data: bytes, url: str, hints: dict[str, Any]) -> tuple[Answer, int]:
    started = time.monotonic()
    answer = extract(
        data,
        lexicon.current(),
        url=url if url.startswith("http") else hints.get("url"),
        published_on=hints.get("published_on"),
        language=hints.get("language"),
    )
    return answer, int((time.monotonic() - started) * 1000)


def _disclosure(item: Fetch, answer: Answer) -> Disclosure:
    """The locked row of the canonical address, made when it is new."""
    found = answer.reading.url or ""
    url = item.hints.get("url") or (
        item.url if item.url.startswith("http") else found if found.startswith("http") else item.url
    )
    Disclosure.objects.bulk_create(
        [
            Disclosure(
                canonical_url=url, source=item.source, language=answer.reading.language,
                first_seen_at=item.capture.fetched_at if item.capture else timezone.now(), is_sample=item.source.kind == "sample",
            )
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return locked().get(canonical_url=url)


def locked() -> QuerySet[Disclosure]:
    return Disclosure.objects.select_for_update(of=("self",)).select_related("source", "origin", "current_version")


def _version(disclosure: Disclosure, capture_id: int, answer: Answer, text_hash: str, cause: str) -> DisclosureVersion:
    reading = answer.reading
    number = (disclosure.versions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    return DisclosureVersion.objects.create(
        disclosure=disclosure,
        number=number,
        cause=cause,
        capture_id=capture_id,
        title=reading.title or "",
        text=reading.text,
        sections=[{"kind": kind, "span": list(span)} for kind, span in answer.sections],
        blocks=[[block.kind, *block.span, block.section] for block in reading.blocks],
        charset=reading.charset or "",
        repairs=[[*repair.span, repair.original, repair.rule, repair.guessed] for repair in reading.repairs],
        offsets=[list(pair) for pair in reading.offsets],
        text_hash=text_hash,
        paragraph_hashes=[
            hashlib.sha256(reading.text[block.span[0] : block.span[1]].encode()).hexdigest()[:16]
            for block in reading.blocks
        ],
        sketch=duplicates.sketch(reading.text),
        engine=ENGINE,
    )


def _describe(disclosure: Disclosure, item: Fetch, answer: Answer, version: DisclosureVersion) -> None:
    """Title, dates, publisher, main entity and origin of the disclosure, as its newest version has them."""
    reading = answer.reading
    published = reading.published_on
    disclosure.title = reading.title or item.hints.get("title") or ""
    disclosure.language = reading.language
    disclosure.publisher = (item.hints.get("publisher") or reading.publisher or item.source.publisher)[:200]
    disclosure.published_on = date.fromisoformat((published + "-01-01")[:10]) if published else None
    disclosure.published_precision = PRECISION[len(published)] if published else ""
    disclosure.main_entity_id = _main_entity(answer)
    disclosure.origin = origins.settle(reading.origin, item.source, disclosure.main_entity_id, disclosure.publisher)
    span = reading.origin.span if reading.origin else None
    disclosure.origin_quote = reading.text[span[0] : span[1]] if span else ""
    disclosure.current_version = version
    disclosure.withdrawn_at, disclosure.withdrawn_reason = None, ""


def _main_entity(answer: Answer) -> str | None:
    """The tracked entity that the text is about: named in the title, else most often."""
    counts = Counter(name.key for name in answer.names)
    title = next((block.span for block in answer.reading.blocks if block.kind == "title"), (0, 0))
    tracked = set(Entity.objects.filter(pk__in=list(counts), tracked=True).values_list("pk", flat=True))
    for name in answer.names:
        if name.key in tracked and name.span[1] <= title[1]:
            return name.key
    return max(sorted(tracked), key=lambda key: counts[key], default=None)


def _store(disclosure: Disclosure, version: DisclosureVersion, answer: Answer, milliseconds: int) -> None:
    """Extraction, findings and read rows. Call with the disclosure locked."""
    reading = answer.reading
    extraction = Extraction.objects.create(
        version=version,
        engine=ENGINE,
        lexicon=answer.lexicon,
        milliseconds=milliseconds,
        warnings=[
            {"code": w.code, "message": w.message, "span": list(w.span) if w.span else None} for w in answer.warnings
        ],
        origin=answer.as_json()["origin"],
    )
    Mention.objects.bulk_create(
        [
            Mention(extraction=extraction, entity_id=key, start=start, end=end)
            for key, start, end in sorted({(n.key, *n.span) for n in answer.names})
        ]
    )
    SloganUse.objects.bulk_create(
        [
            SloganUse(
                extraction=extraction,
                slogan=use.key,
                start=use.span[0],
                end=use.span[1],
                exact=reading.text[use.span[0] : use.span[1]],
            )
            for use in answer.slogans
        ],
        ignore_conflicts=True,
    )
    indicators = findings.store_indicators(extraction, version, disclosure.canonical_url, answer.indicators)
    signals = findings.store_signals(extraction, version, disclosure.canonical_url, answer.signals)
    disclosure.indicator_count, disclosure.signal_count = len(indicators), len(signals)
    disclosure.save()
    search.index(disclosure, version)
    changed = duplicates.group(disclosure, version.sketch, version.text)
    disclosure.refresh_from_db(fields=["duplicate_of"])
    anchors.move(disclosure, version)
    refresh_pages(disclosure)
    for other in locked().filter(pk__in=set(changed) - {disclosure.pk}).order_by("pk"):
        refresh_pages(other)


def refresh_pages(disclosure: Disclosure) -> None:
    """Make a locked disclosure's read rows, timeline and counts anew from its newest extraction and its standing."""
    version = disclosure.current_version
    newest = version.extractions.order_by("-id").first() if version else None
    if newest is None:
        return
    indicators, signals = list(newest.indicator_set.all()), list(newest.signal_set.all())
    findings.refresh_current(disclosure, indicators, signals)
    timeline.refresh(disclosure)
    timeline.count(disclosure)


def reread(disclosure_id: int) -> None:
    """Extract the current version's snapshot again; call in a transaction.

    A reading that gives another text makes a version with cause ``reread``.
    """
    version = DisclosureVersion.objects.select_related("capture").get(
        disclosure_id=disclosure_id, current_of__isnull=False
    )
    item = version.fetches.order_by("pk").select_related("source", "capture").first()
    if item is None:
        return
    answer, milliseconds = _ask(store.load(version.capture.snapshot_id), item.url, item.hints)
    text_hash = hashlib.sha256(answer.reading.text.encode()).hexdigest()
    locks.one_writer()
    disclosure = locked().get(pk=disclosure_id)
    if disclosure.current_version_id != version.pk:
        return  # the source was quicker with a newer version
    if text_hash != version.text_hash:
        version = _version(disclosure, version.capture_id, answer, text_hash, "reread")
    elif version.extractions.filter(engine=ENGINE, lexicon=answer.lexicon).exists():
        return
    _describe(disclosure, item, answer, version)
    _store(disclosure, version, answer, milliseconds)
