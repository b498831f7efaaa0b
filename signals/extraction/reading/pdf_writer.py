"""The pages of a PDF written out as one text: paragraphs put together, tables as tables, the title by its size."""

from __future__ import annotations

import re

from signals.extraction.records import BlockKind, Warning_

from .draft import Draft, DraftCell, DraftTable, Line
from .halves import joined
from .pdf_page import Page, TextLine

_HANZI = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_SENTENCE_END = re.compile(r"[。！？!?；;：:.][”’」』)）]?$")
_OPENS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、)](?!\d)|[•·●■]|第[一二三四五六七八九十\d]{1,3}[章节条])"
)
_UNBROKEN = re.compile(r"[^\s\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")


class Writer:
    """The pages written out as one text with lines and tables."""

    def __init__(self, pages: list[Page]) -> None:
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
        last: tuple[TextLine, Page] | None = None
        for page in self._pages:
            margins = self._margins(page)
            for _, item in page.items:
                if not isinstance(item, TextLine):
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

    def _margins(self, page: Page) -> tuple[float, float]:
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

    def _line(self, text: str, kind: BlockKind, item: TextLine) -> None:
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


def _first_width(line: TextLine) -> float:
    """About how wide the first thing on the line is that could not be broken: a word, a number, one Chinese
    character."""
    if _HANZI.match(line.text):
        return 1.2 * line.size
    word = _UNBROKEN.match(line.text)
    return 0.55 * line.size * len(word.group() if word else "x")


def _goes_on(last: TextLine, line: TextLine, margins: tuple[float, float]) -> bool:
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
