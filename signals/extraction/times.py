"""The periods that a document names: what it reports about, and every mention, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from signals.extraction.calendar import neighbour, of_label
from signals.extraction.gated import gated
from signals.extraction.lexicon import Lexicon
from signals.extraction.periods import Occurrences, PeriodAnchor, dates_figure_of_base, grown_on, holds_from
from signals.extraction.records import Period, PeriodMention, Reading, Span
from signals.extraction.wording import pattern_of

_COMPARED = re.compile(
    r"(?:\bsince|\bthan|\babove|\bbelow|\bfrom|\bversus|\bcompared with|\bcompared to|\bback to|\b(?:commission|found|establish|approv|open|start|complet|launch|list|incorporat|acquir|announc|sign|warn|predict|promis)ed|\bsaid|\bbuilt|与|较|比|自)(?:\s+(?:in|the|at|least|those|of|last|early|late|mid))*\s*$",
    re.IGNORECASE,
)
_BATCH_YEAR = gated(r"\b(20\d\d)(?= (?:first|second|fourth) (?:batch|round|tranche)\b)")
_PRICE_NOTE = pattern_of("{note-of-prices}", re.IGNORECASE)
_LEADS_IN = re.compile(r"[(（][^()（）\n]{4,40}[)）]|[^.。\n:：]{4,40}[:：]")  # "SMM News on May 9:"
_DAY_AND_MONTH = re.compile(r"[A-Za-z]\w*\.? \d|\d [A-Za-z]")
_RUN = re.compile(r"\b(?:to|through|until)\b|[-–至到]", re.IGNORECASE)
_YEAR = gated(r"20\d\d")
_LINE_END = re.compile(r"[\n\t]")
_OPENING, _PARAGRAPHS = 600, 8  # characters of each of the first paragraphs that may say what a document is about


class Times:
    """One document's periods; the phrases are looked for once."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._reading = reading
        self._body = Occurrences(reading.text, lexicon)
        self._title = Occurrences(reading.title or "", lexicon)
        self._titled: list[PeriodMention] | None = None  # the periods of the title once read

    def reported(self) -> Period | None:
        """The period that the document reports about: of its title, else of its first paragraphs."""
        found = report_period(self._stretches(), self._reading.published_on)  # as far as it takes
        return found or _quarter_before(self._reading.title or "", self._reading.published_on)

    def headline(self) -> Period | None:
        """The first period of the title that nothing is only compared with."""
        return next((one.period for one in self._of_title() if not one.comparison), None)

    def market_day(self) -> Period | None:
        """The day that a note of prices is of: that of its title, or of a short line that leads in to the prices."""
        title, published = self._reading.title or "", self._reading.published_on
        if published is None or len(published) < 10 or _PRICE_NOTE.search(title) is None:
            return None
        told = [one.period for one in self._of_title() if not one.comparison]
        for block in self._reading.blocks[: _PARAGRAPHS // 2]:
            if not told and _LEADS_IN.fullmatch(self._reading.text, *block.span):
                told = [one.period for one in self._own(self._body, *block.span) if not one.comparison]
        days = [period for period in told if period.start == period.end and period.end <= published]
        return days[0] if len(days) == len(told) == 1 else None

    def mentions(self, reported: Period | None) -> list[PeriodMention]:
        """Period mentions line by line: a year named in one paragraph does not reach into the next."""
        text, published = self._reading.text, self._reading.published_on
        batches = _BATCH_YEAR.search(text) is not None
        mentions: list[PeriodMention] = []
        named: Period | None = None
        told: list[Period] = []
        for block in self._reading.blocks:
            for start, end in _lines(text, *block.span):
                anchor = PeriodAnchor(published, reported, named)
                for mention in self._body.read(start, end, anchor):
                    written = text[slice(*mention.span)]
                    if written == "同期":
                        continue  # the same period as the figures before, whichever that was
                    if reported and written in ("报告期内", "报告期"):
                        mention = replace(mention, period=reported)  # in prose, all that is reported about
                    mention = _to_come(_as_told(mention, told), text, end, published)
                    if not (mention.inferred or mention.comparison):
                        told.append(mention.period)
                    mentions.append(_latest_day(mention, text, start, published))
                    base = mention.comparison or self._body.dates_base(start, mention.span[0])
                    named = named if base else mentions[-1].period
                for found in _BATCH_YEAR.finditer(text, start, end) if batches else ():
                    year = found[1]
                    named = Period(year, f"{year}-01-01", f"{year}-12-31")
                    mentions.append(PeriodMention(found.span(1), named))
        return mentions

    def _stretches(self) -> Iterator[list[PeriodMention]]:
        yield self._of_title()
        paragraphs = [block.span for block in self._reading.blocks if block.kind not in ("title", "table")]
        for start, end in paragraphs[:_PARAGRAPHS]:
            yield self._own(self._body, start, min(end, start + _OPENING))

    def _of_title(self) -> list[PeriodMention]:
        if self._titled is None:
            self._titled = self._own(self._title, 0, len(self._title.text))
        return self._titled

    @staticmethod
    def _compared(text: str, start: int, mention: PeriodMention) -> bool:
        """Whether the words before only compare with the period; "from January to August" is one itself."""
        found = _COMPARED.search(text, max(start, mention.span[0] - 24), mention.span[0])
        run = found is not None and found.group().strip().lower() in ("from", "自")
        if found is not None:
            return not (run and _RUN.search(text, *mention.span))
        first = mention.span[0]
        begin = max(0, first - 96)
        near = text[begin:first].lower()
        return text.endswith("the same time ", start, first) or dates_figure_of_base(
            near, max(0, start - begin), len(near)
        )

    def _own(self, phrases: Occurrences, start: int, end: int) -> list[PeriodMention]:
        """The periods of a stretch but for those that it only compares with."""
        return [
            mention
            for mention in phrases.read(start, end, PeriodAnchor(self._reading.published_on))
            if not self._compared(phrases.text, start, mention)
            and not grown_on(phrases.folded, start, mention.span[0])
            and not phrases.text.startswith(("以来", "以來"), mention.span[1], end)
        ]


_QUARTERLY = gated(r"\bquarterl(?:y|ies)\b|\bqtrly\b|\b(?:record|strong|weak|best|latest) quarter\b", re.IGNORECASE)


def _quarter_before(title: str, published: str | None) -> Period | None:
    """The quarter before the day of a report that calls itself quarterly and names no period."""
    if published is None or len(published) < 7 or _QUARTERLY.search(title) is None:
        return None
    month = of_label(published[:7])
    return neighbour(month, "quarter", -1) if month else None


def _as_told(mention: PeriodMention, told: Sequence[Period]) -> PeriodMention:
    """January-March after "the first quarter of 2025": a part of a year without one has the year that it was last named with."""
    period = mention.period
    if not mention.inferred or mention.comparison or len(period.label) < 6 or period.label[4:5] == "-":
        return mention
    same = [one for one in told if (one.start[4:], one.end[4:]) == (period.start[4:], period.end[4:])]
    return replace(mention, period=same[-1]) if same and same[-1].start > period.start else mention


_COMES = pattern_of("{comes-next}")
_HALF_YEAR = 5  # months after which a quarter without a year that is foretold is the next one of its name


def _to_come(mention: PeriodMention, text: str, end: int, published: str | None) -> PeriodMention:
    """四季度或突破65万元/吨, told in September: the quarter ahead, not the one of the year before."""
    period = mention.period
    if not mention.inferred or mention.comparison or published is None or period.label[4:5] not in ("Q", "H"):
        return mention
    if _months_between(period.end, published) <= _HALF_YEAR or _COMES.match(text, mention.span[1], end) is None:
        return mention
    later = of_label(f"{int(period.label[:4]) + 1}{period.label[4:]}")
    return replace(mention, period=later) if later else mention


def _latest_day(mention: PeriodMention, text: str, line: int, published: str | None) -> PeriodMention:
    """A day without a year (1月9日) in a dated document is the last such day before it, whatever year it reports about.

    ``line`` is where the mention's line begins.
    """
    day = mention.period.start
    if not mention.inferred or published is None or len(published) < 10 or day != mention.period.end:
        return mention
    written = text[slice(*mention.span)]
    if ("日" not in written and not _DAY_AND_MONTH.search(written)) or _YEAR.search(text, line, mention.span[0]):
        return mention
    latest = f"{published[:4]}{day[4:]}"
    if latest > published and not (
        day > published and holds_from(text, max(line, mention.span[0] - 24), mention.span[0])
    ):
        latest = f"{int(published[:4]) - 1}{day[4:]}"
    return replace(mention, period=Period(latest, latest, latest))


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Lines, and the cells of a table: no phrase goes over from one to the next."""
    while start < end:
        found = _LINE_END.search(text, start, end)
        stop = found.start() if found else end
        if stop > start:
            yield start, stop
        start = stop + 1


def report_period(mentions: Iterable[Sequence[PeriodMention]], published: str | None) -> Period | None:
    """What a document reports about: of the stretches given (title first), the first period that is not a day, not a base of
    comparison, not several years, over by the day of publication and not long past."""
    for place, stretch in enumerate(mentions):
        for mention in stretch:
            period = mention.period
            if mention.comparison or period.start == period.end or period.start[:4] != period.end[:4]:
                continue
            begun = (
                place <= 1
                and period.start[: len(published or "")] <= (published or "")
                and (period.label[4:] in ("Q1", "Q2", "Q3", "Q4") or period.label[4:5] == "-")
            )
            if (
                published
                and not begun
                and (
                    period.end[: len(published)] > published
                    or int(period.end[:4]) < int(published[:4]) - 1 - (place == 0)
                )
            ):
                continue
            if published and period.label[4:5] == "-" and _months_between(period.end, published) > 18:
                continue  # a month long past is a date of the story
            return period
    return None


def _months_between(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7] or 12) - int(first[5:7])
