"""Readers' visits: a visit ends after ``PAUSE`` without a page, so that reloading does not hide what is new."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from signals.models import Reader

PAUSE = timedelta(minutes=30)


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
