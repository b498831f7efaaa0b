"""The shapes in which this field's pages tell figures in tables, page by page (``table_pages_*.yml``)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from signals.extraction import extract
from signals.extraction.lexicon import Lexicon

PAGES = [
    page
    for path in sorted(Path(__file__).parent.glob("table_pages_*.yml"))
    for page in yaml.safe_load(path.read_text())
]


def html_of(page: dict[str, Any]) -> str:
    """The page as HTML; rows that follow one another are a table, headed by the caption before them."""
    made, rows, caption = [], [], ""

    def close() -> None:
        if rows:
            made.append(f"<table>{caption}{''.join(rows)}</table>")
            rows.clear()

    for part in page["page"]:
        ((kind, text),) = part.items()
        if kind == "row":
            rows.append("<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in text.split("|")) + "</tr>")
            continue
        close()
        caption = f"<caption>{text}</caption>" if kind == "caption" else ""
        if kind != "caption":
            made.append(text if kind == "html" else f"<{kind}>{text}</{kind}>")
    close()
    title = page["title"]
    return f"<html><title>{title}</title><body><article><h1>{title}</h1>{''.join(made)}</article></body></html>"


def plain_of(page: dict[str, Any]) -> str:
    return "\n".join([page["title"], "", *(text for part in page["page"] for text in part.values())])


def reading(line: str) -> tuple[str | None, ...]:
    """One line of ``told`` or ``may``, the number as a number is written out."""
    words: list[str | None] = [None if word == "-" else word for word in line.split()]
    words += ["reported"] * (8 - len(words))
    words[4] = "..".join(str(float(number)) for number in str(words[4]).split(".."))
    return tuple(words)


def readings(page: dict[str, Any], lexicon: Lexicon) -> list[tuple[str | None, ...]]:
    written = plain_of(page) if page.get("plain") else html_of(page)
    found = extract(written.encode(), lexicon, published_on=str(page["day"])).as_json()["indicators"]
    made = []
    for one in found:
        numbers = [one["value"]] + ([one["value_high"]] if one["value_high"] is not None else [])
        value = "..".join(str(float(number)) for number in numbers)
        period = (one["period"] or {}).get("label")
        made.append(
            (one["subject"], one["metric"], one["product"], one["measure"], value, one["unit"], period, one["modality"])
        )
    return made


@pytest.mark.parametrize("page", PAGES, ids=[page["name"] for page in PAGES])
def test_a_page_tells_what_its_table_says(page, lexicon):
    left = readings(page, lexicon)
    missed = []
    for line in page["told"]:
        wanted = reading(line)
        if wanted in left:
            left.remove(wanted)
        else:
            missed.append(wanted)
    for line in page.get("may", []):
        wanted = reading(line)
        if wanted in left:
            left.remove(wanted)
    assert (missed, left) == ([], [])
