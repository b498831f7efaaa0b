"""What became of a set of fetches, for progress bars and reports."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone

from signals.models import Fetch, Heartbeat


@dataclass(slots=True)
class Progress:
    """Counts by state, and the reasons of those that were not taken."""

    total: int
    counts: Counter[str] = field(default_factory=Counter)
    reasons: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def finished(self) -> int:
        return sum(self.counts[state] for state in ("done", "unchanged", "duplicate", "rejected", "parked"))

    def words(self) -> str:
        """``3 new, 1 unchanged, 0 duplicate, 2 failed``"""
        failed = self.counts["rejected"] + self.counts["parked"]
        return (
            f"{self.counts['done']} new, {self.counts['unchanged']} unchanged, "
            f"{self.counts['duplicate']} duplicate, {failed} failed"
        )


def of(fetch_ids: Sequence[int]) -> Progress:
    """How far these fetches have come."""
    progress = Progress(total=len(fetch_ids))
    for state, url, error in Fetch.objects.filter(pk__in=fetch_ids).order_by("pk").values_list("state", "url", "error"):
        progress.counts[state] += 1
        if error and state in ("rejected", "parked", "failed"):
            progress.reasons.append((state, url, error))
    return progress


def worker_alive() -> bool:
    """Has a worker given a sign of life lately? If not, commands do the work themselves."""
    since = timezone.now() - settings.HEARTBEAT_MAX_AGE
    return Heartbeat.objects.filter(part="worker", at__gte=since).exists()
