"""From a page's bytes to what it says: the one way through the engine.

read → find every mark once → bind sentences and tables → settle subject, period, modality and voice → tell each fact once →
doubt the implausible → signals, slogans, entities.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from signals.extraction.arithmetic import check
from signals.extraction.cast import cast_of
from signals.extraction.changes import find_changes
from signals.extraction.clock import Clock
from signals.extraction.confidence import doubt, weigh
from signals.extraction.contract import Extraction
from signals.extraction.duplicates import merge
from signals.extraction.grammar import pieces
from signals.extraction.lexicon import Lexicon
from signals.extraction.marks import Sheet
from signals.extraction.names import ambiguity_warnings, find_names, listed_entities
from signals.extraction.numerals import simplified
from signals.extraction.plausibility import implausible
from signals.extraction.prominence import prominent
from signals.extraction.quantities import MOST_FIGURES, figures_of
from signals.extraction.reading import read, sections_of
from signals.extraction.records import Indicator, Reading, Warning_
from signals.extraction.sentences import Sentences
from signals.extraction.settling import Settler
from signals.extraction.signals import find_signals
from signals.extraction.slogans import find_slogans
from signals.extraction.stating import ASIDE
from signals.extraction.strangers import Strangers, unlisted_firms
from signals.extraction.times import Times
from signals.extraction.voices import Voices
from signals.extraction.wording import bind_words


def extract(
    data: bytes,
    lexicon: Lexicon,
    *,
    name: str = "",
    url: str | None = None,
    published_on: str | None = None,
    language: str | None = None,
) -> Extraction:
    """Everything that a document (HTML, plain text or PDF) says.

    ``url``, ``published_on`` (ISO, may be partial) and ``language`` are used where the document itself is silent.
    Raises ``ValueError`` when the bytes hold no readable document.
    """
    with _collector_at_rest():
        bind_words(lexicon.kind("wordings"))
        reading = read(data, lexicon, url=url, published_on=published_on, language=language)
        return extract_reading(reading, lexicon, name=name)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No search for cycles while a document is read: it leaves none, and a long one's marks would be gone through often."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def extract_reading(reading: Reading, lexicon: Lexicon, *, name: str = "") -> Extraction:
    """The same from a text that has been read already."""
    bind_words(lexicon.kind("wordings"))
    printed, reading = reading, _in_simplified(reading)
    text, date = reading.text, reading.published_on
    hits = lexicon.find(text)
    names = find_names(reading, hits, lexicon, date)
    times = Times(reading, lexicon)
    period = times.reported()
    quantities, read_to = figures_of(text, lexicon)
    sheet = Sheet(
        text, hits, quantities, names, find_changes(text, 0, len(text), lexicon),
        times.mentions(period), lexicon,
    )  # fmt: skip
    strangers = Strangers(text, names, hits) if reading.language == "en" else None
    cast = cast_of(reading.blocks, names, lexicon.companies, reading.title or "", strangers)
    cast.unlisted = unlisted_firms(text, names) if reading.language == "zh" else ()
    sentences = Sentences(text)
    voices = Voices(reading, hits, names, lexicon, sentences)
    clock = Clock(period, date, headline=times.headline(), day=times.market_day())
    settler = Settler(reading, sheet, cast, clock, lexicon.kind("metrics"), voices.of, sentences)
    indicators, disagreements = merge([(_as_printed(one, printed), section) for one, section in settler.indicators()])
    found = Extraction(name, lexicon.digest, printed, names=names, sections=list(sections_of(reading.blocks)))
    found.indicators = indicators
    doubts = weigh(indicators, check(indicators, text))
    prose = [block for block in reading.blocks if block.kind != "table"]
    told = [piece for block in prose for span in sentences.of(block.span) for piece in pieces(text, *span)]
    found.signals = find_signals(reading, hits, told, names, lexicon, cast.main, voices, indicators)
    found.slogans = find_slogans(text, hits, lexicon)
    found.warnings = [*reading.warnings, *ambiguity_warnings(names, text), *disagreements, *doubts]
    if read_to < len(text):
        message = f"of its figures only the first {MOST_FIGURES} were read"
        found.warnings.append(Warning_("figures-cut", message, (read_to, len(text))))
    for one in indicators:
        note = implausible(one, lexicon.kind("metrics"))
        if note:
            doubt(one)
            found.warnings.append(note)
    title = next((block.span for block in reading.blocks if block.kind == "title"), None)
    asides = [block.span for block in reading.blocks if block.section in ASIDE]
    told_of = [name for name in names if not any(start <= name.span[0] < end for start, end in asides)]
    leading = prominent(told_of, text, lexicon, title, [one.span for one in indicators])
    acting = [signal.subject for signal in found.signals if signal.subject and cast.is_company(signal.subject)]
    subjects = [*(one.subject for one in indicators), *acting]
    listed = listed_entities(names, lexicon, subjects, leading)
    found.entities = list(listed.items())
    return found


def _in_simplified(reading: Reading) -> Reading:
    """The reading in simplified characters, place by place, so that every rule is written in one script."""
    text = simplified(reading.text) if reading.language == "zh" else reading.text
    if text == reading.text:
        return reading
    return replace(reading, text=text, title=simplified(reading.title) if reading.title else reading.title)


def _as_printed(one: Indicator, printed: Reading) -> Indicator:
    """The figure in the characters of the document."""
    one.as_written = printed.text[slice(*one.figure)]
    return one
