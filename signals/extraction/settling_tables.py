"""From a table's cells to indicators: whose figures they are and for when, where heads and labels do not say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from signals.extraction.calendar import cumulative_of, year
from signals.extraction.cast import NATION, Cast
from signals.extraction.clock import Clock
from signals.extraction.drafts import Draft
from signals.extraction.marks import Sheet
from signals.extraction.metrics import is_weak
from signals.extraction.records import Block, Entry, Hit, Indicator, Period, Reading, Span, Table
from signals.extraction.stating import ASIDE, Stater
from signals.extraction.tables import bind_table

_LONGEST_LEAD = 240  # characters of the sentence above a table
_SENTENCE_END = re.compile(r"[。!?;；]|\.\s(?=[A-Z])")
_OWN_PRICE = re.compile(r"\breali[sz]ed\b|\baverage selling price|销售均价|平均售价", re.IGNORECASE)
_IN_CHINA = re.compile(r"\bprices?\b[^.\n]{0,60}\b(?:in|inside) China\b|\bdomestic (?:market )?prices\b", re.IGNORECASE)


def _can_lead(hit: Hit) -> bool:
    """Whether a metric's words can say what a whole table is about."""
    return not (hit.entry.data.get("tight") or hit.entry.data.get("drop") or is_weak(hit)) and hit.key != "share"


def _up_to(period: Period) -> Period:
    """What a column headed by a quarter's last day tells of results: all of the year up to that day."""
    last_day = period.start == period.end and period.end[5:] in ("03-31", "06-30", "09-30", "12-31")
    return (cumulative_of(period) or period) if last_day else period


class TableSettler:
    """Settles the tables of one document."""

    def __init__(
        self, reading: Reading, sheet: Sheet, cast: Cast, clock: Clock, metrics: Mapping[str, Entry], stater: Stater
    ) -> None:
        self._reading, self._sheet, self._cast, self._clock = reading, sheet, cast, clock
        self._metrics, self._stater = metrics, stater

    def _own_list(self, draft: Draft, block: Block) -> bool:
        """Whether a table of prices is the main company's own list (挂牌价), not a market's."""
        words = draft.meaning.entry.data.get("named_by") or ()
        near = (self._reading.title or "") + self._reading.text[max(0, block.span[0] - 120) : block.span[0]]
        said = draft.product == "concentrate" or any(word in near + draft.why["metric"] for word in words)
        own = _OWN_PRICE.search(draft.why["metric"]) is not None
        return (said and self._cast.titled) or ((own or draft.product == "concentrate") and self._cast.main is not None)

    def _subject(self, draft: Draft, block: Block) -> str | None:
        """Whose figure a cell is: the row's or head's name, else the document's main company or place."""
        cue = draft.cue.entry.data if draft.cue else {}
        national = draft.meaning.entry.data.get("nation") or cue.get("nation") or draft.metric == "export_revenue"
        if national and draft.name in self._cast.abroad and draft.name != NATION:
            return self._cast.main if self._cast.titled else NATION  # a row of destinations
        if draft.name is not None:
            return draft.name
        if draft.metric in ("price", "price_index") and not self._own_list(draft, block):
            return self._market(block)
        if national and not self._cast.titled:
            return NATION if draft.metric != "export_revenue" or self._cast.main is None else self._cast.main
        return self._cast.main or self._cast.place

    def _market(self, block: Block) -> str | None:
        """Whose market a list of prices is of, where the title or the line above says so: "spot prices … in China"."""
        text = self._reading.text
        near = (self._reading.title or "") + "\n" + text[max(0, block.span[0] - 200) : block.span[0]]
        return NATION if _IN_CHINA.search(near) else None

    def _market_day(self) -> Period | None:
        """The first day that the document names before or on its publication: that of its prices."""
        for mention in self._sheet.periods.items:
            period: Period = mention.period
            if period.start == period.end and not mention.comparison:
                return period if not self._clock.published or period.start <= self._clock.published else None
        return None

    def _above(self, block: Block, table: Table) -> list[Span]:
        """The stretches that say what a table is about, the nearest first: caption, the line above, a heading, the title."""
        made = [table.caption] if table.caption else []
        blocks = self._reading.blocks
        place = next(index for index, one in enumerate(blocks) if one is block)
        for one in reversed(blocks[max(0, place - 2) : place]):
            if one.kind in ("heading", "caption"):
                made.append(one.span)
            elif one.kind in ("paragraph", "item") and one is blocks[place - 1]:
                made.append(self._last_sentence(one.span))
        title = next((one.span for one in blocks if one.kind == "title"), None)
        return [*made, title] if title else made

    def _last_sentence(self, span: Span) -> Span:
        start = max(span[0], span[1] - _LONGEST_LEAD)
        ends = [found.end() for found in _SENTENCE_END.finditer(self._reading.text, start, span[1] - 2)]
        return (ends[-1] if ends else start, span[1])

    def _about(self, above: Sequence[Span]) -> list[Hit]:
        """The metric and product words above a table."""
        found: list[Hit] = []
        for span in above:
            marks = self._sheet.within(*span)
            metrics = [hit for hit in marks.metrics if _can_lead(hit)]
            found += [hit for hit in metrics if hit.key == "price"] if len(metrics) > 1 else []
            found += metrics + sorted(marks.products, key=lambda hit: bool(hit.entry.data.get("wide")))
        return found

    def _period_above(self, above: Sequence[Span]) -> Period | None:
        """The one period that caption, line above or heading name."""
        for span in above:
            mentions = [one for one in self._sheet.periods.within(*span) if not one.comparison]
            named = {one.period for one in mentions if one.period.start != one.period.end}
            if named:
                return named.pop() if len(named) == 1 else None
        return None

    def _day_above(self, block: Block) -> Period | None:
        """The day that the line above a table names."""
        start = self._reading.text.rfind("\n\n", 0, max(0, block.span[0] - 2)) + 1
        days = [one.period for one in self._sheet.periods.within(start, block.span[0]) if not one.comparison]
        return next((day for day in days if day.start == day.end), None)

    def indicators(self, block: Block, table: Table) -> list[Indicator]:
        """What the cells of ``table`` state; empty where its heads and labels name no metric."""
        above = self._above(block, table)
        told, document = self._period_above(above[:-1]), self._clock.document
        # the tables of a Chinese filing are of its own period, whatever else the lines between them name
        period = document or told if self._reading.language == "zh" else told or document
        cells = bind_table(table, self._sheet, self._metrics, period, self._about(above))
        found: list[Indicator] = []
        named = self._sheet.periods.within(*block.span)
        for draft, period, span in cells:
            marks = replace(self._sheet.within(*span), periods=named)  # a row leans on the heads above it
            if period is None and draft.meaning.entry.data.get("time") == "year" and self._clock.published:
                period = year(int(self._clock.published[:4]))
            if period is not None and draft.meaning.entry.data.get("time", "flow") == "flow":
                period = _up_to(period)
            subject = self._subject(draft, block)
            if period is None and draft.meaning.entry.data.get("time") == "dated":
                period = self._day_above(block) or self._market_day()
            elif period is None and draft.meaning.entry.data.get("time") == "moment":
                period = self._day_above(block)
            one = self._stater.indicator(
                draft, marks, subject, period, 0.99, 1.0 if period else 0.9, aside=block.section in ASIDE
            )
            one.span = span
            one.why.update(
                subject="table's row or head" if draft.name else "main company",
                period=period.label if period else "unknown",
            )
            found.append(one)
        return found
