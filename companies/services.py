"""Writes of ``companies``: the reviewed data files become rows."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from companies.models import Entity, EntityName, Identifier, Ownership, Role
from companies.registry import EntityRecord, load_companies

DATA = Path(__file__).parent / "data"
PRECISIONS = {4: "year", 7: "month", 10: "day"}
ENTITY = [field.attname for field in Entity._meta.concrete_fields if not field.primary_key]
NAMED = 5  # keys that a log line names of each kind of change
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load found and wrote. Entities by key; of the statements about them (names, tickers, stakes, posts) numbers."""

    present: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    retired: tuple[str, ...]
    added: int
    removed: int

    def __str__(self) -> str:
        """One line for a log."""
        said = [
            f"{len(keys)} {what} ({', '.join(keys[:NAMED])}{', …' if len(keys) > NAMED else ''})"
            for keys, what in ((self.new, "new"), (self.changed, "changed"), (self.retired, "retired"))
            if keys
        ]
        if self.added or self.removed:
            said.append(f"{self.added} names, tickers, stakes and posts added, {self.removed} removed")
        return f"{self.present} entities; {'; '.join(said) or 'nothing changed'}"


@transaction.atomic
def load(records: dict[str, EntityRecord] | None = None) -> Loaded:
    """Make the rows say what ``companies/data`` says, writing only what differs: every write is an entry of the audit log.

    Raises ValueError from the registry when a file is wrong, naming file and field. Entities that left the files are
    retired, never deleted: their disclosures stay.
    """
    records = load_companies(DATA) if records is None else records
    kept = {row.key: row for row in Entity.objects.all()}
    wanted = [_entity(record) for record in records.values()]
    new = [row for row in wanted if row.key not in kept]
    changed = [row for row in wanted if row.key in kept and _says(row, ENTITY) != _says(kept[row.key], ENTITY)]
    Entity.objects.bulk_create(new)
    Entity.objects.bulk_update(changed, ENTITY)
    retired = sorted(key for key, row in kept.items() if row.retired_at is None and key not in records)
    Entity.objects.filter(key__in=retired).update(retired_at=timezone.now())
    added, removed = (
        sum(numbers)
        for numbers in zip(
            _replace(EntityName, _names(records)), _replace(Identifier, _identifiers(records)),
            _replace(Ownership, _ownerships(records)), _replace(Role, _roles(records)), strict=True,
        )
    )  # fmt: skip
    keys = (tuple(row.key for row in new), tuple(row.key for row in changed), tuple(retired))
    return Loaded(len(records), *keys, added, removed)


def _replace(model: type[Row], wanted: list[Row]) -> tuple[int, int]:
    """Make the table hold these rows and no others; returns how many were added and removed."""
    columns = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    missing = {_says(row, columns): row for row in wanted}
    surplus = []
    for row in model._default_manager.all():
        if missing.pop(_says(row, columns), None) is None:
            surplus.append(row.pk)
    model._default_manager.filter(pk__in=surplus).delete()
    model._default_manager.bulk_create(missing.values())
    return len(missing), len(surplus)


def _says(row: Model, columns: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in columns)


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
