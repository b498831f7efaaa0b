"""RSS and Atom, through feedparser, which forgives much; what it had to forgive is told."""

from __future__ import annotations

import calendar
import io
import re
from datetime import UTC, datetime
from typing import Any

import feedparser

from signals.sources.addresses import canonical
from signals.sources.dates import day_of, moment_day
from signals.sources.parsers.text import decode, plain, title_of
from signals.sources.records import Item, Listing, Request
from signals.sources.requests import following
from signals.sources.spec import Spec

_ENTITY = re.compile(rb"<!ENTITY", re.I)
_DOCTYPE = re.compile(rb"<!DOCTYPE[^\[>]*(\[.*?\]\s*)?>", re.I | re.S)
_LIKE_FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|rdf)\b", re.I)
_LIKE_PAGE = re.compile(rb"<html\b|<!doctype html", re.I)
_HEAD = 100_000


def parse(spec: Spec, request: Request, data: bytes, url: str, content_type: str) -> Listing:
    """The entries of a feed. Entries without a usable address are counted in the notes, never made up."""
    head = data[:_HEAD]
    if not _LIKE_FEED.search(head):
        return Listing("shape_changed", notes=[_instead(head)])
    notes: list[str] = []
    if _ENTITY.search(data):
        data = _DOCTYPE.sub(b"", data, count=1)
        notes.append("The feed declares entities; the declarations were dropped unread.")
    try:
        parsed = feedparser.parse(
            io.BytesIO(data), response_headers={"content-type": content_type or "application/xml"}, sanitize_html=False
        )
    except Exception as error:  # feedparser promises never to raise, and does so on some inputs
        return Listing(
            "shape_changed", notes=[*notes, f"The feed cannot be read: {type(error).__name__}: {error}"[:300]]
        )
    entries = parsed.get("entries", [])
    if parsed.get("bozo") and parsed.get("bozo_exception") is not None:
        notes.append(
            f"The feed is not well formed ({_reason(parsed['bozo_exception'])}); {len(entries)} entries could be read."
        )
    base = str(parsed.get("feed", {}).get("link") or "") or url
    items = [item for entry in entries if (item := _item(entry, base if canonical(base) else url, url, spec.time_zone))]
    if len(items) < len(entries):
        notes.append(f"{len(entries) - len(items)} of {len(entries)} entries have no address and were left out.")
    undated = sum(item.published_on is None for item in items)
    if undated:
        notes.append(f"{undated} of {len(items)} entries have no date that can be read; it stays unknown.")
    if not items:
        broken = bool(parsed.get("bozo")) or bool(entries)
        return Listing("shape_changed" if broken else "empty", notes=notes or ["The feed has no entries."])
    return Listing("ok", items, notes, following(spec, request))


def _item(entry: Any, base: str, url: str, zone: str) -> Item | None:
    link = entry.get("link") or next((one.get("href") for one in entry.get("links", []) if one.get("href")), "")
    if not link and re.match(r"https?://", str(entry.get("id", ""))):
        link = entry["id"]
    address = canonical(str(link), canonical(url) or base) if link else None
    if not address:
        return None
    # Its own ``get`` also hands out "published" under the name "updated", and warns each time.
    name = next((one for one in ("published", "updated", "created") if dict.get(entry, one)), "published")
    stamp, parsed = dict.get(entry, name), dict.get(entry, f"{name}_parsed")
    return Item(
        address,
        title_of(str(entry.get("title", ""))),
        _day(parsed, stamp, zone),
        str(dict.get(entry, "updated")) if dict.get(entry, "updated") else None,
        plain(str(entry.get("summary", "")), 600),
    )


def _day(parsed: Any, stamp: Any, zone: str) -> str | None:
    """feedparser turns moments into UTC; a stamp without a time or zone is the outlet's own day and stays it."""
    text = str(stamp or "")
    if parsed and re.search(r"\d:\d\d", text):
        try:
            return (
                moment_day(datetime.fromtimestamp(calendar.timegm(parsed), UTC), zone)
                if _zoned(text)
                else day_of(text, zone)
            )
        except (ValueError, OverflowError, OSError):
            return None
    return day_of(text, zone)


def _zoned(text: str) -> bool:
    return bool(re.search(r"(?:[+-]\d\d:?\d\d|Z|\b[A-Z]{2,4})\s*$", text.strip()))


def _reason(error: Any) -> str:
    return re.sub(r"\s+", " ", str(error) or type(error).__name__)[:160]


def _instead(head: bytes) -> str:
    if _LIKE_PAGE.search(head):
        title = re.search(r"<title[^>]*>(.*?)</title>", decode(head), re.I | re.S)
        named = f" titled “{plain(title[1], 80)}”" if title else ""
        return f"A web page{named} came in place of a feed."
    if head.lstrip()[:1] in (b"{", b"["):
        return "JSON came in place of a feed."
    return "What came is neither RSS nor Atom."
