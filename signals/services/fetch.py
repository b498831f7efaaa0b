"""Fetches: the units of work of the pipeline, their claims and their ends.

A message only says "look now". The row says what is to be done; a conditional update claims it, so two workers never do
the same thing, and a claim that outlives ``CLAIM`` belongs to a dead worker and is free again.
"""

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from signals.ingest import client
from signals.models import Fetch, FetchRun, Source
from signals.services import snapshot

CLAIM = timedelta(minutes=10)
MAX_SIZE = 50 * 1024 * 1024  # bytes; larger than any filing seen, smaller than what would hurt a worker
BACKOFF = [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1)]


def queue(source: Source, url: str, *, run: FetchRun | None = None, hints: dict[str, Any] | None = None) -> int:
    """A row for ``url``, or the one that already waits for it; returns its id."""
    with transaction.atomic():
        Source.objects.select_for_update().get(pk=source.pk)  # two runs may find the same item at once
        waiting = (
            Fetch.objects.filter(source=source, url=url, state__in=Fetch.OPEN).values_list("pk", flat=True).first()
        )
        if waiting is not None:
            return waiting
        return Fetch.objects.create(source=source, url=url, run=run, hints=hints or {}).pk


def keep(
    source: Source,
    url: str,
    data: bytes,
    *,
    run: FetchRun | None = None,
    hints: dict[str, Any] | None = None,
    fetched_at: datetime | None = None,
) -> int:
    """A row for bytes that are already at hand (a dropped file, a paste, the sample newsroom); returns its id.

    Too large or empty input gives a ``rejected`` row with the reason.
    """
    reason = refusal(data)
    if reason:
        return Fetch.objects.create(
            source=source, run=run, url=url, hints=hints or {}, state="rejected", size=min(len(data), 2**31 - 1),
            error=reason, finished_at=timezone.now(),
        ).pk  # fmt: skip
    with transaction.atomic():
        captured = snapshot.capture(data, url, fetched_at or timezone.now())
        return Fetch.objects.create(
            source=source, run=run, url=url, hints=hints or {}, state="kept", size=len(data), capture=captured
        ).pk


def refuse(source: Source, url: str, reason: str, *, size: int = 0) -> int:
    """A row for input that was not even read, so that the report says so."""
    return Fetch.objects.create(
        source=source, url=url, state="rejected", error=reason, size=min(size, 2**31 - 1), finished_at=timezone.now()
    ).pk


def refusal(data: bytes) -> str:
    """Why these bytes are not taken, in words; empty when they are."""
    if not data.strip():
        return "The file is empty. Nothing was kept; drop it again when it has content."
    if len(data) > MAX_SIZE:
        return f"The file has {len(data) // 1_000_000} MB; the limit is {MAX_SIZE // 1_000_000} MB. Split it or save the article alone."
    return ""


def read_file(path: Path) -> bytes | str:
    """The bytes of a dropped file, or the reason why it is refused (a 200 MB file is not even read)."""
    size = path.stat().st_size
    if size > MAX_SIZE:
        return f"The file has {size // 1_000_000} MB; the limit is {MAX_SIZE // 1_000_000} MB. Split it or save the article alone."
    data = path.read_bytes()
    return refusal(data) or data


def claim(fetch_id: int) -> Fetch | None:
    """The waiting fetch, claimed for this worker, or None when it is done, not due or in other hands."""
    now = timezone.now()
    claimed = (
        Fetch.objects.filter(pk=fetch_id, state__in=["waiting", "failed"], capture=None)
        .filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM))
        .filter(Q(not_before=None) | Q(not_before__lte=now))
        .update(claimed_at=now, attempts=F("attempts") + 1)
    )
    return Fetch.objects.select_related("source").get(pk=fetch_id) if claimed == 1 else None


def obtain(fetch_id: int) -> str:
    """Ask for the address and keep what it gives. Returns the fetch's state; ``""`` when there was nothing to do."""
    fetch = claim(fetch_id)
    if fetch is None:
        return ""
    started = time.monotonic()
    validators = fetch.source.validators.get(fetch.url, {})
    try:
        answer = client.get(fetch.url, validators=validators, max_size=MAX_SIZE)
    except client.FetchError as error:
        return fail(fetch.pk, str(error), permanent=error.permanent, status=error.status)
    milliseconds = int((time.monotonic() - started) * 1000)
    if answer.status == 304:
        return _end(fetch.pk, "unchanged", status=304, milliseconds=milliseconds)
    reason = refusal(answer.body)
    if reason:
        return _end(
            fetch.pk, "rejected", status=answer.status, error=reason, size=len(answer.body), milliseconds=milliseconds
        )
    with transaction.atomic():
        captured = snapshot.capture(
            answer.body, answer.url, timezone.now(), status=answer.status, headers=answer.headers
        )
        Fetch.objects.filter(pk=fetch.pk).update(
            state="kept", capture=captured, status=answer.status, size=len(answer.body), milliseconds=milliseconds,
            claimed_at=None, attempts=0, error="",
        )  # fmt: skip
        remember_validators(fetch.source_id, fetch.url, answer.headers)
    return "kept"


def remember_validators(source_id: int, url: str, headers: dict[str, str]) -> None:
    """ETag and Last-Modified of an address, for the next conditional request."""
    found = {name: headers[name] for name in ("etag", "last-modified") if headers.get(name)}
    source = Source.objects.select_for_update().get(pk=source_id)
    if source.validators.get(url) != found:
        source.validators = (
            {**dict(list(source.validators.items())[-2000:]), url: found} if found else source.validators
        )
        source.save(update_fields=["validators"])


def fail(fetch_id: int, error: str, *, permanent: bool = False, status: int | None = None) -> str:
    """Note an error: tried again later, or parked when it is permanent or has been tried often enough."""
    fetch = Fetch.objects.get(pk=fetch_id)
    parked = permanent or fetch.attempts >= Fetch.MAX_ATTEMPTS
    state = "parked" if parked else ("kept" if fetch.capture_id else "failed")
    Fetch.objects.filter(pk=fetch_id).update(
        state=state,
        error=error[:2000],
        status=status,
        claimed_at=None,
        not_before=None if parked else timezone.now() + BACKOFF[min(fetch.attempts, len(BACKOFF)) - 1],
        finished_at=timezone.now() if parked else None,
    )
    return "parked" if parked else "failed"


def retry(fetch_id: int) -> bool:
    """Take a parked fetch up again with fresh attempts; True when it was parked."""
    kept = Fetch.objects.filter(pk=fetch_id, state="parked")
    fields = {"attempts": 0, "not_before": None, "claimed_at": None, "finished_at": None}
    return bool(
        kept.filter(capture__isnull=False).update(state="kept", **fields)
        or kept.filter(capture=None).update(state="waiting", **fields)
    )


def _end(fetch_id: int, state: str, **fields: Any) -> str:
    Fetch.objects.filter(pk=fetch_id).update(state=state, claimed_at=None, finished_at=timezone.now(), **fields)
    return state


def left_behind(limit: int = 500) -> dict[str, list[int]]:
    """Ids of open fetches that no worker holds and that are due, for the sweeper to queue again."""
    now = timezone.now()
    free = Fetch.objects.filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)).filter(
        Q(not_before=None) | Q(not_before__lte=now)
    )
    return {
        "obtain": list(
            free.filter(state__in=["waiting", "failed"]).order_by("pk").values_list("pk", flat=True)[:limit]
        ),
        "read": list(free.filter(state="kept").order_by("pk").values_list("pk", flat=True)[:limit]),
    }
