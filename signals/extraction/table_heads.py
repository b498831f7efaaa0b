"""What a row's label and a column's head say of their cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from signals.extraction import calendar
from signals.extraction.english_tables import joint_period
from signals.extraction.marks import Sheet
from signals.extraction.metrics import is_weak
from signals.extraction.periods import PeriodAnchor, find_periods
from signals.extraction.records import Cell, Hit, NameMention, PeriodMention
from signals.extraction.table_periods import Head
from signals.extraction.table_units import unit_of
from signals.extraction.table_values import states_figure
from signals.extraction.wording import listed_words, pattern_of

_MONTH = pattern_of(
    r"{table-month}(?:\s?[-'’]\s?(?P<year>[123]\d))?(?P<quarter>\s?(?:quarter|qtr|Q))?",
    re.IGNORECASE,
)
_SO_MANY_MONTHS = re.compile(
    r"(?:first |the first )?(three|six|nine|3|6|9)[- ]months? (?:of |to .{3,12} )?(20\d\d)", re.IGNORECASE
)
_COUNTS = {"three": 3, "six": 6, "nine": 9, "3": 3, "6": 6, "9": 9}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OXIDES = re.compile(r"\bT?REO\b|\bREOt\b")
_OF_OXIDES = ("output", "sales_volume", "sales", "price", "production_and_sales", "exports", "inventory")
_HAN = re.compile("[\u4e00-\u9fff]")
_BRACKET = re.compile(r"[（(][^()（）]*[)）]")


def is_head(row: Sequence[Cell]) -> bool:
    if any(states_figure(cell.text) for cell in row[1:]):
        return False
    return not re.search(r"不适用|N/A|— —|--", "".join(cell.text for cell in row))


LIKE_A_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*")


def counts_like_years(row: Sequence[Cell], heads: Sequence[Sequence[Cell]], sheet: Sheet) -> bool:
    """Whether a row below the head has figures that only look like years: 镝铁 | 2015 under 产量(吨)."""
    told = [(cell.text, above) for cell, above in zip(row[1:], heads[1:], strict=False) if cell.text.strip() and above]
    if not told or not all(LIKE_A_YEAR.fullmatch(text) for text, _ in told):
        return False
    label = head_of([row[0]], sheet)
    return bool(label.products or label.metric or label.name) and all(head_of(above, sheet).unit for _, above in told)


def _owns(name: NameMention, sheet: Sheet) -> bool:
    """Whether a name in a head can own figures: no broker or outlet, which says them, and no US of "US$ million"."""
    record = sheet.lexicon.companies.get(name.key)
    if sheet.text.startswith(("$", " $", " dollar"), name.span[1]):
        return False
    return record is None or record.kind not in ("publisher", "person")


def head_of(cells: Sequence[Cell], sheet: Sheet) -> Head:
    head = Head(
        "|".join(dict.fromkeys(re.sub(r"\s+", "" if _chinese(cell.text) else " ", cell.text).strip() for cell in cells))
    )
    head.unit = next((unit for unit in map(unit_of, reversed(head.text.split("|"))) if unit), None)
    marks = None
    for cell in cells:
        if not cell.spans:
            continue
        start, end = cell.spans[0][0], cell.spans[-1][1]
        if head.span == (0, 0):
            head.span = (start, end)
        marks = sheet.within(start, end)
        head.name = next((name.key for name in marks.names if _owns(name, sheet)), head.name)
        if marks.periods and len(cell.spans) == 1 and not _is_longer(head.period, marks.periods[0]):
            head.period = marks.periods[0]
    head.period = _joint(cells, sheet) or _short(cells, sheet) or head.period
    found = sheet.lexicon.find(head.text) if any(char.isalpha() for char in head.text) else []
    named = _plain(sheet.text[slice(*marks.names[0].span)]) if marks is not None and marks.names else ""
    own = [
        hit
        for hit in found
        if hit.kind == "metrics"
        and not hit.entry.data.get("tight")
        and (not is_weak(hit) or _BRACKET.sub("", head.text).strip() == hit.alias)
    ]
    head.metric = max(own, key=lambda hit: hit.end - hit.start, default=None)
    # the 稀土 of a firm's name says nothing of the product
    head.products = [
        hit for hit in found if hit.kind == "products" and _plain(hit.alias) not in named and not _wide(hit, head)
    ]
    if not head.products and head.metric is not None and _OXIDES.search(head.text) and head.metric.key in _OF_OXIDES:
        head.products = [hit for hit in sheet.lexicon.find("rare earth oxides") if hit.kind == "products"]
    if (alone := head.text.strip().lower()) in listed_words("metal-alone"):  # a row of a price list
        head.products = [hit for hit in sheet.lexicon.find(f"{alone} metal") if hit.kind == "products"][
            :1
        ] or head.products
    return head


def of_list(label: Head, list_head: str, sheet: Sheet) -> Head:
    """The label of a bare element in a list headed "Oxide": its oxide."""
    name = label.text.strip().lower()
    if name not in listed_words("metal-alone") or not re.search(r"\boxides?\b", list_head, re.IGNORECASE):
        return label
    return replace(label, products=[hit for hit in sheet.lexicon.find(f"{name} oxide") if hit.kind == "products"][:1])


def _wide(hit: Hit, head: Head) -> bool:
    """Whether a word that can be a product is something else here: the selling of "selling price", production itself."""
    if hit.entry.data.get("only_for"):
        return (
            head.metric is None
            or head.metric.entry.data.get("means", head.metric.key) not in hit.entry.data["only_for"]
        )
    return hit.alias in (hit.entry.data.get("weak") or ()) and (head.metric is None or head.metric.key != "share")


def _is_longer(told: PeriodMention | None, other: PeriodMention) -> bool:
    """Whether a head has told a period already of which ``other`` is only a day: "FY 2024" over "Dec 31, 2024"."""
    if told is None or other.period.start != other.period.end or told.period.start == told.period.end:
        return False
    return told.period.start[:4] == told.period.end[:4]


def _joint(cells: Sequence[Cell], sheet: Sheet) -> PeriodMention | None:
    """The period that heads over one another name together."""
    phrase = joint_period([cell.text for cell in cells])
    found = find_periods(phrase, 0, len(phrase), sheet.lexicon, PeriodAnchor()) if phrase else []
    return replace(found[0], span=(0, 0)) if found else None


def _plain(words: str) -> str:
    return words.lower().replace("-", " ")


def _short(cells: Sequence[Cell], sheet: Sheet) -> PeriodMention | None:
    """A month as heads write it: "Sep-25", "Jun-25 quarter", "March" alone."""
    for cell in reversed(cells):
        months = _SO_MANY_MONTHS.fullmatch(cell.text.strip())
        if months and (period := calendar.months(int(months[2]), 1, _COUNTS[months[1].lower()])):
            return PeriodMention((0, 0), period)
        found = _MONTH.fullmatch(cell.text.strip())
        if found is None:
            continue
        year = f"20{found['year']}" if found["year"] else ""
        number = _MONTHS.index(found["month"][:3].lower()) + 1
        if found["quarter"] and year and number % 3 == 0 and (quarter := calendar.part(int(year), f"Q{number // 3}")):
            return PeriodMention((0, 0), quarter)
        phrase = f"in {found['month']} {year}".rstrip()
        named = [mention.period for mention in sheet.periods.items if mention.period.start != mention.period.end]
        anchor = PeriodAnchor(None, None, named[-1] if named else None)
        told = find_periods(phrase, 0, len(phrase), sheet.lexicon, anchor)
        if told:
            return replace(told[0], span=(0, 0))
    return None


def _chinese(text: str) -> bool:
    return _HAN.search(text) is not None
