"""Whose words a document relays, as it says itself; and who published it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from signals.extraction.matching import fold
from signals.extraction.records import Origin, Span
from signals.extraction.wording import pattern_of

from .draft import Head
from .phrases import Names, Phrases

_STATE_LEVELS = ("central", "provincial", "municipal")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[。！？\n]")
_NAME = re.compile(
    r"\s*[“\"'《【]?((?:[^\n,;，；。|｜()（）《》“”\"\[\]【】]|(?<=Co)\.|(?<=Ltd)\.|,(?= (?:Ltd|Inc))){2,80})"
)
_NAME_END = pattern_of(
    r"\s*https?://.*|\s+{after-source}.*|\s*[-–—]\s.*|\s{2,}.*|\.\s.*|"
    r"\s*{end-of-source}\s?[:：]?.*|\s*(?:19|20)\d\d[-年/.].*|[\s.:：]+$",
    re.I | re.S,
)
_ARTICLE_WORD = re.compile(r"^(?:the|an?)\s+(?=[A-Z])|^(?:the|an?|our)\s+", re.I)
_ADDRESS = re.compile(r"https?://[^\s，。；）)\]】>\"”]+", re.I)
_REPORTED = pattern_of(
    r"(?:^|(?<=[\n。，、：“]))据(?P<who>[^\n。，,；;、据]{2,40}?)(?:[（(][^()（）\n]{1,40}[)）])?{source-site}?"
    r"(?:[（(][^()（）\n]{1,40}[)）])?(?:\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月\d{1,2}日|近日|日前|今日|昨日)?(?:晚间?|早间)?(?:的)?{published-as}"
)
_ANNOUNCED = re.compile(
    r"(?:^|(?<=[\n。，,：]))(?P<who>[\u4e00-\u9fffA-Za-z]{2,24})(?:[（(][^()（）\n]{2,20}[)）])?(?:(?:\d{1,2}月)?\d{1,2}日)?(?:晚间?|早间|盘后)?(?:发布)?公告(?:称|显示|[,，])"
)
_COMPANIES = frozenset({"group", "listed-company", "subsidiary", "institute", "exchange", "association", "regulator"})
# 某某社北京1月4日电; BEIJING, Jan 4 (Agency) -
_AGENCY = re.compile(
    r"(?:^|(?<=\n))[（(]?(?:(?P<who>[\u4e00-\u9fff]{2,4}社)[\u4e00-\u9fff、]{0,8}\d{1,2}(?:月\d{1,2})?日?[电電讯訊]|"
    r"[A-Z][A-Za-z ,.\d/]{2,40}\((?P<agency>[A-Z][\w ]{1,24})\)\s?[-–—])"
)
_NAMES_SOURCE = pattern_of("{names-its-source}", re.I)
_TOP_LINE = 120
_FIRST_PART = 3_000
_DATELINE = 500


def origin_of(text: str, top: list[str], lexicon: Names, phrases: Phrases, head: Head) -> Origin | None:
    """The origin that the text states first in rank: a source line, 据…消息, a company's own release.

    ``top`` are lines around the headline that are not part of the text; an origin found there has no span.
    """
    folded = fold(text)
    found = _named(text, folded, phrases, lexicon)
    if found is None and head.source:
        found = _origin(head.source, None, lexicon, text)
    if found is None and _NAMES_SOURCE.search(" ".join(line for line in top if len(line) <= _TOP_LINE)):
        found = next(
            filter(None, (_named(line, fold(line), phrases, lexicon) for line in top if len(line) <= _TOP_LINE)), None
        )
        found = replace(found, span=None) if found else None
    if found is None:
        found = _reported(text, lexicon) or _release(text, folded, phrases, lexicon)
    if found is not None and head.source_url and found.url is None:
        found = replace(found, url=head.source_url)
    return found


def _named(text: str, folded: str, phrases: Phrases, lexicon: Names) -> Origin | None:
    """The name after the first 'Source:' (or 来源：, 'originates from' …) that is followed by one."""
    places = sorted(
        (place, -len(phrase))
        for phrase in phrases.sources
        if phrase in folded
        for place in _occurrences(folded, phrase)
        if _stands_alone(text, place, phrase)
    )
    for place, negative in places:
        begin = place - negative
        match = _NAME.match(text, begin)
        if match is None:
            continue
        name = _NAME_END.sub("", match.group(1)).strip(" \u3000:：'’.-")
        name = _ARTICLE_WORD.sub("", name)
        if not 2 <= len(name) <= 60 or not any(ch.isalpha() for ch in name):
            continue
        end = _sentence_end(text, place)
        return _origin(name, (_line_start(text, place), end), lexicon, text)
    return None


def _occurrences(folded: str, phrase: str) -> list[int]:
    places: list[int] = []
    place = folded.find(phrase)
    while place >= 0 and len(places) < 4:
        places.append(place)
        place = folded.find(phrase, place + len(phrase))
    return places


def _stands_alone(text: str, place: int, phrase: str) -> bool:
    """'source:' opens a line or a bracket; a phrase of several words may stand anywhere, but not inside a word."""
    before = text[place - 1 : place]
    if phrase.endswith(":") or " " not in phrase:
        return not before or before in "\n([（【|*" or (before == " " and phrase.endswith(":"))
    return not before.isalnum()


def _line_start(text: str, place: int) -> int:
    start = text.rfind("\n", 0, place) + 1
    for end in _SENTENCE_END.finditer(text, start, place):
        start = end.end()
    return start + len(text[start:place]) - len(text[start:place].lstrip())


def _sentence_end(text: str, place: int) -> int:
    end = _SENTENCE_END.search(text, place)
    return (end.end() if end.group() != "\n" else end.start()) if end else len(text)


def _origin(name: str, span: Span | None, lexicon: Names, text: str) -> Origin:
    key = _key(name, lexicon)
    sentence = fold(text[span[0] : span[1]]) if span else fold(name)
    address = _ADDRESS.search(text, *span) if span else None
    return Origin(name, _state_owned(key, sentence, lexicon), address.group() if address else None, span, key)


def _key(name: str, lexicon: Names) -> str | None:
    """The entity whose name this is, or the name's longest part; None when two are equally meant."""
    hits = [hit for hit in lexicon.find(name) if hit.kind == "names"]
    if not hits:
        return None
    longest = max(hit.end - hit.start for hit in hits)
    if longest < 0.5 * len(name):
        return None
    keys = {hit.key for hit in hits if hit.end - hit.start == longest}
    return keys.pop() if len(keys) == 1 else None


def _state_owned(key: str | None, sentence: str, lexicon: Names) -> bool | None:
    state = _record(lexicon, key, "state") if key else None
    if state in _STATE_LEVELS:
        return True
    if any(word in sentence for word in phrases_of_state(lexicon)):
        return True
    return False if state in ("private", "foreign") else None


def phrases_of_state(lexicon: Names) -> tuple[str, ...]:
    """Words that say that a publisher belongs to a state."""
    entry = lexicon.kind("reading").get("state-owned")
    return tuple(fold(word) for word in entry.zh + entry.en) if entry else ()


def _record(lexicon: Names, key: str, name: str) -> Any:
    companies = getattr(lexicon, "companies", None) or {}
    return getattr(companies.get(key), name, None)


def _reported(text: str, lexicon: Names) -> Origin | None:
    """据…消息 and …公告称 in the first part of the text."""
    for pattern, mark, end in (
        (_AGENCY, "", _DATELINE),
        (_REPORTED, "据", _FIRST_PART),
        (_ANNOUNCED, "公告", _FIRST_PART),
    ):
        if mark not in text:
            continue
        match = pattern.search(text, 0, end)
        if match:
            name = next(group for group in match.groups() if group).strip()
            if pattern is _ANNOUNCED and _key(name, lexicon) is None:
                continue
            return _origin(name, (match.start(), _sentence_end(text, match.start())), lexicon, text)
    return None


def _release(text: str, folded: str, phrases: Phrases, lexicon: Names) -> Origin | None:
    """'According to its official press release': the company named last before it."""
    places = [place for phrase in phrases.status.get("release", ()) if (place := folded.find(phrase)) >= 0]
    if not places:
        return None
    place = min(places)
    start = max(0, place - 1_500)
    named = [
        hit
        for hit in lexicon.find(text, start, place)
        if hit.kind == "names" and hit.entry.data.get("kind") in _COMPANIES
    ]
    if not named:
        return None
    first = _line_start(text, place)
    paragraph = text.rfind("\n", 0, first) + 1
    inside = [hit for hit in named if hit.start >= paragraph] or named[-1:]
    hit = inside[0]
    span = (first, _sentence_end(text, place))
    state = _record(lexicon, hit.key, "state")
    owned = True if state in _STATE_LEVELS else None
    return Origin(text[hit.start : hit.end], owned, None, span, hit.key)


def publisher_of(head: Head, url: str | None, lexicon: Names) -> str | None:
    """The outlet: as the page names it, else the entity whose web site it is, else the site's host."""
    if head.publisher:
        return head.publisher
    host = host_of(url)
    if not host:
        return None
    sites = _sites(lexicon)
    labels = host.split(".")
    for first in range(len(labels) - 1):
        name = sites.get(".".join(labels[first:]))
        if name:
            return name
    return host


_sites_of: dict[str, dict[str, str]] = {}


def _sites(lexicon: Names) -> dict[str, str]:
    """Host of a web site -> its entity's name; made once for each digest."""
    sites = _sites_of.get(lexicon.digest)
    if sites is None:
        records = (getattr(lexicon, "companies", None) or {}).values()
        sites = {site: record.name_en or record.name_zh for record in records if (site := host_of(record.website))}
        if len(_sites_of) > 8:
            _sites_of.clear()
        _sites_of[lexicon.digest] = sites
    return sites


def host_of(url: str | None) -> str | None:
    """The host of an address without 'www.', or None."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
