"""What is done, planned or said, and matters: themes by weighted cues, each with its stage, subject and voice.

A sentence speaks of a theme when the cues in it weigh enough together. Where semicolons list several things, each is a
statement of its own. Of statements that say the same of the same subject, the one with most evidence stays.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from signals.extraction.figure_themes import themes_of_figures
from signals.extraction.given_names import Taken
from signals.extraction.hints import Hints
from signals.extraction.lexicon import Lexicon
from signals.extraction.marks import Shelf
from signals.extraction.matching import fold
from signals.extraction.records import Hit, Indicator, NameMention, Reading, SectionKind, Signal, Span
from signals.extraction.stages import stage_of
from signals.extraction.themes import ENOUGH, Evidence, weigh
from signals.extraction.voices import Voices

ENOUGH_IN_EDITORIAL = 1.5  # an outlet's opinion wanders: it takes more than a word
ENOUGH_IN_PASSING = 1.5  # so does what explains a company or a material
_OUTLETS_OWN_THEMES = frozenset({"foreign-policy", "export-control"})
_COMPANIES = frozenset({"group", "listed-company", "subsidiary", "institute", "exchange"})
_ACTORS = _COMPANIES | {"association", "regulator"}
_OF_PLACES = frozenset({"export-market", "export-control", "resource-security", "market-conditions"})
_FIRM = re.compile(r"[\u4e00-\u9fff]{0,2}?(?:(?<![本各家子股分该])公司(?![的一])|有限公司|创新中心|研究院)")
# Themes whose words are nouns, and so make firms' names: 节能环保公司
_IN_NAMES_OF_FIRMS = frozenset({
    "green-transition", "digital-ai", "hydrogen", "advanced-steel", "downstream-integration", "resource-security",
})  # fmt: skip
_TOLD_BY_FIGURES = 3
_OPENING = 3  # blocks, the title's among them, in which a word in passing tells what a text is about
# Themes that a text tells once and is about: what was sold, at what price, under which quota or licence
_SAID_ONCE = frozenset({"financial-results", "quota", "price-setting", "market-conditions", "export-control"})
_THE_FIRM = re.compile(r"\bthe (?:company|group|firm|corporation)\b(?!['’]s)|\bIt (?=is|has|also|will)", re.IGNORECASE)
_SEMICOLON = re.compile(r"[；;]")


def find_signals(
    reading: Reading,
    hits: Sequence[Hit],
    sentences: Sequence[Span],
    names: Sequence[NameMention],
    lexicon: Lexicon,
    main: str | None = None,
    voices: Voices | None = None,
    figures: Sequence[Indicator] = (),
) -> list[Signal]:
    """The document's signals in reading order.

    ``main`` is the entity that sentences without a name are about; ``voices`` saves work when the caller has them.
    ``figures`` tell themes that no words tell. A table's rows are its statements.
    """
    voices = voices or Voices(reading, hits, names, lexicon)
    cues = Shelf(list(_cues(reading.text, hits, names, lexicon)), longest_first=True)
    passing = Shelf([hit for hit in hits if hit.entry.kind == "voices" and hit.entry.data["role"] == "background"])
    stages = Shelf([hit for hit in hits if hit.entry.kind == "stages"])
    folded = fold(reading.text)
    main = _leading(reading, names, lexicon, main)
    best: dict[tuple[str, str | None, str, str], tuple[float, Signal]] = {}
    hints = Hints(_title(reading))

    def signal_of(theme: str, span: Span, evidence: Evidence) -> Signal:
        stage = stage_of(folded, span, evidence.first, stages.within(*span), theme, lexicon)
        subject = _subject(theme, span, names, lexicon, main)
        confidence = round(min(0.95, 0.4 + 0.25 * evidence.weight), 2)
        return Signal(theme, subject, stage, voices.of(span), span, confidence, f"theme:{evidence.strongest}")

    for sentence, section in _statements(reading, sentences):
        enough = ENOUGH_IN_PASSING if passing.within(*sentence) else ENOUGH
        for theme, span, evidence in _themes(folded, sentence, cues, section, enough, hints):
            signal = signal_of(theme, span, evidence)
            key = (theme, signal.subject, signal.stage, signal.voice)
            if key not in best or evidence.weight > best[key][0]:
                best[key] = (evidence.weight, signal)
    strong = {theme for (theme, *_), (weight, _) in best.items() if weight > ENOUGH}
    found = [signal for _, signal in best.values()]
    if reading.language == "en" and len(figures) >= _TOLD_BY_FIGURES:  # a text with few figures lives by its words
        found = _without_passing_words(found, strong, reading, names, lexicon, figures)
    found += [signal_of(*hinted) for hinted in hints.added_up({theme for theme, *_ in best})]

    def stage_in(theme: str, span: Span) -> str:
        return stage_of(folded, span, span[0], stages.within(*span), theme, lexicon)

    found += themes_of_figures(figures, found, lambda span: _sentence_of(sentences, span), stage_in, voices.of)
    return sorted(found, key=lambda signal: (signal.span, signal.theme))


def _without_passing_words(
    found: Sequence[Signal],
    strong: Collection[str],
    reading: Reading,
    names: Sequence[NameMention],
    lexicon: Lexicon,
    figures: Sequence[Indicator],
) -> list[Signal]:
    """Without themes of a long English text that one word brings up, once, past the opening, with no actor and no figure beside it."""
    told = Counter(signal.theme for signal in found)
    opening = max((block.span[1] for block in reading.blocks[:_OPENING]), default=0)
    anchors = [one.span for one in figures] + [span for one in figures for span in one.also]
    anchors += [said.span() for said in _THE_FIRM.finditer(reading.text)]
    anchors += [name.span for name in names if (known := lexicon.companies.get(name.key)) and known.kind in _ACTORS]
    anchors.sort()

    def in_passing(signal: Signal) -> bool:
        if told[signal.theme] > 1 or signal.theme in strong or signal.theme in _SAID_ONCE or signal.span[0] < opening:
            return False
        start, end = signal.span
        return not any(
            start <= first and last <= end for first, last in anchors[bisect_left(anchors, (start, 0)) :][:8]
        )

    return [signal for signal in found if not in_passing(signal)]


def _sentence_of(sentences: Sequence[Span], figure: Span) -> Span:
    """The sentence that holds a figure; a table's cell stands for itself."""
    number = bisect_right(sentences, figure[0], key=lambda span: span[0]) - 1
    return sentences[number] if number >= 0 and figure[1] <= sentences[number][1] else figure


def _cues(text: str, hits: Sequence[Hit], names: Sequence[NameMention], lexicon: Lexicon) -> Iterator[Hit]:
    """Words for themes and set phrases, but for those that are part of a name: 节能环保公司, "Research Institute"."""
    records = ((name.span, lexicon.companies.get(name.key)) for name in names)
    taken = Taken(span for span, record in records if record and record.kind in _ACTORS)
    for hit in hits:
        kind = hit.entry.kind
        if kind == "slogans":
            yield hit
        elif kind == "themes" and not taken.cover((hit.start, hit.end)):
            if hit.entry.data["theme"] not in _IN_NAMES_OF_FIRMS or not _FIRM.match(text, hit.end):
                yield hit


def _leading(reading: Reading, names: Sequence[NameMention], lexicon: Lexicon, main: str | None) -> str | None:
    """Whose document it is: an office's or a region's when its title names one and no company, else ``main``'s."""
    title = _title(reading)
    if title is None:
        return main
    titled = [name.key for name in _inside(names, title)]
    kinds = {key: record.kind for key in titled if (record := lexicon.companies.get(key))}
    if any(kind in _COMPANIES for kind in kinds.values()):
        return main
    office = next((key for key, kind in kinds.items() if kind in _ACTORS), None)
    region = next((key for key, kind in kinds.items() if kind == "place" and key != "china"), None)
    return office or region or main


def _title(reading: Reading) -> Span | None:
    return next((block.span for block in reading.blocks if block.kind == "title"), None)


def _inside(names: Sequence[NameMention], span: Span) -> Sequence[NameMention]:
    first = bisect_left(names, span[0], key=_start_of)
    return names[first : bisect_left(names, span[1], lo=first, key=_start_of)]


def _start_of(name: NameMention) -> int:
    return name.span[0]


def _statements(reading: Reading, sentences: Sequence[Span]) -> Iterator[tuple[Span, SectionKind]]:
    """Sentences with the section they stand in, then the rows of tables; what a disclaimer says is left out."""
    starts = [block.span[0] for block in reading.blocks]
    for span in sentences:
        number = bisect_right(starts, span[0]) - 1
        block = reading.blocks[number] if number >= 0 and span[0] < reading.blocks[number].span[1] else None
        if block is None:
            yield span, "body"
        elif block.kind != "table" and block.section != "disclaimer":
            yield span, block.section
    for block in reading.blocks:
        for row in block.table.rows if block.kind == "table" and block.table else ():
            parts = [span for cell in row for span in cell.spans]
            if parts:
                yield (min(start for start, _ in parts), max(end for _, end in parts)), block.section


def _themes(
    folded: str, sentence: Span, cues: Shelf, section: SectionKind, enough: float, hints: Hints
) -> Iterator[tuple[str, Span, Evidence]]:
    """Themes of the parts between semicolons, then those that only the whole sentence speaks of; the rest are ``hints``."""
    if not cues.within(*sentence):
        return
    told: set[str] = set()
    parts = _parts(folded, sentence)
    for span in [*parts, sentence] if len(parts) > 1 else [sentence]:
        here = cues.within(*span)
        if not here:
            continue
        found = weigh(folded[span[0] : span[1]], here)
        fresh = {theme: evidence for theme, evidence in found.items() if theme not in told or span != sentence}
        for theme, evidence in fresh.items():
            own = section == "editorial" and theme not in _OUTLETS_OWN_THEMES
            if evidence.weight >= (ENOUGH_IN_EDITORIAL if own else enough):
                told.add(theme)
                yield theme, span, evidence
            elif section != "editorial":
                hints.hear(theme, span, evidence)


def _parts(text: str, sentence: Span) -> list[Span]:
    """The stretches between semicolons, blanks left out."""
    marks = list(_SEMICOLON.finditer(text, *sentence))
    if not marks:
        return [sentence]
    starts = [sentence[0], *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), sentence[1]]
    parts: list[Span] = []
    for start, end in zip(starts, ends, strict=True):
        stretch = text[start:end]
        if stretch.strip():
            parts.append((start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())))
    return parts


def _subject(theme: str, span: Span, names: Sequence[NameMention], lexicon: Lexicon, main: str | None) -> str | None:
    """Who does it: the first actor that the sentence names, a place for what places do, else the document's own."""
    kinds = {name.key: record.kind for name in _inside(names, span) if (record := lexicon.companies.get(name.key))}
    if theme == "foreign-policy":
        return next((key for key, kind in kinds.items() if kind == "place" and key != "china"), None)
    actor = next((key for key, kind in kinds.items() if kind in _ACTORS), None)
    if actor:
        return actor
    if theme == "quota":
        return "china"  # quotas are the country's unless somebody's are named
    place = next((key for key, kind in kinds.items() if kind in ("place", "mine")), None)
    return place if place and theme in _OF_PLACES else main
