"""Who is on a document's stage: its main company or place, and what the paragraph has spoken of so far."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from companies.registry import EntityRecord
from signals.extraction.marks import Marks
from signals.extraction.records import Block, NameMention, Span
from signals.extraction.strangers import Strangers
from signals.extraction.wording import pattern_of

COMPANY_KINDS = frozenset({"group", "listed-company", "subsidiary", "institute", "exchange"})
NATION = "china"
_LEAD = 40  # characters: a place named once, far inside a paragraph, only says where a picture was taken
_THIRD_PARTY_TITLE = pattern_of("{title-of-office}", re.IGNORECASE)


@dataclass(slots=True)
class Cast:
    """The document's entities: who leads, and what kind each one is."""

    companies: Mapping[str, EntityRecord]
    main: str | None = None
    national: bool = False  # a ministry's or a customs document: figures are the country's
    last: str | None = None  # subject of the last figure of the paragraph
    junior: str | None = None  # the last subsidiary or joint venture named
    titled: bool = False  # the title names a company
    place: str | None = None  # the city or region that the document is about, when it is about one
    place_titled: bool = False  # whether the title names the document's place
    mine: str | None = None  # the last mine named
    index: str | None = None  # who makes the price index spoken of
    abroad: frozenset[str] = frozenset()  # countries that goods go to
    venture: str | None = None  # the joint venture that the document sets up
    previous: tuple[str, str | None, int] = ("", None, 0)  # metric, subject and end of the last figure
    project: str | None = None  # whose plant or project was spoken of last
    latest: dict[str, str] = field(default_factory=dict)  # kind -> the exchange, institute, mine or zone named last
    strangers: Strangers | None = None  # firms without a key, and trades as a whole
    unlisted: Sequence[Span] = ()  # where clauses open with Chinese firms without a key
    outside: bool = False  # whether the paragraph speaks of one of these
    opened: str | None = None  # the subsidiary whose plant the paragraph has spoken of
    topic: str | None = None  # the firm that led the last sentence of the paragraph
    spent: set[tuple[int, int]] = field(default_factory=set)  # names that say where one figure's plant is

    def kind(self, key: str) -> str:
        """The registry's kind of an entity, "" when unknown."""
        record = self.companies.get(key)
        return record.kind if record else ""

    def is_company(self, key: str) -> bool:
        return self.kind(key) in COMPANY_KINDS


def cast_of(
    blocks: Sequence[Block],
    names: Sequence[NameMention],
    companies: Mapping[str, EntityRecord],
    title: str,
    strangers: Strangers | None = None,
) -> Cast:
    """The main company: named in the title, else the one named most and first in the body."""
    cast = Cast(companies, strangers=strangers)
    cast.abroad = frozenset(name.key for name in names if _abroad(name.key, companies))
    title_span = next((block.span for block in blocks if block.kind == "title"), (0, len(title)))
    in_title = [
        name.key for name in names if title_span[0] <= name.span[0] < title_span[1] and cast.is_company(name.key)
    ]
    counts = Counter(name.key for name in names if cast.is_company(name.key))
    first: dict[str, int] = {}
    for name in names:
        first.setdefault(name.key, name.span[0])
    cast.titled = bool(in_title)
    cast.place = _place_of(cast, names, title_span, blocks)
    cast.place_titled = any(title_span[0] <= n.span[0] < title_span[1] and n.key == cast.place for n in names)
    if in_title:
        cast.main = in_title[0]
    elif strangers is not None and strangers.leads(*title_span):
        cast.main = None  # the title names a firm or trade that has no key
    elif counts:
        cast.main = min(counts, key=lambda key: (-counts[key], first[key]))
    makers = {name.key for name in names if _makes_indices(name.key, companies)}
    cast.index = makers.pop() if len(makers) == 1 else None
    offices = [name.key for name in names if cast.kind(name.key) == "regulator"]
    titled_office = any(cast.kind(name.key) == "regulator" for name in names if name.span[0] < title_span[1])
    cast.national = not in_title and (
        titled_office or (bool(_THIRD_PARTY_TITLE.search(title)) and bool(offices or not counts))
    )
    return cast


def _makes_indices(key: str, companies: Mapping[str, EntityRecord]) -> bool:
    """Whether a price index can be this one's: an association's or a trading place's, but no stock exchange's."""
    record = companies.get(key)
    return record is not None and record.kind in ("association", "exchange") and not record.background


_REGIONS, _CITY = ("省", "自治区"), "市"


def _abroad(key: str, companies: Mapping[str, EntityRecord]) -> bool:
    """Whether a place lies outside China: what goes there is not its own figure."""
    record = companies.get(key)
    if record is None or record.kind != "place":
        return False
    while record.within and record.within in companies:
        record = companies[record.within]
    return record.key != NATION and not (record.name_zh or "").endswith((*_REGIONS, _CITY, "区", "县", "旗", "自治州"))


def _place_of(
    cast: Cast, names: Sequence[NameMention], title_span: tuple[int, int], blocks: Sequence[Block]
) -> str | None:
    """The city, zone or region that leads a document whose title names no company."""
    if cast.titled:
        return None
    places = [
        name
        for name in names
        if cast.kind(name.key) == "place" and name.key != NATION and not _abroad(name.key, cast.companies)
    ]
    in_title = [name for name in places if title_span[0] <= name.span[0] < title_span[1]]
    if in_title:
        wider = _innermost(in_title)
        opened = next((block.span[0] for block in blocks if block.kind == "paragraph"), -1)
        hub = next((name.key for name in places if name.span[0] == opened), None)
        region, city = cast.companies[wider].name_zh or "", cast.companies[hub].name_zh or "" if hub else ""
        return hub if region.endswith(_REGIONS) and city.endswith(_CITY) else wider  # "a region's hub": "Baotou is …"
    if any(cast.is_company(name.key) for name in names if name.span[0] < title_span[1] + 400):
        return None
    leads = [name for name in places if any(0 <= name.span[0] - block.span[0] <= _LEAD for block in blocks)]
    first = places[0].key if places else None
    often = sum(name.key == first for name in places) > 1
    return first if often or any(name.key == first for name in leads) else None


def _innermost(names: Sequence[NameMention]) -> str:
    """Of places written as one word, from the outside in, the last: 内蒙古包头稀土高新区 is the zone."""
    chosen = names[0]
    for name in names[1:]:
        if name.span[0] != chosen.span[1]:
            break
        chosen = name
    return chosen.key


def remember(cast: Cast, marks: Marks, subjects: Sequence[str | None]) -> None:
    """Keep what the next sentence of the paragraph may lean on."""
    for name in marks.names:
        if cast.kind(name.key) == "subsidiary":
            cast.junior = name.key
        if cast.kind(name.key) == "mine":
            cast.mine = name.key
        cast.latest["zone" if name.key.endswith("-zone") else cast.kind(name.key)] = name.key
    # "it" goes on with the sentence's own grammatical subject where that says more than the last figure's
    for subject in subjects:
        if subject:
            cast.last = subject
    companies = [name for name in marks.names if cast.is_company(name.key)]
    companies = [name for name in companies if not _owns_next(marks, name, companies)] or companies
    if companies and _LEADS.fullmatch(marks.text, marks.span[0], companies[0].span[0]):
        cast.topic = companies[0].key
    if not subjects and companies:
        cast.last = companies[0].key
        plant = companies[-1]
        if cast.kind(plant.key) == "subsidiary" and _PLANT_OF_UNIT.search(marks.text, marks.span[0], plant.span[0]):
            cast.project = cast.opened = plant.key


# "Meanwhile, Shenghe …", "In May, the listed Shenghe …": the firm that the sentence is about
_LEADS = re.compile(r"\s*(?:[A-Z][\w’' -]{0,40},\s+)?(?:[\w’'-]+\s+){0,3}")


# "opened the plant of its wholly-owned subsidiary |Huamei"
_PLANT_OF_UNIT = pattern_of(
    r"\b{site-noun}\s+(?:of|at|by)\s+(?:its|their|the)\s+(?:[\w-]+\s+){0,2}{part-of-firm}\s+$", re.IGNORECASE
)


def _owns_next(marks: Marks, name: NameMention, names: Sequence[NameMention]) -> bool:
    """ "Baogang Group's Huamei branch": the sentence is about the second."""
    return any(
        name.span[1] < other.span[0] <= name.span[1] + 24
        and marks.text.startswith(("'s ", "’s "), name.span[1])
        and not re.search("[,.;:]", marks.text[name.span[1] : other.span[0]])
        for other in names
    )
