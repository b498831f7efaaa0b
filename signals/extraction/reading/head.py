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
_TELLING = 'meta, script[type="application/ld+json"], h1, title, time, link[rel="canonical"]'


def head_of(parser: LexborHTMLParser) -> Head:
    """The page's head, its JSON-LD, and its ``<time>`` elements."""
    head = Head()
    nodes = _nodes(parser)
    metas = _metas(nodes["meta"])
    linked = list(_linked_data(nodes["script"]))
    h1, page_title = _text_of(nodes["h1"]), _text_of(nodes["title"])
    site = metas.get("og:site_name") or metas.get("application-name")
    candidates = [metas.get("og:title") or "", page_title]
    head.titles = _titles(h1, candidates, site)
    head.title = head.titles[0] if head.titles else None
    head.published = _dates(metas, linked, nodes["time"])
    head.publisher = site or _publisher(linked)
    head.url = _canonical(nodes["link"]) or metas.get("og:url")
    head.source = next((metas[name] for name in _SOURCE_NAMES if metas.get(name)), None)
    root = parser.root
    language = root.attributes.get("lang") if root is not None else None
    head.language = language.lower() if language else None
    return head


def _squeeze(text: str) -> str:
    return " ".join(text.split())


def _nodes(parser: LexborHTMLParser) -> dict[str, list[LexborNode]]:
    """The elements that tell of a page, by tag, each kind in the order of the page: one walk finds them all."""
    nodes: dict[str, list[LexborNode]] = {"meta": [], "script": [], "h1": [], "title": [], "time": [], "link": []}
    for node in parser.css(_TELLING):
        nodes[str(node.tag)].append(node)
    return nodes


def _text_of(nodes: list[LexborNode]) -> str:
    """The text of the first of them; nothing where there is none."""
    return _squeeze(nodes[0].text(deep=True)) if nodes else ""


def _metas(nodes: list[LexborNode]) -> dict[str, str]:
    metas: dict[str, str] = {}
    for node in nodes:
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = attributes.get("content")
        if name and content:
            metas.setdefault(name.lower(), content.strip())
    return metas


def _linked_data(scripts: list[LexborNode]) -> Iterator[dict[str, Any]]:
    """The objects of the page's JSON-LD, articles first; broken JSON says nothing."""
    found: list[dict[str, Any]] = []
    for script in scripts:
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


def _dates(metas: dict[str, str], linked: list[dict[str, Any]], times: list[LexborNode]) -> list[str]:
    dates = [str(thing["datePublished"]) for thing in linked if isinstance(thing.get("datePublished"), str)]
    dates += [metas[name] for name in _DATE_NAMES if name in metas]
    for node in times[:_TIMES_LOOKED_AT]:
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


def _canonical(links: list[LexborNode]) -> str | None:
    return (links[0].attributes.get("href") or None) if links else None


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
