"""Whose a price, an index, a quota or a country's trade is: nobody's, a list-maker's, a firm's or the nation's."""

from __future__ import annotations

import re

from signals.extraction.cast import NATION, Cast
from signals.extraction.drafts import Draft
from signals.extraction.grammar import BREAK, STRONG, parted
from signals.extraction.marks import Marks
from signals.extraction.records import NameMention, Span
from signals.extraction.wording import pattern_of

NATION_WORDS = pattern_of("{the-nation}")
MAIN_WORDS = pattern_of("{the-firm}", re.IGNORECASE)
PLACED = pattern_of(r"(?:\b{placed-at.en}\s+(?:the\s+)?(?:{compass}\s+)?|{placed-at.zh})$", re.IGNORECASE)
OBJECT = pattern_of(r"(?:\b{object-of.en}\s+(?:the\s+)?|{object-of.zh}{related-firm}?)$", re.IGNORECASE)


WHOLE = pattern_of(r"{takes-up}\s*$")  # 储量超过全国80%: the country is what the share is of
_TITLE = 40  # characters at the head of a text
_OWN_PRICE = pattern_of(r"\b(?:its|their|{firm-noun.en}['’]s)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)


def company_price(draft: Draft, marks: Marks, cast: Cast) -> bool:
    """Prices that a firm sets (list, contract and concentrate prices) are the firm's; market prices are nobody's."""
    if draft.metric != "price":
        return False
    named = draft.meaning.entry.data.get("named_by") or ()
    if draft.cue is not None and marks.text.endswith("市场", 0, draft.cue.start):
        return False  # 市场均价…,北方稀土挂牌均价…
    if draft.product == "concentrate" and not NATION_WORDS.search(
        marks.text, marks.span[0], _last_of_own(marks, draft)
    ):
        return True
    if draft.cue is not None and draft.cue.alias in named:
        return True
    if draft.cue is not None and _OWN_PRICE.search(
        marks.text, max(marks.span[0], draft.cue.start - 40), draft.cue.start
    ):
        return True
    if _ON_MARKET.search(marks.text, marks.span[0], draft.quantity.span[0]):
        return False  # 另据了解,市场上氧化镨钕成交价…, in a note of a firm's own list
    if "挂牌价" in marks.text[:_TITLE] and cast.titled:
        return True  # the firm's own list, announced in the title
    return any(
        word in marks.text[max(0, marks.span[0] - 120) : marks.span[1]]
        for word in named
        if (len(word) > 2 and "挂牌" in word) or word in ("list price", "listed price")
    )


_ON_MARKET = pattern_of("{on-the-market}", re.IGNORECASE)


def _last_of_own(marks: Marks, draft: Draft) -> int:
    """Where the words end that can say whose an English price is: what stands behind it is a remark on the market."""
    return draft.quantity.span[0] if marks.text[marks.span[0]].isascii() else marks.span[1]


def index_maker(marks: Marks, names: list[NameMention], cast: Cast) -> NameMention | None:
    makers = [name for name in names if cast.kind(name.key) in ("association", "exchange")]
    return makers[0] if makers else None


def _own_words(draft: Draft, marks: Marks) -> Span:
    """The clause of a Chinese price: 国内轻稀土市场走弱,金属镨钕…元/吨 prices nobody's; elsewhere the whole sentence."""
    text, start = marks.text, draft.quantity.span[0]
    if draft.cue is not None and text[draft.cue.start].isascii():
        return marks.span
    begin = draft.cue.start if draft.cue is not None and draft.cue.start >= marks.span[0] else start
    stops = list(BREAK.finditer(text, marks.span[0], min(begin, start)))
    colon = next((place for place, found in enumerate(stops) if found.group() in ":："), None)
    if colon is not None and not STRONG.search(text, stops[colon].end(), start):
        return stops[colon - 1].end() if colon else marks.span[0], start  # 国内轻稀土价格走高:…: the lead of a list
    return stops[-1].end() if stops else marks.span[0], start


_AT_HOME = pattern_of("{at-home}")
_HOME_MARKET = pattern_of("{home-market}")
_WATCHED_BY = pattern_of("{watched-by}")
_OPENING = 600  # characters of a text in which it says who watches its prices
_RANKS = pattern_of(r"['’]s\s+(?:\w+\s+)?{foremost}", re.IGNORECASE)


def ranks(marks: Marks, name: NameMention) -> bool:
    """ "two of China's largest producers": the country only says how great somebody is."""
    return _RANKS.match(marks.text, name.span[1]) is not None


def of_market(draft: Draft, marks: Marks, names: list[NameMention], cast: Cast) -> tuple[str | None, float, str]:
    first, last = _own_words(draft, marks)
    for name in names:
        if name.key == NATION and first <= name.span[0] and name.span[1] <= last and not ranks(marks, name):
            return name.key, 0.97, words_of(marks, name)
    found = _AT_HOME.search(marks.text[first:last])
    if found or _goes_on_at_home(marks, first):
        return NATION, 0.95, found.group() if found else "the list's market"
    monitored = _monitored(marks, cast)
    return (monitored, 0.95, "whose office watches prices") if monitored else (None, 0.97, "market price")


def _goes_on_at_home(marks: Marks, first: int) -> bool:
    """国内…均价54.6万元/吨,…;氧化铽均价680万元/吨: the item behind a semicolon is of the market that the item before names."""
    if not STRONG.match(marks.text, first - 1) or first <= marks.span[0]:
        return False
    begin = max((one.end() for one in STRONG.finditer(marks.text, marks.span[0], first - 1)), default=marks.span[0])
    home = _HOME_MARKET.search(marks.text, begin, first)
    return home is not None and any(
        q.dimension == "price" and home.end() <= q.span[0] < first for q in marks.quantities
    )


def _monitored(marks: Marks, cast: Cast) -> str | None:
    """The document's place, where an office of it is said to watch the prices: 包头市工信局重点监测的产品."""
    record = cast.companies.get(cast.place) if cast.place else None
    if record is None:
        return None
    for found in _WATCHED_BY.finditer(marks.text, 0, _OPENING):
        if any(marks.text.endswith(name.name, 0, found.start()) for name in record.names):
            return record.key
    return None


# "53,800 mt for Northern Rare Earth, up 40% and 55% of the total", "60,200 t went to Northern Rare Earth"
_GIVEN_TO = pattern_of(r"\d\s?(?:{tonne-word})\s+(?:REO\s+)?(?:{is-given}\s+)*(?:for|to)\s+(?:the\s+)?$", re.IGNORECASE)


def _given_to(draft: Draft, marks: Marks, names: list[NameMention], cast: Cast) -> NameMention | None:
    """The firm behind its part of a quota; what is told of that part until the next semicolon is the firm's too."""
    start, end = draft.quantity.span
    for name in names:
        if not cast.is_company(name.key) or not _GIVEN_TO.search(marks.text, marks.span[0], name.span[0]):
            continue
        own = 0 <= name.span[0] - end <= 40 and not any(end <= q.span[0] < name.span[0] for q in marks.quantities)
        later = (
            name.span[1] <= start
            and draft.quantity.dimension == "ratio"
            and ";" not in marks.text[name.span[1] : start]
        )
        if own or (later and not any(name.span[1] <= other.span[0] < start for other in names)):
            return name
    return None


def of_nation(draft: Draft, marks: Marks, names: list[NameMention], cast: Cast) -> tuple[str | None, float, str]:
    """Quotas and trade are a country's unless a firm or a place stands before the figure in its clause."""
    start = draft.quantity.span[0]
    given = _given_to(draft, marks, names, cast) if draft.metric.startswith("quota") else None
    if given:
        return given.key, 0.98, words_of(marks, given)
    before = [name for name in names if name.span[1] <= start and marks.visible(name, start)]
    companies = [name for name in before if cast.is_company(name.key)]
    if (
        companies
        and parted(marks.text, companies[-1].span[1], start)
        and _nation_told(marks, companies[-1].span[1], start)
    ):
        companies = []
    said = _nation_told(marks, marks.span[0], start)
    cue_start = draft.cue.start if draft.cue else start
    definite = [
        found
        for found in MAIN_WORDS.finditer(marks.text, companies[-1].span[1] if companies else marks.span[0], start)
        if not in_name(marks, found.start())
    ]
    if definite and not companies and cast.main and cast.titled:
        return cast.main, 0.96, definite[-1].group()
    own = _THE_FIRMS.search(marks.text, marks.span[0], cue_start)
    if own and not companies and cast.last and cast.is_company(cast.last):
        return cast.last, 0.95, own.group()  # "The firm's mining quotas", "Its allocation"
    if companies and not (said and said.start() > companies[-1].span[1] and draft.metric != "quota_share"):
        nearest = companies[-1]
        if (
            not OBJECT.search(marks.text[max(marks.span[0], nearest.span[0] - 9) : nearest.span[0]])
            or nearest.span[1] >= cue_start - 30
        ):
            return nearest.key, 0.97, words_of(marks, nearest)
    places = [
        name
        for name in before
        if cast.kind(name.key) == "place"
        and name.key not in cast.abroad
        and not _OFFICE.match(marks.text, name.span[1])
        and not PLACED.search(marks.text[max(0, name.span[0] - 5) : name.span[0]])
        and not WHOLE.search(marks.text, max(marks.span[0], name.span[0] - 4), name.span[0])
    ]
    origin = _origin(draft, marks, names, cast)
    if origin:
        return origin.key, 0.97, words_of(marks, origin)
    if said:
        return NATION, 1.0, said.group()
    if places:
        return places[-1].key, 0.97, words_of(marks, places[-1])
    if cast.last and cast.kind(cast.last) == "place":
        return cast.last, 0.97, "sentence before"
    if cast.place and cast.place_titled and draft.metric.startswith("export"):
        return cast.place, 0.93, "the document's place"
    if draft.metric.startswith("quota") and cast.last and cast.is_company(cast.last) and _labelled(marks):
        return cast.last, 0.95, "the line's label"
    if draft.metric.startswith("quota") or cast.national or cast.main is None:
        return NATION, 0.95, "national measure"
    if draft.metric in ("export_volume", "import_volume") and _goods_of_trade(draft, marks):
        return NATION, 0.93, "customs"
    return (cast.last or cast.main), 0.95, "main company"


_LABEL = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,2}[）)]?[、.,，．)）]{0,2}\s*)?[^。;；,，:：\n]{2,40}[:：]"
)


def _labelled(marks: Marks) -> bool:
    """Whether the sentence goes on in a line that a name leads: 3、甲公司:…。冶炼分离指标…."""
    line = marks.text.rfind("\n", 0, marks.span[0]) + 1
    return line < marks.span[0] and _LABEL.match(marks.text, line, marks.span[0]) is not None


def _goods_of_trade(draft: Draft, marks: Marks) -> bool:
    """磁材出口量: with no firm beside it, what all of the country sends out."""
    cue = draft.cue
    if marks.text.startswith("其中", marks.span[0]):
        return False  # of what the sentence before told
    if cue is not None and draft.metric == "import_volume" and marks.text.startswith(" of ", cue.end):
        return True  # "Imports of mixed carbonate from Myanmar"
    return cue is not None and any(hit.end == cue.start and marks.text[cue.start] > "\u4e00" for hit in marks.products)


def _nation_told(marks: Marks, first: int, last: int) -> re.Match[str] | None:
    """The first word for the country that says whose the figure is, not what a share is of."""
    for found in NATION_WORDS.finditer(marks.text, first, last):
        if not WHOLE.search(marks.text, max(marks.span[0], found.start() - 4), found.start()):
            return found
    return None


_OFFICE = pattern_of(r"\s+{office-noun}")


def _origin(draft: Draft, marks: Marks, names: list[NameMention], cast: Cast) -> NameMention | None:
    """ "exports reached 2,600 tons from Inner Mongolia": the place behind the figure from which goods go out."""
    if not draft.metric.startswith("export_"):
        return None
    end = draft.quantity.span[1]
    limit = next((q.span[0] for q in marks.quantities if q.span[0] >= end), marks.span[1])
    for name in names:
        inside = end <= name.span[0] < limit and name.key not in cast.abroad and cast.kind(name.key) == "place"
        if inside and re.fullmatch(r"\s*from\s+(?:the\s+)?", marks.text[end : name.span[0]]):
            return name
    return None


_THE_FIRMS = re.compile(r"\b(?:[Tt]he (?:firm|company|group|miner|producer)['’]s|[Ii]ts)\s+(?:\w+\s+){0,3}$")


def in_name(marks: Marks, place: int) -> bool:
    return any(name.span[0] <= place < name.span[1] for name in marks.names)


def words_of(marks: Marks, name: NameMention) -> str:
    return marks.text[name.span[0] : name.span[1]]
