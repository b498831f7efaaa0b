"""Whose names stand in the text: companies, people, places and offices, each under the key of ``companies/data``.

The longest name wins. A word that several share is decided by the rules of ``ambiguous.yml``; when none holds, the
mention keeps its other candidates, and ``ambiguity_warnings`` asks a person. One candidate is an answer, two are a
question.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from companies.registry import EntityRecord, NameRecord
from signals.extraction.lexicon import Lexicon
from signals.extraction.matching import fold
from signals.extraction.records import Hit, NameMention, Reading, Span, Warning_

_SENTENCE_END = re.compile(r"[。！？；!?\n]|(?<=[a-z)])\.\s")
# "BEIJING, Jan 20 (Reuters) -", "Baotou, China —", 北京1月20日电: where a report was filed, not what it is about.
_DATELINE = re.compile(
    r"(?:, [A-Z][a-z]+)?(?:, (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d"
    r"|\s?\([A-Z][^)\n]{2,30}\)\s?[-–—]|\s?[—–]{1,2}\s|\s--?\s)|(?:\d{1,2}月)?\d{1,2}日(?:电|電|讯|訊)"
)
_LINE_HEAD = re.compile(r"(?:^|\n)[^\S\n]*(?:[（(]?[\u4e00-\u9fff]{2,8})?$")
_SENTENCE_REACH = 160  # characters on either side in which `near` looks at most

# What a text calls a thing from here on: "包头稀土产品交易所(简称“稀交所”)", 'Northern Rare Earth ("NRE")'.
_CALLED = re.compile(
    r"\s?[（(](?:以下|下)?(?:统称|简称|称|称为|hereinafter(?: referred to as)?|hereafter)?[:：]?\s?(?:the )?[“\"'‘「]?"
    r"([A-Za-z\u4e00-\u9fff][A-Za-z\u4e00-\u9fff &-]{1,24}?)[”\"'’」]?[）)]"
)
_GENERIC = frozenset({
    "公司", "本公司", "集团", "本集团", "该公司", "发行人", "上市公司", "我公司", "下称", "以下简称", "交易所",
    "协会", "研究院", "company", "group", "firm", "exchange", "association", "issuer", "corporation",
    "institute", "reo", "yoy", "qoq", "jv", "sse", "szse", "hkex",
})  # fmt: skip
_COMPANY_KINDS = frozenset({"group", "listed-company", "subsidiary", "institute", "exchange"})


def find_names(
    text: Reading | str, hits: Sequence[Hit], lexicon: Lexicon, on_date: str | None = None
) -> list[NameMention]:
    """Every name in the text, in reading order, as the document's date (ISO, may be partial) would have it.

    ``hits`` are the lexicon's over the whole text; those of kinds ``names`` and ``ambiguous`` are used.
    """
    whole = text.text if isinstance(text, Reading) else text
    document = _Document(whole)
    vetoes = _Taken(
        (hit.start, hit.end)
        for hit in hits
        if hit.kind == "ambiguous" and hit.entry.data["kind"] == "names" and not hit.entry.data.get("keys")
    )
    mentions: list[NameMention] = []
    stretches: dict[Span, list[Hit]] = {}
    for hit in hits:
        if hit.kind == "names" and _written_like(hit.alias, whole[hit.start : hit.end]):
            stretches.setdefault((hit.start, hit.end), []).append(hit)
    for span, sharing in stretches.items():
        if vetoes.cover(span):
            continue
        mention = _decide(span, sharing, document, lexicon, on_date)
        if mention and not _dateline(mention, whole, lexicon):
            mentions.append(mention)
    mentions.extend(_called(document, mentions))
    return sorted(mentions, key=lambda mention: mention.span)


def listed_entities(
    mentions: Iterable[NameMention], lexicon: Lexicon, subjects: Iterable[str | None] = ()
) -> dict[str, list[Span]]:
    """Entity key -> its spans, for the entities a document is about.

    Names in the background (other countries, news agencies, bystanders) count only when something is said of them: when
    they are among ``subjects``. A part of a city stands for the city, too.
    """
    spoken_of = set(subjects)
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


def main_company(reading: Reading, mentions: Sequence[NameMention], lexicon: Lexicon) -> str | None:
    """The company that the document is about: the first named in its title, else the first named in its body."""
    companies = [mention for mention in mentions if _is_company(lexicon.companies.get(mention.key))]
    titles = [block.span for block in reading.blocks if block.kind == "title"]
    for start, end in titles:
        inside = [mention for mention in companies if start <= mention.span[0] < end]
        if inside:
            return inside[0].key
    return companies[0].key if companies else None


def resolve_definite(
    span: Span, reading: Reading, mentions: Sequence[NameMention], lexicon: Lexicon
) -> tuple[str | None, tuple[str, ...]]:
    """Whom “公司”, “本公司”, “该公司”, “集团”, “the company” or “the group” at ``span`` means, and further candidates.

    “该公司” points back to the company named last; “集团” and “the group” prefer a group; “本公司” and a bare “公司”
    mean the company that the document is about. Nothing is guessed when no company has been named.
    """
    word = fold(reading.text[slice(*span)])
    before = [m for m in mentions if m.span[1] <= span[0] and _is_company(lexicon.companies.get(m.key))]
    main = main_company(reading, mentions, lexicon)
    if word.startswith(("该", "这家", "this company", "the firm")) and before:
        return before[-1].key, ()
    if "集团" in word or "group" in word:
        groups = list(dict.fromkeys(m.key for m in before if lexicon.companies[m.key].kind == "group"))
        if main and lexicon.companies[main].kind == "group":
            return main, ()
        if groups:
            return groups[-1], tuple(groups[:-1])
    return main, ()


class _Taken:
    """Stretches of the text that are spoken for; they do not overlap one another."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(set(spans))
        self._starts = [start for start, _ in self._spans]

    def touch(self, span: Span) -> bool:
        """Whether any of them shares a character with ``span``."""
        last = bisect_left(self._starts, span[1]) - 1
        return last >= 0 and self._spans[last][1] > span[0]

    def cover(self, span: Span) -> bool:
        """Whether one of them holds the whole of ``span``."""
        last = bisect_right(self._starts, span[0]) - 1
        return last >= 0 and self._spans[last][1] >= span[1]


class _Document:
    """A text and its folded copy, with what the rules ask of a place in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = fold(text)
        self._has: dict[str, bool] = {}

    def sentence(self, span: Span) -> str:
        """The folded sentence around ``span``, cut at a few hundred characters."""
        left, right = max(0, span[0] - _SENTENCE_REACH), min(len(self.text), span[1] + _SENTENCE_REACH)
        starts = [end.end() for end in _SENTENCE_END.finditer(self.text, left, span[0])]
        stop = _SENTENCE_END.search(self.text, span[1], right)
        return self.folded[starts[-1] if starts else left : stop.start() if stop else right]

    def has(self, word: str) -> bool:
        """Whether the document has ``word`` anywhere."""
        if word not in self._has:
            self._has[word] = fold(word) in self.folded
        return self._has[word]


def _dateline(mention: NameMention, text: str, lexicon: Lexicon) -> bool:
    """Whether a place only says where a report was filed."""
    record = lexicon.companies.get(mention.key)
    if record is None or record.kind != "place" or not _DATELINE.match(text, mention.span[1]):
        return False
    start = mention.span[0]
    return _LINE_HEAD.search(text[max(0, start - 12) : start]) is not None


def _decide(
    span: Span, sharing: Sequence[Hit], document: _Document, lexicon: Lexicon, on_date: str | None
) -> NameMention | None:
    """Which of the entities that share a name is meant; None when it is no name here."""
    candidates = [hit.key for hit in sharing if _in_use(lexicon.companies.get(hit.key), hit.alias, on_date)]
    if not candidates:
        candidates = [hit.key for hit in sharing]
    question = lexicon.ambiguous.get(("names", fold(sharing[0].alias)))
    if question is None:
        return NameMention(candidates[0], span, tuple(candidates[1:]))
    for rule in question.data.get("rules", ()):
        key = candidates[0] if rule["key"] == "same" else rule["key"]
        if key is not None and key in question.data["keys"] and key not in candidates and _owned(key, sharing):
            continue  # a name not in use at the date
        if _holds(rule, span, sharing[0].alias, document):
            return NameMention(key, span, tuple(rule.get("or", ()))) if key else None
    if "otherwise" in question.data:
        answer = question.data["otherwise"]
        return NameMention(answer, span) if answer else None
    return NameMention(candidates[0], span, tuple(candidates[1:]))


def _owned(key: str, sharing: Sequence[Hit]) -> bool:
    return any(hit.key == key for hit in sharing)


def _holds(rule: dict[str, Any], span: Span, alias: str, document: _Document) -> bool:
    """Whether all conditions of one rule hold at ``span``."""
    text, folded, (start, end) = document.text, document.folded, span
    if "after" in rule and not folded.startswith(tuple(fold(word) for word in rule["after"]), end):
        return False
    if "before" in rule and not folded.endswith(tuple(fold(word) for word in rule["before"]), 0, start):
        return False
    if "after_pattern" in rule and not _pattern(rule["after_pattern"]).match(text, end):
        return False
    if "before_pattern" in rule and not _pattern(rule["before_pattern"]).search(text[max(0, start - 40) : start]):
        return False
    if "near" in rule or "not_near" in rule:
        sentence = document.sentence(span)
        if "near" in rule and not any(fold(word) in sentence for word in rule["near"]):
            return False
        if any(fold(word) in sentence for word in rule.get("not_near", ())):
            return False
    if "elsewhere" in rule and not any(document.has(word) for word in rule["elsewhere"]):
        return False
    if "not_elsewhere" in rule and any(document.has(word) for word in rule["not_elsewhere"]):
        return False
    return not (rule.get("uncapitalised") and _capitals(text[start:end]) >= _capitals(alias))


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _capitals(text: str) -> int:
    return sum(char.isupper() for char in text)


def _written_like(alias: str, written: str) -> bool:
    """Latin names keep their first capital or most of them, short ones in capitals (NRE, VAC) all of them."""
    if not ("A" <= alias[0] <= "Z"):
        return True
    if alias.isupper() and len(alias) <= 8:
        return written.isupper()
    return not written[0].islower() or _capitals(written) * 2 > _capitals(alias)


def _in_use(record: EntityRecord | None, alias: str, on_date: str | None) -> bool:
    """Whether the entity bore this name at the date; an unknown date excludes nothing but what has ended."""
    if record is None:
        return True
    return any(_bears(name, on_date) for name in record.names if name.name == alias)


def _bears(name: NameRecord, on_date: str | None) -> bool:
    if on_date is None:
        return name.valid_to is None
    after_start = name.valid_from is None or on_date[: len(name.valid_from)] >= name.valid_from[: len(on_date)]
    before_end = name.valid_to is None or on_date[: len(name.valid_to)] <= name.valid_to[: len(on_date)]
    return after_start and before_end


def _is_company(record: EntityRecord | None) -> bool:
    return record is not None and record.kind in _COMPANY_KINDS and not record.background


def _called(document: _Document, mentions: Sequence[NameMention]) -> list[NameMention]:
    """The places of short names that the text itself gives to a company it has just named in full."""
    taken = _Taken(mention.span for mention in mentions)
    names: dict[str, str] = {}
    for mention in mentions:
        given = _CALLED.match(document.text, mention.span[1])
        if given:
            name = given.group(1).strip()
            if (
                len(name) >= 2
                and not taken.touch(given.span(1))
                and fold(name) not in _GENERIC
                and _is_abbreviation(given.group(0), name)
            ):
                names.setdefault(name, mention.key)
    found: list[NameMention] = []
    for name, key in names.items():
        edge = r"(?![A-Za-z0-9])" if name[-1].isascii() else ""
        lead = r"(?<![A-Za-z0-9])" if name[0].isascii() else ""
        for place in re.finditer(lead + re.escape(name) + edge, document.text):
            if not taken.touch(place.span()):
                found.append(NameMention(key, place.span()))
    return found


def _is_abbreviation(bracket: str, name: str) -> bool:
    """Brackets also hold tickers and remarks: a given name is announced, quoted, or all capitals."""
    announced = re.search(r"简称|下称|统称|hereinafter|hereafter|[“\"‘「]", bracket) is not None
    return announced or (name.isascii() and name.isupper() and name.isalpha())
