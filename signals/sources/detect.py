"""What kind of source an address is, from what it answers: the first step of adding one."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from signals.sources import paging
from signals.sources.addresses import canonical
from signals.sources.parsers.json_api import NotJsonError, loads
from signals.sources.parsers.text import decode, plain

_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml")
_DATE = re.compile(r"(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}")
_HANZI = re.compile("[\u3400-\u9fff]")
_FEED_TITLE = re.compile(r"<title(?:\s[^>]*)?>\s*(?:<!\[CDATA\[)?\s*([^<\]]*[^<\]\s])\s*(?:\]\]>)?\s*</title>")
_ADDRESS = re.compile(r"https?://|/[\w%~.-]+/\S+$")
_HEADLINES = ("name", "headline", "subject")
FEWEST = 4  # links of one shape that make a list


@dataclass(slots=True)
class Detected:
    """The kind, and fields of a definition that could be read off; ``words`` say why."""

    kind: str
    words: str
    fields: dict[str, Any] = field(default_factory=dict)


def detect(data: bytes, url: str, content_type: str = "") -> Detected:
    """Feed, sitemap, JSON, WordPress, a listing or a single page."""
    head = data[:4096]
    if data[:5] == b"%PDF-":
        return Detected("page", "A PDF: it will be watched for changes.")
    if re.search(rb"<(?:\w+:)?(?:rss|feed|rdf)\b", head, re.I) and not re.search(rb"<html\b", head, re.I):
        title = _FEED_TITLE.search(re.split("<(?:item|entry)", decode(data[:20_000], content_type))[0])
        return Detected("rss", "An RSS or Atom feed.", {"name": plain(title[1], 120)} if title else {})
    if re.search(rb"<(?:urlset|sitemapindex)\b", head, re.I):
        return Detected("sitemap", "A sitemap.")
    text = decode(data, content_type)
    if head.lstrip()[:1] in (b"{", b"["):
        return _json(text, url)
    return _page(text, url)


def _json(text: str, url: str) -> Detected:
    try:
        answer = loads(text)
    except NotJsonError as error:
        return Detected("page", str(error))
    if "/wp-json/" in url:
        return Detected("wp_json", "A WordPress interface.", {"urls": [url.split("/wp-json/")[0]]})
    path, entries = _list_in(answer, "")
    if not entries:
        return Detected(
            "json_api",
            "JSON without a list of entries; name the path under mapping.items.",
            {"mapping": {"items": "", "url": "url", "title": "title"}},
        )
    mapping = {"items": path, **_guess_fields(entries[0])}
    return Detected(
        "json_api",
        f"JSON with {len(entries)} entries under {path or 'the root'}; check the mapping.",
        {"mapping": mapping},
    )


def _list_in(value: Any, path: str, depth: int = 0) -> tuple[str, list[Any]]:
    """The longest list of mappings, and the path to it."""
    if isinstance(value, list):
        return (path, value) if value and isinstance(value[0], dict) else (path, [])
    best: tuple[str, list[Any]] = (path, [])
    if isinstance(value, dict) and depth < 5:
        for name, inner in value.items():
            found = _list_in(inner, f"{path}.{name}".lstrip("."), depth + 1)
            if len(found[1]) > len(best[1]):
                best = found
    return best


def _guess_fields(entry: dict[str, Any]) -> dict[str, str]:
    found = {"url": "url", "title": "title"}
    for name, value in entry.items():
        low = name.lower()
        if isinstance(value, str) and (
            low in ("href", "path") or "url" in low or "link" in low or _ADDRESS.match(value)
        ):
            found["url"] = name
        elif isinstance(value, str) and ("title" in low or (low in _HEADLINES and "title" not in entry)):
            found["title"] = name
        elif (
            "date" in low or "time" in low or low == "day" or (isinstance(value, str) and _DATE.match(value))
        ) and value:
            found["date"] = name
            if isinstance(value, int):
                found["date_format"] = "epoch_ms" if value > 10**11 else "epoch_s"
    return found


def _page(text: str, url: str) -> Detected:
    tree = LexborHTMLParser(text)
    about: dict[str, Any] = {"language": _language(tree, text)}
    title = tree.css_first("title")
    if title is not None:
        about["name"] = plain(title.text(), 120)
    feed = next(
        (a for a in tree.css("link[rel~=alternate]") if (a.attributes.get("type") or "").lower() in _FEED_TYPES), None
    )
    address = canonical(feed.attributes.get("href") or "", url) if feed is not None else None
    if address:
        return Detected("rss", f"The page names its feed: {address}", {**about, "urls": [address]})
    api = tree.css_first('link[rel="https://api.w.org/"]')
    if api is not None:
        root = (api.attributes.get("href") or "").split("/wp-json")[0]
        return Detected(
            "wp_json",
            "A WordPress site; its interface lists the posts.",
            {**about, "urls": [canonical(root, url) or url]},
        )
    selector, count, dated = _listing(tree, url)
    if selector:
        select = {"item": selector, **({"date": dated} if dated else {})}
        words = f"A listing: {selector!r} finds {count} links; check the selectors."
        goes_on = paging.guess(tree, text, url)
        if goes_on is None:
            return Detected("html_list", words, {**about, "select": select})
        select |= goes_on.select
        return Detected("html_list", f"{words} {goes_on.words}", {**about, "select": select, "paging": goes_on.paging})
    return Detected("page", "A single page: it will be watched for changes.", about)


def _language(tree: LexborHTMLParser, text: str) -> str:
    root = tree.css_first("html")
    told = (root.attributes.get("lang") or "").lower() if root is not None else ""
    if told[:2] in ("zh", "en"):
        return told[:2]
    return "zh" if len(_HANZI.findall(text[:200_000])) > 200 else "en"


def _listing(tree: LexborHTMLParser, url: str) -> tuple[str, int, str]:
    """The CSS path whose entries look most like a list of articles: linked, worded, and often dated."""
    shapes: Counter[str] = Counter()
    examples: dict[str, LexborNode] = {}
    for link in tree.css("a[href]"):
        words = link.attributes.get("title") or link.text()
        enough = 8 if _HANZI.search(words) else 20
        if len(words.strip()) < enough or not canonical(link.attributes.get("href") or "", url):
            continue
        holder = _holder(link)
        shape = _shape(holder)
        dated = bool(_DATE.search(holder.text()))
        shapes[shape] += 3 if dated else 1
        examples.setdefault(shape, holder)
    if not shapes:
        return "", 0, ""
    shape, _ = shapes.most_common(1)[0]
    count = len(tree.css(shape))
    if count < FEWEST:
        return "", 0, ""
    return shape, count, _date_place(examples[shape])


def _holder(link: LexborNode) -> LexborNode:
    """The row that a link stands in: the nearest li, tr, article or a div that repeats."""
    node: LexborNode | None = link
    for _ in range(4):
        parent = node.parent if node is not None else None
        if parent is None or parent.tag in ("body", "html"):
            break
        node = parent
        if node.tag in ("li", "tr", "article", "dd"):
            return node
    return link.parent if link.parent is not None and link.parent.tag not in ("body", "html") else link


def _shape(node: LexborNode) -> str:
    parent = node.parent
    own = _named(node)
    return f"{_named(parent)} > {own}" if parent is not None and parent.tag not in ("body", "html") else own


def _named(node: LexborNode | None) -> str:
    if node is None:
        return ""
    tag = node.tag or ""
    classes = [name for name in (node.attributes.get("class") or "").split() if re.fullmatch(r"[A-Za-z][\w-]*", name)]
    return f"{tag}.{classes[0]}" if classes and tag not in ("li", "tr") else tag


def _date_place(holder: LexborNode) -> str:
    for node in holder.css("time, span, em, i, p, div, td, b"):
        text = node.text().strip()
        if len(text) <= 40 and _DATE.search(text):
            return _named(node)
    return ""
