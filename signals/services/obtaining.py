"""Asking for addresses and keeping what they give; many together, so that the database is asked once for all of them."""

import logging
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from signals.ingest import client, store
from signals.ingest.limits import MAX_SIZE, refusal
from signals.models import Disclosure, Fetch
from signals.services import fetch, hosts, snapshot

log = logging.getLogger(__name__)

LONGEST = 20.0  # seconds of asking after which the rest is left to the next message
HEAP = 16 * 1024 * 1024  # bytes of answers in memory, above which they are kept before more is asked
GONE = {404, 410}
Validators = dict[str, str]


@dataclass(slots=True)
class Basket:
    """Answers that are not yet written down, each with its fetch and the milliseconds that it took.

    Their bytes are on the way to the store while more is asked for; rows are written when all have arrived there.
    """

    writer: store.Writer
    kept: list[tuple[Fetch, snapshot.Taken, int]] = field(default_factory=list)
    unchanged: list[tuple[Fetch, int]] = field(default_factory=list)

    @property
    def full(self) -> bool:
        return sum(len(taken.data) for _, taken, _ in self.kept) > HEAP


def obtain(fetch_id: int) -> str:
    """``obtain_all`` for one; ``""`` when there was nothing to do."""
    return obtain_all([fetch_id]).get(fetch_id, "")


def obtain_all(fetch_ids: Sequence[int]) -> dict[int, str]:
    """Ask for addresses and keep what they give. Returns the states of those that there was something to do for.

    ``later``: the host is busy or the time is up, ``not_before`` of the row may say until when. ``gone`` and ``back``: the
    page of a disclosure answers 404 or 410, or answers again; the row stays claimed until ``withdrawal.settle`` has dealt with it.
    """
    begun = time.monotonic()
    states = _obtain(fetch.claim_all(fetch_ids), begun)
    for one in fetch.tried(fetch_ids) if len(states) < len(fetch_ids) else ():
        if one in states:
            continue
        states |= {one: "later"} if time.monotonic() - begun > LONGEST else _obtain(fetch.claim(one), begun)
    return states


def _obtain(rows: Sequence[Fetch], begun: float) -> dict[int, str]:
    """The same for fetches that are claimed."""
    if not settings.FETCH_ENABLED:
        return {one.pk: fetch.fail(one.pk, client.why_off(), permanent=True) for one in rows}
    known = validators(one.url for one in rows)
    states: dict[int, str] = {}
    with store.Writer(to_be_read=True) as writer:
        basket, free = Basket(writer), set[str]()
        for one in rows:
            if time.monotonic() - begun > LONGEST:
                states[one.pk] = fetch.give_back(one)
                continue
            state = _take(one, known.get(one.url, {}), basket, free)
            if state:
                states[one.pk] = state
            if basket.full:
                states |= _empty(basket)
        return states | _empty(basket)


def _take(one: Fetch, known: Validators, basket: Basket, free: set[str]) -> str:
    """Ask for one address; what it gives goes into the basket. Returns a state when it came to one at once."""
    try:
        host = hosts.name_of(client.checked(one.url))
        pause = float(one.source.definition.get("pause") or 0)
        if host not in free:
            busy = hosts.claim(one.url, pause)
            if busy is not None:
                return fetch.lay_aside(one, busy)
            if not hosts.pause_of(one.url, pause):  # an intranet's host stays free for the rest of them
                free.add(host)
        return _ask(one, known, basket)
    except client.FetchError as error:
        if error.retry_after:
            free.clear()
        return _refused(one, error)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # the item's own fault: kept with it, and its neighbours go on
        log.exception("fetch %s", one.pk)
        return fetch.fail(one.pk, f"{type(error).__name__}: {error}")


def _ask(one: Fetch, known: Validators, basket: Basket) -> str:
    started = time.monotonic()
    answer = client.get(one.url, validators=known, max_size=MAX_SIZE, permit=hosts.permit)
    milliseconds = int((time.monotonic() - started) * 1000)
    if answer.status == 304:
        basket.unchanged.append((one, milliseconds))
        return ""
    reason = refusal(answer.body)
    if reason:
        return fetch.end(
            one.pk, "rejected", status=answer.status, error=reason, size=len(answer.body), milliseconds=milliseconds
        )
    writing = basket.writer.keep(answer.body)
    taken = snapshot.Taken(answer.body, answer.url, timezone.now(), answer.status, answer.headers, writing)
    basket.kept.append((one, taken, milliseconds))
    return ""


def _empty(basket: Basket) -> dict[int, str]:
    """Write the basket's answers down; returns the states that their fetches have come to."""
    try:
        states = _keep(basket.kept)
    except OSError as error:  # a full disk, a store that is away: all of them are asked for again
        why = f"The answer could not be kept: {error.strerror or error}."
        states = {one.pk: fetch.fail(one.pk, why) for one, _, _ in basket.kept}
    states |= _end_unchanged(basket.unchanged)
    basket.kept, basket.unchanged = [], []
    return states


def _keep(answers: list[tuple[Fetch, snapshot.Taken, int]]) -> dict[int, str]:
    if not answers:
        return {}
    with transaction.atomic():
        captures = snapshot.capture_all([taken for _, taken, _ in answers])
        columns = [
            (one.pk, captured.pk, got.status, len(got.data), milliseconds)
            for (one, got, milliseconds), captured in zip(answers, captures, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE signals_fetch f SET state = 'kept', capture_id = c.capture, status = c.status, size = c.size, "
                "milliseconds = c.ms, claimed_at = NULL, not_before = NULL, attempts = 0, error = '' "
                "FROM unnest(%s::bigint[], %s::bigint[], %s::int[], %s::int[], %s::int[]) AS c (id, capture, status, size, ms) "
                "WHERE f.id = c.id",
                [list(column) for column in zip(*columns, strict=True)],
            )
    return {one.pk: "kept" for one, _, _ in answers}


def _end_unchanged(same: list[tuple[Fetch, int]]) -> dict[int, str]:
    """304s: over, but for those whose disclosure counts as withdrawn."""
    if not same:
        return {}
    urls = [one.url for one, _ in same]
    back = set(
        Disclosure.objects.filter(canonical_url__in=urls, withdrawn_at__isnull=False)
        .exclude(current_version=None)
        .values_list("canonical_url", flat=True)
    )
    over = [(one.pk, milliseconds) for one, milliseconds in same if one.url not in back]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE signals_fetch f SET state = 'unchanged', status = 304, milliseconds = c.ms, claimed_at = NULL, "
            "finished_at = now() FROM unnest(%s::bigint[], %s::int[]) AS c (id, ms) WHERE f.id = c.id",
            [[pk for pk, _ in over], [milliseconds for _, milliseconds in over]],
        )
    return {one.pk: "back" if one.url in back else "unchanged" for one, _ in same}


def validators(urls: Iterable[str]) -> dict[str, Validators]:
    """ETag and Last-Modified of addresses as they were last kept and read."""
    last = Fetch.objects.filter(url__in=list(urls), version__isnull=False, capture__isnull=False)
    found = last.order_by("url", "-id").distinct("url").values_list("url", "capture__headers")
    return {
        url: {name: headers[name] for name in ("etag", "last-modified") if headers.get(name)} for url, headers in found
    }


def _refused(one: Fetch, error: client.FetchError) -> str:
    if error.status in GONE:
        read = Disclosure.objects.filter(canonical_url=one.url, current_version__isnull=False)
        if read.exists():
            Fetch.objects.filter(pk=one.pk).update(status=error.status)
            return "gone"
    if error.retry_after:
        hosts.back_off(one.url, error.retry_after)
    return fetch.fail(one.pk, str(error), permanent=error.permanent, status=error.status, wait=error.retry_after or 0)
