"""Connections of a worker over its tasks."""

from datetime import timedelta
from types import SimpleNamespace

import psycopg
import pytest
from celery import exceptions
from celery.fixups.django import DjangoWorkerFixup
from celery.signals import task_postrun, task_prerun
from django.db import OperationalError, connection
from django.utils import timezone

from reex_site.celery import app
from reex_site.settings import DATABASES
from signals.models import SourcePreview
from signals.services import preview, runs, source
from signals.sources import build


class Task:
    """As much of a task as the signals' receivers look at."""

    def __init__(self, *, is_eager: bool) -> None:
        self.request = SimpleNamespace(is_eager=is_eager)


TASK = Task(is_eager=False)


@pytest.fixture
def as_installed(transactional_db, monkeypatch):
    """The database as an installation has it; tests close its connections at once."""
    for name in ("CONN_MAX_AGE", "CONN_HEALTH_CHECKS"):
        monkeypatch.setitem(connection.settings_dict, name, DATABASES["default"][name])
    connection.close()
    yield
    connection.close()


def _end_and_begin() -> None:
    """What goes on in a worker's process between two tasks."""
    fixup = DjangoWorkerFixup(app)
    for signal, ours in ((task_postrun, fixup.on_task_postrun), (task_prerun, fixup.on_task_prerun)):
        ours(sender=TASK)
        signal.send(sender=TASK, task_id="", task=TASK)


def _backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def test_a_connection_serves_the_next_task(as_installed):
    before = _backend()
    _end_and_begin()
    assert _backend() == before


@pytest.mark.parametrize("noticed", [True, False], ids=["during the task", "between tasks"])
def test_a_lost_connection_costs_no_further_task(as_installed, noticed):
    before = _backend()
    with psycopg.connect(connection.connection.info.dsn, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    if noticed:
        with pytest.raises(OperationalError):
            _backend()
    _end_and_begin()
    assert _backend() != before


@pytest.mark.django_db
def test_a_task_run_in_place_leaves_its_callers_connection():
    before = _backend()
    task_postrun.send(sender=Task(is_eager=True), task_id="", task=None)
    assert connection.connection is not None and _backend() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    "error", [exceptions.OperationalError, FileNotFoundError, *app.connection_for_write().channel_errors]
)
def test_without_a_broker_nobodys_page_breaks_and_what_was_asked_waits(as_admin, settings, monkeypatch, error):
    def away(*about, **options):
        raise error("the broker is away")

    monkeypatch.setattr("celery.app.task.Task.apply_async", away)
    settings.FETCH_ENABLED = True
    feed = {"key": "a", "name": "A", "kind": "rss", "urls": ["https://a.example/feed"], "enabled": True}
    row = source.save(build(feed))
    assert as_admin.post(f"/sources/{row.key}/run/").status_code == 302
    assert as_admin.post(f"/sources/{row.key}/try/").status_code == 302
    assert [one for one, _ in runs.left_behind()] == [row.pk]
    SourcePreview.objects.update(asked_at=timezone.now() - timedelta(minutes=2))
    assert preview.left_behind() == [SourcePreview.objects.get().pk]
