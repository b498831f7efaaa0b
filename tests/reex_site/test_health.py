"""`/healthz` says what is not well, why, and since when."""

from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone

from reex_site import health
from signals.models import Heartbeat


@pytest.fixture
def all_well(db, settings):
    (settings.BROKER_DIR / "messages").mkdir(parents=True, exist_ok=True)
    return Heartbeat.objects.create(part="worker", at=timezone.now())


def test_all_is_well(client, all_well):
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "ok": True,
        "parts": {name: {"ok": True} for name in ("database", "broker", "workers", "disk")},
    }
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_silent_worker_is_told_with_its_last_sign_of_life(client, all_well):
    all_well.at = timezone.now() - timedelta(minutes=5)
    all_well.save()
    answer = client.get("/healthz")
    part = answer.json()["parts"]["workers"]
    assert answer.status_code == 503
    assert part["reason"].startswith("no sign of life for 300")
    assert part["since"] == all_well.at.isoformat()
    assert answer.json()["parts"]["database"] == {"ok": True}


def test_a_worker_that_never_was(client, all_well):
    all_well.delete()
    assert "ever given" in client.get("/healthz").json()["parts"]["workers"]["reason"]


def test_a_missing_broker(client, all_well, settings):
    (settings.BROKER_DIR / "messages").rmdir()
    part = client.get("/healthz").json()["parts"]["broker"]
    assert not part["ok"]
    assert "messages" in part["reason"]


def test_an_unreachable_redis(client, all_well, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert not client.get("/healthz").json()["parts"]["broker"]["ok"]


def test_a_full_disk(client, all_well, monkeypatch):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: usage(5_000_000))
    assert "only 5 MB" in client.get("/healthz").json()["parts"]["disk"]["reason"]


def test_a_full_store_on_a_disk_of_its_own(client, all_well, settings, monkeypatch):
    usage = namedtuple("usage", "free")
    settings.SNAPSHOT_DIR.mkdir(parents=True, exist_ok=True)
    room = {settings.DATA_DIR: 9_000_000_000, settings.SNAPSHOT_DIR: 7_000_000}
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: usage(room[path]))
    reason = client.get("/healthz").json()["parts"]["disk"]["reason"]
    assert reason == f"only 7 MB are free for {settings.SNAPSHOT_DIR}"


def test_a_failing_part_keeps_the_time_it_was_first_seen_failing(client, all_well, monkeypatch):
    def fail() -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(health, "database", fail)
    first, second = (client.get("/healthz").json()["parts"]["database"] for _ in range(2))
    assert first == second
    assert first["reason"] == "the server closed the connection"
    monkeypatch.undo()
    assert client.get("/healthz").json()["ok"]
    assert "database" not in health._failing_since
