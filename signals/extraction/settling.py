"""From drafts to indicators: who, when, in what sense, in whose voice, and which stretch shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from signals.extraction.bases import Bases
from signals.extraction.binding import Binder
from signals.extraction.calendar import year_earlier
from signals.extraction.cast import NATION, Cast, remember
from signals.extraction.clock import Clock
from signals.extraction.compared import against, is_base
from signals.extraction.confidence import settled
from signals.extraction.drafts import Draft
from signals.extraction.grammar import pieces
from signals.extraction.marks import Marks, Sheet
from signals.extraction.records import Block, Entry, Indicator, Period, Reading, Span, Table
from signals.extraction.sentences import Sentences
from signals.extraction.settling_tables import TableSettler
from signals.extraction.stating import ASIDE, Stater, VoiceOf
from signals.extraction.subjects import subject_of
from signals.extraction.tellings import is_beginning, is_deadline
from signals.extraction.timing import period_of
from signals.extraction.wording import pattern_of


class Settler:
    """Goes through a document's blocks in order and settles what each sentence and table cell states."""

    def __init__(
        self,
        reading: Reading,
        sheet: Sheet,
        cast: Cast,
        clock: Clock,
        metrics: Mapping[str, Entry],
        voice_of: VoiceOf,
        sentences: Sentences,
    ) -> None:
        self._reading, self._sheet, self._cast, self._clock = reading, sheet, cast, clock
        self._sentences = sentences
        self._binder = Binder(metrics, reading.language)
        self._bases = Bases()
        self._looking_back = False
        self._headed: Period | None = None  # the period that the last heading is made of
        self._whole: Indicator | None = None  # the last count of projects
        self._ahead = False  # whether the capacity told last is still to be built
        self._contract_end = 0  # of the sentence that told the contract price last
        self._promised = ""  # the metric that the last range was a forecast of
        self._stater = Stater(reading, voice_of)
        self._tables = TableSettler(reading, sheet, cast, clock, metrics, self._stater)

    def indicators(self) -> Iterator[tuple[Indicator, str]]:
        """Every indicator with the section it stands in, each telling by itself."""
        blocks = list(self._reading.blocks)
        last_figure = self._last_figure(blocks)
        for place, block in enumerate(blocks):
            if block.span[0] > last_figure:
                continue  # nothing leans on what stands behind the last figure
            if block.kind == "table" and block.table:
                yield from self._table(block, block.table)
                continue
            if not self._goes_on(blocks, place):
                self._start_afresh()
            if block.kind == "heading":
                self._headed = self._period_of_heading(block)
            elif self._clock.last is None:
                self._clock.last = self._headed
            last = block.span[0]
            for span in self._sentences.of(block.span):
                if span[0] > last_figure:
                    break
                if self._reading.text.find("\n", last, span[0]) >= 0:
                    self._cast.last = self._clock.last = None
                for piece in pieces(self._reading.text, *span):
                    yield from self._sentence(piece, block)
                last = span[1]
            if block.kind == "title":
                self._binder.after_title(self._reading.text[slice(*block.span)])

    def _last_figure(self, blocks: Sequence[Block]) -> int:
        """Where the last figure begins; a table has its own, so it counts up to its end."""
        figures = self._sheet.quantities.items[-1:]
        ends = [block.span[1] for block in blocks if block.kind == "table"]
        return max([figure.span[0] for figure in figures] + ends, default=-1)

    def _period_of_heading(self, block: Block) -> Period | None:
        """The period of a heading that says little else: "2024", "Second quarter of 2025", 2024年经营情况."""
        start, end = block.span
        marks = self._sheet.within(start, end)
        named = [m for m in marks.periods if not m.comparison and m.period.start != m.period.end]
        if len(named) != 1 or marks.quantities or is_deadline(marks, named[0]) or against(marks, named[0]):
            return None
        rest = end - start - (named[0].span[1] - named[0].span[0])
        return named[0].period if rest <= _WORDS_BESIDE else None

    def _start_afresh(self) -> None:
        """A new paragraph or line: nothing leans on what stood before."""
        self._binder.new_paragraph()
        self._bases.new_paragraph()
        self._cast.outside = False
        self._cast.last = self._cast.topic = self._cast.opened = None
        self._clock.last = None

    def _goes_on(self, blocks: Sequence[Block], place: int) -> bool:
        """List items lean on the item before; paragraphs, titles and headings start afresh."""
        return place > 0 and blocks[place].kind == "item" and blocks[place - 1].kind in ("item", "heading", "paragraph")

    def _sentence(self, span: Span, block: Block) -> Iterator[tuple[Indicator, str]]:
        marks = self._sheet.within(*span)
        aside = block.section in ASIDE
        earlier: Period | None = None
        first: Period | None = None
        subjects: list[str | None] = []
        section = "title" if block.kind == "title" else block.section
        self._look_back(span)
        for draft in self._binder.bind(marks):
            period, period_factor, period_why = period_of(draft, marks, self._clock, earlier)
            if self._looking_back and period == self._clock.document and period is not None:
                period, period_why = year_earlier(period), "heading"
            told, _, told_end = self._cast.previous
            if (
                draft.metric == "market_share"
                and told in ("reserves", "reserve_share")
                and span[0] <= told_end <= draft.quantity.span[0]
            ):
                draft.meaning, draft.product = (
                    replace(draft.meaning, metric="reserve_share"),
                    None,
                )  # 储量4350万吨,占全国的83.7%
            subject, subject_factor, subject_why = subject_of(draft, marks, self._cast)
            draft.measure = self._bases.measure(draft, marks, period)
            subject_factor *= settled(subject_why, period_why)
            one = self._stater.indicator(draft, marks, subject, period, subject_factor, period_factor, aside=aside)
            one.why.update(subject=subject_why, period=period_why)
            if (
                one.metric == "revenue"
                and draft.cue is not None
                and draft.cue.alias == "turnover"
                and subject
                and self._cast.kind(subject) == "exchange"
            ):
                one.metric = "trade_value"
            if one.metric in ("trade_value", "trade_volume") and self._of_shares(marks, subject):
                continue  # the turnover of a firm's shares
            if one.metric == "sales_volume" and subject == NATION:
                one.metric = "export_volume"
            if one.metric == "price" and one.product == "concentrate" and not draft.is_change:
                goes_on = self._reading.text.find("\n", self._contract_end, span[0]) < 0
                self._clock.contract = _later(self._clock.contract if goes_on else None, period) or self._clock.contract
                self._contract_end = span[1]
            self._cast.previous = (draft.metric, subject, draft.quantity.span[1])
            if draft.metric == "registered_capital" and subject and self._cast.kind(subject) == "subsidiary":
                self._cast.venture = subject
            if draft.metric in ("capacity", "investment") and subject:
                self._cast.project = subject
            subjects.append(subject)
            self._of_the_whole(one, marks)
            if (
                one.modality == "reported"
                and one.value_high is not None
                and self._promised
                and one.metric.startswith(self._promised)
                and not _told_as_result(marks, draft)
            ):
                one.modality = "forecast"  # 净利润9亿元至9.6亿元(预计)。扣非净利润8.8亿元至9.4亿元
            self._of_project_ahead(one, marks)
            self._promised = (
                one.metric.removesuffix("_core") if one.modality == "forecast" and one.value_high is not None else ""
            )
            against_it = _of_comparison(marks, draft, period_why) or self._looking_back
            if against_it and one.modality in ("forecast", "target"):
                one.modality = "reported"  # what a forecast is compared with has happened
            if (
                period
                and not against_it
                and draft.meaning.entry.data.get("time", "flow") not in ("standing", "said", "stock", "moment")
                and not _prior(period_why)
                and not _named_as_base(marks, period_why)
                and not is_base(draft, marks)
            ):
                earlier = period
                first = first or period
                if len(period.label) == 7 and period.label[4] == "-":
                    self._clock.month = period
                if draft.metric in ("quota_mining", "quota_smelting") and not draft.is_change:
                    self._clock.quota = period
                if period.start == period.end and draft.meaning.entry.data.get("time") == "dated":
                    self._clock.day = period
            yield one, section
        part = _PART.search(self._reading.text, *span) if earlier else None
        if part is not None and marks.quantities and part.start() < marks.quantities[0].span[0]:
            pass  # a part's own period ends with its sentence
        elif earlier:
            self._clock.last = first if part or _part_of(earlier, first) else earlier
        elif marks.periods and not subjects:
            days = [m.period for m in marks.periods if m.period.start == m.period.end and not m.comparison]
            if marks.text[marks.periods[0].span[0]].isascii():
                days = []  # in English the day of a prose sentence is mostly that of the news
            self._clock.day = days[-1] if days and self._clock.day is None else self._clock.day
            named = [
                m.period
                for m in marks.periods
                if not m.comparison
                and not against(marks, m)
                and not is_beginning(marks, m)
                and m.period.start != m.period.end
            ]
            self._clock.last = named[-1] if named else self._clock.last
        remember(self._cast, marks, subjects)

    def _of_project_ahead(self, one: Indicator, marks: Marks) -> None:
        """ "The plant is to make 20,000 tonnes a year by 2027. It represents a total investment of 2 billion yuan": still to be spent."""
        if one.metric == "capacity":
            self._ahead = one.modality == "target"
        elif one.metric == "investment" and self._ahead and one.why.get("modality") == "no other cue":
            if _OF_PROJECT.search(self._reading.text, marks.span[0], one.span[1]):
                one.modality = "target"

    def _of_the_whole(self, one: Indicator, marks: Marks) -> None:
        """计划实施项目71个。其中,产业类项目61个: of the period and in the sense of the whole told before."""
        if one.metric not in _WHOLES:
            return
        whole, self._whole = self._whole, one
        if whole is None or whole.metric != one.metric or not marks.text.startswith("其中", marks.span[0]):
            return
        one.period = one.period or whole.period
        if whole.modality == "target" and one.modality == "reported":
            one.modality = "target"

    def _look_back(self, span: Span) -> None:
        """Under 二、上年同期业绩情况 all is told of the year before, until the next heading."""
        if _PRIOR_YEARS.match(self._reading.text, *span):
            self._looking_back = True
        elif self._looking_back and _NEXT_HEADING.match(self._reading.text, *span):
            self._looking_back = False

    def _of_shares(self, marks: Marks, subject: str | None) -> bool:
        return (
            subject is not None
            and self._cast.kind(subject) in ("listed-company", "group")
            and _SHARE_TRADE.search(self._reading.text, *marks.span) is not None
        )

    def _table(self, block: Block, table: Table) -> Iterator[tuple[Indicator, str]]:
        """What a table's cells state; of cells that are prose, and of a table that only frames prose, the sentences."""
        found = self._tables.indicators(block, table)
        for cell in (cell for row in table.rows for cell in row if len(cell.spans) == 1):
            if found and not self._is_prose(cell.spans[0], found):
                continue
            self._start_afresh()
            for piece in pieces(self._reading.text, *cell.spans[0]):
                yield from self._sentence(piece, block)
        yield from ((one, block.section) for one in found)

    def _is_prose(self, span: Span, found: Sequence[Indicator]) -> bool:
        """Whether a cell tells a metric and, behind it, its figure: 预计1-6月净利润盈利3,600万元至5,000万元."""
        if span[1] - span[0] < _PROSE or any(span[0] <= one.figure[0] < span[1] for one in found):
            return False
        marks = self._sheet.within(*span)
        told = [figure for figure in marks.quantities if marks.bracket_of(figure.span[0]) is None]
        return any(hit.end <= figure.span[0] for hit in marks.metrics[:1] for figure in told)


def _of_comparison(marks: Marks, draft: Draft, why: str) -> bool:
    """Whether the figure's period is the one that others are compared with: 上年同期亏损2.44亿元."""
    if not marks.periods:
        return False
    start = draft.quantity.span[0]
    return any(m.comparison and m.span[1] <= start and marks.text[slice(*m.span)] == why for m in marks.periods)


def _told_as_result(marks: Marks, draft: Draft) -> bool:
    """ "In the fourth quarter it realized a net profit of 1.75-1.91 billion": a range may follow from a forecast of the year."""
    cue = marks.cues.last("reported", marks.span[0], draft.quantity.span[0])
    return cue is not None and cue.words.isascii()


def _prior(why: str) -> bool:
    return why == "a year ago"


def _named_as_base(marks: Marks, why: str) -> bool:
    """Whether the period's words name what something is compared with: "from the fourth quarter's price of 17,782"."""
    return any(against(marks, m) and marks.text[slice(*m.span)] == why for m in marks.periods)


def _part_of(period: Period, whole: Period | None) -> bool:
    """Whether a sentence went from the half to one of its quarters: the next one goes on with the half."""
    return whole is not None and whole != period and whole.start <= period.start and period.end <= whole.end


_SHARE_TRADE = pattern_of("{share-trading}")
_PRIOR_YEARS = re.compile(
    r"\s*(?:[一二三四五六]、|[（(][一二三四五六][）)])?\s*(?:上年|去年)同期(?:的)?(?:经营)?(?:业绩|情况|业绩情况)(?:和财务状况)?\s*$|"
    r"\s*[一二三四五六]、\s*(?:上年|去年)同期(?:经营)?业绩"
)
_NEXT_HEADING = re.compile(r"\s*[一二三四五六七八九]、")
_PART = pattern_of("{part-of-it}")
_OF_PROJECT = pattern_of("{money-for-project}", re.IGNORECASE)


_WORDS_BESIDE = 24  # characters of a heading beside the period that its paragraphs are of
_WHOLES = ("projects", "enterprises")
_PROSE = 16  # characters of a cell that can be a sentence


def _later(told: Period | None, period: Period | None) -> Period | None:
    """Of two quarters of the contract price the later: 四季度…26205元/吨,较三季度的19109元/吨…"""
    return told if told and period and told.start > period.start else period or told
