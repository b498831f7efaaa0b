"""List pages: bytes to items. Each parser says what it could not read; none raises on what a server sends."""

from __future__ import annotations

from signals.sources.parsers import feed, html_list, json_api, page, sitemap, wp_json
from signals.sources.records import Listing, Request
from signals.sources.spec import Spec

LARGEST = 20_000_000  # bytes of a list page
MOST_ITEMS = 2_000
_PARSERS = {
    "rss": feed.parse, "wp_json": wp_json.parse, "html_list": html_list.parse, "sitemap": sitemap.parse,
    "json_api": json_api.parse, "page": page.parse,
}  # fmt: skip


def parse(spec: Spec, request: Request, data: bytes, url: str = "", content_type: str = "") -> Listing:
    """What one answer lists. ``url`` is the address after redirects, ``content_type`` the header as received."""
    if len(data) > LARGEST:
        return Listing(
            "shape_changed",
            notes=[f"The list has {len(data) // 1_000_000} MB; at most {LARGEST // 1_000_000} are read."],
        )
    if not data.strip(b"\0 \t\r\n"):
        return Listing("shape_changed", notes=["The answer is empty: no list came, not even an empty one."])
    parser = _PARSERS.get(spec.kind)
    if parser is None:
        return Listing("shape_changed", notes=[f"A source of kind {spec.kind} has no list to read."])
    try:
        listing = parser(spec, request, data, url or request.url, content_type)
    except (RecursionError, MemoryError) as error:
        return Listing("shape_changed", notes=[f"The list is nested too deeply to be read ({type(error).__name__})."])
    if len(listing.items) > MOST_ITEMS:
        listing.notes.append(f"{len(listing.items)} items are listed; the first {MOST_ITEMS} are taken.")
        del listing.items[MOST_ITEMS:]
    return listing
