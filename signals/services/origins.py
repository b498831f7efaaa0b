"""Who really said it: origins of disclosures and of single findings, and whether a witness is independent."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from companies.models import Entity, Ownership
from signals.extraction.records import Origin as FoundOrigin
from signals.models import Disclosure, Origin, Source

KIND_OF_ENTITY = {
    "regulator": "government",
    "place": "government",
    "association": "association",
    "exchange": "association",
    "institute": "company",
    "publisher": "own_reporting",
}
OF_THE_COMPANY = {"company", "filing"}
COMPANIES = ("group", "listed-company", "subsidiary")
# What outlets write in a source line when they mean themselves.
OWN = {
    "本网",
    "本站",
    "本报",
    "本刊",
    "本台",
    "本公司",
    "原创",
    "this site",
    "own",
    "staff",
    "staff reporter",
    "original",
}
# "Media of a state-owned company" describes somebody without naming them.
_UNNAMED = re.compile(r"\bstate[- ](?:owned|run|controlled)\b|国有|国企|央企", re.I)


@dataclass(frozen=True, slots=True)
class Witness:
    """The origin of one finding: two findings with one ``key`` are one witness."""

    kind: str
    key: str


def settle(found: FoundOrigin | None, source: Source, main_entity: str | None, publisher: str) -> Origin:
    """The origin row for one disclosure."""
    settler = Settler()
    origin = settler.settle(found, source, main_entity, publisher)
    settler.save([])
    return origin


class Settler:
    """Settles origins; what it has looked up it knows, so keep one for no longer than a transaction.

    Those that are new are made in ``save``: two who make the same one wait for each other, so each must have its turn then.
    """

    def __init__(self) -> None:
        self._entities: dict[str, Entity | None] = {}
        self._origins: dict[str, Origin] = {}

    def settle(self, found: FoundOrigin | None, source: Source, main_entity: str | None, publisher: str) -> Origin:
        """What the text says of its origin, else what the source is known to carry.

        ``source.definition["origin"]`` says what a source carries by its nature: filing, company, government,
        association, analyst or own_reporting.
        """
        kind = str(source.definition.get("origin", "unknown"))
        name, url, entity = publisher or source.publisher or source.name, "", None
        if found is not None and not _means_itself(found.publisher, name, source):
            owner = self._entity(found.key)
            name, url = found.publisher, found.url or ""
            kind = _kind_of(owner, kind, found)
            entity = _speaker(owner)
            if entity is None and kind in OF_THE_COMPANY and _UNNAMED.search(name):
                entity = main_entity
        elif kind in OF_THE_COMPANY:
            entity = source.publisher_entity_id or main_entity
        elif source.publisher_entity_id:
            entity = source.publisher_entity_id
        key = f"{kind}:{entity or _slug(name)}"
        if key not in self._origins:
            known = Origin.objects.filter(key=key).first()
            self._origins[key] = known or Origin(key=key, kind=kind, entity_id=entity, name=name[:200], url=url)
        return self._origins[key]

    def save(self, written: Iterable[Disclosure]) -> None:
        """Make the new ones (``locks.one_writer`` is held) and tell them to those disclosures that are written already."""
        new = [one for one in self._origins.values() if one.pk is None]
        if not new:
            return
        Origin.objects.bulk_create(new, ignore_conflicts=True)
        ids = dict(Origin.objects.filter(key__in=[one.key for one in new]).values_list("key", "pk"))
        for one in new:
            one.pk = ids[one.key]
        for disclosure in written:
            if disclosure.origin_id is None and disclosure.origin is not None:
                disclosure.origin_id = disclosure.origin.pk
                disclosure.save(update_fields=["origin"])

    def _entity(self, key: str | None) -> Entity | None:
        if key and key not in self._entities:
            self._entities[key] = Entity.objects.filter(pk=key).first()
        return self._entities[key] if key else None


def _means_itself(told: str, publisher: str, source: Source) -> bool:
    """Does a source line name the outlet that carries it?"""
    word = told.strip().casefold()
    return word in OWN or word in {publisher.casefold(), source.publisher.casefold(), source.name.casefold()}


def _kind_of(owner: Entity | None, kind: str, found: FoundOrigin) -> str:
    """What sort of origin a text names; a company's own newspaper is the company speaking."""
    if owner is not None:
        kind = KIND_OF_ENTITY.get(owner.kind, "company")
    elif kind in {"unknown", "own_reporting"}:
        kind = "company" if found.state_owned else "unknown"
    return "company" if kind == "own_reporting" and found.state_owned else kind


def _speaker(owner: Entity | None) -> str | None:
    """The entity that speaks: of a company's own newspaper, the company."""
    if owner is None or owner.kind != "publisher":
        return owner.pk if owner else None
    parent = Ownership.objects.filter(child=owner, parent__kind__in=COMPANIES).order_by("pk").first()
    return parent.parent_id if parent else owner.pk


def witness(voice: str, subject: str | None, origin: Origin, publisher: str) -> Witness:
    """The origin of one finding: a company's figure has the company as origin whoever retells it."""
    if voice == "publisher":
        return Witness("own_reporting", f"own_reporting:{_slug(publisher) or origin.key}")
    if voice == "company":
        if origin.kind == "filing":
            return Witness("filing", origin.key)
        return Witness("company", f"company:{subject or origin.entity_id or 'unknown'}")
    if origin.kind in {"government", "association", "analyst"}:
        return Witness(origin.kind, origin.key)
    return Witness("unknown", f"third_party:{_slug(publisher) or origin.key}")


def _slug(name: str) -> str:
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-")[:120]
