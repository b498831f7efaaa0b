"""Real processes under test: Celery workers, a Redis server, and the whole of `manage.py up`."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings

from reex_site.embedded.processes import die_with_parent
from tests.browser import missing

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(condition: Callable[[], Any], seconds: float = 30, what: str = "") -> Any:
    """The first true answer of `condition`; fails when none came in time."""
    deadline = time.monotonic() + seconds
    while not (answer := condition()):
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds} s: {what or condition}")
        time.sleep(0.1)
    return answer


def environment(**more: str) -> dict[str, str]:
    """The environment of a process that is configured by `more` alone."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("REEX_", "DJANGO_", "PYTEST_"))}
    return {**plain, "REEX_ENV_FILE": os.devnull, "PYTHONUNBUFFERED": "1", **more}


def worker_environment(**more: str) -> dict[str, str]:
    """The environment of a process that shares this test's database and data folder."""
    from tests import database

    where = urlencode({"host": str(database.server().cluster.socket_directory())})
    return environment(
        DJANGO_SETTINGS_MODULE="reex_site.settings",
        DATABASE_URL=f"postgresql://reex@/{settings.DATABASES['default']['NAME']}?{where}",
        REEX_SECRET_KEY=settings.SECRET_KEY,
        REEX_DATA=str(settings.DATA_DIR),
        **more,
    )


@pytest.fixture
def start_worker(transactional_db: None, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts real Celery workers on this test's database and broker; arguments go to `celery worker`.

    A worker may be killed by the test (`.kill()` takes its pool along only after Celery notices); all are at the end.
    """
    for folder in ("messages", "control"):
        shutil.rmtree(settings.BROKER_DIR / folder, ignore_errors=True)
        (settings.BROKER_DIR / folder).mkdir(parents=True)
    env = worker_environment()
    running: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str, **more: str) -> subprocess.Popen[bytes]:
        name = f"test-{len(running)}@%h"
        command = [sys.executable, "-m", "celery", "--app", "reex_site", "worker", "--concurrency", "1", "-n", name]
        command += ["--loglevel", "INFO", "--without-mingle", "--without-gossip", *arguments]
        log = tmp_path / f"worker-{len(running)}.log"
        with log.open("wb") as output:
            worker = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**env, **more},
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        running.append(worker)
        until(lambda: b" ready." in log.read_bytes() or worker.poll() is not None, 40, "the worker to be ready")
        assert worker.poll() is None, log.read_text()
        return worker

    yield start
    for worker in running:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Redis server of our own."""
    program = shutil.which("redis-server")
    if not program:
        missing("Redis", "Debian: apt install redis-server")
    port = free_port()
    command = [str(program), "--port", str(port), "--save", "", "--dir", str(tmp_path_factory.mktemp("redis"))]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    until(lambda: _listens(port), 10, "Redis to listen")
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait()


@dataclass
class Site:
    """A running `manage.py up`."""

    data: Path
    port: int
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        return self.log.read_text()

    @property
    def passwords(self) -> dict[str, str]:
        lines = (self.data / "demo-accounts.txt").read_text().splitlines()
        return dict(line.split(" ", 1) for line in lines if not line.startswith("#"))

    def get(self, path: str) -> tuple[int, str]:
        """Status and body of a page."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=20) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def manage(self, *arguments: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """A `manage.py` command on the same data."""
        command = [sys.executable, "manage.py", *arguments]
        env = environment(REEX_DATA=str(self.data))
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=timeout, check=False)

    def stop(self, number: int = signal.SIGINT, seconds: float = 30) -> int:
        """What Ctrl-C does; returns the exit code."""
        self.process.send_signal(number)
        return self.process.wait(seconds)


def start_site(data: Path, *arguments: str, port: int | None = None, log: str = "up.log", **more: str) -> Site:
    """Start `manage.py up` on a data folder and wait until it serves (or has ended)."""
    port = port or free_port()
    data.mkdir(parents=True, exist_ok=True)
    written = data / log
    command = [sys.executable, "manage.py", "up", "--port", str(port), "--no-newsroom", *arguments]
    # Styles and scripts are the same for all; compressing them takes longer than everything else.
    static = Path(settings.DATABASES["default"]["HOST"]) / "static"
    env = environment(REEX_DATA=str(data), REEX_STATIC_ROOT=str(static), **more)
    with written.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )
    site = Site(data, port, process, written)
    until(lambda: re.search(r"serving +http", site.output) or process.poll() is not None, 240, "the site to serve")
    return site


@contextlib.contextmanager
def folder_for_server() -> Iterator[Path]:
    """A new folder whose name a careless shell would split.

    Not one of pytest's: every pytest that starts closes its folders to other accounts, and as root the embedded server
    runs under another account.
    """
    with tempfile.TemporaryDirectory(prefix="reex test's & ") as name:
        yield Path(name)


@pytest.fixture
def server_folder() -> Iterator[Path]:
    """A new folder that an embedded server can live in."""
    with folder_for_server() as folder:
        yield folder


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The whole installation, running: web, worker, beat, database; without the sample newsroom."""
    with folder_for_server() as folder:
        running = start_site(folder / "data")
        assert running.process.poll() is None, running.output
        yield running
        running.stop()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
