"""A single page or PDF that is watched for changes: it is its own only item."""

from __future__ import annotations

import re

from signals.sources.addresses import canonical
from signals.sources.parsers.text import decode, title_of
from signals.sources.records import Item, Listing, Request
from signals.sources.spec import Spec


def parse(spec: Spec, request: Request, data: bytes, url: str, content_type: str) -> Listing:
    """The page itself, under the address that was asked for."""
    address = canonical(request.url)
    if not address:
        return Listing("shape_changed", notes=[f"{request.url!r} is no web address."])
    if data[:5] == b"%PDF-":
        return Listing("ok", [Item(address, spec.name)])
    match = re.search(r"<title[^>]*>(.*?)</title>", decode(data[:100_000], content_type), re.I | re.S)
    return Listing("ok", [Item(address, title_of(match[1]) if match else spec.name)])
