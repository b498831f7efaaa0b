"""Runs of sources: which are due, and one run from list page to queued fetches."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from signals.models import Source

UNSCHEDULED = ("watch", "manual", "sample")  # these bring their items themselves


def due(now: datetime | None = None) -> list[tuple[int, str]]:
    """Sources whose time has come, each with its schedule slot; claims them by moving ``next_run_at`` on.

    After downtime a source runs once, not once for every missed slot.
    """
    now = now or timezone.now()
    found = []
    waiting = Source.objects.filter(enabled=True).exclude(kind__in=UNSCHEDULED).exclude(state="paused")
    for source in waiting.filter(Q(next_run_at=None) | Q(next_run_at__lte=now)).order_by("next_run_at", "pk"):
        slot = source.next_run_at or now
        moved = Source.objects.filter(pk=source.pk, next_run_at=source.next_run_at).update(
            next_run_at=now + timedelta(minutes=source.cadence_minutes)
        )
        if moved == 1:
            found.append((source.pk, slot.isoformat()))
    return found
