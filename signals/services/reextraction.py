"""Reading kept snapshots again with the engine of today: a new extraction beside the old one, with a before/after report."""

from dataclasses import dataclass, field

from django.db import transaction

from signals.extraction.contract import ENGINE
from signals.models import Disclosure, IndicatorCurrent
from signals.models.indicator import READ
from signals.services import extraction


@dataclass(slots=True)
class Report:
    """Keys of figures that one re-reading added, removed or answered differently."""

    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0

    def add(self, other: "Report") -> None:
        self.added += other.added
        self.removed += other.removed
        self.changed += other.changed
        self.same += other.same


def reextract(disclosure_id: int) -> Report:
    """Read a disclosure again from its snapshot. Nothing is overwritten; people's decisions stand."""
    with transaction.atomic():
        before = _rows(disclosure_id)
        extraction.reread(disclosure_id)
        after = _rows(disclosure_id)
    both = before.keys() & after.keys()
    changed = sorted(key for key in both if before[key] != after[key])
    return Report(
        added=sorted(after.keys() - both),
        removed=sorted(before.keys() - both),
        changed=changed,
        same=len(both) - len(changed),
    )


def outdated(lexicon_digest: str) -> list[int]:
    """Disclosures whose current version has no extraction by today's engine and lexicon."""
    fresh = Disclosure.objects.filter(
        current_version__extractions__engine=ENGINE, current_version__extractions__lexicon=lexicon_digest
    )
    return list(
        Disclosure.objects.exclude(current_version=None)
        .exclude(pk__in=fresh)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def _rows(disclosure_id: int) -> dict[str, tuple[object, ...]]:
    rows = IndicatorCurrent.objects.filter(disclosure=disclosure_id, lost=False)
    return {row[0]: row[1:] for row in rows.values_list("key", *READ)}
