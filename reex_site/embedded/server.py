"""Share one embedded server between all processes of a data folder.

Every process that uses the server holds a shared lock on `users.lock` for as long as it lives; the kernel drops it
even when the process is killed. Whoever leaves and can turn it into an exclusive lock was the last, and stops the
server. So `manage.py` commands beside a running `up` cost nothing, and a command alone leaves nothing behind.
"""

import atexit
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from .cluster import SUPERUSER, Cluster


class Server:
    """The server of one data folder, as this process sees it."""

    superuser = SUPERUSER
    _known: dict[Path, "Server"] = {}

    def __init__(self, directory: Path, *, durable: bool = True, connections: int = 40) -> None:
        self.directory = directory
        self.cluster = Cluster(directory / "postgres", durable=durable, connections=connections)
        self._joined_by = 0
        self._users: int | None = None
        self._databases: set[str] = set()

    @classmethod
    def at(cls, directory: str | Path, *, durable: bool = True, connections: int = 40) -> "Server":
        """The one object for a data folder (which need not exist yet)."""
        path = Path(directory).absolute()
        if path not in cls._known:
            cls._known[path] = cls(path, durable=durable, connections=connections)
        return cls._known[path]

    def join(self) -> Path:
        """Make sure that the server runs, and that it outlives this process; returns its socket folder."""
        if not self.joined:
            self._join()
        return self.cluster.socket_directory()

    @property
    def joined(self) -> bool:
        """Whether this process has a share in the server."""
        return self._joined_by == os.getpid()

    def _join(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        if self._users is not None:
            # Inherited over a fork: the lock belongs to the parent, this process needs its own.
            os.close(self._users)
        self._users = self._open_lock("users.lock")
        fcntl.flock(self._users, fcntl.LOCK_SH)
        with self._alone():
            if not self.cluster.is_ready():
                # A server that is still starting (its starter was killed) is waited for by stopping it first.
                self.cluster.stop()
                self.cluster.initialise()
                self.cluster.start()
        self._joined_by = os.getpid()
        atexit.register(self.leave)

    def revive(self) -> bool:
        """Start a server that was stopped although this process has a share in it; says whether that was so.

        Never makes a new one: where the data are gone, an empty database would hide that. Raises EmbeddedError or OSError.
        """
        if not self.joined or self.cluster.is_ready():
            return False
        with self._alone():
            if self.cluster.is_ready():
                return False
            self.cluster.stop()
            self.cluster.start()
        return True

    def leave(self, patience: float = 0.0) -> bool:
        """Give up this process's share; stops the server when nobody else has one, and says whether it did.

        `patience` is how many seconds others get to leave first, such as processes that were killed just now.
        """
        if self._users is None or not self.joined:
            return False
        try:
            last = self._is_last(patience)
            if last:
                self.cluster.stop()
            return last
        finally:
            os.close(self._users)
            self._users, self._joined_by = None, 0
            atexit.unregister(self.leave)

    def _is_last(self, patience: float) -> bool:
        assert self._users is not None
        deadline = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(0.05)

    def stop_if_unused(self) -> bool:
        """Stop a server that nobody uses (all its users were killed); says whether it did. Starts nothing."""
        if self.joined:
            return self.leave()
        if not self.directory.is_dir() or self.cluster.process() is None:
            return False
        self._users = self._open_lock("users.lock")
        self._joined_by = os.getpid()
        return self.leave()

    def create_database(self, name: str) -> None:
        """Make a database of this name if there is none."""
        if name in self._databases or name in {"postgres", "template1"}:
            return
        with self._alone(), psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        self._databases.add(name)

    def address(self, database: str) -> str:
        """A connection string for libpq."""
        return psycopg.conninfo.make_conninfo(
            "", host=str(self.cluster.socket_directory()), user=SUPERUSER, dbname=database
        )

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts the server or makes a database."""
        handle = self._open_lock("start.lock")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def _open_lock(self, name: str) -> int:
        return os.open(self.directory / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
