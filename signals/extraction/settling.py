"""From drafts to indicators: who, when, in what sense, in whose voice, and which stretch shows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from signals.extraction.binding import Binder
from signals.extraction.calendar import basis_between, year
from signals.extraction.cast import NATION, Cast, remember
from signals.extraction.confidence import confidence_of
from signals.extraction.drafts import Draft
from signals.extraction.grammar import pieces
from signals.extraction.marks import Marks, Sheet
from signals.extraction.modality import modality_of
from signals.extraction.records import Block, Entry, Hit, Indicator, Measure, Modality, Period, Reading, Span, Voice
from signals.extraction.sentences import Sentences
from signals.extraction.subjects import subject_of
from signals.extraction.tables import bind_table
from signals.extraction.timing import Clock, against, is_base, period_of, year_earlier

VoiceOf = Callable[[Span, str | None, str, Modality], Voice]


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
        self._metrics, self._voice_of, self._sentences = metrics, voice_of, sentences
        self._binder = Binder(metrics, reading.language)
        self._aside = False
        self._looking_back = False
        self._promised = ""  # the metric that the last range was a forecast of
        self._guessed = [repair.span for repair in reading.repairs if repair.guessed]

    def indicators(self) -> Iterator[tuple[Indicator, str]]:
        """Every indicator with the section it stands in, each telling by itself."""
        blocks = list(self._reading.blocks)
        for place, block in enumerate(blocks):
            if block.kind == "table" and block.table:
                yield from self._table(block)
                continue
            if not self._goes_on(blocks, place):
                self._start_afresh()
            last = block.span[0]
            for span in self._sentences.of(block.span):
                if self._reading.text.find("\n", last, span[0]) >= 0:
                    self._cast.last = self._clock.last = None
                for piece in pieces(self._reading.text, *span):
                    yield from self._sentence(piece, block)
                last = span[1]

    def _start_afresh(self) -> None:
        """A new paragraph or line: nothing leans on what stood before."""
        self._binder.new_paragraph()
        self._cast.last = None
        self._clock.last = None

    def _goes_on(self, blocks: Sequence[Block], place: int) -> bool:
        """List items lean on the item before; paragraphs, titles and headings start afresh."""
        return place > 0 and blocks[place].kind == "item" and blocks[place - 1].kind in ("item", "heading", "paragraph")

    def _sentence(self, span: Span, block: Block) -> Iterator[tuple[Indicator, str]]:
        marks = self._sheet.within(*span)
        self._aside = block.section in ("editorial", "disclaimer")
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
            if draft.measure == "change" and period:
                draft.measure = self._measure_from_base(draft, marks, period)
            if draft.measure == "change_qoq" and period and period.label[4:5] == "-" and len(period.label) == 7:
                draft.measure = "change_mom"
            one = self._indicator(draft, marks, subject, period, subject_factor * 1.0, period_factor)
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
            self._cast.previous = (draft.metric, subject, draft.quantity.span[1])
            if draft.metric == "registered_capital" and subject and self._cast.kind(subject) == "subsidiary":
                self._cast.venture = subject
            if draft.metric in ("capacity", "investment") and subject:
                self._cast.project = subject
            subjects.append(subject)
            if (
                one.modality == "reported"
                and one.value_high is not None
                and self._promised
                and one.metric.startswith(self._promised)
            ):
                one.modality = "forecast"  # 净利润9亿元至9.6亿元(预计)。扣非净利润8.8亿元至9.4亿元
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
                and not is_base(draft, marks)
            ):
                earlier = period
                first = first or period
                if len(period.label) == 7 and period.label[4] == "-":
                    self._clock.month = period
                if period.start == period.end and draft.meaning.entry.data.get("time") == "dated":
                    self._clock.day = period
            yield one, section
        part = _PART.search(self._reading.text, *span) if earlier else None
        if part is not None and marks.quantities and part.start() < marks.quantities[0].span[0]:
            pass  # a part's own period ends with its sentence
        elif earlier:
            self._clock.last = first if part or _part_of(earlier, first) else earlier
        elif marks.periods and not marks.quantities:
            days = [m.period for m in marks.periods if m.period.start == m.period.end and not m.comparison]
            if marks.text[marks.periods[0].span[0]].isascii():
                days = []  # in English the day of a prose sentence is mostly that of the news
            self._clock.day = days[-1] if days and self._clock.day is None else self._clock.day
            named = [
                m.period
                for m in marks.periods
                if not m.comparison and not against(marks, m) and m.period.start != m.period.end
            ]
            self._clock.last = named[-1] if named else self._clock.last
        remember(self._cast, marks, subjects)

    def _look_back(self, span: Span) -> None:
        """Under 二、上年同期业绩情况 all is told of the year before, until the next heading."""
        if _PRIOR_YEARS.match(self._reading.text, *span):
            self._looking_back = True
        elif _NEXT_HEADING.match(self._reading.text, *span):
            self._looking_back = False

    def _of_shares(self, marks: Marks, subject: str | None) -> bool:
        return (
            subject is not None
            and self._cast.kind(subject) in ("listed-company", "group")
            and _SHARE_TRADE.search(self._reading.text, *marks.span) is not None
        )

    @staticmethod
    def _measure_from_base(draft: Draft, marks: Marks, period: Period) -> Measure:
        """A change "from August" of a September figure is month on month."""
        for mention in marks.periods:
            basis = basis_between(period, mention.period)
            if basis and mention.span[0] > draft.quantity.span[1]:
                return _AGAINST[basis]
        return draft.measure

    def _indicator(
        self,
        draft: Draft,
        marks: Marks,
        subject: str | None,
        period: Period | None,
        subject_factor: float,
        period_factor: float,
    ) -> Indicator:
        text, figure = self._reading.text, draft.quantity
        modality, modality_why = (
            (draft.modality, "table head")
            if draft.modality
            else modality_of(draft, marks, period, self._reading.published_on, self._reading.title or "")
        )
        span = self._quote(draft, marks)
        guessed = any(start < span[1] and span[0] < end for start, end in self._guessed)
        confidence = confidence_of(
            draft, subject_factor, period_factor, guessed_repair=guessed, has_subject=subject is not None,
            has_period=period is not None, aside=self._aside,
        )  # fmt: skip
        unit, converted = figure.unit, figure.converted
        entry_unit = draft.meaning.entry.data.get("unit")
        if entry_unit and not draft.is_change and figure.dimension in ("money", "plain", "index", "fold", "price"):
            unit = entry_unit
            if figure.dimension == "money" and entry_unit.startswith("CNY/"):
                unit = f"{figure.unit}{entry_unit[3:]}"  # HKD a share
        value, high = draft.value, draft.value_high
        if draft.metric == "capacity" and figure.dimension == "mass":
            unit = "t/yr"
        elif draft.metric == "ghg_emissions" and figure.dimension == "mass":
            unit = "tCO2e"
        elif draft.metric == "dividend" and figure.dimension in ("money", "per_share"):
            value, unit = _dividend(value, unit, draft, marks)
        elif draft.metric == "unit_cost" and unit == "CNY":
            unit = "CNY/t"
        if figure.dimension == "plain" and not entry_unit:
            unit = "count"
        one = Indicator(
            subject, draft.metric, draft.product, draft.measure, figure.comparator, value, high, unit, converted,
            period, modality, self._voice_of(figure.span, subject, draft.metric, modality), draft.note, text[slice(*figure.span)], span, figure.span,
            confidence, draft.rule, why=draft.why,
        )  # fmt: skip
        one.why["modality"] = modality_why
        if one.note is None:
            one.note = _note(draft, marks)
        if figure.qualifier:
            one.why["qualifier"] = text[slice(*figure.qualifier)]
        return one

    @staticmethod
    def _quote(draft: Draft, marks: Marks) -> Span:
        """The shortest stretch of the sentence that holds metric words and figure."""
        start, end = draft.quantity.span
        if draft.cue is not None and marks.span[0] <= draft.cue.start and draft.cue.end <= marks.span[1]:
            start, end = min(start, draft.cue.start), max(end, draft.cue.end)
        if (
            draft.change
            and draft.change.span
            and marks.span[0] <= draft.change.span[0]
            and draft.change.span[1] <= marks.span[1]
        ):
            start, end = min(start, draft.change.span[0]), max(end, draft.change.span[1])
        if draft.product_span and marks.span[0] <= draft.product_span[0] and draft.product_span[1] <= marks.span[1]:
            start, end = min(start, draft.product_span[0]), max(end, draft.product_span[1])
        return start, end

    def _own_list(self, draft: Draft, block: Block) -> bool:
        """Whether a table of prices is the main company's own list (挂牌价), not a market's."""
        words = draft.meaning.entry.data.get("named_by") or ()
        near = (self._reading.title or "") + self._reading.text[max(0, block.span[0] - 120) : block.span[0]]
        said = draft.product == "concentrate" or any(word in near + draft.why["metric"] for word in words)
        return said and self._cast.titled

    def _market_day(self) -> Period | None:
        """The first day that the document names before or on its publication: that of its prices."""
        for mention in self._sheet.periods.items:
            period: Period = mention.period
            if period.start == period.end and not mention.comparison:
                return period if not self._clock.published or period.start <= self._clock.published else None
        return None

    def _about(self) -> list[Hit]:
        """The metric and product words of the title."""
        title = next((block.span for block in self._reading.blocks if block.kind == "title"), None)
        if title is None:
            return []
        marks = self._sheet.within(*title)
        return [hit for hit in marks.metrics if not hit.entry.data.get("tight")] + sorted(
            marks.products, key=lambda hit: bool(hit.entry.data.get("wide"))
        )

    def _table(self, block: Block) -> Iterator[tuple[Indicator, str]]:
        assert block.table is not None
        cells = bind_table(block.table, self._sheet, self._metrics, self._clock.document, self._about())
        if not cells:
            for cell in (cell for row in block.table.rows for cell in row if len(cell.spans) == 1):
                self._start_afresh()
                for piece in pieces(self._reading.text, *cell.spans[0]):
                    yield from self._sentence(piece, block)
        named = self._sheet.periods.within(*block.span)
        for draft, period, span in cells:
            marks = replace(self._sheet.within(*span), periods=named)  # a row leans on the heads above it
            if period is None and draft.meaning.entry.data.get("time") == "year" and self._clock.published:
                period = year(int(self._clock.published[:4]))
            subject = draft.name or self._cast.main
            if draft.metric in ("price", "price_index") and draft.name is None and not self._own_list(draft, block):
                subject = None
            if period is None and draft.meaning.entry.data.get("time") == "dated":
                period = self._market_day()
            cue = draft.cue.entry.data if draft.cue else {}
            if (
                (draft.meaning.entry.data.get("nation") or cue.get("nation"))
                and draft.name is None
                and not self._cast.titled
            ):
                subject = NATION
            one = self._indicator(draft, marks, subject, period, 0.99, 1.0 if period else 0.9)
            one.span = span
            one.why.update(
                subject="table's row or head" if draft.name else "main company",
                period=period.label if period else "unknown",
            )
            yield one, block.section


def _of_comparison(marks: Marks, draft: Draft, why: str) -> bool:
    """Whether the figure's period is the one that others are compared with: 上年同期亏损2.44亿元."""
    start = draft.quantity.span[0]
    return any(m.comparison and m.span[1] <= start and marks.text[slice(*m.span)] == why for m in marks.periods)


def _prior(why: str) -> bool:
    return why == "a year ago"


_AGAINST: dict[str, Measure] = {"yoy": "change_yoy", "qoq": "change_qoq", "mom": "change_mom"}
_BASIS = re.compile(r"[(（][^()（）]{0,60}(?:REO|干量|干基|含税|dry|VAT|tax)[^()（）]{0,40}[)）]", re.IGNORECASE)
_TAX = re.compile(
    r"不含税|含税|\bexcluding (?:VAT|tax)\b|\bincluding (?:VAT|tax)\b|\bex-VAT\b|\bexclusive of tax\b", re.IGNORECASE
)
_BATCH = re.compile(r"第[一二三四五六]批(?:次)?|\b(?:first|second|third|fourth) batch\b", re.IGNORECASE)


def _note(draft: Draft, marks: Marks) -> str | None:
    """What limits the figure: a price's basis, a quota's batch."""
    text, (start, end) = marks.text, draft.quantity.span
    if draft.metric in ("price", "price_step", "purchase_value", "purchase_volume"):
        tax = _TAX.search(text, max(marks.span[0], start - 24), min(marks.span[1], end + 24))
        basis = _BASIS.match(text, end) or _BASIS.search(text, max(marks.span[0], start - 40), start)
        parts = [tax.group()] if tax else []
        if basis:
            parts.append(basis.group()[1:-1])
        return "; ".join(parts) or None
    if draft.metric in ("quota_mining", "quota_smelting"):
        batches = [found.group() for found in _BATCH.finditer(text, marks.span[0], start)]
        return batches[-1] if batches else None
    return None


def _part_of(period: Period, whole: Period | None) -> bool:
    """Whether a sentence went from the half to one of its quarters: the next one goes on with the half."""
    return whole is not None and whole != period and whole.start <= period.start and period.end <= whole.end


_SHARE_TRADE = re.compile(
    r"股价|收盘|報收|报收|换手|換手|涨停|漲停|开盘|開盤|港元|元/股|高开|高開|盘中|盤中|[涨升跌]\d[\d.]*%"
)
_PRIOR_YEARS = re.compile(
    r"\s*(?:[一二三四五六]、|[（(][一二三四五六][）)])?\s*(?:上年|去年)同期(?:的)?(?:经营)?(?:业绩|情况|业绩情况)(?:和财务状况)?\s*$|"
    r"\s*[一二三四五六]、\s*(?:上年|去年)同期(?:经营)?业绩"
)
_NEXT_HEADING = re.compile(r"\s*[一二三四五六七八九]、")
_PART = re.compile(r"其中|单季|單季|\bof which\b|\balone\b|\bby itself\b")
_PER_SHARE = re.compile(r"每股|\bper share\b|\ba share\b", re.IGNORECASE)
_PER_TEN = re.compile(r"每\s*(?:10|十)\s*股|\b(?:every|per|each)\s+(?:10|ten)\s+shares\b", re.IGNORECASE)


def _dividend(value: Decimal, unit: str, draft: Draft, marks: Marks) -> tuple[Decimal, str]:
    """每10股派0.5元 is 0.05 yuan a share; 每股0.42元 is told as money in print and meant a share."""
    text, (start, end) = marks.text, draft.quantity.span
    near = text[max(marks.span[0], start - 24) : start] + text[end : min(marks.span[1], end + 48)]
    if draft.quantity.dimension == "per_share" or value > 1000:
        return value, unit
    if _PER_TEN.search(near):
        return value / 10, f"{unit}/share"
    return (value, f"{unit}/share") if _PER_SHARE.search(near) else (value, unit)
