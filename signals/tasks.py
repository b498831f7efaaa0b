"""Celery tasks: load, call a service, queue what follows. Every one may run twice or never: the rows know what is left."""

import time
from typing import Any

from celery import shared_task
from celery.signals import worker_ready
from django.utils import timezone

from signals.models import Heartbeat
from signals.services import commitments, fetch, health, integrity, pipeline, preview, runs, watch


@shared_task
def obtain_fetch(fetch_id: int) -> None:
    state = pipeline.take(fetch_id) or pipeline.read(fetch_id)
    if state == "later":
        obtain_fetch.apply_async((fetch_id,), eta=fetch.due_at(fetch_id))


@shared_task
def read_fetch(fetch_id: int) -> None:
    pipeline.read(fetch_id)


@shared_task
def run_source(source_id: int, slot: str) -> None:
    step = runs.run(source_id, slot)
    for fetch_id in step.fetches:
        obtain_fetch.delay(fetch_id)
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
def watch_folder() -> None:
    for fetch_id in watch.look(time.time()):
        read_fetch.delay(fetch_id)


@worker_ready.connect
def take_up(**about: Any) -> None:
    """A worker that starts takes up at once what one before it may have left."""
    sweep.delay(all_lost=True)


@shared_task
def sweep(all_lost: bool = False) -> None:
    waiting = fetch.left_behind(10_000 if all_lost else 500, all_lost=all_lost)
    for fetch_id in waiting["obtain"]:
        obtain_fetch.delay(fetch_id)
    for fetch_id in waiting["read"]:
        read_fetch.delay(fetch_id)
    for preview_id in preview.left_behind():
        preview_source.delay(preview_id)
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
