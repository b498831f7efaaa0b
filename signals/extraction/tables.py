"""Figures of a table: the row's label and the column's heads say together what a cell means.

Heads give period (本报告期, 年初至报告期末, 上年同期, 2024年), measure (增减变动幅度, 同比) and restatement (调整前/调整后); the label
gives the metric, its product and often the unit; the caption or a head gives the unit for the rest. A table turned on its
side (metrics across, products or firms down) is read the same way: each side may give each part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from signals.extraction.drafts import Draft
from signals.extraction.english_tables import Units
from signals.extraction.gated import gated
from signals.extraction.marks import Sheet
from signals.extraction.metrics import Context, Meaning, allows_change, allows_level, meaning
from signals.extraction.records import Cell, Entry, Hit, Modality, Period, Quantity, Span, Table
from signals.extraction.table_changes import is_rate, measure_of
from signals.extraction.table_layout import Row, laid_out
from signals.extraction.table_periods import CHANGE, PRIOR, Head, period_of_cell, year_of
from signals.extraction.table_units import units_above, units_of
from signals.extraction.table_values import AMOUNT, CHANGES_BEHIND, in_two, value_of
from signals.extraction.wording import pattern_of

Found = tuple[Draft, Period | None, Span]

_ESTIMATED = pattern_of("{head-foretold}")
_ACTUAL = gated(r"20\d\d ?A\b|\bactual\b", re.IGNORECASE)
_CONSENSUS = pattern_of("{head-consensus}", re.IGNORECASE)
_TARGETED = pattern_of("{head-target}", re.IGNORECASE)
_EXPECTED = pattern_of("{head-expected}", re.IGNORECASE)
RATE_ROW = gated(r"\bgrowth\b|\bchange\b|\byoy\b", re.IGNORECASE)
_RESTATED = pattern_of("{head-restated}", re.IGNORECASE)
_GROWTH_ROW = re.compile(r"(?:增长率|增速|增幅)\s*[(（]?%")
_NET_DEBT = pattern_of("{row-net-debt}", re.IGNORECASE)
_RUNNING = pattern_of("{row-running}", re.IGNORECASE)
_TO_BUILD = pattern_of("{row-to-build}", re.IGNORECASE)
_WEEK_BEFORE = pattern_of("{head-week-before}", re.IGNORECASE)
_LINE = 400  # characters above a table in which the line above lies
_UNIT_ABOVE = re.compile(r"[(（]([^()（）]{1,40})[)）]|单位[:：为]?\s*([^()（）。;；]{1,24})")
_OF_WHAT = ("price", "exports", "export_revenue", "capacity")  # which say little without their product
_TITLE = 160  # characters above a table in which its Chinese title stands
_WHOLE = ("stake", "market_share", "export_share", "quota_share", "output_share", "registered_capital", "investment")


def bind_table(
    table: Table, sheet: Sheet, metrics: Mapping[str, Entry], document: Period | None, about: Sequence[Hit] = ()
) -> list[Found]:
    """Drafts of the table's cells with their period and the row's stretch from label to cell.

    ``about`` are the metric and product words of what stands above, the nearest first, for a table whose rows and columns
    name none.
    """
    if len(table.rows) < 2:
        return []
    return list(_Binder(table, sheet, metrics, document, about).found())


class _Binder:
    """Reads the cells of one table."""

    def __init__(
        self,
        table: Table,
        sheet: Sheet,
        metrics: Mapping[str, Entry],
        document: Period | None,
        about: Sequence[Hit],
    ) -> None:
        self._table, self._sheet, self._document = table, sheet, document
        self._metrics = dict(metrics)
        self._default = units_of(sheet.text[slice(*table.caption)] if table.caption else "") or _units_above(
            sheet, table
        )
        self._default = self._default or units_above(sheet.text[max(0, table.span[0] - _TITLE) : table.span[0]])
        self._units = Units(sheet, table)
        self._topic = next((hit for hit in about if hit.kind == "metrics"), None)
        self._above = [hit for hit in about if hit.kind == "products"]

    def found(self) -> Iterator[Found]:
        for row in laid_out(self._table, self._sheet, self._units, self._document):
            for place in range(row.first, min(len(row.cells), len(row.columns))):
                if not row.units or place != row.units:
                    yield from self._cell(row, place)

    def _cell(self, row: Row, place: int) -> Iterator[Found]:
        cell = row.cells[place]
        if not cell.spans:
            return
        both = in_two(cell.text) if len(cell.spans) == 1 else None
        if both is None:
            made = self._read(row, place, cell)
            if made:
                yield made
            return
        start = cell.spans[0][0] + len(cell.text) - len(cell.text.lstrip())
        level = Cell(both["level"], ((start, start + len(both["level"])),))
        made = self._read(row, place, level)
        if made is None:
            return
        yield made
        behind = start + both.start("change")
        for one in CHANGES_BEHIND.finditer(both["change"]):
            told = self._second(made, one, behind, row, place)
            if told:
                yield told

    def _second(self, made: Found, both: re.Match[str], start: int, row: Row, place: int) -> Found | None:
        """The change that a cell tells behind its level: "RMB 9.1 billion (up 5.1%)"."""
        draft, period, (first, _) = made
        if draft.is_change:
            return None
        points = both["unit"] not in ("%", "％")
        value = Decimal(both["number"].replace(",", ""))
        value = -value if both["down"] else value
        span = (start + both.start("number"), start + both.end("unit"))
        quantity = Quantity(
            span, span, value, None, "=", "pp" if points else "percent", "points" if points else "ratio"
        )
        if draft.cue is None or not allows_change(draft.cue.entry, quantity):
            return None
        measure = measure_of(
            f"{both.group()}|{row.columns[place].text}", draft.meaning.entry, period, row.columns, place,
            market=meant_price(draft.meaning.entry),
        )  # fmt: skip
        draft = replace(
            draft, quantity=quantity, value=value, value_high=None, measure=measure, sentence=(first, span[1]),
            why={**draft.why, "change": both.group()},
        )  # fmt: skip
        return draft, period, (first, span[1])

    def _metric_of(self, row: Row, place: int, change: bool) -> tuple[Hit | None, bool]:
        """The metric that label, head or what stands above names for a cell; whether it is the latter."""
        label, column = row.label, row.columns[place]
        hit = label.metric or column.metric
        if label.metric and column.metric and not change and label.metric.key == "exports":
            hit = column.metric  # 出口(地区) in a column of 营业收入: a segment, no export volume
        elif (
            label.metric and column.unit and column.unit[0] not in ("ratio", *label.metric.entry.data.get("level", ()))
        ):
            hit = column.metric  # 节能变频空调 in a column of 收入(亿元)
        if hit is None and change:
            hit = next((row.columns[left].metric for left in range(place - 1, 0, -1) if row.columns[left].metric), None)
        named = any(one.metric is not None and one.metric.key != "share" for one in row.columns)
        if self._topic is not None and not named and (hit is None or hit.key == "share"):
            return self._topic, True
        if hit is None and column.period is not None and not change:
            others = {one.metric.key: one.metric for one in row.columns if one.metric and not CHANGE.search(one.text)}
            hit = next(iter(others.values())) if len(others) == 1 else None  # "2025 target" beside "2024 capacity"
        return hit, False

    def _read(self, row: Row, place: int, cell: Cell) -> Found | None:
        label, column = row.label, row.columns[place]
        change = (
            row.rate or bool(CHANGE.search(column.text)) or bool(CHANGE.search(label.text) and label.metric is None)
        )
        change = change or cell.text.strip().startswith(("比上年同期", "同比", "较上年同期"))
        if label.metric and not change and _GROWTH_ROW.search(label.text):
            change = "ratio" not in label.metric.entry.data.get("level", ())  # 净利润增长率(%)
        if label.metric and not change and RATE_ROW.search(label.text) and cell.text.strip().endswith("%"):
            change = "ratio" not in label.metric.entry.data.get("level", ())  # Revenue Growth (YoY)
        hit, from_above = self._metric_of(row, place, change)
        if hit is None or hit.entry.data.get("drop") or (hit.key == "cash" and _NET_DEBT.search(label.text)):
            return None
        if _WEEK_BEFORE.search(column.text) and not CHANGE.search(column.text):
            return None  # whose day nothing tells
        read = self._value(row, place, cell, hit.entry, change)
        if read is None:
            return None
        value, high, unit, dimension = read
        if change and not value and meant_price(hit.entry):
            return None  # an unchanged price is no news
        text = self._sheet.text
        digits = next(
            (span for span in cell.spans if any(char.isdigit() for char in text[slice(*span)])), cell.spans[0]
        )
        quantity = Quantity(digits, digits, value, high, "=" if high is None else "range", unit, dimension)
        if not (allows_change(hit.entry, quantity) if change else allows_level(hit.entry, quantity)):
            return None
        above = self._above if from_above or hit.key in _OF_WHAT else []
        product, meant = self._meaning(row, place, hit, quantity, change, above)
        if row.total and (meant.metric in _WHOLE or meant.entry.data.get("level") == ["ratio"]):
            return None  # what a whole adds up to
        period = period_of_cell(column, row.columns, place, label, change and not row.rate, self._document, meant.entry)
        if meant.entry.data.get("time") in ("standing", "said"):
            said = column.period or label.period
            period = said.period if said else year_of(column.text)
        words = f"{column.text}|{label.text}" if row.rate else column.text
        market = meant_price(hit.entry)
        measure = measure_of(words, meant.entry, period, row.columns, place, market=market) if change else "level"
        if meant.metric == "stake" and label.name and self._is_place(label.name):
            return None  # "Hong Kong Securities Clearing" is no place
        owner = next((one.name for one in row.named if one.name and not self._is_place(one.name)), None)
        draft = Draft(
            quantity, meant, hit, measure, value, high, meant.product or product, (label.span[0], cell.spans[-1][1]),
            "table-cell", 0.85 if from_above else 0.96,
            name=label.name or column.name or owner, modality=_modality(row, column, meant),
            note="; ".join(_RESTATED.findall(column.text)) or None,
            why={"metric": label.text if label.metric else column.text, "change": column.text if change else ""},
        )  # fmt: skip
        start = min(label.span[0], cell.spans[0][0]) if label.span != (0, 0) else cell.spans[0][0]
        return draft, period, (start, max(cell.spans[0][1], start))

    def _value(
        self, row: Row, place: int, cell: Cell, entry: Entry, change: bool
    ) -> tuple[Decimal, Decimal | None, str, str] | None:
        label, column = row.label, row.columns[place]
        if change and not row.rate:
            levels = [
                row.cells[left].text
                for left in range(row.first, min(len(row.cells), len(row.columns)))
                if left != place and not CHANGE.search(row.columns[left].text)
            ]
            rate = is_rate(label, column, cell.text, levels, market=meant_price(entry))
        else:
            rate = change
        read = None if rate else self._units.value(row.cells, place, cell.text, label, row.columns, entry, change)
        default = self._default or ([] if rate else _price_beside(row))
        return read or value_of(cell.text, rate, label, column, default, entry, self._sheet.lexicon)

    def _is_place(self, key: str) -> bool:
        record = self._sheet.lexicon.companies.get(key)
        return record is not None and record.kind == "place"

    def _meaning(
        self, row: Row, place: int, hit: Hit, quantity: Quantity, change: bool, above: Sequence[Hit]
    ) -> tuple[str | None, Meaning]:
        """The cell's product and metric; ``above`` are the products of the title, for a table that names none."""
        label, column = row.label, row.columns[place]
        product = (
            next((one.key for one in (label.products or column.products or above)), None)
            if hit.entry.data.get("products") or hit.entry.data.get("segments")
            else None
        )
        context = Context(f"{label.text} {column.text}") if hit.key == "share" else Context()
        meant = meaning(hit.entry, quantity, change=change, product=product, metrics=self._metrics, context=context)
        by_money = (hit.entry.data.get("by_dimension") or {}).get("money")
        if change and by_money and AMOUNT.search(column.text):
            meant = replace(meant, metric=by_money)  # 出口: 金额同比
        keep = meant.entry.data.get("keep_product", hit.entry.data.get("keep_product"))
        if keep and product not in keep:  # 矿产品(岩矿型,轻稀土)
            product = next((one.key for one in column.products if one.key in keep), product)
        if keep is not None and meant.metric != "quota_share" and product not in keep:
            product = None
        return (hit.entry.data.get("product_as") or {}).get(product, product), meant


def _units_above(sheet: Sheet, table: Table) -> list[tuple[str, str, Decimal]]:
    """The units that the line above names in brackets or after 单位."""
    line = sheet.text[max(0, table.span[0] - _LINE) : table.span[0]].rstrip().rpartition("\n")[2]
    told = _UNIT_ABOVE.findall(line)
    return units_of("、".join(next(filter(None, one), "") for one in told[-2:]))


def _price_beside(row: Row) -> list[tuple[str, str, Decimal]]:
    """价格区间(万元/吨) | 均价 | 涨跌: the one unit of price that heads of the row tell holds for those that tell none."""
    units = {column.unit for column in row.columns if column.unit and column.unit[0] == "price"}
    return list(units) if len(units) == 1 else []


def meant_price(entry: Entry) -> bool:
    """Whether the metric is a price of the day, whose rise is told against the day before."""
    return bool(entry.data.get("market")) or entry.data.get("time") == "moment"


def _modality(row: Row, column: Head, meant: Meaning) -> Modality | None:
    """What head or status column say: a year to come, a target, a plant that is not running yet."""
    if _ACTUAL.search(column.text) or (PRIOR.search(column.text) and not CHANGE.search(column.text)):
        return "reported"
    if _ESTIMATED.search(column.text) or _CONSENSUS.search(column.text):
        return "estimate"
    told = _status(" ".join(one.text for one in row.named)) if meant.metric in ("capacity", "investment") else None
    if told:
        return told
    if _TARGETED.search(column.text):
        return "target"
    return "forecast" if _EXPECTED.search(column.text) else None


def _status(text: str) -> Modality | None:
    """What a row's status column says of a plant that is not running yet."""
    if _RUNNING.search(text):
        return "reported"
    return "target" if _TO_BUILD.search(text) else None
