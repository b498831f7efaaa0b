"""From a newsroom on this machine to finished extractions: `./dev bench ingest [PAGES]`.

Serves PAGES (2,000) different pages and lets two worker processes fetch, keep, read and extract them. Beside it, in the same
run: what the engine alone does with the same pages in two processes. Meanwhile somebody who judges a figure asks for the
writer's lock twice a second: how long a click waits. Then the same addresses again, all answered with 304; three times, of which the middle one counts: one takes but a second or
two, in which the database may still be putting away the pages before.

Twice: with articles as long as real ones (``_articles.py`` says why), which is the figure that counts, and with the short
notes of the sample newsroom, of which the engine does so many a minute that the database is nearly all that is measured.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from tests.bench._articles import KINDS
from tests.bench._newsroom import serve

WORKERS = 2
ROUNDS = 3  # of 304s
ALONE = 400  # pages that the engine is measured with
EARLY = 200  # documents after which the memory of a worker is looked at first
PATIENCE = 1800  # seconds
WARMING = WORKERS * 8  # pages that go before


def _extract(number: int) -> int:
    from signals.extraction import extract, load_lexicon

    global _lexicon
    try:
        lexicon = _lexicon
    except NameError:
        lexicon = _lexicon = load_lexicon()
    return len(extract(_pages[number], lexicon).indicators)


def _make_pages(kind: str, count: int) -> None:
    global _pages
    _pages = [KINDS[kind](number) for number in range(count)]


def alone(kind: str, count: int) -> float:
    """Pages a minute that the engine does in two processes, without network or database."""
    with multiprocessing.get_context("spawn").Pool(WORKERS, _make_pages, (kind, count)) as pool:
        pool.map(_extract, range(WORKERS * 4), chunksize=1)  # both have loaded the lexicon
        begun = time.monotonic()
        pool.map(_extract, range(count), chunksize=4)
        return count / (time.monotonic() - begun) * 60


class Clicks(threading.Thread):
    """Somebody at the review desk: takes the writer's lock as a decision does, and notes how long that took."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.waits: list[float] = []
        self.over = threading.Event()

    def run(self) -> None:
        from django.db import connection, transaction

        from signals.services import locks

        while not self.over.wait(0.5):
            begun = time.monotonic()
            with transaction.atomic():
                locks.one_writer()
            self.waits.append(time.monotonic() - begun)
        connection.close()

    def told(self) -> str:
        waits = sorted(self.waits) or [0.0]
        high = waits[int(len(waits) * 0.95)]
        return f"median {statistics.median(waits) * 1000:.0f}, p95 {high * 1000:.0f}, longest {waits[-1] * 1000:.0f} ms"


def worker_memory(worker: subprocess.Popen[bytes]) -> list[int]:
    """Resident megabytes of the worker's child processes."""
    import psutil

    return sorted(child.memory_info().rss // 2**20 for child in psutil.Process(worker.pid).children(recursive=True))


def processor_times(worker: subprocess.Popen[bytes], data: Path) -> dict[str, float]:
    """Seconds of processor that the worker, the database, the newsroom and we ourselves have taken so far.

    They tell what a document costs where other programs are running too, and the clock does not.
    """
    import psutil

    from reex_site.embedded.server import Server

    us = psutil.Process()
    database = Server.at(data).cluster.process()
    newsroom = [child for child in us.children() if child.pid == _newsroom_process]
    parts = {"worker": [psutil.Process(worker.pid)], "database": [database] if database else [], "newsroom": newsroom}
    taken = {name: sum(map(_seconds, roots)) for name, roots in parts.items()}
    return {**taken, "bench": sum(us.cpu_times()[:2])}


def _seconds(root: Any) -> float:
    """Of a process and its children, those that have ended too, such as connections of the database."""
    return sum(sum(one.cpu_times()[:4]) for one in [root, *root.children(recursive=True)])


def states() -> dict[str, int]:
    from django.db.models import Count

    from signals.models import Fetch

    return dict(Fetch.objects.values_list("state").annotate(n=Count("pk")).order_by("state"))


def queue(kind: str, numbers: range, port: int, together: int = 0) -> list[int]:
    """Fetches of pages, with as many to a message as a run sends that finds them in a list, or ``together``."""
    from django.db import transaction
    from django.utils import timezone

    from signals import tasks
    from signals.models import FetchRun
    from signals.services import fetch, source
    from signals.sources import Item

    newsroom, together = source.manual_source(), together or tasks.TOGETHER
    run = FetchRun.objects.create(source=newsroom, scheduled_for=timezone.now())
    with transaction.atomic():
        ids = fetch.queue_items(run, [Item(f"http://127.0.0.1:{port}/{kind}/{number}") for number in numbers])
    for start in range(0, len(ids), together):
        tasks.obtain_fetches.delay(ids[start : start + together])
    return ids


def follow(count: int, worker: subprocess.Popen[bytes]) -> tuple[float, dict[str, list[int]]]:
    """Wait until nothing is open; returns seconds and the memory early and late."""
    from django.db import connection

    from signals.models import Fetch

    begun, memory = time.monotonic(), {}
    while True:
        with connection.cursor() as cursor:  # looking on through the ORM took half a millisecond of each document
            cursor.execute("SELECT count(*) FROM signals_fetch WHERE state = ANY(%s)", [Fetch.OPEN])
            left = cursor.fetchone()[0]
        if "early" not in memory and count - left >= EARLY:
            memory["early"] = worker_memory(worker)
        if not left:
            memory["late"] = worker_memory(worker)
            return time.monotonic() - begun, memory
        if time.monotonic() - begun > PATIENCE or worker.poll() is not None:
            raise SystemExit(f"the workers did not finish: {states()}")
        time.sleep(0.05 if left < 200 else 0.25)


def prepare() -> None:
    """A migrated database with the companies; Django is set up."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    for folder in ("messages", "control"):
        (settings.BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("load_companies", verbosity=0)


def start_worker(data: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "celery", "--app", "reex_site", "worker", "--concurrency", str(WORKERS)]
    command += ["--loglevel", "WARNING", "--without-mingle", "--without-gossip"]
    with (data / "worker.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)


def measure(kind: str, count: int, port: int, data: Path) -> dict[str, Any]:
    """The whole pipeline with pages of one kind, then the same addresses again."""
    from signals.models import Fetch

    worker, clicks = start_worker(data), Clicks()
    try:
        queue(kind, range(count, count + WARMING), port, together=2)  # both processes have loaded what they need
        follow(0, worker)
        clicks.start()
        before, begun = processor_times(worker, data), time.monotonic()
        queue(kind, range(count), port)
        _, memory = follow(count, worker)
        seconds, after = time.monotonic() - begun, processor_times(worker, data)
        clicks.over.set()
        first = states()
        rounds: list[float] = []
        for _ in range(ROUNDS):
            again = time.monotonic()
            ids = queue(kind, range(count), port)
            follow(count, worker)
            rounds.append(time.monotonic() - again)
        return {
            "seconds": seconds, "a minute": count / seconds * 60, "states": first, "304 a minute": count / statistics.median(rounds) * 60,
            "304s": Fetch.objects.filter(pk__in=ids, status=304).count(), "memory, MB": memory, "clicks": clicks.told(),
            "processor, ms a page": {name: round((after[name] - before[name]) / count * 1000, 2) for name in after},
        }  # fmt: skip
    finally:
        os.killpg(worker.pid, signal.SIGKILL)  # its rows keep the state; a warm end takes half a minute
        worker.wait()


def tell(kind: str, count: int, engine: float, found: dict[str, Any]) -> None:
    print(f"{kind}: engine alone, {WORKERS} processes: {engine:,.0f} pages a minute")
    share = found["a minute"] / engine
    print(
        f"  pipeline, {WORKERS} workers: {found['a minute']:,.0f} a minute ({share:.0%} of the engine), {found['seconds']:.0f} s"
    )
    times = found["304 a minute"] / found["a minute"]
    print(f"  304s: {found['304 a minute']:,.0f} a minute ({times:.1f} times as fast), {found['304s']} of {count}")
    print(f"  a click waits for the writer: {found['clicks']}")
    print(
        f"  {json.dumps({name: found[name] for name in ('states', 'memory, MB', 'processor, ms a page')})}", flush=True
    )


def main() -> None:
    global _newsroom_process
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    port = multiprocessing.Value("i", 0)
    server = multiprocessing.Process(target=serve, args=(port, count + WARMING), daemon=True)
    server.start()
    _newsroom_process = server.pid
    while not port.value:
        time.sleep(0.05)
    data = Path(tempfile.mkdtemp(prefix="reex-bench-"))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "reex_site.settings", "REEX_DATA": str(data), "REEX_FETCH_ALLOW": f"127.0.0.1:{port.value}",
        "REEX_FETCH_PAUSE": "0", "REEX_FETCH_ENABLED": "1", "REEX_ENV_FILE": os.devnull,
    }  # fmt: skip
    try:
        prepare()
        for kind in KINDS:
            engine = alone(kind, min(ALONE, count))
            tell(kind, count, engine, measure(kind, count, port.value, data))
    finally:
        server.terminate()
        from reex_site.embedded.server import Server

        try:
            from django.db import connections

            connections.close_all()
        finally:
            Server.at(data).leave()
            shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    main()
