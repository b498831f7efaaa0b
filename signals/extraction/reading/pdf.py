"""A PDF to lines: ruled tables as tables, columns of an unruled one parted by tabs, paragraphs put together again.

Page numbers and running heads go; a number, a word or a paragraph that a line or a page broke becomes whole.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pdfplumber
import pypdfium2

from signals.extraction.records import Warning_

from .draft import Draft
from .halves import joined
from .pdf_page import Page, TextLine
from .pdf_writer import Writer

_PAGES_WITH_LAYOUT = 80  # beyond, tables are left as lines: layout costs about a tenth of a second a page
_MOST_PAGES = 1_500
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*\d{1,4}[-–—\s]*|\d{1,4}\s?/\s?\d{1,4}|第\s?\d{1,4}\s?页.{0,12}|page\s\d{1,4}(?: of \d{1,4})?", re.I
)
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 2
_COLUMN_GAP = 1.6  # widths of a character, between words that stand in different columns


class PdfError(ValueError):
    """The PDF cannot be read; the message says why."""


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
    return Writer(pages).draft(warnings)


def _page(page: Any) -> Page:
    made = Page(float(page.width))
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


def _plain_pages(data: bytes, first: int, last: int) -> list[Page]:
    pages = []
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(first, last):
            page = document[number]
            text = page.get_textpage().get_text_bounded()
            made = Page(page.get_width())
            for index, line in enumerate(text.splitlines()):
                if line.strip():
                    made.items.append((float(index), TextLine(line.strip(), 0, made.width, float(index), 10)))
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


def _lines(words: list[dict[str, Any]]) -> list[TextLine]:
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
        lines.append(TextLine(text, row[0]["x0"], row[-1]["x1"], row[0]["top"], max(word["size"] for word in row)))
    return lines


def _drop_running_heads(pages: list[Page]) -> None:
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
            if isinstance(item, TextLine) and id(item) in edge:
                running = (
                    seen[_DIGITS.sub("#", item.text)] >= least
                    and (number > 0 or len(item.text) < 40)
                    and len(pages) > 1
                )
                if _PAGE_NUMBER.fullmatch(item.text.strip()) or running:
                    continue
            kept.append((top, item))
        page.items = kept
