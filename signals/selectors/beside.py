"""One publication in two languages, side by side: sentences that state the same facts carry the same number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from signals.formatting.quotes import Highlight, pieces
from signals.models import Disclosure, DisclosureVersion, IndicatorCurrent


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some text; ``number`` is that of its group, or empty; ``first`` where the group begins on this side.

    ``differs``: the values told for a fact of the group contradict each other.
    """

    text: str
    number: str
    first: bool
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    kind: str
    stretches: list[Stretch]


Span = tuple[int, int]
Sentences = Mapping[Span, frozenset[str]]  # where a sentence stands in its text, and the facts that it states


@dataclass(frozen=True, slots=True)
class Other:
    """The same facts told in another language; ``same_origin``: by the same witness, so likely a translation."""

    disclosure: Disclosure
    shared: int
    same_origin: bool


def others(disclosure: Disclosure, most: int = 8) -> list[Other]:
    """Disclosures in another language that state some of the same facts; the same origin first, then the most shared."""
    facts = _facts(disclosure).values("fact_key")
    counted = dict(
        IndicatorCurrent.objects.filter(fact_key__in=facts)
        .exclude(disclosure=disclosure)
        .exclude(language=disclosure.language)
        .values_list("disclosure")
        .annotate(n=Count("fact_key", distinct=True))
        .order_by("-n", "-disclosure")[:40]
    )
    rows = Disclosure.objects.select_related("origin", "source").in_bulk(list(counted))
    found = [
        Other(row, counted[pk], row.origin_id is not None and row.origin_id == disclosure.origin_id)
        for pk, row in rows.items()
    ]
    found.sort(key=lambda one: (not one.same_origin, -one.shared, -one.disclosure.pk))
    return found[:most]


def sentences(disclosure: Disclosure) -> dict[Span, frozenset[str]]:
    """Where a text's sentences with dated figures stand, and which facts each states."""
    found: dict[Span, set[str]] = defaultdict(set)
    rows = _facts(disclosure).exclude(indicator=None).exclude(lost=True)
    for fact, start, end in rows.values_list("fact_key", "indicator__start", "indicator__end"):
        found[start, end].add(fact)
    return {span: frozenset(facts) for span, facts in found.items()}


def _facts(disclosure: Disclosure) -> QuerySet[IndicatorCurrent]:
    return IndicatorCurrent.objects.filter(disclosure=disclosure).exclude(period_label="").exclude(subject=None)


@dataclass(slots=True)
class Group:
    """Sentences of two texts that state the same facts."""

    facts: set[str]
    left: set[Span] = field(default_factory=set)
    right: set[Span] = field(default_factory=set)

    def take(self, other: Group) -> None:
        self.facts |= other.facts
        self.left |= other.left
        self.right |= other.right


def aligned(left: Sentences, right: Sentences) -> list[Group]:
    """Groups of sentences that state the same facts, in the order of the left text.

    A sentence of one text may be two of the other, so sentences that share a fact, directly or by way of others, are one group.
    """
    shared = frozenset().union(*left.values()) & frozenset().union(*right.values())
    groups: list[Group] = []
    for one in [
        *(Group(set(facts & shared), left={span}) for span, facts in left.items()),
        *(Group(set(facts & shared), right={span}) for span, facts in right.items()),
    ]:
        if not one.facts:
            continue
        for group in [group for group in groups if group.facts & one.facts]:
            groups.remove(group)
            one.take(group)
        groups.append(one)
    return sorted(groups, key=lambda group: min(group.left))


def disputed(disclosure: Disclosure) -> set[str]:
    """Facts of a text whose values contradict what others tell."""
    return set(_facts(disclosure).filter(conflict=True).values_list("fact_key", flat=True))


def column(version: DisclosureVersion, spans: list[set[Span]], differing: Set[int] = frozenset()) -> list[Paragraph]:
    """A text in paragraphs, with the sentences of group *n* numbered *n*; the pieces joined are the text.

    ``differing``: numbers of the groups whose values contradict each other.
    """
    marks = [Highlight(start, end, "fact", str(n)) for n, group in enumerate(spans, 1) for start, end in group]
    told: set[str] = set()
    found = []
    for kind, start, end, _section in version.blocks or [["paragraph", 0, len(version.text), "body"]]:
        stretches = []
        for piece in pieces(version.text, marks, start, end):
            number = piece.refs[0] if piece.refs else ""
            first, differs = bool(number) and number not in told, bool(number) and int(number) in differing
            stretches.append(Stretch(piece.text, number, first, differs))
            told.add(number)
        found.append(Paragraph(kind, stretches))
    return found
