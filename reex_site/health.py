"""`/healthz`: is everything well, and if not, what is not and since when."""

import shutil
from collections.abc import Callable
from datetime import datetime

import redis
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

LEAST_FREE_BYTES = 200_000_000

# When this process first saw a part failing; a part that knows better says so itself.
_failing_since: dict[str, datetime] = {}


class Unwell(Exception):
    """A part is not well; `since` when it is known."""

    def __init__(self, reason: str, since: datetime | None = None) -> None:
        super().__init__(reason)
        self.since = since


@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker, workers and disk are well, else 503 with the reasons."""
    checks = {"database": database, "broker": broker, "workers": workers, "disk": disk}
    parts = {name: _look(name, check) for name, check in checks.items()}
    well = all(part["ok"] for part in parts.values())
    return JsonResponse({"ok": well, "parts": parts}, status=200 if well else 503)


def database() -> None:
    """Raises when it does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def broker() -> None:
    """Raises when messages cannot be left."""
    if settings.REDIS_URL:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2).ping()
    elif not (settings.BROKER_DIR / "messages").is_dir():
        raise Unwell(f"{settings.BROKER_DIR / 'messages'} is missing; ./dev up makes it")


def workers() -> None:
    """Raises when no heartbeat came through lately: it passes beat, broker, a worker and the database."""
    beats = apps.get_model("signals", "Heartbeat").objects.filter(part="worker").values_list("at", flat=True)
    last = beats.first()
    if last is None:
        raise Unwell("no worker has ever given a sign of life")
    silent = timezone.now() - last
    if silent > settings.HEARTBEAT_MAX_AGE:
        raise Unwell(f"no sign of life for {silent.total_seconds():.0f} s", last)


def disk() -> None:
    """Raises when snapshots will soon have no room. The store may be a mount of its own inside the data folder."""
    for folder in (settings.DATA_DIR, settings.SNAPSHOT_DIR):
        if not folder.is_dir():
            continue  # made with the first page; or the store is elsewhere
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE_BYTES:
            raise Unwell(f"only {free // 1_000_000} MB are free for {folder}")


def _look(name: str, check: Callable[[], None]) -> dict[str, object]:
    try:
        check()
    # Whatever a part raises is the answer; a health page must not fail itself.
    except Exception as error:
        since = getattr(error, "since", None) or _failing_since.setdefault(name, timezone.now())
        return {"ok": False, "reason": str(error).strip() or type(error).__name__, "since": since.isoformat()}
    _failing_since.pop(name, None)
    return {"ok": True}
