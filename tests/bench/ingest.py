"""From a newsroom on this machine to finished extractions: `./dev bench ingest [PAGES]`.

Serves PAGES (2,000) different pages, made from the sample newsroom with figures and a paragraph of their own, and lets two
worker processes fetch, keep, read and extract them. Beside it, in the same run: what the engine alone does with the same
pages in two processes. Then the same addresses again, all answered with 304.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

WORKERS = 2
ALONE = 400  # pages that the engine is measured with
EARLY = 200  # documents after which the memory of a worker is looked at first
PATIENCE = 1800  # seconds
NEWSROOM = Path(__file__).resolve().parents[2] / "signals" / "newsroom" / "pages"
NUMBER = re.compile(r"(?<![\w.&#-])(\d{2,3})\.(\d)(?=[%％ 亿万])")


def page(number: int) -> bytes:
    """The page of a number: always the same bytes, and like no other page's."""
    data = samples()[number % len(samples())]
    match = re.search(rb"charset=[\"']?([\w-]+)", data)
    charset = match[1].decode() if match else "utf-8"
    try:
        text = data.decode(charset)
    except UnicodeDecodeError:
        charset, text = "gb18030", data.decode("gb18030", "replace")
    chance = random.Random(number)
    text = NUMBER.sub(lambda found: f"{found[1]}.{chance.randrange(10)}", text)
    own = " ".join(f"{chance.choice('abcdefghklmnprstvwz')}{chance.randrange(10**6):06d}" for _ in range(60))
    return text.replace("</article>", f"<p>Reference {number}: {own}.</p></article>", 1).encode(charset, "replace")


@lru_cache(maxsize=1)
def samples() -> list[bytes]:
    return [path.read_bytes() for path in sorted(NEWSROOM.rglob("*.html"))]


@lru_cache(maxsize=5000)  # made once: what is measured is not the making of pages
def served(number: int) -> tuple[bytes, str]:
    body = page(number)
    return body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'


class Newsroom(BaseHTTPRequestHandler):
    """`/<number>` is a page with an ETag; nothing is forbidden."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if not self.path.strip("/").isdigit():
            self._send(404, b"")
            return
        body, tag = served(int(self.path.strip("/")))
        if self.headers.get("If-None-Match") == tag:
            self._send(304, b"", tag)
        else:
            self._send(200, body, tag)

    def _send(self, status: int, body: bytes, tag: str = "") -> None:
        self.send_response(status)
        if tag:
            self.send_header("ETag", tag)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


def serve(port: Any, count: int) -> None:
    for number in range(count):
        served(number)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Newsroom)
    port.value = server.server_address[1]
    server.serve_forever()


def _extract(number: int) -> int:
    from signals.extraction import extract, load_lexicon

    global _lexicon
    try:
        lexicon = _lexicon
    except NameError:
        lexicon = _lexicon = load_lexicon()
    return len(extract(_pages[number], lexicon).indicators)


def _make_pages(count: int) -> None:
    global _pages
    _pages = [page(number) for number in range(count)]


def alone(count: int) -> float:
    """Pages a minute that the engine does in two processes, without network or database."""
    with multiprocessing.get_context("spawn").Pool(WORKERS, _make_pages, (count,)) as pool:
        pool.map(_extract, range(WORKERS * 4), chunksize=1)  # both have loaded the lexicon
        begun = time.monotonic()
        pool.map(_extract, range(count), chunksize=4)
        return count / (time.monotonic() - begun) * 60


def worker_memory(worker: subprocess.Popen[bytes]) -> list[int]:
    """Resident megabytes of the worker's child processes."""
    import psutil

    return sorted(child.memory_info().rss // 2**20 for child in psutil.Process(worker.pid).children(recursive=True))


def states() -> dict[str, int]:
    from django.db.models import Count

    from signals.models import Fetch

    return dict(Fetch.objects.values_list("state").annotate(n=Count("pk")).order_by("state"))


def queue(count: int, port: int) -> list[int]:
    from django.db import transaction
    from django.utils import timezone

    from signals import tasks
    from signals.models import FetchRun
    from signals.services import fetch, source
    from signals.sources import Item

    newsroom = source.manual_source()
    run = FetchRun.objects.create(source=newsroom, scheduled_for=timezone.now())
    with transaction.atomic():
        ids = fetch.queue_items(run, [Item(f"http://127.0.0.1:{port}/{number}") for number in range(count)])
    tasks.send(tasks.obtain_fetches, ids)  # as a run does with what it finds in a list
    return ids


def follow(count: int, worker: subprocess.Popen[bytes]) -> tuple[float, dict[str, list[int]]]:
    """Wait until nothing is open; returns seconds and the memory early and late."""
    from signals.models import Fetch

    begun, memory = time.monotonic(), {}
    while True:
        left = Fetch.objects.filter(state__in=Fetch.OPEN).count()
        if "early" not in memory and count - left >= EARLY:
            memory["early"] = worker_memory(worker)
        if not left:
            memory["late"] = worker_memory(worker)
            return time.monotonic() - begun, memory
        if time.monotonic() - begun > PATIENCE or worker.poll() is not None:
            raise SystemExit(f"the workers did not finish: {states()}")
        time.sleep(0.1)


def measure(count: int, port: int, data: Path) -> dict[str, Any]:
    """With Django set up: the whole pipeline, then the same addresses again."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from signals.models import Fetch

    for folder in ("messages", "control"):
        (settings.BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("load_companies", verbosity=0)
    command = [
        sys.executable,
        "-m",
        "celery",
        "--app",
        "reex_site",
        "worker",
        "--concurrency",
        str(WORKERS),
        "--loglevel",
        "WARNING",
    ]
    with (data / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [*command, "--without-mingle", "--without-gossip"], stdout=log, stderr=log, start_new_session=True
        )
    try:
        queue(WORKERS * 4, port)  # both processes have loaded the lexicon
        follow(0, worker)
        begun = time.monotonic()
        queue(count, port)
        _, memory = follow(count, worker)
        seconds = time.monotonic() - begun
        first = states()
        again = time.monotonic()
        ids = queue(count, port)
        follow(count, worker)
        return {
            "seconds": seconds, "a minute": count / seconds * 60, "states": first, "304 a minute": count / (time.monotonic() - again) * 60,
            "304s": Fetch.objects.filter(pk__in=ids, status=304).count(), "memory, MB": memory,
        }  # fmt: skip
    finally:
        os.killpg(worker.pid, signal.SIGKILL)  # its rows keep the state; a warm end takes half a minute
        worker.wait()


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    port = multiprocessing.Value("i", 0)
    server = multiprocessing.Process(target=serve, args=(port, count), daemon=True)
    server.start()
    while not port.value:
        time.sleep(0.05)
    data = Path(tempfile.mkdtemp(prefix="reex-bench-"))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "reex_site.settings", "REEX_DATA": str(data), "REEX_FETCH_ALLOW": f"127.0.0.1:{port.value}",
        "REEX_FETCH_PAUSE": "0", "REEX_FETCH_ENABLED": "1", "REEX_ENV_FILE": os.devnull,
    }  # fmt: skip
    try:
        engine = alone(min(ALONE, count))
        print(f"engine alone, {WORKERS} processes: {engine:,.0f} pages a minute", flush=True)
        found = measure(count, port.value, data)
        print(
            f"pipeline, {WORKERS} workers: {found['a minute']:,.0f} pages a minute ({found['a minute'] / engine:.0%} of the engine), {found['seconds']:.0f} s"
        )
        print(
            f"304s: {found['304 a minute']:,.0f} a minute ({found['304 a minute'] / found['a minute']:.1f} times as fast), {found['304s']} of {count}"
        )
        print(json.dumps({name: found[name] for name in ("states", "memory, MB")}))
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
