"""What `up` rests on while it serves: the embedded server is started again, and what is not ours to start is reported."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection

from reex_site import health
from reex_site.embedded.errors import EmbeddedError
from reex_site.embedded.server import Server

EVERY = 5.0  # seconds between two looks at what is not ours
LONGEST = 60.0  # seconds between two attempts to start a server that does not start


@dataclass
class Foundations:
    """Database and broker of one `up`. `report` gets a sentence when one of them goes, and one when it is back."""

    report: Callable[[str, str], None]
    embedded: bool
    _due: float = 0.0
    _pause: float = 1.0
    _revive_at: float = 0.0
    _down: dict[str, str] = field(default_factory=dict)

    def look(self) -> None:
        """To be called again and again; returns at once unless something has to be started."""
        if self.embedded:
            self._revive()
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + EVERY
            if not self.embedded:
                self._check("database", _database)
            self._check("broker", _broker)

    def _revive(self) -> None:
        """A server that somebody stopped, or that fell, runs again, on the same data."""
        if time.monotonic() < self._revive_at:
            return
        try:
            if Server.at(settings.DATA_DIR).revive():
                self.report("!", "database was stopped; it runs again")
                self._pause = 1.0
        except (EmbeddedError, OSError) as error:
            self._revive_at = time.monotonic() + self._pause
            self._pause = min(self._pause * 2, LONGEST)
            self.report("!", f"database was stopped and does not start: {str(error).strip()}")

    def _check(self, name: str, probe: Callable[[], None]) -> None:
        try:
            probe()
        except Exception as error:  # whatever a part raises is what there is to say
            reason = (str(error).strip() or type(error).__name__).splitlines()[0]
            if name not in self._down:
                self.report("!", f"{name} is away: {reason}; nothing is lost, work goes on when it is back")
            self._down[name] = reason
        else:
            if self._down.pop(name, None) is not None:
                self.report("!", f"{name} is back")


def _database() -> None:
    try:
        connection.ensure_connection()
        health.database()
    finally:
        connection.close()


def _broker() -> None:
    """Raises when messages cannot be left; folders of a broker of files are made again."""
    if not settings.REDIS_URL:
        for name in ("messages", "control"):
            (settings.BROKER_DIR / name).mkdir(parents=True, exist_ok=True)
    health.broker()
