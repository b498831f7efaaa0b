"""Sitemaps and sitemap indexes, plain or compressed, news extensions included."""

from __future__ import annotations

import re
import zlib

from lxml import etree

from signals.sources.addresses import canonical
from signals.sources.dates import day_of
from signals.sources.parsers.text import plain
from signals.sources.records import Item, Listing, Request
from signals.sources.spec import Spec

LARGEST = 50_000_000  # bytes uncompressed, the limit of the sitemap protocol
MOST_CHILDREN = 10


def parse(spec: Spec, request: Request, data: bytes, url: str, content_type: str) -> Listing:
    """The pages of a sitemap; of an index, its newest children to ask for next."""
    if data[:2] == b"\x1f\x8b":
        try:
            data = zlib.decompressobj(31).decompress(data, LARGEST)
        except zlib.error as error:
            return Listing("shape_changed", notes=[f"The compressed sitemap is damaged: {error}."])
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return Listing("shape_changed", notes=[f"The sitemap is no XML: {str(error)[:160]}"])
    if root is None:
        return Listing("shape_changed", notes=["The sitemap is no XML."])
    name = etree.QName(root).localname.lower() if isinstance(root.tag, str) else ""
    if name == "sitemapindex":
        return _index(root, request, url)
    if name != "urlset":
        return Listing(
            "shape_changed", notes=[f"The root element is <{name}>, neither a sitemap nor an index of sitemaps."]
        )
    return _pages(spec, root, url)


def _index(root: etree._Element, request: Request, url: str) -> Listing:
    if request.step != "index":
        return Listing("shape_changed", notes=["An index of sitemaps lists another index; that is not followed."])
    children = [
        (_text(node, "lastmod"), address)
        for node in root
        if isinstance(node.tag, str) and (address := canonical(_text(node, "loc"), url))
    ]
    children.sort(reverse=True)
    notes = (
        [f"{len(children)} sitemaps are listed; the newest {MOST_CHILDREN} are read."]
        if len(children) > MOST_CHILDREN
        else []
    )
    more = [Request(address, headers=request.headers, step="list") for _, address in children[:MOST_CHILDREN]]
    return Listing(
        "ok" if more else "empty", notes=notes or ([] if more else ["The index lists no sitemap."]), more=more
    )


def _pages(spec: Spec, root: etree._Element, url: str) -> Listing:
    listing, broken = Listing("ok"), 0
    for node in root:
        if not isinstance(node.tag, str):
            continue
        address = canonical(_text(node, "loc"), url) if _text(node, "loc") else None
        if not address:
            broken += 1
            continue
        published = day_of(_text(node, "publication_date"), spec.time_zone)
        listing.items.append(Item(address, plain(_text(node, "title"), 300), published, _text(node, "lastmod") or None))
    listing.items.sort(key=lambda item: item.modified or "", reverse=True)
    if broken:
        listing.notes.append(f"{broken} entries have no usable address and were left out.")
    if not listing.items:
        return Listing("empty" if not broken else "no_match", notes=listing.notes or ["The sitemap lists no page."])
    return listing


def _text(node: etree._Element, name: str) -> str:
    """The text of the first descendant of that name, whatever its namespace; the sitemap's own before extensions."""
    for child in node.iter():
        if isinstance(child.tag, str) and re.sub(r"^\{.*\}", "", child.tag).lower() == name and child.text:
            return str(child.text).strip()
    return ""
