"""From a page's bytes to what it says: the one way through the engine.

read → find every mark once → bind sentences and tables → settle subject, period, modality and voice → tell each fact once →
doubt the implausible → signals, slogans, entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from signals.extraction.arithmetic import check
from signals.extraction.cast import cast_of
from signals.extraction.changes import find_changes
from signals.extraction.confidence import doubt, weigh
from signals.extraction.contract import Extraction
from signals.extraction.duplicates import merge
from signals.extraction.grammar import pieces
from signals.extraction.lexicon import Lexicon
from signals.extraction.marks import Sheet
from signals.extraction.names import ambiguity_warnings, find_names, listed_entities
from signals.extraction.periods import PeriodAnchor, find_periods
from signals.extraction.plausibility import implausible
from signals.extraction.quantities import find_quantities
from signals.extraction.reading import read, sections_of
from signals.extraction.records import Period, PeriodMention, Reading, Span
from signals.extraction.sentences import Sentences
from signals.extraction.settling import Settler
from signals.extraction.signals import find_signals
from signals.extraction.slogans import find_slogans
from signals.extraction.timing import Clock, report_period
from signals.extraction.voices import Voices


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
    reading = read(data, lexicon, url=url, published_on=published_on, language=language)
    return extract_reading(reading, lexicon, name=name)


def extract_reading(reading: Reading, lexicon: Lexicon, *, name: str = "") -> Extraction:
    """The same from a text that has been read already."""
    text, date = reading.text, reading.published_on
    hits = lexicon.find(text)
    names = find_names(reading, hits, lexicon, date)
    period = _report_period(reading, lexicon)
    sheet = Sheet(
        text, hits, find_quantities(text, 0, len(text), lexicon), names, find_changes(text, 0, len(text), lexicon),
        _periods(reading, period, lexicon), lexicon,
    )  # fmt: skip
    cast = cast_of(reading.blocks, names, lexicon.companies, reading.title or "")
    sentences = Sentences(text)
    voices = Voices(reading, hits, names, lexicon, sentences)
    titled = _own_periods(reading.title or "", lexicon, PeriodAnchor(date))
    clock = Clock(period, date, headline=next((one.period for one in titled if not one.comparison), None))
    settler = Settler(reading, sheet, cast, clock, lexicon.kind("metrics"), voices.of, sentences)
    indicators, disagreements = merge(list(settler.indicators()))
    found = Extraction(name, lexicon.digest, reading, names=names, sections=list(sections_of(reading.blocks)))
    found.indicators = indicators
    doubts = weigh(indicators, check(indicators, text))
    prose = [block for block in reading.blocks if block.kind != "table"]
    told = [piece for block in prose for span in sentences.of(block.span) for piece in pieces(text, *span)]
    found.signals = find_signals(reading, hits, told, names, lexicon, cast.main, voices)
    found.slogans = find_slogans(text, hits, lexicon)
    found.warnings = [*reading.warnings, *ambiguity_warnings(names, text), *disagreements, *doubts]
    for one in indicators:
        note = implausible(one, lexicon.kind("metrics"))
        if note:
            doubt(one)
            found.warnings.append(note)
    listed = listed_entities(names, lexicon, [one.subject for one in indicators])
    found.entities = list(listed.items())
    return found


_COMPARED = re.compile(
    r"(?:\bsince|\bthan|\bfrom|\bversus|\bcompared with|\bcompared to|与|较|比|自)(?:\s+(?:in|the|at|least|those|of))*\s*$",
    re.IGNORECASE,
)


def _report_period(reading: Reading, lexicon: Lexicon) -> Period | None:
    """The period that the document reports about: of its title, else of its first paragraphs."""
    anchor = PeriodAnchor(reading.published_on)
    stretches = [reading.title or ""]
    stretches += [
        reading.text[b.span[0] : min(b.span[1], b.span[0] + 600)]
        for b in reading.blocks
        if b.kind not in ("title", "table")
    ][:8]
    found = (_own_periods(text, lexicon, anchor) for text in stretches)  # as far as it takes
    return report_period(found, reading.published_on)


def _own_periods(text: str, lexicon: Lexicon, anchor: PeriodAnchor) -> list[PeriodMention]:
    """The periods of a stretch but for those that it only compares with."""
    return [
        mention
        for mention in find_periods(text, 0, len(text), lexicon, anchor)
        if not _COMPARED.search(text, max(0, mention.span[0] - 24), mention.span[0])
        and not text.startswith(("以来", "以來"), mention.span[1])
    ]


def _periods(reading: Reading, period: Period | None, lexicon: Lexicon) -> list[PeriodMention]:
    """Period mentions line by line: a year named in one paragraph does not reach into the next."""
    mentions: list[PeriodMention] = []
    for block in reading.blocks:
        for start, end in _lines(reading.text, *block.span):
            named = next((one.period for one in reversed(mentions) if not one.comparison), None)
            anchor = PeriodAnchor(reading.published_on, period, named)
            for mention in find_periods(reading.text[start:end], 0, end - start, lexicon, anchor):
                if reading.text[start + mention.span[0] : start + mention.span[1]] == "同期":
                    continue  # the same period as the figures before, whichever that was
                if period and reading.text[start + mention.span[0] : start + mention.span[1]] in ("报告期内", "报告期"):
                    mention = replace(mention, period=period)  # in prose, all that is reported about
                mention = _latest_day(mention, reading.text[start:end], reading.published_on)
                mentions.append(replace(mention, span=(mention.span[0] + start, mention.span[1] + start)))
            for found in _BATCH_YEAR.finditer(reading.text, start, end):
                year = found[1]
                mentions.append(PeriodMention(found.span(1), Period(year, f"{year}-01-01", f"{year}-12-31")))
    return mentions


_BATCH_YEAR = re.compile(r"\b(20\d\d)(?= (?:first|second|fourth) (?:batch|round|tranche)\b)")


def _latest_day(mention: PeriodMention, line: str, published: str | None) -> PeriodMention:
    """A day without a year (1月9日) in a dated document is the last such day before it, whatever year it reports about."""
    day = mention.period.start
    if not mention.inferred or published is None or len(published) < 10 or day != mention.period.end:
        return mention
    if (
        "日" not in line[slice(*mention.span)]
        and not re.search(r"[A-Za-z]\w*\.? \d|\d [A-Za-z]", line[slice(*mention.span)])
    ) or re.search(r"20\d\d", line[: mention.span[0]]):
        return mention
    latest = f"{published[:4]}{day[4:]}"
    if latest > published:
        latest = f"{int(published[:4]) - 1}{day[4:]}"
    return replace(mention, period=Period(latest, latest, latest))


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop > start:
            yield start, stop
        start = stop + 1
