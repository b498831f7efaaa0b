"""What a search asks for: words, phrases and the names that stand for a company; and where a text has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from companies.models import Entity, EntityName, Identifier
from signals.search_terms import terms

SNIPPET = 90


@dataclass(slots=True)
class Expansion:
    """A company that the query names, with the names that stand for it."""

    entity: Entity
    names: list[str]

    @property
    def some(self) -> list[str]:
        """The names that the page lists."""
        return self.names[:8]


def expansions(text: str) -> list[Expansion]:
    """Companies whose name or ticker is the whole query, with all their names."""
    keys = set(EntityName.objects.filter(name__iexact=text).values_list("entity_id", flat=True)[:4])
    keys |= set(Identifier.objects.filter(value=text).values_list("entity_id", flat=True)[:4])
    keys |= set(Entity.objects.filter(Q(name_en__iexact=text) | Q(name_zh=text)).values_list("key", flat=True)[:4])
    entities = Entity.objects.filter(pk__in=keys).prefetch_related("names")
    return [
        Expansion(
            entity, sorted({name.name for name in entity.names.all() if name.kind != "ticker"} - {text}, key=len)[:40]
        )
        for entity in entities
    ]


def similar(text: str) -> list[str]:
    """Names that are nearly the query, for typing errors."""
    rows = EntityName.objects.extra(
        select={"near": "similarity(name, %s)"},
        select_params=[text],
        where=["name %% %s"],
        params=[text],
        order_by=["-near"],
    )
    return list(dict.fromkeys(row.name for row in rows[:5]))


def phrase(text: str) -> SearchQuery | None:
    """A query for ``text``: its terms side by side, in order."""
    parts = terms(text)
    return (
        SearchQuery(" <-> ".join(_quoted(part) for part in parts), search_type="raw", config="simple")
        if parts
        else None
    )


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def wanted(text: str, names: list[Expansion]) -> SearchQuery | None:
    """All words of the query, or one of the names that stand for the company it names."""
    whole: SearchQuery | None = None
    for word in words(text):
        one = phrase(word)
        if one is not None:
            whole = one if whole is None else whole & one
    for name in telling(text, [name for expansion in names for name in expansion.names]):
        one = phrase(name)
        if one is not None:
            whole = one if whole is None else whole | one
    return whole


def telling(text: str, names: list[str]) -> list[str]:
    """The names that find more than shorter ones do: who looks for 北方稀土 finds 北方稀土高科 anyway.

    Each further phrase is tried against every text that has its commonest word, so twenty forms of one name cost much.
    """
    shorter = [terms(text)]
    kept = []
    for name in sorted(names, key=lambda name: len(terms(name))):
        parts = terms(name)
        if parts and not any(_within(part, parts) for part in shorter):
            shorter.append(parts)
            kept.append(name)
    return kept


def _within(short: list[str], long: list[str]) -> bool:
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1)) if short else False


def words(text: str) -> Iterator[str]:
    for index, part in enumerate(text.split('"')):
        if index % 2:
            yield part
        else:
            yield from part.split()


def snippet(text: str, needles: list[str], count: int = 2) -> list[SafeString]:
    """Up to ``count`` stretches around hits with the hits marked; everything escaped."""
    low = (
        text.casefold()
        if len(text.casefold()) == len(text)
        else text.lower()
        if len(text.lower()) == len(text)
        else text
    )
    hits = sorted(
        (start, start + len(needle))
        for needle in needles
        if needle
        for start in _occurrences(low, needle.casefold(), 3)
    )
    snippets: list[SafeString] = []
    edge = -1
    for start, end in hits:
        if start < edge or len(snippets) == count:
            continue
        low_edge = max(0, start - SNIPPET)
        edge = min(len(text), end + SNIPPET)
        marked = escape(text[low_edge:start]) + "<mark>" + escape(text[start:end]) + "</mark>" + escape(text[end:edge])
        snippets.append(mark_safe(("… " if low_edge else "") + marked + (" …" if edge < len(text) else "")))
    return snippets


def _occurrences(text: str, needle: str, limit: int) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0 and limit:
        yield at
        limit -= 1
        at = text.find(needle, at + len(needle))
