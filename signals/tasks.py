"""Celery tasks: load, call a service, queue what follows. Every one may run twice or never: the rows know what is left."""

import gc
import time
from collections.abc import Sequence
from typing import Any

from celery import shared_task
from celery.signals import worker_init, worker_ready
from django.utils import timezone

from signals.models import Heartbeat
from signals.services import (
    commitments,
    fetch,
    health,
    integrity,
    lexicon,
    pipeline,
    preview,
    proposal_effect,
    runs,
    watch,
)

TOGETHER = 25  # fetches of one message


@shared_task
def obtain_fetches(fetch_ids: list[int]) -> None:
    states = pipeline.take_all(fetch_ids)
    states |= pipeline.read_all([one for one in fetch_ids if one not in states])
    for due, ids in fetch.due([one for one, state in states.items() if state == "later"]):
        obtain_fetches.apply_async((ids,), eta=due)


@shared_task
def read_fetches(fetch_ids: list[int]) -> None:
    states = pipeline.read_all(fetch_ids)
    send(read_fetches, [one for one, state in states.items() if state == "later"])


def send(task: Any, fetch_ids: Sequence[int]) -> None:
    """Messages for fetches, some to each."""
    for start in range(0, len(fetch_ids), TOGETHER):
        task.delay(list(fetch_ids[start : start + TOGETHER]))


@shared_task
def run_source(source_id: int, slot: str) -> None:
    step = runs.run(source_id, slot)
    send(obtain_fetches, step.fetches)
    if step.later is not None:
        run_source.apply_async((source_id, slot), eta=step.later)


@shared_task
def run_due_sources() -> None:
    for source_id, slot in [*runs.due(), *runs.left_behind()]:
        run_source.delay(source_id, slot)
    health.refresh()


@shared_task
def preview_source(preview_id: int) -> None:
    preview.run(preview_id)


@shared_task
def measure_proposal(measurement_id: int) -> None:
    if proposal_effect.go_on(measurement_id):
        measure_proposal.delay(measurement_id)


@shared_task
def watch_folder() -> None:
    send(read_fetches, watch.look(time.time()))


@worker_init.connect
def prepare(**about: Any) -> None:
    """What every process of a worker needs is loaded once, before they part, and is none of the garbage collector's business."""
    lexicon.files()
    gc.collect()
    gc.freeze()


@worker_ready.connect
def take_up(**about: Any) -> None:
    """A worker that starts takes up at once what one before it may have left."""
    sweep.delay(all_lost=True)


@shared_task
def sweep(all_lost: bool = False) -> None:
    waiting = fetch.left_behind(10_000 if all_lost else 500, all_lost=all_lost)
    send(obtain_fetches, waiting["obtain"])
    send(read_fetches, waiting["read"])
    for preview_id in preview.left_behind():
        preview_source.delay(preview_id)
    for measurement_id in proposal_effect.left_behind():
        measure_proposal.delay(measurement_id)
    runs.recount()


@shared_task
def settle_commitments() -> None:
    commitments.settle()


@shared_task
def heartbeat() -> None:
    Heartbeat.objects.update_or_create(part="worker", defaults={"at": timezone.now()})


@shared_task
def check_integrity_nightly() -> None:
    integrity.check_and_report()
    commitments.settle(everything=True)
