"""What the list of companies reads."""

from itertools import groupby
from typing import Any

from companies.models import Entity

ORDER = ["group", "listed-company", "subsidiary", "exchange", "institute", "association", "regulator", "mine", "place"]


def tracked_by_kind() -> list[tuple[str, list[Entity]]]:
    """Tracked entities, grouped by kind in a reader's order."""
    rows = list(Entity.objects.filter(tracked=True, retired_at=None).prefetch_related("identifiers"))
    rows.sort(key=lambda entity: (_place(entity.kind), entity.name_en))
    return [(kind, list(group)) for kind, group in groupby(rows, key=lambda entity: entity.kind)]


def others() -> list[Entity]:
    """Known entities without a page in the list: peers, ministries, people."""
    return list(Entity.objects.filter(tracked=False, retired_at=None).order_by("kind", "name_en"))


def _place(kind: str) -> int:
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def summary() -> dict[str, Any]:
    return {"groups": tracked_by_kind(), "others": others()}
