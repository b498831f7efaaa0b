"""What is done, planned or said, and matters: themes by weighted cues, each with its stage, subject and voice.

A sentence speaks of a theme when the cues in it weigh 1 or more together; cues and their conditions are data
(``lexicon/themes``). Words between the same commas decide how far the thing has come (``lexicon/stages.yml``).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from signals.extraction.lexicon import Lexicon
from signals.extraction.matching import fold
from signals.extraction.records import Block, Hit, NameMention, Reading, Signal, Span
from signals.extraction.voices import Voices

ENOUGH = 1.0
ENOUGH_IN_EDITORIAL = 1.5  # an outlet's opinion wanders: it takes more than a word
MORE_OF_A_GROUP, MOST_OF_A_GROUP = 0.25, 0.5  # a second and third word of one group add a little
SLOGAN = 0.5
_THEMES_OF_THEIR_SLOGAN = frozenset({"quota"})
_EDITORIAL_THEMES = frozenset({"foreign-policy", "export-control"})
_ACTORS = frozenset({"group", "listed-company", "subsidiary", "institute", "exchange", "association", "regulator"})
_CLAUSE_END = re.compile(r"[，,；;。：:]")
_BY_NATURE = {
    "financial-results": "reported",
    "market-conditions": "reported",
    "price-setting": "done",
    "export-market": "reported",
    "quota": "done",
    "export-control": "done",
    "party-alignment": "slogan",
    "five-year-plan": "target",
    "leadership": "done",
    "consolidation": "done",
    "safety-environment": "reported",
    "foreign-policy": "reported",
}


@dataclass(slots=True)
class _Evidence:
    """What one sentence says for one theme."""

    weight: float = 0.0
    groups: dict[str, float] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)
    first: int = 0


def find_signals(
    reading: Reading,
    hits: Sequence[Hit],
    sentences: Sequence[Span],
    names: Sequence[NameMention],
    lexicon: Lexicon,
    main: str | None = None,
) -> list[Signal]:
    """The document's signals in reading order: of several sentences that say the same, the one with most evidence.

    ``main`` is the entity that sentences without a name are about. A table counts as one statement, quoted by its row.
    """
    voices = Voices(reading, hits, names, lexicon)
    cues = sorted((hit for hit in hits if hit.kind in ("themes", "slogans")), key=lambda hit: (hit.start, -hit.end))
    stages = sorted((hit for hit in hits if hit.kind == "stages"), key=lambda hit: hit.start)
    best: dict[tuple[str, str | None, str, str], tuple[float, Signal]] = {}
    for span, block in _statements(reading, sentences):
        section = block.section if block else "body"
        if section == "disclaimer":
            continue
        for theme, evidence in _weigh(reading.text, span, _within(cues, span), block).items():
            enough = ENOUGH_IN_EDITORIAL if section == "editorial" and theme not in _EDITORIAL_THEMES else ENOUGH
            if evidence.weight < enough:
                continue
            stage = _stage(reading.text, span, evidence.first, _within(stages, span), theme)
            subject = _subject(theme, span, names, lexicon, main)
            voice = voices.of(span)
            group = max(evidence.groups, key=lambda name: evidence.groups[name])
            confidence = round(min(0.95, 0.4 + 0.25 * evidence.weight), 2)
            signal = Signal(theme, subject, stage, voice, span, confidence, f"theme:{group}")
            key = (theme, subject, stage, voice)
            if key not in best or evidence.weight > best[key][0]:
                best[key] = (evidence.weight, signal)
    return sorted((signal for _, signal in best.values()), key=lambda signal: (signal.span, signal.theme))


def _statements(reading: Reading, sentences: Sequence[Span]) -> Iterator[tuple[Span, Block | None]]:
    """Sentences with the block they stand in; a table's rows one by one."""
    starts = [block.span[0] for block in reading.blocks]
    for span in sentences:
        number = bisect_right(starts, span[0]) - 1
        block = reading.blocks[number] if number >= 0 and span[0] < reading.blocks[number].span[1] else None
        if block is None or block.kind != "table":
            yield span, block
    for block in reading.blocks:
        for row in block.table.rows if block.kind == "table" and block.table else ():
            parts = [span for cell in row for span in cell.spans]
            if parts:
                yield (min(start for start, _ in parts), max(end for _, end in parts)), block


def _within(hits: Sequence[Hit], span: Span) -> list[Hit]:
    first = bisect_left(hits, span[0], key=lambda hit: hit.start)
    return [hit for hit in hits[first : bisect_left(hits, span[1], key=lambda hit: hit.start)] if hit.end <= span[1]]


def _weigh(text: str, span: Span, cues: Sequence[Hit], block: Block | None) -> dict[str, _Evidence]:
    """Theme -> what the sentence says for it."""
    if not cues:
        return {}
    folded = fold(text[span[0] : span[1]])
    found: dict[str, _Evidence] = {}
    covered: dict[tuple[str, str], int] = {}
    for hit in cues:
        data = hit.entry.data
        theme = data.get("theme")
        if theme is None or hit.end <= covered.get((theme, hit.kind), 0) or not _allowed(data, folded):
            continue
        covered[(theme, hit.kind)] = hit.end  # a word inside a longer one of the same theme is no further evidence
        evidence = found.setdefault(theme, _Evidence(first=hit.start))
        word = text[hit.start : hit.end].lower()
        if word in evidence.words:
            continue
        evidence.words.add(word)
        if hit.kind == "slogans":
            weight = ENOUGH if theme in _THEMES_OF_THEIR_SLOGAN else SLOGAN
        else:
            weight = float(data["weight"])
        so_far = evidence.groups.get(hit.key)
        more = weight if so_far is None else min(so_far + MORE_OF_A_GROUP, weight + MOST_OF_A_GROUP)
        evidence.groups[hit.key] = more
    for evidence in found.values():
        evidence.weight = sum(evidence.groups.values())
    return found


def _allowed(data: dict[str, object], folded: str) -> bool:
    needs, forbidden = data.get("needs"), data.get("not")
    if isinstance(needs, list) and not any(fold(word) in folded for word in needs):
        return False
    return not (isinstance(forbidden, list) and any(fold(word) in folded for word in forbidden))


def _stage(text: str, span: Span, cue: int, stages: Sequence[Hit], theme: str) -> str:
    """The stage that the words nearest the theme's own give: of its clause, else of the sentence, else its nature."""
    folded = fold(text[span[0] : span[1]])
    usable = [hit for hit in stages if _allowed({"not": hit.entry.data.get("not")}, folded)]
    ends = [span[0] + mark.end() for mark in _CLAUSE_END.finditer(text[span[0] : span[1]])]
    clause = (
        max((end for end in ends if end <= cue), default=span[0]),
        min((end for end in ends if end > cue), default=span[1]),
    )
    for start, end in (clause, span):
        inside = [hit for hit in usable if start <= hit.start and hit.end <= end]
        strong = [hit for hit in inside if hit.key not in ("slogan", "reported")]
        if strong:
            return min(strong, key=lambda hit: (hit.entry.data["rank"], hit.start)).key
    if theme in _BY_NATURE:
        return _BY_NATURE[theme]
    weak = [hit for hit in usable if hit.key in ("slogan", "reported")]
    return min(weak, key=lambda hit: hit.entry.data["rank"]).key if weak else "reported"


def _subject(theme: str, span: Span, names: Sequence[NameMention], lexicon: Lexicon, main: str | None) -> str | None:
    """Who does it: the first actor that the sentence names, a place for what places do, else the document's own."""
    first = bisect_left(names, span[0], key=lambda name: name.span[0])
    inside = names[first : bisect_left(names, span[1], key=lambda name: name.span[0])]
    kinds = {name.key: record.kind for name in inside if (record := lexicon.companies.get(name.key))}
    if theme == "foreign-policy":
        abroad = [name.key for name in inside if kinds.get(name.key) == "place" and name.key != "china"]
        return abroad[0] if abroad else None
    for name in inside:
        if kinds.get(name.key) in _ACTORS:
            return name.key
    places = [name.key for name in inside if kinds.get(name.key) in ("place", "mine")]
    if places and theme in ("quota", "export-market", "export-control", "resource-security", "market-conditions"):
        return places[0]
    return main
