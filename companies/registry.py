"""Who is who: companies, people, places and offices as reviewed data, one YAML file each, read into plain records.

No Django here: the extraction engine and the database loader both read these records.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reex_site.lib.yaml import load as load_yaml

KINDS = (
    "group", "listed-company", "subsidiary", "institute", "exchange", "association",
    "regulator", "mine", "place", "person", "publisher",
)  # fmt: skip
STATE_LEVELS = ("central", "provincial", "municipal", "mixed", "private", "foreign")
NAME_KINDS = ("official", "short", "former", "misspelling", "damaged", "ticker")
LANGUAGES = ("zh", "zh-Hant", "en", "ja")

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z")
_STAKE = re.compile(r"[<>~]?\d{1,3}(\.\d+)?\Z")


class RegistryError(ValueError):
    """A file of ``companies/data`` says something it may not; the message names file and line."""


@dataclass(frozen=True, slots=True)
class NameRecord:
    """A name as written, and when it was in use (``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None is open)."""

    name: str
    language: str
    kind: str
    valid_from: str | None = None
    valid_to: str | None = None
    ambiguous: bool = False
    source_url: str | None = None


@dataclass(frozen=True, slots=True)
class IdentifierRecord:
    """A ticker or registration number in a scheme (SSE, SZSE, HKEX, LEI …)."""

    scheme: str
    value: str
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True, slots=True)
class OwnershipRecord:
    """What a source says about who holds the entity. ``stake`` is per cent as printed (``38.03``, ``>55``), or None."""

    parent: str
    relation: str
    stake: str | None
    as_of: str | None
    source_url: str | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class RoleRecord:
    """A person's post at an organisation, between dates where they are known."""

    organisation: str
    title: str
    valid_from: str | None = None
    valid_to: str | None = None
    source_url: str | None = None


@dataclass(frozen=True, slots=True)
class EntityRecord:
    """One file of ``companies/data``.

    ``background`` names are read but not listed as a text's entities on their own account; ``tracked`` ones have a
    page; ``within`` is the place that a place is part of.
    """

    key: str
    kind: str
    name_en: str
    name_zh: str | None
    short_en: str | None
    short_zh: str | None
    state: str | None
    website: str | None
    names: tuple[NameRecord, ...]
    identifiers: tuple[IdentifierRecord, ...]
    ownership: tuple[OwnershipRecord, ...]
    roles: tuple[RoleRecord, ...]
    background: bool
    tracked: bool
    within: str | None
    note: str | None
    examples: dict[str, list[str]]
    where: str


def load_companies(directory: Path) -> dict[str, EntityRecord]:
    """Every entity of ``directory`` by key; raises ``RegistryError`` when a file or the whole does not hold."""
    records = {record.key: record for record in map(_read, sorted(directory.glob("*.yml")))}
    complaints = list(problems(records.values()))
    if complaints:
        raise RegistryError("; ".join(complaints))
    return records


def problems(records: Iterable[EntityRecord]) -> Iterable[str]:
    """What does not hold together, in plain words."""
    known = {record.key: record for record in records}
    tickers: dict[tuple[str, str], str] = {}
    for record in known.values():
        spans: tuple[NameRecord | IdentifierRecord | RoleRecord, ...] = (
            *record.names,
            *record.identifiers,
            *record.roles,
        )
        for dated in spans:
            if dated.valid_from and dated.valid_to and dated.valid_to < dated.valid_from:
                yield f"{record.where}: {dated} ends before it starts"
        for held in record.ownership:
            if held.parent not in known:
                yield f"{record.where}: the parent '{held.parent}' is not known"
            if held.stake and float(held.stake.lstrip("<>~")) > 100:
                yield f"{record.where}: a stake of {held.stake} per cent is more than the whole"
        if record.within and record.within not in known:
            yield f"{record.where}: it lies within '{record.within}', which is not known"
        for role in record.roles:
            if role.organisation not in known:
                yield f"{record.where}: the organisation '{role.organisation}' is not known"
        for identifier in record.identifiers:
            ticker = (identifier.scheme, identifier.value)
            if tickers.setdefault(ticker, record.key) != record.key:
                yield f"{record.where}: {identifier.scheme} {identifier.value} already belongs to '{tickers[ticker]}'"


def _read(path: Path) -> EntityRecord:
    content, lines = load_yaml(path)
    where = path.name
    unknown = content.keys() - set(EntityRecord.__dataclass_fields__) | (content.keys() & {"where"})
    if unknown:
        field = sorted(unknown)[0]
        raise RegistryError(f"{where}:{lines.get(field, 0)}: '{field}' is not a field of an entity")
    key = content.get("key")
    if key != path.stem or not isinstance(key, str) or not _KEY.match(key):
        raise RegistryError(f"{where}: the key must be the file's name, '{path.stem}'")
    _one_of(content.get("kind"), KINDS, f"{where}: kind")
    if content.get("state") is not None:
        _one_of(content["state"], STATE_LEVELS, f"{where}: state")
    names = tuple(_part(NameRecord, item, where) for item in content.get("names") or [])
    for name in names:
        _one_of(name.kind, NAME_KINDS, f"{where}: kind of '{name.name}'")
        _one_of(name.language, LANGUAGES, f"{where}: language of '{name.name}'")
    return EntityRecord(
        key=key,
        kind=content["kind"],
        name_en=_text(content.get("name_en"), f"{where}: name_en"),
        name_zh=content.get("name_zh"),
        short_en=content.get("short_en"),
        short_zh=content.get("short_zh"),
        state=content.get("state"),
        website=content.get("website"),
        names=names,
        identifiers=tuple(_part(IdentifierRecord, item, where) for item in content.get("identifiers") or []),
        ownership=tuple(_part(OwnershipRecord, item, where) for item in content.get("ownership") or []),
        roles=tuple(_part(RoleRecord, item, where) for item in content.get("roles") or []),
        background=content.get("background") or False,
        tracked=content.get("tracked") or False,
        within=content.get("within"),
        note=content.get("note"),
        examples=content.get("examples") or {},
        where=where,
    )


def _part(record: Any, item: Any, where: str) -> Any:
    """One name, identifier, holding or role, every field of it checked."""
    if not isinstance(item, dict):
        raise RegistryError(f"{where}: {item!r} must be a mapping")
    fields = record.__dataclass_fields__
    for field, value in item.items():
        if field not in fields:
            raise RegistryError(f"{where}: '{field}' is not a field of {record.__name__}")
        if field in {"valid_from", "valid_to", "as_of"} and not (isinstance(value, str) and _DATE.match(value)):
            raise RegistryError(f"{where}: {field} {value!r} must be a quoted date")
        if field == "stake" and not (isinstance(value, str) and _STAKE.match(value)):
            raise RegistryError(f"{where}: the stake {value!r} must be quoted per cent")
        if field != "ambiguous":
            _text(value, f"{where}: {field}")
    optional = {field: None for field in fields if field not in item and field != "ambiguous"}
    return record(**{**optional, **item})


def _text(value: Any, what: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise RegistryError(f"{what} must be text, not {value!r}")
    return value


def _one_of(value: Any, allowed: tuple[str, ...], what: str) -> None:
    if value not in allowed:
        raise RegistryError(f"{what} {value!r} is none of {', '.join(allowed)}")
