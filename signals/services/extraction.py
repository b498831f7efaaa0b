"""Extraction: kept snapshots become disclosures with their versions, findings and read rows, many in one transaction.

The fetch's row lock is the claim: a killed worker's transaction rolls back and its rows are free again, still ``kept``.
"""

import time
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F

from signals.extraction import extract
from signals.extraction.contract import Extraction as Answer
from signals.extraction.lexicon import Lexicon
from signals.extraction.reading import UnreadableError
from signals.ingest import store
from signals.models import DisclosureVersion, Fetch
from signals.services import fetch, lexicon, locks, read_models, recording
from signals.services.describing import Work

TOGETHER = 25  # documents of one transaction
LONGEST = 20.0  # seconds of reading after which the documents that were not begun are left to the next message


def read(fetch_id: int) -> str:
    """Read one kept fetch to the end. Returns its new state; ``""`` when there was nothing to do."""
    return read_all([fetch_id]).get(fetch_id, "")


def read_all(fetch_ids: Iterable[int]) -> dict[int, str]:
    """Read kept fetches to the end. Returns the states that they have come to; those with nothing to do are left out.

    ``later``: not begun, for want of time. Raises what the engine or the database raises; all of them are as before then.
    """
    left = list(dict.fromkeys(fetch_ids))
    states: dict[int, str] = {}
    kept = Fetch.objects.filter(state="kept")
    # An earlier capture of the same address is an earlier version.
    urls = kept.filter(pk__in=left).values_list("url", flat=True)
    rows = sorted(kept.filter(url__in=list(urls), pk__lte=max(left, default=0)).values_list("pk", "url", "attempts"))
    # Input that kills the worker must not take its neighbours with it to the limit: what was tried before goes alone.
    batch: list[int] = []
    for pk, _url, attempts in rows:
        if attempts:
            states |= _read_batch(batch)
            states |= _read_batch([pk])
            batch = []
        else:
            batch.append(pk)
    for start in range(0, len(batch), TOGETHER):
        states |= _read_batch(batch[start : start + TOGETHER])
    return states


def _read_batch(fetch_ids: Sequence[int]) -> dict[int, str]:
    # Counted outside the transaction: input that kills the worker must still reach its limit of attempts.
    kept = Fetch.objects.filter(pk__in=fetch_ids, state="kept")
    if not fetch_ids:
        return {}
    with transaction.atomic():
        locks.unhurried()
        begun = kept.filter(attempts__lt=Fetch.MAX_ATTEMPTS).update(attempts=F("attempts") + 1)
    if not begun:
        lost = kept.filter(attempts__gte=Fetch.MAX_ATTEMPTS).values_list("pk", flat=True)
        return {
            one: fetch.fail(one, "The worker was lost each time this was read.", permanent=True) for one in list(lost)
        }
    for last in (False, False, True):
        try:
            return _read_locked(fetch_ids)
        except recording.OvertakenError:  # another worker has just read the same text under another address
            if last:
                raise
    raise AssertionError


def _read_locked(fetch_ids: Sequence[int]) -> dict[int, str]:
    with transaction.atomic():
        locks.unhurried()  # its fetches would be ``kept`` again, and be read again
        rows = Fetch.objects.select_for_update(skip_locked=True, of=("self",)).select_related("source", "capture")
        works, states = _ask_all(list(rows.filter(pk__in=fetch_ids, state="kept").order_by("pk")))
        recording.record(works)
        return states | {work.item.pk: work.state for work in works}


def _ask_all(items: list[Fetch]) -> tuple[list[Work], dict[int, str]]:
    """What the engine says of each; refused and unread ones are ended or given back at once, with their states."""
    works: list[Work] = []
    states: dict[int, str] = {}
    words, begun = lexicon.current(), time.monotonic()
    for item in items:
        assert item.capture is not None
        if time.monotonic() - begun > LONGEST:
            states[item.pk] = "later"
            continue
        try:
            works.append(Work(item, *_ask(store.load(item.capture.snapshot_id), item.url, item.hints, words)))
        except UnreadableError as error:
            states[item.pk] = fetch.end(item.pk, "rejected", error=str(error))
        except store.SnapshotMissingError as error:
            states[item.pk] = fetch.fail(item.pk, str(error), permanent=True)
    unread = [pk for pk, state in states.items() if state == "later"]
    Fetch.objects.filter(pk__in=unread).update(attempts=F("attempts") - 1)
    return works, states


def _ask(data: bytes, url: str, hints: dict[str, Any], words: Lexicon) -> tuple[Answer, int]:
    started = time.monotonic()
    answer = extract(
        data,
        words,
        url=url if url.startswith("http") else hints.get("url"),
        published_on=hints.get("published_on"),
        language=hints.get("language"),
    )
    return answer, int((time.monotonic() - started) * 1000)


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
    work = Work(item, *_ask(store.load(version.capture.snapshot_id), item.url, item.hints, lexicon.current()))
    locks.one_writer()
    disclosure = read_models.locked().get(pk=disclosure_id)
    if disclosure.current_version_id == version.pk:  # else the source was quicker with a newer version
        recording.reread(disclosure, work)
