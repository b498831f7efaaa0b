"""Bytes or text to a ``Reading``: one way through for pages, pasted text and PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import Literal

from signals.extraction.records import Block, Reading, Span, Warning_

from .assembly import Assembly, assemble
from .boilerplate import without_boilerplate
from .charset import Decoded, decode
from .clean import residue, watermarks
from .dates import closing_date, line_date, opening_date
from .dates import published_on as date_of
from .draft import Draft, Line
from .edits import Edits
from .flat_table import keep_tables
from .html import draft_html
from .mojibake import mojibake
from .phrases import Names, Phrases, phrases_of
from .plain import draft_plain
from .post_json import draft_post
from .sections import mark_sections
from .shifted import shifted
from .source_line import origin_of, publisher_of
from .wrapped import rejoined

MediaType = Literal["text/html", "text/plain", "application/pdf"]
_LARGEST = 40_000_000  # bytes; a filing with pictures has 20
_HTML = re.compile(
    r"<(?:!doctype html|html|head|body|article|main|div|p|table|section|h[1-6]|ul|ol|br|span|td|tr)\b[^<>]{0,2000}>",
    re.I,
)
_PROSE_START = 2_000
_HANZI = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]")
_STRANGE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd\ue000-\uf8ff]")
_LOOKED_AT = 20_000
_BINARY_SHARE = 0.02
_TITLE_LONGEST = 200
_TOP_LINES = 14
_OPENING_LINES = 4
_CLOSING_LINES = 6
_MOST_ROWS = 5_000  # of all tables of a document; filings have hundreds


class UnreadableError(ValueError):
    """The document cannot be read; the message says why."""


def read(
    data: bytes | str,
    lexicon: Names,
    *,
    url: str | None = None,
    published_on: str | None = None,
    language: str | None = None,
    charset: str | None = None,
) -> Reading:
    """Read a page, a pasted text or a PDF into its own text with structure.

    ``published_on`` and ``language`` are the caller's word and win; ``charset`` is the transport's and is weighed.
    Raises ``UnreadableError`` when there is nothing to read.
    """
    phrases = phrases_of(lexicon)
    if len(data) > _LARGEST:
        raise UnreadableError(f"too large: {len(data)} bytes, at most {_LARGEST} are read")
    draft, media_type, decoded = _draft(data, charset, phrases)
    edits = _edits(draft)
    for line in draft.lines:
        line.text = _clean_line(line, edits)
        if line.kind not in ("title", "table"):
            line.rule = phrases.of(line.text)
    lines = [line for line in draft.lines if line.text]
    top = draft.head.nearby or [line.text for line in lines[:_TOP_LINES]]
    opening = [line.text for line in lines[:_OPENING_LINES]]
    closing = [line.text for line in lines[-_CLOSING_LINES:]]
    title = _title(lines, draft)
    lines = without_boilerplate(lines, title, draft.original)
    lines, too_many_rows = keep_tables(draft.original, lines, phrases.column_heads)
    mark_sections(lines, phrases)
    lines, joins = rejoined(lines)
    edits = Edits(draft.original, [*edits.list, *joins]) if joins else edits
    text, blocks, made = assemble(lines, edits)
    blocks, too_long = _with_bearable_tables(blocks)
    address = url or draft.head.url
    origin = origin_of(text, top, lexicon, phrases, draft.head)
    if origin and origin.span and not origin.url:
        origin = replace(origin, url=_linked(origin.span, draft.links, made))
    warnings = draft.warnings
    if decoded and decoded.lost:
        warnings.append(Warning_("lost-bytes", f"{decoded.lost} bytes are no {decoded.charset} and were lost"))
    if too_many_rows:
        warnings.append(Warning_("tables-not-kept", "the document has too many rows; the last ones were read as lines"))
    if too_long:
        warnings.append(Warning_("tables-cut", f"of its tables only the first {_MOST_ROWS} rows were read"))
    if not text:
        warnings.append(Warning_("no-text", "nothing of the document is an article's text"))
    return Reading(
        text=text,
        blocks=blocks,
        language=_language(text, language),
        media_type=media_type,
        title=title,
        published_on=published_on
        or date_of(draft.head.published, top, address)
        or opening_date(opening)
        or closing_date(closing),
        publisher=publisher_of(draft.head, address, lexicon),
        url=address,
        origin=origin,
        charset=decoded.charset if decoded else None,
        repairs=tuple(made.repairs),
        offsets=tuple(made.offsets),
        original=draft.original,
        warnings=warnings,
    )


def _draft(data: bytes | str, charset: str | None, phrases: Phrases) -> tuple[Draft, MediaType, Decoded | None]:
    """The document as lines, by what it is and not by what it is called."""
    if isinstance(data, bytes) and b"%PDF-" in data[:1024]:
        from .pdf import PdfError, draft_pdf  # half a second of imports that a web page need not wait for

        try:
            return draft_pdf(data), "application/pdf", None
        except PdfError as error:
            raise UnreadableError(str(error)) from error
    decoded = _decoded(data, charset)
    post = draft_post(decoded.text, phrases) if decoded.text.lstrip()[:1] == "{" else None
    if post is not None:
        return post, "text/html", decoded
    if _is_html(decoded.text):
        return draft_html(decoded.text, phrases), "text/html", decoded
    return draft_plain(decoded.text), "text/plain", decoded


def _decoded(data: bytes | str, charset: str | None) -> Decoded:
    if not data or (isinstance(data, bytes) and not data.strip(b"\0 \t\r\n")):
        raise UnreadableError("empty: the document has no content")
    if isinstance(data, str):
        decoded = Decoded(data.encode("utf-8", "replace").decode("utf-8"), "utf-8", None, 0)
    else:
        decoded = decode(data, charset)
    _refuse_binary(decoded.text)
    return decoded


def _refuse_binary(text: str) -> None:
    head = text[:_LOOKED_AT]
    strange = len(_STRANGE.findall(head))
    if strange > _BINARY_SHARE * len(head) + 8:
        raise UnreadableError("binary: the bytes are no text in any charset known here")


def _is_html(text: str) -> bool:
    start = text[:_PROSE_START].lstrip("\ufeff \t\r\n").lower()
    if start.startswith(
        ("<!doctype html", "<html", "<?xml", "<body", "<article", "<div", "<p>", "<head", "<table", "<!--")
    ):
        return True
    if "</p>" in start or "</html>" in text:
        return True
    return sum(1 for _ in islice(_HTML.finditer(text, 0, 200_000), 4)) == 4


def _edits(draft: Draft) -> Edits:
    original = draft.original
    present = set(original)
    edits = [*draft.edits, *mojibake(original, present), *shifted(original), *residue(original, present)]
    edits += watermarks(original, [(line.start, line.end) for line in draft.lines if line.table is None])
    return Edits(original, edits)


def _with_bearable_tables(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], bool]:
    """The blocks with no more rows of tables than a filing can have; True when some were left out."""
    room = _MOST_ROWS
    if sum(len(block.table.rows) for block in blocks if block.table) <= room:
        return blocks, False
    made: list[Block] = []
    for block in blocks:
        if block.table:
            block = replace(block, table=replace(block.table, rows=block.table.rows[:room]))
            room -= len(block.table.rows) if block.table else 0
        made.append(block)
    return tuple(made), True


def _clean_line(line: Line, edits: Edits) -> str:
    return edits.clean(line.start, line.end).strip(" \t\n\u00a0\u3000")


def _title(lines: list[Line], draft: Draft) -> str | None:
    """The headline: the page's own, or the first line of pasted text when it stands like one."""
    for index, line in enumerate(lines[:_TOP_LINES]):
        if line.kind == "title":
            lines.insert(0, lines.pop(index))
            return line.text
    if draft.head.title is not None or not lines:
        return draft.head.title
    for index, line in enumerate(lines[:4]):
        rule = line.rule
        if (rule and rule.role in ("drop", "list")) or line_date(line.text):
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        if rule or following is None or line.kind not in ("paragraph", "heading") or not _like_title(line.text):
            return None
        line.kind = "title"
        return line.text
    return None


def _like_title(text: str) -> bool:
    if len(text) > _TITLE_LONGEST or (
        text.endswith((".", "。", "；", ";", "，", ",", "：", ":")) and not text.endswith("...")
    ):
        return False
    return "。" not in text and len(text) >= 4 and any(ch.isalpha() for ch in text)


def _linked(span: Span, links: list[tuple[int, str]], made: Assembly) -> str | None:
    """The address of the first link to another page inside ``span``."""
    for place, address in links:
        if address.startswith(("http://", "https://")):
            spot = made.clean_span(place, place + 1) or made.clean_span(place + 1, place + 2)
            if spot and span[0] <= spot[0] < span[1]:
                return address
    return None


def _language(text: str, told: str | None) -> Literal["zh", "en"]:
    """Chinese when a fifth of what is written is Chinese characters, a Latin word counting as about one."""
    if told in ("zh", "en"):
        return told  # type: ignore[return-value]
    sample = text[:_LOOKED_AT]
    ascii_only = sample.encode("ascii", "ignore")
    if len(sample) - len(ascii_only) <= 0.05 * len(sample):
        return "en"
    return "zh" if len(_HANZI.findall(sample)) > 0.1 * len(_LATIN.findall(sample)) else "en"
