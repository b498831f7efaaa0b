"""Figures of a table: the row's label and the column's heads say together what a cell means.

Heads give period (本报告期, 年初至报告期末, 上年同期, 2024年), measure (增减变动幅度, 同比) and restatement (调整前/调整后); the label
gives the metric, its product and often the unit; the caption or a head gives the unit for the rest. A table turned on its
side (metrics across, products or firms down) is read the same way: each side may give each part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from signals.extraction.drafts import Draft
from signals.extraction.marks import Sheet
from signals.extraction.metrics import allows_change, allows_level, meaning
from signals.extraction.records import Cell, Entry, Hit, Measure, Modality, Period, Quantity, Span, Table
from signals.extraction.table_heads import head_of, is_head
from signals.extraction.table_periods import CHANGE, PRIOR, Head, period_of_cell
from signals.extraction.table_units import Units
from signals.extraction.table_values import AMOUNT, states_figure, units_of, value_of

_QOQ = re.compile(r"环比|qoq|quarter-on-quarter", re.IGNORECASE)
_MOM = re.compile(r"较上月|比上月|\bm/m\b|\bmom\b|month-on-month", re.IGNORECASE)
_YOY = re.compile(r"同比|上年|去年|\byoy\b|year", re.IGNORECASE)
_YTD = re.compile(r"(?:上年度?末|last year.?end)[^|]*(?:增减|变动)|(?:比|较)上年度?末|(?:比|较)年初", re.IGNORECASE)
_ESTIMATED = re.compile(r"(?:20)?\d\d\s*[EFP]\b|(?<!业绩)预测")
RATE_ROW = re.compile(r"\bgrowth\b|\bchange\b|\byoy\b", re.IGNORECASE)
_RESTATED = re.compile(r"调整前|调整后|追溯调整|restated|before adjustment|after adjustment", re.IGNORECASE)


def bind_table(
    table: Table, sheet: Sheet, metrics: Mapping[str, Entry], document: Period | None, about: Sequence[Hit] = ()
) -> list[tuple[Draft, Period | None, Span]]:
    """Drafts of the table's cells with their period and the row's stretch from label to cell.

    ``about`` are the metric and product words of the title above, for a table whose rows and columns name no metric.
    """
    rows = [row for row in table.rows if any(cell.text.strip() for cell in row)]
    if len(rows) < 2:
        return []
    caption = sheet.text[slice(*table.caption)] if table.caption else ""
    default = units_of(caption)
    heads: list[list[Cell]] = []
    columns: list[Head] = []
    drafts: list[tuple[Draft, Period | None, Span]] = []
    closed = False
    label: Head | None = None
    units = Units(sheet, table)
    for row in rows:
        if heads and units.takes(row):
            continue
        if is_head(row):
            heads = [] if closed else heads
            closed = False
            for place, cell in enumerate(row):
                while len(heads) <= place:
                    heads.append([])
                heads[place].append(cell)
            continue
        if not heads:
            continue
        if not closed:
            columns = [head_of(cells, sheet) for cells in heads]
        closed = True
        label = head_of([row[0]], sheet) if row[0].text.strip() or label is None else label
        named = [
            head_of([cell], sheet)
            for cell in row[1:]
            if not states_figure(cell.text) and 1 < len(cell.text) < 60 and "不适用" not in cell.text
        ]
        for place in range(1, min(len(row), len(columns))):
            made = _cell(row, place, label, columns, default, metrics, document, sheet, named, about, units)
            if made:
                drafts.append(made)
    return drafts


def meant_price(entry: Entry) -> bool:
    """Whether the metric is a price of the day, whose rise is told against the day before."""
    return bool(entry.data.get("market")) or entry.data.get("time") == "moment"


def _status(text: str) -> Modality | None:
    """What a row's status column says of a plant that is not running yet."""
    if re.search(r"投产|建成|完工|in production|complete|operat|commission", text, re.IGNORECASE):
        return "reported"
    return (
        "target"
        if re.search(r"开工|在建|拟建|规划|立项|started|under construction|planned|approved", text, re.IGNORECASE)
        else None
    )


def _cell(
    row: Sequence[Cell],
    place: int,
    label: Head,
    columns: Sequence[Head],
    default: Sequence[tuple[str, str, Decimal]],
    metrics: Mapping[str, Entry],
    document: Period | None,
    sheet: Sheet,
    named: Sequence[Head],
    about: Sequence[Hit],
    units: Units,
) -> tuple[Draft, Period | None, Span] | None:
    cell, column = row[place], columns[place]
    change = bool(CHANGE.search(column.text)) or bool(CHANGE.search(label.text) and label.metric is None)
    change = change or cell.text.strip().startswith(("比上年同期", "同比", "较上年同期"))
    hit = label.metric or column.metric
    if label.metric and not change and RATE_ROW.search(label.text) and cell.text.strip().endswith("%"):
        change = "ratio" not in label.metric.entry.data.get("level", ())  # Revenue Growth (YoY)
    if label.metric and column.metric and not change and label.metric.key == "exports":
        hit = column.metric  # 出口(地区) in a column of 营业收入: a segment, no export volume
    elif label.metric and column.unit and column.unit[0] not in ("ratio", *label.metric.entry.data.get("level", ())):
        hit = column.metric  # 节能变频空调 in a column of 收入(亿元)
    if hit is None and change:
        hit = next((columns[left].metric for left in range(place - 1, 0, -1) if columns[left].metric), None)
    topic = [other for other in about if other.kind == "products"]
    if hit is None and about and not any(column.metric for column in columns):
        hit = next((other for other in about if other.kind == "metrics"), None)
    else:
        topic = []
    if hit is None or not cell.spans or hit.entry.data.get("drop"):
        return None
    read = units.value(row, place, label, columns, hit.entry, change) or value_of(
        cell.text, change, label, column, default, hit.entry, sheet.lexicon
    )
    if read is None:
        return None
    value, high, unit, dimension = read
    if change and not value and meant_price(hit.entry):
        return None  # an unchanged price is no news
    owner = next((other.name for other in named if other.name), None)
    digits = next(
        (span for span in cell.spans if any(char.isdigit() for char in sheet.text[slice(*span)])), cell.spans[0]
    )
    quantity = Quantity(digits, digits, value, high, "=" if high is None else "range", unit, dimension)
    allowed = allows_change(hit.entry, quantity) if change else allows_level(hit.entry, quantity)
    if not allowed:
        return None
    product = (
        next((one.key for one in (label.products or column.products or topic)), None)
        if hit.entry.data.get("products") or hit.entry.data.get("segments")
        else None
    )
    meant = meaning(hit.entry, quantity, change=change, product=product, metrics=dict(metrics))
    by_money = (hit.entry.data.get("by_dimension") or {}).get("money")
    if change and by_money and AMOUNT.search(column.text):
        meant = replace(meant, metric=by_money)  # 出口: 金额同比
    keep = meant.entry.data.get("keep_product", hit.entry.data.get("keep_product"))
    if keep and product not in keep:  # 矿产品(岩矿型,轻稀土)
        product = next((one.key for one in column.products if one.key in keep), product)
    if keep is not None and meant.metric != "quota_share" and product not in keep:
        product = None
    product = (hit.entry.data.get("product_as") or {}).get(product, product)
    measure: Measure = "level"
    if change:
        measure = (
            "change_mom"
            if _MOM.search(column.text)
            else "change_qoq"
            if _QOQ.search(column.text)
            else "change_ytd"
            if _YTD.search(column.text)
            else "change"
            if meant_price(hit.entry) and not _YOY.search(column.text)
            else "change_yoy"
        )
    period = period_of_cell(column, columns, place, label, change, document, meant.entry)
    if meant.entry.data.get("time") in ("standing", "said"):
        said = column.period or label.period
        period = said.period if said else None
    status = " ".join(other.text for other in named)
    draft = Draft(
        quantity, meant, hit, measure, value, high, meant.product or product, (label.span[0], cell.spans[-1][1]), "table-cell", 0.96,
        name=label.name or column.name or owner,
        modality="reported" if PRIOR.search(column.text) and not CHANGE.search(column.text) else "estimate" if _ESTIMATED.search(column.text) else _status(status) if meant.metric in ("capacity", "investment") else None,
        note="; ".join(_RESTATED.findall(column.text)) or None,
        why={"metric": label.text if label.metric else column.text, "change": column.text if change else ""},
    )  # fmt: skip
    start = min(label.span[0], cell.spans[0][0])
    return draft, period, (start, max(cell.spans[0][1], start))
