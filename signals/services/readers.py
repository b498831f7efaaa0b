"""Readers' visits: a visit ends after ``PAUSE`` without a page, so that reloading does not hide what is new."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from signals.models import Reader

PAUSE = timedelta(minutes=30)
LOOKING = 90  # seconds, for which an open item is marked as being looked at


def visit(user: User) -> None:
    """Note that the user is here now; at most one write a minute."""
    now = timezone.now()
    reader, created = Reader.objects.get_or_create(user=user, defaults={"last_visit_at": now})
    if created or (reader.last_visit_at and now - reader.last_visit_at < timedelta(minutes=1)):
        return
    if reader.last_visit_at is None or now - reader.last_visit_at > PAUSE:
        reader.previous_visit_at = reader.last_visit_at
    reader.last_visit_at = now
    reader.save(update_fields=["last_visit_at", "previous_visit_at"])


def last_visit(user: User) -> datetime | None:
    """When the visit before this one ended."""
    return Reader.objects.filter(user=user).values_list("previous_visit_at", flat=True).first()


def look(user: Any, key: str) -> str:
    """Note that the user has this item of the desk open; returns who else has, else an empty string."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH mine AS (INSERT INTO signals_reader (user_id, looking_at, looking_since) VALUES (%s, %s, now()) "
            "ON CONFLICT (user_id) DO UPDATE SET looking_at = excluded.looking_at, looking_since = excluded.looking_since) "
            "SELECT u.username FROM signals_reader r JOIN auth_user u ON u.id = r.user_id "
            "WHERE r.looking_at = %s AND r.user_id <> %s AND r.looking_since > now() - %s * interval '1 second' ORDER BY r.looking_since LIMIT 1",
            [user.pk, key, key, user.pk, LOOKING],
        )
        found = cursor.fetchone()
    return str(found[0]) if found else ""
