"""Writes of ``companies``: the reviewed data files become rows."""

from calendar import monthrange
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from companies.models import Entity, EntityName, Identifier, Ownership, Role
from companies.registry import EntityRecord, load_companies

DATA = Path(__file__).parent / "data"
PRECISIONS = {4: "year", 7: "month", 10: "day"}


@transaction.atomic
def load(records: dict[str, EntityRecord] | None = None) -> tuple[int, int]:
    """Make the rows say what ``companies/data`` says; returns (entities present, entities newly retired).

    Raises ValueError from the registry when a file is wrong, naming file and field. Entities that left the files are
    retired, never deleted: their disclosures stay.
    """
    records = load_companies(DATA) if records is None else records
    Entity.objects.bulk_create(
        [_entity(record) for record in records.values()],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=[
            "kind",
            "name_en",
            "name_zh",
            "short_en",
            "short_zh",
            "state",
            "website",
            "note",
            "tracked",
            "retired_at",
        ],
    )
    for model in (EntityName, Identifier, Ownership, Role):
        model.objects.all().delete()
    EntityName.objects.bulk_create(_names(records))
    Identifier.objects.bulk_create(_identifiers(records))
    Ownership.objects.bulk_create(_ownerships(records))
    Role.objects.bulk_create(_roles(records))
    retired = Entity.objects.filter(retired_at=None).exclude(key__in=records).update(retired_at=timezone.now())
    return len(records), retired


def _entity(record: EntityRecord) -> Entity:
    return Entity(
        key=record.key,
        kind=record.kind,
        name_en=record.name_en,
        name_zh=record.name_zh or "",
        short_en=record.short_en or record.name_en,
        short_zh=record.short_zh or record.name_zh or "",
        state=record.state or "",
        website=record.website or "",
        note=record.note or "",
        tracked=record.tracked,
    )


def _names(records: dict[str, EntityRecord]) -> list[EntityName]:
    return [
        EntityName(
            entity_id=record.key,
            name=name.name,
            language=name.language,
            kind=name.kind,
            valid_from=first_day(name.valid_from),
            valid_to=last_day(name.valid_to),
            ambiguous=bool(name.ambiguous),
            source_url=name.source_url or "",
        )
        for record in records.values()
        for name in record.names
    ]


def _identifiers(records: dict[str, EntityRecord]) -> list[Identifier]:
    return [
        Identifier(
            entity_id=record.key,
            scheme=identifier.scheme,
            value=identifier.value,
            valid_from=first_day(identifier.valid_from),
            valid_to=last_day(identifier.valid_to),
        )
        for record in records.values()
        for identifier in record.identifiers
    ]


def _ownerships(records: dict[str, EntityRecord]) -> list[Ownership]:
    rows = []
    for record in records.values():
        for held in record.ownership:
            stake = held.stake or ""
            rows.append(
                Ownership(
                    parent_id=held.parent,
                    child_id=record.key,
                    relation=held.relation,
                    stake=Decimal(stake.lstrip("<>~")) if stake else None,
                    stake_comparator=stake[0] if stake[:1] in "<>~" and stake else "=",
                    as_of=first_day(held.as_of),
                    as_of_precision=PRECISIONS[len(held.as_of or "2000-01-01")],
                    source_url=held.source_url or "",
                    note=held.note or "",
                )
            )
    return rows


def _roles(records: dict[str, EntityRecord]) -> list[Role]:
    return [
        Role(
            person_id=record.key,
            organisation_id=role.organisation,
            title=role.title,
            valid_from=first_day(role.valid_from),
            valid_to=last_day(role.valid_to),
            source_url=role.source_url or "",
        )
        for record in records.values()
        for role in record.roles
    ]


def first_day(text: str | None) -> date | None:
    """The first day that ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` can mean."""
    return date.fromisoformat((text + "-01-01")[:10]) if text else None


def last_day(text: str | None) -> date | None:
    """The last day that ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD`` can mean."""
    if not text or len(text) == 10:
        return first_day(text)
    year, month = int(text[:4]), int(text[5:7] or 12)
    return date(year, month, monthrange(year, month)[1])
