"""A PDF to lines: ruled tables as tables, columns of an unruled one parted by tabs, paragraphs put together again.

Page numbers and running heads go; a number, a word or a paragraph that a line or a page broke becomes whole.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pdfplumber
import pypdfium2

from signals.extraction.records import Warning_

from .draft import Draft, DraftCell, DraftTable, Line

_PAGES_WITH_LAYOUT = 80  # beyond, tables are left as lines: layout costs about a tenth of a second a page
_MOST_PAGES = 1_500
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*\d{1,4}[-–—\s]*|\d{1,4}\s?/\s?\d{1,4}|第\s?\d{1,4}\s?页.{0,12}|page\s\d{1,4}(?: of \d{1,4})?", re.I
)
_DIGITS = re.compile(r"\d+")
_HANZI = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_SENTENCE_END = re.compile(r"[。！？!?；;：:.][”’」』)）]?$")
_OPENS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、)](?!\d)|[•·●■]|第[一二三四五六七八九十\d]{1,3}[章节条])"
)
_UNBROKEN = re.compile(r"[^\s\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
_EDGE_LINES = 2
_COLUMN_GAP = 1.6  # widths of a character, between words that stand in different columns


class PdfError(ValueError):
    """The PDF cannot be read; the message says why."""


@dataclass(slots=True)
class _TextLine:
    text: str
    left: float
    right: float
    top: float
    size: float


@dataclass(slots=True)
class _Page:
    """What stands on a page from top to bottom: lines and tables (rows of cell texts)."""

    width: float
    items: list[tuple[float, _TextLine | list[list[str]]]] = field(default_factory=list)

    def lines(self) -> list[_TextLine]:
        return [item for _, item in self.items if isinstance(item, _TextLine)]


def draft_pdf(data: bytes) -> Draft:
    """The lines of a PDF; raises ``PdfError`` for an encrypted or broken file, or one that holds only pictures."""
    warnings: list[Warning_] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            count = len(pdf.pages)
            pages = []
            for page in pdf.pages[:_PAGES_WITH_LAYOUT]:
                pages.append(_page(page))
                page.close()
        if count > _PAGES_WITH_LAYOUT:
            warnings.append(
                Warning_("tables-not-read", f"pages after {_PAGES_WITH_LAYOUT} of {count} were read as lines only")
            )
            pages += _plain_pages(data, _PAGES_WITH_LAYOUT, min(count, _MOST_PAGES))
    except PdfError:
        raise
    except Exception as error:  # the parser raises whatever a broken file leads it to
        reason = type(error).__name__
        if "assword" in f"{reason}{error!r}" or "ncrypt" in f"{reason}{error!r}":
            raise PdfError("encrypted: the PDF asks for a password") from error
        raise PdfError(f"broken: the PDF cannot be parsed ({reason})") from error
    if not any(page.items for page in pages):
        raise PdfError("no text: the PDF holds only pictures")
    _drop_running_heads(pages)
    return _Writer(pages).draft(warnings)


def _page(page: Any) -> _Page:
    made = _Page(float(page.width))
    tables = [table for table in page.find_tables() if len(table.rows) > 1 or len(table.rows[0].cells) > 1]
    boxes = [table.bbox for table in tables]
    words = page.extract_words(x_tolerance=1.5, y_tolerance=3, extra_attrs=["size"])
    for table in tables:
        grid = [[_cell(words, box) for box in row.cells] for row in table.rows]
        made.items.append((table.bbox[1], grid))
    rest = [word for word in words if not any(_inside(word, box) for box in boxes)]
    for line in _lines(rest):
        made.items.append((line.top, line))
    made.items.sort(key=lambda item: item[0])
    return made


def _plain_pages(data: bytes, first: int, last: int) -> list[_Page]:
    pages = []
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(first, last):
            page = document[number]
            text = page.get_textpage().get_text_bounded()
            made = _Page(page.get_width())
            for index, line in enumerate(text.splitlines()):
                if line.strip():
                    made.items.append((float(index), _TextLine(line.strip(), 0, made.width, float(index), 10)))
            pages.append(made)
    finally:
        document.close()
    return pages


def _inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1)


def _cell(words: list[dict[str, Any]], box: tuple[float, float, float, float] | None) -> str:
    if box is None:
        return ""
    text = ""
    for line in _lines([word for word in words if _inside(word, box)]):
        text = joined(text, line.text.replace("\t", " "), in_cell=True)
    return text


def _lines(words: list[dict[str, Any]]) -> list[_TextLine]:
    """Words by their height on the page, left to right; a wide gap is written as a tab."""
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda w: (w["top"] + w["bottom"], w["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        if rows and abs(middle - (rows[-1][0]["top"] + rows[-1][0]["bottom"]) / 2) <= 0.4 * word["size"]:
            rows[-1].append(word)
        else:
            rows.append([word])
    lines = []
    for row in rows:
        row.sort(key=lambda w: w["x0"])
        text = row[0]["text"]
        for before, word in pairwise(row):
            gap = word["x0"] - before["x1"]
            text += ("\t" if gap > _COLUMN_GAP * word["size"] else " " if gap > 0.1 * word["size"] else "") + word[
                "text"
            ]
        lines.append(_TextLine(text, row[0]["x0"], row[-1]["x1"], row[0]["top"], max(word["size"] for word in row)))
    return lines


def joined(before: str, after: str, in_cell: bool = False) -> str:
    """Two lines as one: nothing between Chinese characters or the halves of a number, a space between words."""
    if not before or not after:
        return before + after
    if before in ("-", "−", "–") and after[0].isdigit():
        return before + after
    if _HANZI.match(before[-1]) or _HANZI.match(after[0]) or (before[-1] == "-" and after[0].isalpha()):
        return before + after
    if (
        before[-1] in "0123456789,."
        and after[0] in "0123456789,."
        and (in_cell or before[-1] in ",." or after[0] in ",.")
    ):
        return before + after
    return f"{before}{'' if before[-1] in '(（/' or after[0] in ')）%' else ' '}{after}"


def _drop_running_heads(pages: list[_Page]) -> None:
    """Take away page numbers, and lines at the edge of pages that come back on most of them."""
    seen: Counter[str] = Counter()
    for page in pages:
        lines = page.lines()
        for line in {id(x): x for x in lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]}.values():
            seen[_DIGITS.sub("#", line.text)] += 1
    least = max(2, len(pages) // 2)
    for number, page in enumerate(pages):
        lines = page.lines()
        edge = {id(line) for line in lines[:_EDGE_LINES] + lines[-_EDGE_LINES:]}
        kept = []
        for top, item in page.items:
            if isinstance(item, _TextLine) and id(item) in edge:
                running = (
                    seen[_DIGITS.sub("#", item.text)] >= least
                    and (number > 0 or len(item.text) < 40)
                    and len(pages) > 1
                )
                if _PAGE_NUMBER.fullmatch(item.text.strip()) or running:
                    continue
            kept.append((top, item))
        page.items = kept


class _Writer:
    """The pages written out as one text with lines and tables."""

    def __init__(self, pages: list[_Page]) -> None:
        self._pages = pages
        self._parts: list[str] = []
        self._length = 0
        self._lines: list[Line] = []
        sizes = sorted(
            line.size for page in pages for line in page.lines() for _ in range(max(1, len(line.text) // 10))
        )
        self._usual_size = sizes[len(sizes) // 2] if sizes else 10.0

    def draft(self, warnings: list[Warning_]) -> Draft:
        title = self._title_lines()
        last: tuple[_TextLine, _Page] | None = None
        for page in self._pages:
            margins = self._margins(page)
            for _, item in page.items:
                if not isinstance(item, _TextLine):
                    self._table(item)
                    last = None
                    continue
                if (
                    last is not None
                    and id(item) not in title
                    and id(last[0]) not in title
                    and _goes_on(last[0], item, margins)
                ):
                    before = self._lines[-1]
                    text = "".join(self._parts[-2:-1])
                    self._rewrite(joined(text, item.text), before)
                else:
                    self._line(item.text, "title" if id(item) in title else "paragraph", item)
                last = (item, page)
        self._join_title()
        return Draft("".join(self._parts), self._lines, warnings=warnings)

    def _margins(self, page: _Page) -> tuple[float, float]:
        lines = page.lines()
        return (min((line.left for line in lines), default=0), max((line.right for line in lines), default=page.width))

    def _title_lines(self) -> set[int]:
        """The largest lines at the top of the first page with text."""
        for page in self._pages[:1]:
            lines = page.lines()[:8]
            largest = max((line.size for line in lines), default=0)
            if largest >= 1.15 * self._usual_size:
                return {id(line) for line in lines if line.size >= 0.97 * largest and len(line.text) <= 120}
        return set()

    def _join_title(self) -> None:
        """Title lines that follow one another are one title; only the first run is."""
        titles = [line for line in self._lines if line.kind == "title"]
        for line in titles[1:]:
            line.kind = "heading"
        if titles:
            first = self._lines.index(titles[0])
            while first + 1 < len(self._lines) and self._lines[first + 1] in titles:
                titles[0].end = self._lines.pop(first + 1).end

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _line(self, text: str, kind: Any, item: _TextLine) -> None:
        start = self._length
        heading = kind == "paragraph" and item.size >= 1.12 * self._usual_size and len(text) <= 60
        self._append(text)
        self._lines.append(Line(start, self._length, "heading" if heading else kind))
        self._append("\n")

    def _rewrite(self, text: str, line: Line) -> None:
        self._length -= len(self._parts[-2])
        self._parts[-2] = text
        self._length += len(text)
        line.end = self._length - 1

    def _table(self, grid: list[list[str]]) -> None:
        start = self._length
        rows: list[list[DraftCell]] = []
        for texts in grid:
            row: list[DraftCell] = []
            for text in texts:
                if row or rows:
                    self._append("\t" if row else "\n")
                row.append(DraftCell([(self._length, self._length + len(text))]))
                self._append(text)
            rows.append(row)
        before = self._lines[-1] if self._lines else None
        if before and before.table and before.end == start - 1 and len(before.table.rows[0]) == len(rows[0]):
            before.table.rows += rows  # the table goes on after a page break
            before.end = self._length
        else:
            self._lines.append(Line(start, self._length, "table", table=DraftTable(rows)))
        self._append("\n")


def _first_width(line: _TextLine) -> float:
    """About how wide the first thing on the line is that could not be broken: a word, a number, one Chinese
    character."""
    if _HANZI.match(line.text):
        return 1.2 * line.size
    word = _UNBROKEN.match(line.text)
    return 0.55 * line.size * len(word.group() if word else "x")


def _goes_on(last: _TextLine, line: _TextLine, margins: tuple[float, float]) -> bool:
    """True when ``line`` continues the paragraph of ``last``: that one was full, and this one is neither indented nor
    numbered."""
    left, right = margins
    if "\t" in last.text or "\t" in line.text or _OPENS.match(line.text) or abs(last.size - line.size) > 0.8:
        return False
    full = last.right + _first_width(line) >= right - 0.6 * last.size
    indented = line.left > left + 1.2 * line.size
    if not full or indented:
        return False
    return not (_SENTENCE_END.search(last.text) and last.right < right - 1.2 * last.size)
