"""Whose names stand in the text: companies, people, places and offices, each under the key of ``companies/data``.

The longest name wins. A word that several share is decided by the rules of ``ambiguous.yml``; when none holds, the
mention keeps its other candidates, and ``ambiguity_warnings`` asks a person. One candidate is an answer, two are a
question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from signals.extraction.disambiguation import Document, capitals, decide
from signals.extraction.given_names import Taken, explained, given_names
from signals.extraction.lexicon import Lexicon
from signals.extraction.matching import fold
from signals.extraction.records import Hit, NameMention, Reading, Span, Warning_
from signals.extraction.tickers import with_tickers
from signals.extraction.wording import pattern_of

# "BEIJING, Jan 20 (Reuters) -", "Baotou, China —", 北京1月20日电: where a report was filed, not what it is about.
_DATELINE = re.compile(
    r"(?:, [A-Z][a-z]+)?(?:, (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d"
    r"|\s?\([A-Z][^)\n]{2,30}\)\s?[-–—]|\s?[—–]{1,2}\s|\s--?\s)|(?:\d{1,2}月)?\d{1,2}日(?:电|電|讯|訊)"
)
# Somebody else's name begins with a place: 深圳市某某科技有限公司, "Shenzhen Xinda Machinery Co."
_FIRM_OF_A_PLACE = pattern_of(
    r"[^\s，。、；：的在与和对向从有是等将为（）()]{1,14}?{firm-ending-zh}"
    r"|(?: (?!Province|City|Autonomous)[A-Z][\w&.-]*){1,5},? (?:Co\b|Ltd\b|Corp\b|Inc\b|Corporation|Institute|University|Bank|Daily)"
)
# "稀土发布 2024年10月5日 10:20 内蒙古": the line of an account's name, hour and place.
_BYLINE = re.compile(r"[^。\n]{0,20}20\d\d[年/.-]\d{1,2}[月/.-]\d{1,2}日?\s+\d{1,2}:\d\d[^。\n]{0,20}$")
_LINE_HEAD = re.compile(r"(?:^|\n)[^\S\n]*(?:[（(]?[\u4e00-\u9fff]{2,8})?$")
_OWN_PLACES = frozenset({"group", "listed-company", "subsidiary", "institute", "exchange"})


def find_names(
    text: Reading | str, hits: Sequence[Hit], lexicon: Lexicon, on_date: str | None = None
) -> list[NameMention]:
    """Every name in the text, in reading order, as the document's date (ISO, may be partial) would have it.

    ``hits`` are the lexicon's over the whole text; those of kinds ``names`` and ``ambiguous`` are used.
    """
    whole = text.text if isinstance(text, Reading) else text
    document = Document(whole)
    vetoes = Taken(
        (hit.start, hit.end)
        for hit in hits
        if hit.entry.kind == "ambiguous" and hit.entry.data["kind"] == "names" and not hit.entry.data.get("keys")
    )
    mentions: list[NameMention] = []
    stretches: dict[Span, list[Hit]] = {}
    for hit in hits:
        if hit.entry.kind == "names" and _written_like(hit.alias, whole[hit.start : hit.end]):
            stretches.setdefault((hit.start, hit.end), []).append(hit)
    for span, sharing in stretches.items():
        if vetoes.cover(span):
            continue
        mention = decide(span, sharing, document, lexicon, on_date)
        if mention and not _dateline(mention, whole, lexicon):
            mentions.append(mention)
    mentions.extend(given_names(whole, mentions))
    mentions.sort(key=lambda mention: mention.span)
    mentions = explained(whole, mentions, lexicon.shared_names)
    mentions = with_tickers(whole, mentions, lexicon.companies)
    return [
        mention
        for mention, after in zip(mentions, (*mentions[1:], None), strict=False)
        if not _leads_a_name(mention, after, whole, lexicon)
    ]


def listed_entities(
    mentions: Iterable[NameMention],
    lexicon: Lexicon,
    subjects: Iterable[str | None] = (),
    prominent: frozenset[str] | set[str] = frozenset(),
) -> dict[str, list[Span]]:
    """Entity key -> its spans, for the entities a document is about.

    Names in the background (other countries, news agencies, bystanders) count only when something is said of them: when
    they are among ``subjects``. A part of a city stands for the city, too.
    """
    mentions = list(mentions)
    spoken_of = set(subjects) | prominent
    listed: dict[str, list[Span]] = {}
    for mention in mentions:
        record = lexicon.companies.get(mention.key)
        if record and (not record.background or mention.key in spoken_of):
            listed.setdefault(mention.key, []).append(mention.span)
        if record and record.within:
            listed.setdefault(record.within, []).append(mention.span)
    return listed


def ambiguity_warnings(mentions: Iterable[NameMention], text: str) -> list[Warning_]:
    """One warning for each name that stayed a question, at its first place."""
    warnings: dict[tuple[str, ...], Warning_] = {}
    for mention in mentions:
        if mention.others:
            candidates = (mention.key, *mention.others)
            name = text[slice(*mention.span)]
            message = f"“{name}” may mean {' or '.join(candidates)}"
            warnings.setdefault(candidates, Warning_("ambiguous-entity", message, mention.span))
    return list(warnings.values())


def _dateline(mention: NameMention, text: str, lexicon: Lexicon) -> bool:
    """Whether a place only says where a report was filed."""
    start, end = mention.span
    if _kind(mention.key, lexicon) != "place":
        return False
    if _BYLINE.match(_line_of(text, mention.span)):
        return True
    if not _DATELINE.match(text, end):
        return False
    return _LINE_HEAD.search(text[max(0, start - 12) : start]) is not None


def _leads_a_name(mention: NameMention, after: NameMention | None, text: str, lexicon: Lexicon) -> bool:
    """Whether a place is only the beginning of somebody's name: 包头华星稀土, or of a firm that is not known."""
    start, end = mention.span
    if _kind(mention.key, lexicon) != "place":
        return False
    if after is not None and after.span[0] == end and "\u4e00" <= text[end] <= "\u9fff":
        return _kind(after.key, lexicon) in _OWN_PLACES
    if after is not None and text[end : after.span[0]] == " " and text[end - 1].isascii():
        return _kind(after.key, lexicon) in _OWN_PLACES  # Inner Mongolia Baogang United Steel
    if ("names", fold(text[start:end])) in lexicon.ambiguous:
        return False  # such a word has rules of its own
    return _FIRM_OF_A_PLACE.match(text, end) is not None


def _line_of(text: str, span: Span) -> str:
    """The line that holds ``span`` when it is a short one, else ""."""
    left, right = max(0, span[0] - 50), span[1] + 50
    begin = text.rfind("\n", left, span[0]) + 1
    stop = text.find("\n", span[1], right)
    if (begin == 0 and left > 0) or (stop < 0 and right < len(text)):
        return ""
    return text[begin : stop if stop >= 0 else len(text)]


def _kind(key: str, lexicon: Lexicon) -> str:
    record = lexicon.companies.get(key)
    return record.kind if record else ""


def _written_like(alias: str, written: str) -> bool:
    """Latin names keep their first capital or most of them, short ones in capitals (NRE, VAC) all of them."""
    if not ("A" <= alias[0] <= "Z"):
        return True
    if alias.isupper() and len(alias) <= 8:
        return written.split(maxsplit=1)[0].isupper()  # JL Mag is JL MAG
    return not written[0].islower() or capitals(written) * 2 > capitals(alias)
