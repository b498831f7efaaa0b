"""Who really said it: origins of disclosures and of single findings, and whether a witness is independent."""

import re
from dataclasses import dataclass

from companies.models import Entity
from signals.extraction.records import Origin as FoundOrigin
from signals.models import Origin, Source

KIND_OF_ENTITY = {
    "regulator": "government",
    "place": "government",
    "association": "association",
    "exchange": "association",
    "institute": "company",
    "publisher": "own_reporting",
}
OF_THE_COMPANY = {"company", "filing"}


@dataclass(frozen=True, slots=True)
class Witness:
    """The origin of one finding: two findings with one ``key`` are one witness."""

    kind: str
    key: str


def settle(found: FoundOrigin | None, source: Source, main_entity: str | None, publisher: str) -> Origin:
    """The origin row for a disclosure: what the text says of its origin, else what the source is known to carry.

    ``source.definition["origin"]`` says what a source carries by its nature: filing, company, government, association,
    analyst or own_reporting.
    """
    kind = str(source.definition.get("origin", "unknown"))
    entity: str | None = None
    name = publisher or source.publisher or source.name
    url = ""
    if found is not None:
        entity = found.key if found.key and Entity.objects.filter(pk=found.key).exists() else None
        name, url = found.publisher, found.url or ""
        entity_kind = Entity.objects.filter(pk=entity).values_list("kind", flat=True).first() if entity else None
        if entity_kind:
            kind = KIND_OF_ENTITY.get(entity_kind, "company")
        elif kind in {"unknown", "own_reporting"}:
            kind = "company" if found.state_owned else "unknown"
        if kind == "own_reporting" and found.state_owned:
            kind = "company"  # a company's own newspaper is the company speaking
    elif kind in OF_THE_COMPANY:
        entity = source.publisher_entity_id or main_entity
    elif source.publisher_entity_id:
        entity = source.publisher_entity_id
    key = f"{kind}:{entity or _slug(name)}"
    origin, _ = Origin.objects.get_or_create(
        key=key, defaults={"kind": kind, "entity_id": entity, "name": name[:200], "url": url}
    )
    return origin


def witness(voice: str, subject: str | None, origin: Origin, publisher: str) -> Witness:
    """The origin of one finding: a company's figure has the company as origin whoever retells it."""
    if voice == "publisher":
        return Witness("own_reporting", f"own_reporting:{_slug(publisher) or origin.key}")
    if voice == "company":
        if origin.kind in OF_THE_COMPANY:
            return Witness(origin.kind, origin.key)
        return Witness("company", f"company:{subject or 'unknown'}")
    if origin.kind in {"government", "association", "analyst"}:
        return Witness(origin.kind, origin.key)
    return Witness("unknown", f"third_party:{_slug(publisher) or origin.key}")


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-")[:120]
