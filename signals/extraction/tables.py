"""Figures of a table: the row's label and the column's heads say together what a cell means.

Heads give period (本报告期, 年初至报告期末, 上年同期, 2024年), measure (增减变动幅度, 同比) and restatement (调整前/调整后); the label
gives the metric, its product and often the unit; the caption or a head gives the unit for the rest. A table turned on its
side (metrics across, products or firms down) is read the same way: each side may give each part.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from signals.extraction.cells import parse_cell
from signals.extraction.drafts import Draft
from signals.extraction.lexicon import Lexicon
from signals.extraction.marks import Sheet
from signals.extraction.metrics import allows_change, allows_level, is_weak, meaning
from signals.extraction.records import Cell, Entry, Hit, Measure, Modality, Period, Quantity, Span, Table
from signals.extraction.table_periods import CHANGE, PRIOR, Head, period_of_cell

_NUMBER = re.compile(r"^[\s(（]*([+\-−－]?)\s*(\d[\d,，]*(?:\.\d+)?)\s*(%|％|个百分点|百分点|pct)?[\s)）]*$")
_SAID = re.compile(
    r"(?:(?:盈利|亏损|净利润|[比较]上年同期(?:增长|下降|增加|减少)|同比(?:增长|下降|增加|减少))[:：为约]{0,2}|约)\d"
)
_SPAN = re.compile(r"\d[\d,]*(?:\.\d+)?[-~—–～至]\d[\d,]*(?:\.\d+)?")
_POINTS = re.compile(
    r"(减少|下降|增加|上升|提高|降低|减|增)?\s*([+\-−]?\d[\d,]*(?:\.\d+)?)\s*(个百分点|百分点|percentage points?|pp\b|pct)",
    re.IGNORECASE,
)
_QOQ = re.compile(r"环比|qoq|quarter-on-quarter", re.IGNORECASE)
_MOM = re.compile(r"较上月|比上月|\bm/m\b|\bmom\b|month-on-month", re.IGNORECASE)
_AMOUNT, _VOLUME = re.compile("金额|货值|价值"), re.compile("数量|重量")  # which of two units a column has
_YOY = re.compile(r"同比|上年|去年|\byoy\b|year", re.IGNORECASE)
_YTD = re.compile(r"(?:上年度?末|last year.?end)[^|]*(?:增减|变动)|(?:比|较)上年度?末|(?:比|较)年初", re.IGNORECASE)
_HAN = re.compile("[\u4e00-\u9fff]")
_ESTIMATED = re.compile(r"(?:20)?\d\d\s*[EFP]\b|(?<!业绩)预测")
_IN_YUAN = re.compile(r"[-(（]?\d{1,3}(?:[,，]\d{3}){2,}\.\d\d[)）]?")  # to the cent: no thousands or millions
_RESTATED = re.compile(r"调整前|调整后|追溯调整|restated|before adjustment|after adjustment", re.IGNORECASE)
_BRACKET = re.compile(r"[（(][^()（）]*[)）]")
_UNITS: tuple[tuple[str, str, str, Decimal], ...] = (
    (r"元/股|元／股|yuan/share|yuan per share", "per_share", "CNY/share", Decimal(1)),
    (r"万元/吨", "price", "CNY/t", Decimal(10**4)),
    (r"元/吨|元／吨|yuan/t", "price", "CNY/t", Decimal(1)),
    (r"元/千克|元/公斤", "price", "CNY/t", Decimal(1000)),
    (r"亿美元", "money", "USD", Decimal(10**8)),
    (r"百万美元|USD million|million dollars", "money", "USD", Decimal(10**6)),
    (r"万美元", "money", "USD", Decimal(10**4)),
    (r"千美元", "money", "USD", Decimal(1000)),
    (r"美元", "money", "USD", Decimal(1)),
    (r"亿元", "money", "CNY", Decimal(10**8)),
    (r"百万元|RMB million|million yuan|million RMB|RMB'?m\b|yuan million", "money", "CNY", Decimal(10**6)),
    (r"万元", "money", "CNY", Decimal(10**4)),
    (r"千元|RMB'000|thousand yuan", "money", "CNY", Decimal(1000)),
    (r"(?<![亿万千百])元|\byuan\b|\bRMB\b|\bCNY\b", "money", "CNY", Decimal(1)),
    (r"万吨", "mass", "t", Decimal(10**4)),
    (r"公斤|千克|\bkg\b", "mass", "t", Decimal("0.001")),
    (r"吨|\btonnes?\b|\btons?\b|\bmt\b|\(t\)", "mass", "t", Decimal(1)),
    (r"[%％]|百分比|per ?cent", "ratio", "percent", Decimal(1)),
    (r"[（(](?:件|项|个|家|人|台)[)）]", "count", "count", Decimal(1)),
)  # fmt: skip


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
    default = _units(caption)
    heads: list[list[Cell]] = []
    columns: list[Head] = []
    drafts: list[tuple[Draft, Period | None, Span]] = []
    closed = False
    label: Head | None = None
    for row in rows:
        if _is_head(row):
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
            columns = [_head(cells, sheet) for cells in heads]
        closed = True
        label = _head([row[0]], sheet) if row[0].text.strip() or label is None else label
        named = [
            _head([cell], sheet)
            for cell in row[1:]
            if not _figure(cell.text) and 1 < len(cell.text) < 60 and "不适用" not in cell.text
        ]
        for place in range(1, min(len(row), len(columns))):
            made = _cell(row, place, label, columns, default, metrics, document, sheet, named, about)
            if made:
                drafts.append(made)
    return drafts


def _is_head(row: Sequence[Cell]) -> bool:
    if any(_figure(cell.text) for cell in row[1:]):
        return False
    return not re.search(r"不适用|N/A|— —|--", "".join(cell.text for cell in row))


def _figure(text: str) -> bool:
    squeezed = re.sub(r"\s", "", text)
    if re.fullmatch(r"(?:19|20)\d\d(?:[AEFP]|年度?)?", squeezed):
        return False
    return bool(re.match(r"[+\-−]?\d[\d,.]*\s*(?:t/yr|tpa|万?吨|%|元|yuan|[万亿]$)", squeezed)) or bool(
        _SAID.match(squeezed) or _NUMBER.match(squeezed) or _SPAN.fullmatch(squeezed) or _POINTS.search(squeezed)
    )


def _tells(key: str, sheet: Sheet) -> bool:
    """Whether a name in a head is a broker or outlet: it says a figure, the figure is another's."""
    record = sheet.lexicon.companies.get(key)
    return record is not None and record.kind in ("publisher", "person")


def _head(cells: Sequence[Cell], sheet: Sheet) -> Head:
    head = Head(
        "|".join(dict.fromkeys(re.sub(r"\s+", "" if _chinese(cell.text) else " ", cell.text).strip() for cell in cells))
    )
    head.unit = next((unit for unit in map(_unit, reversed(head.text.split("|"))) if unit), None)
    marks = None
    for cell in cells:
        if not cell.spans:
            continue
        start, end = cell.spans[0][0], cell.spans[-1][1]
        if head.span == (0, 0):
            head.span = (start, end)
        marks = sheet.within(start, end)
        head.name = next((name.key for name in marks.names if not _tells(name.key, sheet)), head.name)
        head.period = marks.periods[0] if marks.periods and len(cell.spans) == 1 else head.period
    found = sheet.lexicon.find(head.text) if any(char.isalpha() for char in head.text) else []
    named = sheet.text[slice(*marks.names[0].span)] if marks is not None and marks.names else ""
    own = [
        hit
        for hit in found
        if hit.kind == "metrics"
        and not hit.entry.data.get("tight")
        and (not is_weak(hit) or _BRACKET.sub("", head.text).strip() == hit.alias)
    ]
    head.metric = max(own, key=lambda hit: hit.end - hit.start, default=None)
    # the 稀土 of a firm's name says nothing of the product
    head.products = [hit for hit in found if hit.kind == "products" and hit.alias not in named]
    return head


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


def _chinese(text: str) -> bool:
    return _HAN.search(text) is not None


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
) -> tuple[Draft, Period | None, Span] | None:
    cell, column = row[place], columns[place]
    change = bool(CHANGE.search(column.text)) or bool(CHANGE.search(label.text) and label.metric is None)
    change = change or cell.text.strip().startswith(("比上年同期", "同比", "较上年同期"))
    hit = label.metric or column.metric
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
    read = _value(cell.text, change, label, column, default, hit.entry, sheet.lexicon)
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
    if change and by_money and _AMOUNT.search(column.text):
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


def _value(
    text: str,
    change: bool,
    label: Head,
    column: Head,
    default: Sequence[tuple[str, str, Decimal]],
    entry: Entry,
    lexicon: Lexicon,
) -> tuple[Decimal, Decimal | None, str, str] | None:
    """The cell's number (and a range's upper one) in its canonical unit, and the dimension; None when it holds no figure."""
    squeezed = re.sub(r"\s", "", text)
    points = _POINTS.search(squeezed)
    if points:
        number = _decimal(points[2])
        if number is None:
            return None
        return (-abs(number) if points[1] and points[1] in "减少下降降低" else number), None, "pp", "points"
    found = _NUMBER.match(squeezed)
    if not found:
        read = parse_cell(text, column.text or None, lexicon)
        if (
            read is None
            or read.dimension in ("plain", "count")
            or (read.value_high is not None and change and not _SAID.match(squeezed))
        ):
            return None
        return read.value, read.value_high, read.unit, read.dimension
    number = _decimal(found[2])
    if number is None:
        return None
    number = -number if found[1] in "-−－" and found[1] else number
    if found[3]:
        return (number, None, "pp", "points") if found[3] not in "%％" else (number, None, "percent", "ratio")
    if change and (column.unit is None or column.unit[0] == "ratio"):
        return number, None, "percent", "ratio"
    levels = entry.data.get("level", ())
    for unit in (label.unit, column.unit, *default):
        if (
            unit
            and not (_AMOUNT if unit[0] == "mass" else _VOLUME).search(column.text)
            and (
                unit[0] in levels
                or unit[0] in (entry.data.get("by_dimension") or {})
                or (unit[0] == "ratio" and "ratio" in levels)
            )
        ):
            return number * unit[2], None, unit[1], unit[0]
    if levels and levels[0] == "money" and entry.data.get("unit") is None and _IN_YUAN.fullmatch(squeezed):
        return number, None, "CNY", "money"
    if entry.data.get("unit") == "CNY/share":
        return number, None, "CNY/share", "per_share"
    if levels and levels[0] == "ratio":
        return number, None, "percent", "ratio"
    return None


def _decimal(digits: str) -> Decimal | None:
    try:
        return Decimal(re.sub(r"[,，]", "", digits).replace("−", "-"))
    except InvalidOperation:
        return None


def _units(text: str) -> list[tuple[str, str, Decimal]]:
    """All units that a caption names: 单位:吨、万美元."""
    found = [_unit(part) for part in re.split(r"[、,，/;；]|和", text)]
    return [unit for unit in found if unit]


def _unit(text: str) -> tuple[str, str, Decimal] | None:
    for pattern, dimension, unit, factor in _UNITS:
        if re.search(pattern, text, re.IGNORECASE):
            return dimension, unit, factor
    return None
