"""The business line that a paragraph speaks of: named beside one figure, it goes on for the next ones."""

from __future__ import annotations

import re

from signals.extraction.marks import Marks
from signals.extraction.records import Hit, Span

_ENDS = re.compile(r"公司|整体|总体|合计|\btotal\b|\boverall\b")
_HEADING = re.compile(r"\s*(?:业务|板块|分部|領域|领域|方面)?\s*[:：]")
_GOES_ON = re.compile(r"\s*其中")

_OF_OTHER = re.compile(
    r"\s+(?:of|from|in)\s+(?:the\s+)?(?!the\b|company|group|firm|quarter|period|year|first|second|third|fourth|same|20|Q\d|H\d)[a-z]"
)


class Segments:
    """Remembers the business line of the sentence and the one that heads the paragraph."""

    def __init__(self) -> None:
        self._last: tuple[Span, int, str] | None = None
        self._heading: str | None = None
        self._fresh = True

    def new_paragraph(self) -> None:
        """Forget the line spoken of."""
        self._last, self._heading, self._fresh = None, None, True

    def open(self, marks: Marks) -> None:
        """Look whether the paragraph's first sentence opens with a business line and a colon: 钨钼业务:…."""
        if not self._fresh:
            return
        self._fresh = False
        first = marks.products[0] if marks.products else None
        if first is None or re.search(r"[A-Za-z\u3400-\u9fff]", marks.text[marks.span[0] : first.start]):
            return
        if _HEADING.match(marks.text, first.end):
            self._heading = first.key

    def keep(self, marks: Marks, end: int, product: str) -> None:
        """A figure of the line ``product`` was told under the metric word that ends at ``end``."""
        self._last = (marks.span, end, product)

    def before(self, marks: Marks, hit: Hit) -> str | None:
        """钨钼业务…营业收入…;利润总额…: the line goes on within the sentence until a firm or the whole is named."""
        if _OF_OTHER.match(marks.text, hit.end):
            return None  # "the revenue of air conditioners"
        if hit.alias.startswith("总"):
            return None  # 其中稀土业务利润8亿元;…总利润15亿元
        if self._last is not None and self._last[0] == marks.span and self._last[1] <= hit.end:
            return self._last[2] if self._goes_on(marks, self._last[1], hit.start) else None
        if self._last is not None and self._last[0] != marks.span and _GOES_ON.match(marks.text, marks.span[0]):
            return self._last[2] if self._goes_on(marks, marks.span[0], hit.start) else None
        if self._heading is not None and self._goes_on(marks, marks.span[0], hit.start):
            return self._heading
        return None

    @staticmethod
    def _goes_on(marks: Marks, start: int, end: int) -> bool:
        if any(start <= name.span[0] < end for name in marks.names):
            return False
        ends = _ENDS.search(marks.text, start, end)
        return ends is None or (ends.group() == "公司" and "公司" in marks.text[marks.span[0] : start])
