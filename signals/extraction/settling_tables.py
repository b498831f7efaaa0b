"""From a table's cells to indicators: whose figures they are and for when, where heads and labels do not say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from signals.extraction.calendar import year
from signals.extraction.cast import NATION, Cast
from signals.extraction.clock import Clock
from signals.extraction.drafts import Draft
from signals.extraction.marks import Sheet
from signals.extraction.records import Block, Entry, Hit, Indicator, Period, Reading, Table
from signals.extraction.stating import ASIDE, Stater
from signals.extraction.tables import bind_table

_IN_CHINA = re.compile(r"\bprices?\b[^.\n]{0,60}\b(?:in|inside) China\b|\bdomestic (?:market )?prices\b", re.IGNORECASE)


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
        return said and self._cast.titled

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

    def _about(self) -> list[Hit]:
        """The metric and product words of the title."""
        title = next((block.span for block in self._reading.blocks if block.kind == "title"), None)
        if title is None:
            return []
        marks = self._sheet.within(*title)
        return [hit for hit in marks.metrics if not hit.entry.data.get("tight")] + sorted(
            marks.products, key=lambda hit: bool(hit.entry.data.get("wide"))
        )

    def indicators(self, block: Block, table: Table) -> list[Indicator]:
        """What the cells of ``table`` state; empty where its heads and labels name no metric."""
        cells = bind_table(table, self._sheet, self._metrics, self._clock.document, self._about())
        found: list[Indicator] = []
        named = self._sheet.periods.within(*block.span)
        for draft, period, span in cells:
            marks = replace(self._sheet.within(*span), periods=named)  # a row leans on the heads above it
            if period is None and draft.meaning.entry.data.get("time") == "year" and self._clock.published:
                period = year(int(self._clock.published[:4]))
            subject = draft.name or self._cast.main
            if draft.metric in ("price", "price_index") and draft.name is None and not self._own_list(draft, block):
                subject = self._market(block)
            if period is None and draft.meaning.entry.data.get("time") == "dated":
                period = self._market_day()
            cue = draft.cue.entry.data if draft.cue else {}
            if (
                (draft.meaning.entry.data.get("nation") or cue.get("nation"))
                and draft.name is None
                and not self._cast.titled
            ):
                subject = NATION
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
