"""Politeness towards one server, shared by all workers: a pause between requests, and its robots.txt."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from protego import Protego

from signals.ingest import client
from signals.models import Host
from signals.services import locks

ROBOTS_LIFE = timedelta(hours=24)
ROBOTS_RETRY = timedelta(minutes=30)
REMEMBERED = timedelta(minutes=5)
ROBOTS_SIZE = 512_000  # bytes; what is beyond is not read, as the standard allows
LONGEST_PAUSE = 60.0  # seconds: a robots.txt that asks for more slows a worker no further
AGENT = "REEx-Signals"
UNSURE = (0, 429)  # no answer, or "ask later": then nothing is known about what is allowed


def name_of(url: str) -> str:
    """``scheme://host:port`` in lower case."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{(parts.hostname or '').lower()}:{port}"[:300]


def claim(url: str, pause: float) -> datetime | None:
    """Take the host's next request if it is free now; else the time to come back, later for each one that asks."""
    host, gap, now = name_of(url), timedelta(seconds=pause_of(url, pause)), timezone.now()
    free = Host.objects.filter(pk=host, free_at__lte=now)
    with transaction.atomic():
        locks.unhurried()  # a disk takes longer than a server nearby
        if free.update(free_at=now + gap) or (_made(host) and free.update(free_at=now + gap)):
            return None
    Host.objects.filter(pk=host).update(queue_at=Greatest(F("queue_at"), F("free_at"), Value(now)) + gap)
    return Host.objects.values_list("queue_at", flat=True).get(pk=host)


def reserve(url: str, pause: float) -> datetime:
    """The host's next free moment, taken for us: list pages go before the pages that they list."""
    host, gap = _row(url), timedelta(seconds=pause_of(url, pause))
    for _ in range(100):
        free = Host.objects.values_list("free_at", flat=True).get(pk=host)
        mine = max(free, timezone.now())
        if Host.objects.filter(pk=host, free_at=free).update(free_at=mine + gap):
            return mine
    raise client.FetchError(f"{host} is asked by too many workers at once.")


def back_off(url: str, seconds: int) -> None:
    """The server asked us to wait: nobody asks it before."""
    until = timezone.now() + timedelta(seconds=seconds)
    Host.objects.filter(pk=_row(url)).update(free_at=Greatest(F("free_at"), Value(until)))


def permit(url: str) -> None:
    """Raise FetchError when robots.txt refuses the address to us, or cannot be read at the moment."""
    rules = _rules(url)
    if _unread(rules.status):
        host = urlsplit(url).hostname
        raise client.FetchError(
            f"robots.txt of {host} cannot be read at the moment, so nothing is asked there: {rules.why}"
            if rules.why
            else f"robots.txt of {host} cannot be read at the moment, so nothing is asked there."
        )
    if rules.parsed is not None and not rules.parsed.can_fetch(url, AGENT):
        raise client.FetchError(
            f"robots.txt of {urlsplit(url).hostname} refuses this address.", permanent=True, code="robots"
        )


def wait_for(moment: datetime, longest: float) -> bool:
    """Sleep until ``moment`` when it is near enough; False when it is not."""
    seconds = (moment - timezone.now()).total_seconds()
    if seconds > longest:
        return False
    if seconds > 0:
        time.sleep(seconds)
    return True


def _row(url: str) -> str:
    name = name_of(url)
    _made(name)
    return name


def _made(name: str) -> bool:
    """Make the host's row unless it is there; always true."""
    past = timezone.now() - timedelta(seconds=1)  # free at once
    Host.objects.bulk_create([Host(name=name, free_at=past, queue_at=past)], ignore_conflicts=True)
    return True


def pause_of(url: str, pause: float) -> float:
    """Seconds between requests: the installation's, the source's or the server's own wish, whichever is longest.

    The installation's pause of 0 (tests, an intranet) also overrides the source's.
    """
    if settings.FETCH_PAUSE == 0:
        return 0.0
    known = _known.get(name_of(url))
    delay = known.parsed.crawl_delay(AGENT) if known and known.parsed else None
    return max(float(settings.FETCH_PAUSE), pause, min(float(delay or 0), LONGEST_PAUSE))


@dataclass(frozen=True, slots=True)
class Rules:
    """A host's robots.txt as this process knows it; ``until`` bounds how long it is believed without asking the database."""

    parsed: Protego | None
    status: int
    until: datetime
    why: str = ""  # what went wrong when it was asked for


_known: dict[str, Rules] = {}


def forget() -> None:
    """Drop what this process remembers of robots.txt files."""
    _known.clear()


def _rules(url: str) -> Rules:
    name, now = name_of(url), timezone.now()
    known = _known.get(name)
    if known is None or known.until <= now:
        text, status = _robots(url)
        if len(_known) > 500:
            _known.clear()
        why = text if _unread(status) else ""
        parsed = Protego.parse(text) if text and not why else None
        known = _known[name] = Rules(parsed, status, now + REMEMBERED, why)
    return known


def _unread(status: int) -> bool:
    """Did no answer come that says what is allowed? Then the reason is kept in place of the file."""
    return status in UNSURE or status >= 500


def _robots(url: str) -> tuple[str, int]:
    """The text and status of the host's robots.txt, asked for once a day by all workers together."""
    name, now = _row(url), timezone.now()
    host = Host.objects.get(pk=name)
    status = host.robots_status or 0
    life = ROBOTS_RETRY if _unread(status) else ROBOTS_LIFE
    if host.robots_at is not None and now - host.robots_at < life:
        return host.robots, status
    text, status = _ask_robots(f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/robots.txt")
    Host.objects.filter(pk=name).update(robots=text, robots_status=status, robots_at=now)
    return text, status


def _ask_robots(url: str) -> tuple[str, int]:
    try:
        answer = client.get(url, max_size=10 * ROBOTS_SIZE)
    except client.FetchError as error:
        if error.code == "address":
            raise
        status = error.status or 0
        return (str(error) if _unread(status) else ""), status
    return answer.body[:ROBOTS_SIZE].decode("utf-8", "replace").replace("\0", ""), answer.status
