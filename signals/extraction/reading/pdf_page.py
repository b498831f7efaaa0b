"""What stands on a page of a PDF."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class TextLine:
    text: str
    left: float
    right: float
    top: float
    size: float


@dataclass(slots=True)
class Page:
    """What stands on a page from top to bottom: lines and tables (rows of cell texts)."""

    width: float
    items: list[tuple[float, TextLine | list[list[str]]]] = field(default_factory=list)

    def lines(self) -> list[TextLine]:
        return [item for _, item in self.items if isinstance(item, TextLine)]
