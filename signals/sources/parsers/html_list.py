"""HTML listings by CSS selectors.

A selector reads ``css``, ``css@attribute``, several joined by `` + ``, or ``before`` (the text just before the item).
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from signals.sources.addresses import canonical
from signals.sources.dates import day_of
from signals.sources.parsers.text import decode, plain, title_of
from signals.sources.records import Item, Listing, Request
from signals.sources.requests import following
from signals.sources.spec import Spec


def parse(spec: Spec, request: Request, data: bytes, url: str, content_type: str) -> Listing:
    """The entries that ``select.item`` finds; each needs a link."""
    rules = spec.select
    if not rules.get("item"):
        return Listing("no_match", notes=["The definition has no selector for the items; add select.item."])
    tree = LexborHTMLParser(decode(data, content_type))
    base = _base(tree, url)
    try:
        found = tree.css(str(rules["item"]))
    except (SelectolaxError, ValueError) as error:
        return Listing("no_match", notes=[f"select.item {rules['item']!r} is no CSS selector: {error}"])
    if not found:
        return Listing(
            "no_match", notes=[f"{rules['item']!r} finds nothing in a page of {len(data):,} bytes{_titled(tree)}."]
        )
    listing = Listing("ok")
    for node in found:
        item = _item(node, rules, base, spec.time_zone)
        if item:
            listing.items.append(item)
    if len(listing.items) < len(found):
        listing.notes.append(
            f"{len(found) - len(listing.items)} of {len(found)} entries have no usable link and were left out."
        )
    undated = sum(item.published_on is None for item in listing.items)
    if undated and rules.get("date"):
        listing.notes.append(
            f"{undated} of {len(listing.items)} entries have no date that {rules['date']!r} finds; it stays unknown."
        )
    if not listing.items:
        listing.outcome = "no_match"
    link = _next(tree, rules, base)
    listing.more = following(spec, request, link) if link or not rules.get("next") else []
    return listing


def _item(node: LexborNode, rules: dict[str, str], base: str, zone: str) -> Item | None:
    link = _value(node, rules.get("link") or "a@href", "href")
    if not link and node.tag == "a":
        link = node.attributes.get("href") or ""
    address = canonical(link, base) if link and not link.lower().startswith(("javascript:", "mailto:", "#")) else None
    if not address:
        return None
    title = _value(node, rules.get("title") or "a@title", "") or _value(node, "a", "") or plain(node.html or "")
    formats = [rules["date_format"]] if rules.get("date_format") else []
    written = _value(node, rules["date"], "") if rules.get("date") else ""
    summary = _value(node, rules["summary"], "") if rules.get("summary") else ""
    return Item(address, title_of(title), day_of(written, zone, formats), None, plain(summary, 600))


def _value(node: LexborNode, rule: str, attribute: str) -> str:
    """What a selector finds in an item; parts joined by ``+`` are put together without a gap."""
    return "".join(_one(node, part.strip(), attribute) for part in rule.split(" + "))


def _one(node: LexborNode, rule: str, attribute: str) -> str:
    if rule == "before":
        return _text_before(node)
    css, _, name = rule.partition("@")
    name = name or attribute
    try:
        found = node.css_first(css) if css else node
    except (SelectolaxError, ValueError):
        return ""
    if found is None and node.css_matches(css):
        found = node
    if found is None:
        return ""
    return (found.attributes.get(name) or "").strip() if name else re.sub(r"\s+", " ", found.text()).strip()


def _text_before(node: LexborNode) -> str:
    before = node.prev
    while before is not None and before.tag == "-text":
        text = re.sub(r"\s+", " ", before.text_content or "").strip()
        if text:
            return text
        before = before.prev
    return ""


def _next(tree: LexborHTMLParser, rules: dict[str, str], base: str) -> str | None:
    """The link to the next page: a selector, or the words that the link carries (``text:下一页``)."""
    rule = rules.get("next", "")
    if rule.startswith("text:"):
        words = rule.removeprefix("text:")
        links = [a for a in tree.css("a") if words in a.text()]
        return canonical(links[0].attributes.get("href") or "", base) if links else None
    try:
        found = tree.css_first(rule) if rule else None
    except (SelectolaxError, ValueError):
        return None
    return canonical(found.attributes.get("href") or "", base) if found is not None else None


def _base(tree: LexborHTMLParser, url: str) -> str:
    found = tree.css_first("base[href]")
    return canonical(found.attributes.get("href") or "", url) or url if found is not None else url


def _titled(tree: LexborHTMLParser) -> str:
    title = tree.css_first("title")
    words = plain(title.text(), 80) if title is not None else ""
    return f" titled “{words}”" if words else ""
