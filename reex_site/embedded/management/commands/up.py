"""`manage.py up`: everything on one machine, until Ctrl-C."""

import fcntl
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import suppress
from pathlib import Path
from typing import Any

from celery import current_app
from celery.exceptions import OperationalError
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connections

from reex_site.embedded import preparation
from reex_site.embedded.accounts import demo_accounts
from reex_site.embedded.errors import EmbeddedError
from reex_site.embedded.processes import Program, Supervisor
from reex_site.embedded.server import Server
from reex_site.embedded.watching import Foundations

SERVING_SECONDS = 60


class Stop(Exception):
    """Somebody asked us to end."""


class Command(BaseCommand):
    """Prepares, starts web, worker and beat, and looks after them."""

    help = "Serve everything from this machine until Ctrl-C: database, web, worker, beat."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=_port, default=8000)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--no-newsroom", action="store_true", help="do not load the sample newsroom")

    def handle(self, *, port: int, host: str, no_newsroom: bool, **options: Any) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        self.begun = time.monotonic()
        self.data: Path = settings.DATA_DIR
        self.embedded = settings.DATABASES["default"]["ENGINE"] == "reex_site.embedded"
        supervisor = Supervisor(lambda sentence: self.say("!", sentence))
        try:
            with self._only_one(host, port):
                self._prepare(host, port)
                self._start(supervisor, host, port)
                self._introduce(host, port)
                self._watch(supervisor, newsroom=not no_newsroom)
        except Stop:
            pass
        except (EmbeddedError, DatabaseError, OSError) as error:
            raise CommandError(str(error).strip()) from error
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            self._end(supervisor)

    def say(self, subject: str, sentence: str) -> None:
        """One progress line, with the seconds since the start."""
        self.stdout.write(f"{time.monotonic() - self.begun:6.1f} s  {subject:<11} {sentence}")
        self.stdout.flush()

    def _prepare(self, host: str, port: int) -> None:
        preparation.check_port(host, port)
        if not settings.REDIS_URL:
            for folder in ("messages", "control"):
                (settings.BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
        settings.WATCH_DIR.mkdir(parents=True, exist_ok=True)
        self.say("data", str(self.data))
        self.say("database", preparation.database())
        self.say("migrations", preparation.migrations())
        self.say("companies", preparation.companies())
        self.say("sources", preparation.sources())
        self.passwords = demo_accounts(self.data / "demo-accounts.txt") if self.embedded else {}
        self.say("pages", preparation.static_files())
        connections.close_all()

    def _start(self, supervisor: Supervisor, host: str, port: int) -> None:
        python = [sys.executable, "-m"]
        logs = self.data / "logs"
        address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        web = [*python, "gunicorn", "reex_site.wsgi", "--bind", address, "--workers", "1", "--threads", "4"]
        web += ["--timeout", "60", "--graceful-timeout", "5", "--no-control-socket", "--log-level", "warning"]
        worker = [*python, "celery", "--app", "reex_site", "worker", "--beat", "--autoscale", "2,1"]
        worker += ["--schedule", str(self.data / "beat-schedule"), "--loglevel", "WARNING", "--without-mingle"]
        worker += ["--without-gossip", "--hostname", f"embedded-{port}@%h"]
        serving = supervisor.add(Program("web", web, logs / "web.log"))
        # Celery takes seconds to notice that it should end. It may be killed: what it was at is a row that stays open.
        supervisor.add(Program("worker", worker, logs / "worker.log", patience=2.0))
        deadline = time.monotonic() + SERVING_SECONDS
        while not _answers(address):
            if not serving.is_running() or time.monotonic() > deadline:
                raise EmbeddedError(f"The web server does not start; see {serving.log}")
            time.sleep(0.1)
        # Beat's first heartbeat is a while away; this one makes /healthz true as soon as it is.
        with suppress(OperationalError):  # the broker is away: that is told below
            current_app.send_task("signals.tasks.heartbeat")

    def _introduce(self, host: str, port: int) -> None:
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
        self.say("serving", f"http://{shown}:{port}/   (Ctrl-C stops everything)")
        self.say("drop here", f"{settings.WATCH_DIR}   (files are read within a minute)")
        for name, password in self.passwords.items():
            self.say("account", f"{name:<8} password {password}")

    def _watch(self, supervisor: Supervisor, *, newsroom: bool) -> None:
        if newsroom and preparation.newsroom_is_wanted():
            self.say("newsroom", "loading the sample newsroom in the background")
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "load_newsroom"]
            supervisor.add(Program("newsroom", command, self.data / "logs" / "newsroom.log", once=True))
        connections.close_all()
        foundations = Foundations(self.say, self.embedded)
        while True:
            foundations.look()
            for job in supervisor.look_after():
                if job.exit_code() == 0:
                    preparation.newsroom_is_loaded()
                    self.say(job.name, "loaded")
                else:
                    self.say(job.name, f"failed (exit {job.exit_code()}); see {job.log}")
            time.sleep(0.5)

    def _end(self, supervisor: Supervisor) -> None:
        if supervisor.programs:
            self.say("stopping", "web, worker and beat")
        supervisor.stop()
        if self.embedded and Server.at(self.data).joined:
            connections.close_all()
            stopped = Server.at(self.data).leave(patience=3.0)
            self.say("stopped", "the database too" if stopped else "the database stays while another command uses it")

    def _only_one(self, host: str, port: int) -> "_Hold":
        return _Hold(self.data / "up.lock", f"http://{host}:{port}/ (process {os.getpid()})")

    def _stop(self, number: int, frame: Any) -> None:
        raise Stop


class _Hold:
    """A lock on the data folder that names its holder."""

    def __init__(self, path: Path, holder: str) -> None:
        self.path, self.holder = path, holder

    def __enter__(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.file = self.path.open("a+")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.file.seek(0)
            raise EmbeddedError(
                f"{self.path.parent} is already being served at {self.file.read().strip()}. "
                "For a second one choose another folder and port: --data DIR --port N"
            ) from None
        self.file.truncate(0)
        self.file.write(self.holder)
        self.file.flush()

    def __exit__(self, *details: object) -> None:
        self.file.truncate(0)
        self.file.close()


def _port(value: str) -> int:
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise ArgumentTypeError(f"{value!r} is no port; write a number from 1 to 65535")
    return int(value)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(f"http://{address}/healthz", timeout=5)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
