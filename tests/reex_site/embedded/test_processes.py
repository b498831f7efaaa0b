"""Supervised programs: started, started again, stopped with all they started."""

import sys
import time

import psutil
import pytest

from reex_site.embedded.processes import Program, Supervisor
from tests.running import until

FOREVER = "import time; print('up', flush=True); time.sleep(600)"
STUBBORN = "import signal, subprocess, sys; signal.signal(15, signal.SIG_IGN);" + (
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);" + FOREVER
)


@pytest.fixture
def supervisor():
    said: list[str] = []
    running = Supervisor(said.append)
    running.said = said  # type: ignore[attr-defined]
    yield running
    running.stop()


def program(tmp_path, code: str, **options) -> Program:
    return Program("job", [sys.executable, "-c", code], tmp_path / "logs" / "job.log", **options)


def test_what_falls_is_started_again_and_said(tmp_path, supervisor):
    job = supervisor.add(program(tmp_path, "import sys; sys.exit(3)", pause=0.0))
    until(lambda: supervisor.look_after() or len(supervisor.said) > 1, 20)
    assert "job ended (exit 3)" in supervisor.said[0]
    assert job.log.exists()


def test_a_single_job_is_not_started_again(tmp_path, supervisor):
    job = supervisor.add(program(tmp_path, "pass", once=True))
    assert until(supervisor.look_after, 20) == [job]
    assert job.exit_code() == 0
    assert supervisor.programs == []


def test_stopping_takes_what_the_program_started_along(tmp_path, supervisor):
    job = supervisor.add(program(tmp_path, STUBBORN, patience=0.2))
    until(lambda: "up" in job.log.read_text(), 20)
    family = psutil.Process(job.process.pid).children(recursive=True)
    assert family
    begun = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - begun < 5
    _, alive = psutil.wait_procs(family, timeout=5)
    assert not alive


def test_a_big_log_is_set_aside(tmp_path, supervisor, monkeypatch):
    monkeypatch.setattr("reex_site.embedded.processes.LOG_BYTES", 10)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "job.log").write_text("an old and long story")
    supervisor.add(program(tmp_path, "pass", once=True))
    assert (tmp_path / "logs" / "job.log.1").read_text() == "an old and long story"
