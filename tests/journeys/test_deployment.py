"""The deployment's parts as real processes: web, worker and beat over the user's own PostgreSQL and Redis."""

import json
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from django.conf import settings

from tests.running import ROOT, free_port, until, worker_environment

pytestmark = [pytest.mark.journey, pytest.mark.redis]


def test_web_worker_and_beat_over_redis(start_worker, redis_url, tmp_path):
    start_worker("--beat", "--schedule", str(tmp_path / "schedule"), REDIS_URL=redis_url)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "reex_site.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    env = worker_environment(REDIS_URL=redis_url)
    with (tmp_path / "web.log").open("wb") as log:
        web = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        until(lambda: _health(port).get("ok"), 60, "all parts to be well")
        assert set(_health(port)["parts"]) == {"database", "broker", "workers", "disk"}
        assert not (settings.BROKER_DIR / "messages").exists() or not any((settings.BROKER_DIR / "messages").iterdir())
    finally:
        web.terminate()
        web.wait(20)


def _health(port: int) -> dict:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)
    except OSError:
        return {}
