"""A progress bar over fetches: follows the workers, or does the work here when no worker is alive."""

import logging
import time
from collections.abc import Sequence

from django.core.management.base import OutputWrapper
from django.utils import timezone

from signals import tasks
from signals.services import fetch, pipeline, progress

log = logging.getLogger(__name__)

WIDTH = 28
STALLED = 600  # seconds without any change before giving up on the workers


def follow(fetch_ids: Sequence[int], out: OutputWrapper, *, wait: bool) -> progress.Progress:
    """Queue the fetches; with ``wait`` draw a bar until all are finished. Returns where they stand."""
    alive = progress.worker_alive()
    if alive or not wait:
        tasks.send(tasks.obtain_fetches, list(fetch_ids))
    if not wait:
        out.write(f"{len(fetch_ids)} queued")
        return progress.of(fetch_ids)
    return _watch(fetch_ids, out) if alive else _do(fetch_ids, out)


def _do(fetch_ids: Sequence[int], out: OutputWrapper) -> progress.Progress:
    for fetch_id in fetch_ids:
        while (state := pipeline.take(fetch_id) or pipeline.read(fetch_id)) == "later":
            due = fetch.due_at(fetch_id)
            time.sleep(max((due - timezone.now()).total_seconds(), 0) if due else 1)
        log.debug("fetch %s: %s", fetch_id, state)
        _draw(progress.of(fetch_ids), out)
    out.write("")
    return progress.of(fetch_ids)


def _watch(fetch_ids: Sequence[int], out: OutputWrapper) -> progress.Progress:
    changed, last = time.monotonic(), -1
    while True:
        now = progress.of(fetch_ids)
        if now.finished != last:
            changed, last = time.monotonic(), now.finished
            _draw(now, out)
        if now.finished >= now.total or time.monotonic() - changed > STALLED:
            out.write("")
            return now
        time.sleep(0.3)


def _draw(now: progress.Progress, out: OutputWrapper) -> None:
    filled = WIDTH * now.finished // max(now.total, 1)
    bar = "█" * filled + "·" * (WIDTH - filled)
    out.write(f"\r{bar} {now.finished}/{now.total}: {now.words()}", ending="" if out.isatty() else "\n")
    out.flush()
