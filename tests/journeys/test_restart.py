"""Kill -9 of worker, beat, database and broker at random points: what comes out is what an undisturbed run gives, byte for byte."""

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.browser import missing
from tests.running import ROOT, environment, free_port, until

pytestmark = pytest.mark.journey
# RESTART_DOCUMENTS=60 makes a short run, RESTART_SEED repeats one.
DOCUMENTS = int(os.environ.get("RESTART_DOCUMENTS") or "500")
BLOWS = 8
PATIENCE = 900
COMPANIES = ["Northern Rare Earth", "Shenghe Resources", "Xiamen Tungsten", "JL MAG", "Baotou Steel Union"]
COUNT = """
SELECT CASE WHEN EXISTS (SELECT 1 FROM signals_fetch WHERE state IN ('waiting', 'kept', 'failed')) THEN 0
       ELSE (SELECT count(*) FROM signals_disclosure WHERE current_version_id IS NOT NULL) END
"""
EXPORT = """
import json, sys
from signals.exports import record
from signals.models import *
rows = [record(row) for row in IndicatorCurrent.objects.select_related("disclosure__current_version__capture").order_by("key")]
pages = list(Disclosure.objects.order_by("canonical_url").values_list("canonical_url", "title", "indicator_count", "signal_count", "duplicate_of__canonical_url"))
facts = list(Fact.objects.order_by("key").values_list("key", "conflict", "best__key"))
counts = [DisclosureVersion.objects.count(), Extraction.objects.count(), Indicator.objects.count(), Signal.objects.count(), TimelineEntry.objects.count()]
rollup = list(Rollup.objects.filter(count__gt=0).order_by("entity", "kind", "key", "month").values_list("entity", "kind", "key", "count"))
sys.stdout.write("EXPORT" + json.dumps([rows, pages, facts, counts, rollup], sort_keys=True, default=str) + "TROPXE")
"""


def document(number: int) -> str:
    """A page like no other, with three figures and a signal."""
    chance = random.Random(number)
    company, year = COMPANIES[number % len(COMPANIES)], 2021 + number % 5
    filler = " ".join("".join(chance.choices("abcdefghijklmnoprstuvw", k=7)) for _ in range(80))
    return (
        f"<html lang=en><head><title>{company} report {number}</title></head><body><article><h1>{company} report {number}</h1>"
        f"<p>{1 + number % 28} March {year + 1}</p><p>{company} said that its revenue in {year} reached {chance.randrange(1000, 99999) / 100} "
        f"billion yuan, up {chance.randrange(1, 99)}.{chance.randrange(10)} percent from a year earlier. Net profit was {chance.randrange(100, 999)} million yuan.</p>"
        f"<p>{company} began to build the second phase of its green smelting project number {number}.</p><p>{filler}.</p></article></body></html>"
    )


class Plant:
    """Worker, beat, embedded database and broker on a data folder of their own."""

    def __init__(self, data: Path, redis: bool) -> None:
        self.data, self.running = data, {}
        self.port = free_port() if redis else 0
        self.env = environment(
            REEX_DATA=str(data), DJANGO_SETTINGS_MODULE="reex_site.settings", REEX_FETCH_ENABLED="0",
            **({"REDIS_URL": f"redis://127.0.0.1:{self.port}/0"} if redis else {}),
        )  # fmt: skip
        for folder in ("watch", "broker/messages", "broker/control"):
            (data / folder).mkdir(parents=True)
        self.start_broker()
        for command in (["migrate", "-v0"], ["createcachetable"], ["load_companies"]):
            self.manage(*command)

    def manage(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def drop(self) -> None:
        for number in range(DOCUMENTS):
            path = self.data / "watch" / f"{number:04}.html"
            path.write_text(document(number), encoding="utf-8")
            os.utime(path, (time.time() - 60,) * 2)

    def start(self, *parts: str) -> None:
        for part in parts:
            if part in self.running and self.running[part].poll() is None:
                continue
            command = [sys.executable, "-m", "celery", "--app", "reex_site", part, "--loglevel", "WARNING"]
            command += (
                ["--concurrency", "2", "--without-mingle", "--without-gossip"]
                if part == "worker"
                else ["--schedule", str(self.data / f"beat-{time.time()}")]
            )
            with (self.data / f"{part}.log").open("ab") as log:
                self.running[part] = subprocess.Popen(
                    command, cwd=ROOT, env=self.env, stdout=log, stderr=log, start_new_session=True
                )

    def start_broker(self) -> None:
        if self.port:
            command = ["redis-server", "--port", str(self.port), "--save", "", "--dir", str(self.data)]
            self.running["broker"] = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)

    def kill(self, part: str) -> None:
        """The hardest way: no signal handler runs, nothing is put away."""
        if part == "database":
            with contextlib.suppress(
                FileNotFoundError, ProcessLookupError
            ):  # it may not be up again since the last blow
                os.kill(int((self.data / "postgres" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
            self.kill("worker")
            self.kill("beat")
        elif part == "broker" and not self.port:
            for message in (self.data / "broker" / "messages").glob("*"):
                message.unlink(missing_ok=True)
            self.kill("worker")  # a message lost without a trace is taken up at the next start
        elif part in self.running and self.running[part].poll() is None:
            os.killpg(self.running[part].pid, signal.SIGKILL)
            self.running[part].wait()
            if part == "broker":
                self.kill("worker")
                self.start_broker()

    def stop(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def read_count(self) -> int:
        """Documents that are read when nothing is open any more, else 0; asked without starting anything."""
        from reex_site.embedded.server import Server

        time.sleep(0.5)
        try:
            with psycopg.connect(Server.at(self.data).address("reex"), connect_timeout=5) as database:
                row = database.execute(COUNT).fetchone()
        except psycopg.OperationalError:
            return 0
        return int(row[0]) if row else 0

    def export(self) -> str:
        return self.manage("shell", "-v0", "-c", EXPORT).split("EXPORT")[1].split("TROPXE")[0]


def whole_run(data: Path, redis: bool, blows: random.Random | None = None) -> str:
    plant = Plant(data, redis)
    try:
        plant.drop()
        plant.start("worker", "beat")
        for _ in range(BLOWS if blows else 0):
            time.sleep(blows.uniform(1.0, 12.0))  # a worker needs some seconds before it does anything worth disturbing
            plant.kill(blows.choice(["worker", "worker", "beat", "database", "broker"]))
            plant.start("worker", "beat")
        until(lambda: plant.read_count() >= DOCUMENTS, PATIENCE, "all documents to be read")
        return plant.export()
    finally:
        plant.stop()
        from reex_site.embedded.server import Server

        Server.at(data).stop_if_unused()
        shutil.rmtree(data / "postgres", ignore_errors=True)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> str:
    return whole_run(tmp_path_factory.mktemp("undisturbed") / "data", redis=False)


def test_an_undisturbed_run_reads_everything(undisturbed):
    rows, pages, *_ = json.loads(undisturbed)
    assert len(pages) == DOCUMENTS
    assert len(rows) >= 2 * DOCUMENTS


@pytest.mark.parametrize("broker", ["files", "redis"])
def test_nothing_is_lost_or_doubled_by_kill_9(undisturbed, tmp_path, broker):
    if broker == "redis" and not shutil.which("redis-server"):
        missing("Redis", "Debian: apt install redis-server")
    seed = int(os.environ.get("RESTART_SEED", random.randrange(10**6)))
    print("seed", seed)
    disturbed = whole_run(tmp_path / "data", broker == "redis", random.Random(seed))
    if disturbed != undisturbed:  # a diff of megabytes helps nobody
        names = ["figures", "pages", "facts", "counts", "rollups"]
        for name, ours, theirs in zip(names, json.loads(disturbed), json.loads(undisturbed), strict=True):
            assert len(ours) == len(theirs), name
            assert [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]][:3] == [], name
    assert disturbed == undisturbed
