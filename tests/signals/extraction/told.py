"""What the engine reads out of a small page, in rows that tests can compare."""

from __future__ import annotations

from typing import Any

from signals.extraction import extract
from signals.extraction.lexicon import Lexicon


def told(lexicon: Lexicon, title: str, text: str, day: str = "2025-10-30") -> list[dict[str, Any]]:
    """The indicators of a page with this title, a paragraph for each line of ``text``, published on ``day``; in reading order."""
    paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    page = f"<html><title>{title}</title><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    record = extract(page.encode(), lexicon, published_on=day).as_json()
    return sorted(record["indicators"], key=lambda one: one["span"])


def rows(found: list[dict[str, Any]], *fields: str) -> list[tuple[Any, ...]]:
    """These fields of each indicator; a period by its label."""

    def field(one: dict[str, Any], name: str) -> Any:
        return (one["period"] or {}).get("label") if name == "period" else one[name]

    return [tuple(field(one, name) for name in fields) for one in found]
