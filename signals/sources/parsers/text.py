"""Bytes of a list page as text, and text without markup."""

from __future__ import annotations

import codecs
import html
import re

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)", re.I)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-zA-Z0-9_:.-]+)", re.I)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]+)", re.I)
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "iso-8859-1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
}
_BOMS = [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")]


def decode(data: bytes, content_type: str = "") -> str:
    """By byte-order mark, else UTF-8 when the bytes are that, else as declared, else GB18030; lost bytes become U+FFFD."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    head = data[:4096]
    declared = [match[1] for match in (_HEADER.search(content_type),) if match]
    declared += [match[1].decode("ascii") for match in (_META.search(head), _XML.search(head)) if match]
    for name in [*declared, "gb18030"]:
        wider = _WIDER.get(name.lower(), name)
        try:
            return data.decode(wider)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")


def plain(markup: str, longest: int = 500) -> str:
    """Text without tags and entities, white space joined."""
    text = html.unescape(re.sub(r"<[^<>]{0,1000}>", " ", markup[: 20 * longest]))
    return re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text)).strip()[:longest]


def title_of(markup: str) -> str:
    """A title as one line; the marks of a search (``<em>``) leave no gap between Chinese characters."""
    return plain(re.sub(r"</?(?:em|b|strong|font)\b[^<>]*>", "", markup), 300)
