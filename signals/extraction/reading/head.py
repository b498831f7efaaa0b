"""What a page says of itself: title, address, language, publisher, and when it was published."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from .draft import Head

_DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "publishdate", "pubdate", "publish-date",
    "publish_date", "publishedat", "published_time", "og:release_date", "dc.date.issued", "dcterms.issued", "dc.date",
    "dcterms.created", "date", "sailthru.date", "parsely-pub-date", "citation_publication_date",
    "weibo: article:create_at", "createdate", "firstpublishedtime", "apub:time",
)  # fmt: skip
_SOURCE_NAMES = ("contentsource", "source", "article:source", "mediaid", "copyrightsource")
_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "WebPage", "PressRelease")
_SITE_TAIL = re.compile(r"\s+[|\-–—_·»]\s*[^|\-–—_·»]{2,40}$|\s*[_|丨|]\s*[^_|丨|]{2,30}$")
_OTHER_PLACES = frozenset({"aside", "nav", "footer", "li"})
_OTHER_CLASSES = re.compile(r"comment|related|recent|sidebar|widget|recommend|popular|footer|相关", re.I)
_TIMES_LOOKED_AT = 6


def head_of(parser: LexborHTMLParser) -> Head:
    """The page's head, its JSON-LD, and its ``<time>`` elements."""
    head = Head()
    metas = _metas(parser)
    linked = list(_linked_data(parser))
    first_h1 = parser.css_first("h1")
    h1 = _squeeze(first_h1.text(deep=True)) if first_h1 is not None else ""
    title_node = parser.css_first("title")
    page_title = _squeeze(title_node.text(deep=True)) if title_node is not None else ""
    site = metas.get("og:site_name") or metas.get("application-name")
    candidates = [metas.get("og:title") or "", page_title]
    head.titles = _titles(h1, candidates, site)
    head.title = head.titles[0] if head.titles else None
    head.published = _dates(metas, linked, parser)
    head.publisher = site or _publisher(linked)
    head.url = _canonical(parser) or metas.get("og:url")
    head.source = next((metas[name] for name in _SOURCE_NAMES if metas.get(name)), None)
    root = parser.root
    language = root.attributes.get("lang") if root is not None else None
    head.language = language.lower() if language else None
    return head


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _metas(parser: LexborHTMLParser) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in parser.css("meta"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            metas.setdefault(name.lower(), content.strip())
    return metas


def _linked_data(parser: LexborHTMLParser) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, articles first; broken JSON says nothing."""
    found: list[dict[str, Any]] = []
    for script in parser.css('script[type="application/ld+json"]'):
        try:
            todo = [json.loads(script.text(deep=True))]
        except (ValueError, RecursionError):
            continue
        while todo and len(found) < 60:
            thing = todo.pop()
            if isinstance(thing, list):
                todo.extend(thing[:40])
            elif isinstance(thing, dict):
                found.append(thing)
                todo.append(thing.get("@graph"))
    return iter(sorted(found, key=lambda thing: not str(thing.get("@type", "")).endswith(_ARTICLE_TYPES[:3])))


def _dates(metas: dict[str, str], linked: list[dict[str, Any]], parser: LexborHTMLParser) -> list[str]:
    dates = [str(thing["datePublished"]) for thing in linked if isinstance(thing.get("datePublished"), str)]
    dates += [metas[name] for name in _DATE_NAMES if name in metas]
    for node in parser.css("time")[:_TIMES_LOOKED_AT]:
        if not _elsewhere(node):
            dates.append(node.attributes.get("datetime") or _squeeze(node.text(deep=True)))
    return dates


def _elsewhere(node: LexborNode) -> bool:
    """True inside comments, lists of other articles and the like."""
    parent = node.parent
    for _ in range(12):
        if parent is None:
            return False
        if parent.tag in _OTHER_PLACES:
            return True
        if parent.tag not in ("body", "html"):
            attributes = parent.attributes
            if _OTHER_CLASSES.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"):
                return True
        parent = parent.parent
    return False


def _publisher(linked: list[dict[str, Any]]) -> str | None:
    for thing in linked:
        publisher = thing.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return _squeeze(publisher["name"]) or None
    return None


def _canonical(parser: LexborHTMLParser) -> str | None:
    link = parser.css_first('link[rel="canonical"]')
    return (link.attributes.get("href") or None) if link is not None else None


def _titles(h1: str, candidates: list[str], site: str | None) -> list[str]:
    """The headline: the h1 when the page's title begins with it or there is none, else the title without the site's
    name."""
    candidates = [title for title in dict.fromkeys(map(_squeeze, candidates)) if title]
    own = h1 and len(h1) >= 4 and h1 != site
    if own and (not candidates or any(_same_start(h1, title) for title in candidates)):
        return [h1]
    if not candidates:
        return [h1] if h1 else []
    title = candidates[0]
    if site and title.endswith(site) and len(title) > len(site) + 4:
        return [title[: -len(site)].rstrip(" |-–—_·»")]
    if len(candidates) > 1 and candidates[1].startswith(title):
        return [title]
    cut = _SITE_TAIL.sub("", title)
    return [cut if len(cut) >= 8 else title]


def _same_start(h1: str, title: str) -> bool:
    length = min(len(h1), len(title), 24)
    return h1[:length].casefold() == title[:length].casefold() or h1.casefold() in title.casefold()
