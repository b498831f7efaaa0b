"""Celery tasks: load, call a service, queue what follows. Every one may run twice or never: the rows know what is left."""

import time

from celery import shared_task
from django.utils import timezone

from signals.models import Heartbeat
from signals.services import extraction, fetch, integrity, runs, watch


@shared_task
def obtain_fetch(fetch_id: int) -> None:
    if fetch.obtain(fetch_id) == "kept":
        read_fetch.delay(fetch_id)


@shared_task
def read_fetch(fetch_id: int) -> None:
    extraction.read(fetch_id)


@shared_task
def run_source(source_id: int, slot: str) -> None:
    for fetch_id in runs.run(source_id, slot):
        obtain_fetch.delay(fetch_id)


@shared_task
def run_due_sources() -> None:
    for source_id, slot in runs.due():
        run_source.delay(source_id, slot)


@shared_task
def watch_folder() -> None:
    for fetch_id in watch.look(time.time()):
        read_fetch.delay(fetch_id)


@shared_task
def sweep() -> None:
    waiting = fetch.left_behind()
    for fetch_id in waiting["obtain"]:
        obtain_fetch.delay(fetch_id)
    for fetch_id in waiting["read"]:
        read_fetch.delay(fetch_id)


@shared_task
def heartbeat() -> None:
    Heartbeat.objects.update_or_create(part="worker", defaults={"at": timezone.now()})


@shared_task
def check_integrity_nightly() -> None:
    integrity.check_and_report()
