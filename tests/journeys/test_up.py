"""`manage.py up`: what it starts it stops, what it keeps it finds again, and what is wrong it says."""

import json
import re
import shutil
import signal
import socket
import stat
from pathlib import Path

import psutil
import pytest

from tests.running import Site, start_site, until

pytestmark = pytest.mark.journey


@pytest.fixture
def start(server_folder: Path):
    """Starts sites on folders with an awkward name; whatever still runs at the end is stopped."""
    running: list[Site] = []

    def begin(name: str = "one", *arguments: str, **options) -> Site:
        running.append(start_site(server_folder / name, *arguments, **options))
        return running[-1]

    yield begin
    for site in running:
        if site.process.poll() is None:
            site.stop()


def processes_on(site: Site) -> list[psutil.Process]:
    """Everything that runs for a site: its own children, and whatever names its folder."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and str(site.data) in " ".join(process.cmdline()):
                found.append(process)
        except psutil.NoSuchProcess:
            continue
    return found


def test_ctrl_c_leaves_nothing_behind_and_the_next_start_finds_everything(start):
    first = start()
    assert first.process.poll() is None, first.output
    family = psutil.Process(first.process.pid).children(recursive=True) + processes_on(first)
    assert {"database", "migrations", "companies", "serving"} <= set(re.findall(r"s  (\w+) ", first.output))
    assert set(first.passwords) == {"analyst", "editor", "admin"}
    assert stat.S_IMODE((first.data / "demo-accounts.txt").stat().st_mode) == 0o600
    until(lambda: first.get("/healthz")[0] == 200, 60, "everything to be well")
    made = first.manage(
        "shell", "-c", "from django.contrib.auth.models import Group; Group.objects.create(name='kept')"
    )
    assert made.returncode == 0, made.stderr
    assert first.stop() == 0
    assert "the database too" in first.output
    _, alive = psutil.wait_procs(family, timeout=5)
    assert not [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]
    assert processes_on(first) == []

    passwords = first.passwords
    second = start()
    assert second.passwords == passwords
    seconds = float(re.search(r"([\d.]+) s  serving", second.output).group(1))
    assert seconds < 10
    found = second.manage("shell", "-c", "from django.contrib.auth.models import Group; print(Group.objects.count())")
    assert found.stdout.split()[-1] == "4"
    assert second.stop(signal.SIGTERM) == 0
    assert processes_on(second) == []


def test_two_side_by_side(site, start):
    other = start("other")
    assert other.process.poll() is None, other.output
    assert other.get("/companies/")[0] == site.get("/companies/")[0] == 200
    assert other.stop() == 0
    assert json.loads(site.get("/healthz")[1])["parts"]["database"] == {"ok": True}


def test_a_port_in_use_is_said_before_anything_starts(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        site = start(port=port)
    assert site.process.wait(30) == 1
    assert f"port {port}" in site.output
    assert f"--port {port + 1}" in site.output
    assert not (site.data / "postgres").exists()


def test_the_same_folder_twice_is_refused_with_the_other_address(site):
    again = start_site(site.data, log="again.log")
    assert again.process.wait(30) == 1
    assert f"already being served at {site.url}/" in again.output
    assert site.get("/companies/")[0] == 200


def test_a_broken_data_folder_is_said_in_words(start, server_folder):
    (server_folder / "one" / "postgres").mkdir(parents=True)
    site = start("one")
    assert site.process.wait(30) == 1
    assert "PG_VERSION is missing" in site.output
    assert "Traceback" not in site.output


def test_a_fallen_worker_is_started_again(site):
    until(lambda: site.get("/healthz")[0] == 200, 60, "everything to be well")
    worker = next(
        child for child in psutil.Process(site.process.pid).children() if "celery" in " ".join(child.cmdline())
    )
    worker.kill()
    until(lambda: "worker ended" in site.output, 20)
    until(lambda: _is_up(site, "celery", worker.pid), 20, "a new worker")


def test_a_database_that_was_stopped_by_hand_runs_again(start):
    site = start()
    until(lambda: site.get("/healthz")[0] == 200, 60, "everything to be well")
    place = site.data / "postgres" / "postmaster.pid"
    before = int(place.read_text().splitlines()[0])
    psutil.Process(before).send_signal(signal.SIGINT)
    until(lambda: "database was stopped; it runs again" in site.output, 30)
    assert int(place.read_text().splitlines()[0]) != before
    until(lambda: site.get("/healthz")[0] == 200, 60, "everything to be well again")
    assert site.get("/companies/")[0] == 200
    assert site.stop() == 0
    assert processes_on(site) == []


def test_a_broker_folder_that_was_taken_away_is_made_again_and_nothing_is_lost(start):
    site = start()
    until(lambda: site.get("/healthz")[0] == 200, 60, "everything to be well")
    shutil.rmtree(site.data / "broker")
    news = (
        "<html lang=en><title>Lynas in May</title><article><p>Lynas reported revenue of A$ 123.4 million.</p></article>"
    )
    (site.data / "watch" / "lynas.html").write_text(news)
    until(lambda: (site.data / "watch" / "taken" / "lynas.html").exists(), 120, "the file to be taken in")
    until(lambda: "Lynas in May" in site.get("/companies/lynas/disclosures/")[1], 120, "the file to be read")
    assert site.get("/healthz")[0] == 200


def _is_up(site: Site, word: str, not_pid: int) -> bool:
    children = psutil.Process(site.process.pid).children()
    return any(word in " ".join(child.cmdline()) and child.pid != not_pid for child in children)
