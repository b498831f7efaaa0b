"""How a listing goes on: a link to the next page, a parameter, or a number in the file's name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborHTMLParser

from signals.sources.addresses import canonical

PAGES = 3  # proposed: enough to catch up after some days, few enough to be polite
# Links that say of themselves what they are; the words after them stand for it on sites that mark nothing.
_NEXT = ("link[rel~=next]", "a[rel~=next]", "a.next", "a.next-page", "a.nextpage", "li.next > a", ".pagination-next a")
_WORDS = ("下一页", "下一頁", "下页", "后一页", "下頁")
_PARAMETERS = ("page", "p", "pg", "paged", "pageno", "pagenum", "pageindex", "curpage", "currentpage", "page_no", "pn")
# TRS and its kin write the links by script: createPageHTML(50, 0, "index", "html")
_SCRIPT = re.compile(
    r"createPage\w*\(\s*(?:['\"][\w#.-]*['\"]\s*,\s*)?(\d+)\s*,\s*\d+\s*,\s*['\"]([\w-]+)['\"]\s*,\s*['\"](\w+)['\"]"
)


@dataclass(frozen=True, slots=True)
class Paging:
    """Parts of a definition; ``words`` say what was seen."""

    words: str
    select: dict[str, str] = field(default_factory=dict)
    paging: dict[str, Any] = field(default_factory=dict)


def guess(tree: LexborHTMLParser, text: str, url: str) -> Paging | None:
    """The paging of a listing, from its first page; None when nothing tells it."""
    return _linked(tree, url) or _numbered(tree, url) or _scripted(text, url)


def _linked(tree: LexborHTMLParser, url: str) -> Paging | None:
    here = canonical(url)
    for rule in _NEXT:
        found = tree.css_first(rule)
        target = _target(found.attributes.get("href") if found is not None else None, url)
        if target and target != here:
            return _following(rule, target)
    for word in _WORDS:
        link = next((a for a in tree.css("a") if word in a.text()), None)
        target = _target(link.attributes.get("href") if link is not None else None, url)
        if target and target != here:
            return _following(f"text:{word}", target)
    return None


def _following(rule: str, target: str) -> Paging:
    return Paging(f"Its next page is {target}.", {"next": rule}, {"pages": PAGES})


def _numbered(tree: LexborHTMLParser, url: str) -> Paging | None:
    """Links named 2 or 3 that lead to the same list with that number: ``?page=2``, ``index_1.html``, ``list_2.shtml``."""
    here = urlsplit(url)
    for link in tree.css("a[href]"):
        label = re.sub(r"\W", "", link.text())
        target = _target(link.attributes.get("href"), url) if label in ("2", "3") else None
        if not target:
            continue
        there = urlsplit(target)
        if there.hostname != here.hostname:
            continue
        found = _by_parameter(there, here.path, int(label)) or _by_name(target, there.path, here.path, int(label))
        if found:
            return found
    return None


def _by_parameter(there: Any, path: str, number: int) -> Paging | None:
    if there.path.rstrip("/") != path.rstrip("/"):
        return None
    for name, value in parse_qsl(there.query):
        if name.lower() in _PARAMETERS and value.isdigit() and int(value) in (number, number - 1):
            first = 1 - (number - int(value))
            return Paging(
                f"Its pages are told by {name}=.",
                paging={"pages": PAGES, "parameter": name, **({"first": first} if first != 1 else {})},
            )
    return None


def _by_name(target: str, path: str, here: str, number: int) -> Paging | None:
    """The number is the last one of the path, right before its ending or its last slash."""
    if path.rpartition("/")[0] != here.rpartition("/")[0] and not path.startswith(here.rstrip("/") + "/"):
        return None
    match = re.search(r"(?P<before>[_\-/]|page|p)(?P<number>\d{1,3})(?P<after>/?|\.\w{2,6})$", path, re.I)
    if match is None or int(match["number"]) not in (number, number - 1):
        return None
    place = target.rpartition(match[0])
    pattern = f"{place[0]}{match['before']}{{page}}{match['after']}{place[2]}"
    return _patterned(pattern, 1 - (number - int(match["number"])))


def _scripted(text: str, url: str) -> Paging | None:
    match = _SCRIPT.search(text)
    if match is None or int(match[1]) < 2:
        return None
    target = canonical(f"{match[2]}_1.{match[3]}", url)
    return _patterned(f"{target.rpartition('_1.')[0]}_{{page}}.{match[3]}", 0, int(match[1])) if target else None


def _patterned(pattern: str, first: int, pages: int = PAGES) -> Paging:
    paging: dict[str, Any] = {"pages": min(pages, PAGES), "url": pattern}
    return Paging(f"Its pages are {pattern}.", paging=paging | ({"first": first} if first != 1 else {}))


def _target(href: str | None, url: str) -> str | None:
    """Where a link leads; None for those that only run a script."""
    if not href or href.strip().lower().startswith(("javascript:", "#")):
        return None
    return canonical(href, url)
