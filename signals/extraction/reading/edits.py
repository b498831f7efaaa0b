"""Changes to the original, and the clean text of any stretch of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """``original[start:end]`` reads ``text`` in the clean text. ``rule`` names why; ``guessed`` when a byte was
    lost."""

    start: int
    end: int
    text: str
    rule: str
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of clean text: a copy of ``original[start:end]``, or an edit of it."""

    text: str
    start: int
    end: int
    edit: Edit | None


class Edits:
    """Edits in order and without overlap; of two that overlap, the one that starts first, then the longer, stays."""

    def __init__(self, original: str, edits: Iterable[Edit] = ()) -> None:
        self.original = original
        self.list: list[Edit] = []
        last = -1
        for edit in sorted(edits, key=lambda e: (e.start, -e.end)):
            if edit.start >= last:
                self.list.append(edit)
                last = max(edit.end, edit.start + 1)
        self._starts = [edit.start for edit in self.list]

    def clean(self, start: int, end: int) -> str:
        """The clean text of ``original[start:end]``."""
        if not self.list:
            return self.original[start:end]
        return "".join(piece.text for piece in self.pieces(start, end))

    def pieces(self, start: int, end: int) -> Iterable[Piece]:
        """The clean text of ``original[start:end]`` in parts that each map to one stretch of it."""
        index = bisect_left(self._starts, start)
        position = start
        if index and self.list[index - 1].end > start and not self.list[index - 1].text:
            position = min(self.list[index - 1].end, end)  # a cut that began before the stretch
        while index < len(self.list) and self.list[index].start < end:
            edit = self.list[index]
            index += 1
            if edit.end > end:
                if edit.text:
                    continue  # a replacement that sticks out of the stretch is not this stretch's
                edit = Edit(edit.start, end, "", edit.rule, edit.guessed)
            if edit.start > position:
                yield Piece(self.original[position : edit.start], position, edit.start, None)
            yield Piece(edit.text, edit.start, edit.end, edit)
            position = edit.end
        if position < end:
            yield Piece(self.original[position:end], position, end, None)
