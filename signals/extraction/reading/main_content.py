"""Which of a page's lines are the article: the deepest element that holds nearly all of the page's running text.

Elements that say by tag or class that they are navigation, comments or other articles weigh nothing, unless they hold
most of the page. What stands between the headline and the chosen element (highlights, a standfirst) is taken along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from .draft import Line
from .phrases import Phrases

_HANZI = re.compile("[\u3400-\u9fff]")
_OTHER_TAGS = frozenset({"nav", "footer", "aside", "form", "menu"})
_ARTICLE_TAGS = frozenset({"article", "main"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_DESCEND_SHARE = 0.8  # of the running text that a child must hold for the article to be inside it
_ARTICLE_SHARE = 0.5
_CLASS_SHARE = 0.75  # the same for an element that only its class calls an article: there may be several
_FIRST_SHARE, _FIRST_LEAST, _OTHER_HEADLINES = 0.2, 400, 2
_OTHER_SHARE = 0.75  # a "sidebar" that holds more than this of the page is no sidebar
_OTHER_WORD_SHARE = 0.4  # the same for "with-sidebar", which often means the whole page
_POST_MARKS = ("tag-", "category-", "author-", "status-", "format-")  # a blog's marks of what a post is about
_LEAST_LEFT = 90
_NEARBY_LINES = 14


@dataclass(slots=True)
class Container:
    """An element that holds lines. ``keep``: what its tag or class says of it (None: nothing)."""

    parent: int
    tag: str
    keep: bool | None = None
    certain: bool = False  # the tag or a whole class name says so, not only a word in one
    hidden: bool = False
    mass: float = 0.0
    excluded: bool = False

    @classmethod
    def of(cls, node: LexborNode, tag: str, parent: int, hints: dict[str, bool]) -> Container:
        attributes = node.attributes
        keep = False if tag in _OTHER_TAGS else True if tag in _ARTICLE_TAGS else None
        certain = keep is not None
        if not attributes:
            return cls(parent, tag, keep, certain)
        hidden = is_hidden(attributes)
        if attributes.get("itemprop") == "articleBody":
            keep = certain = True
        elif keep is None:
            words = (
                f"{attributes.get('class') or ''} {attributes.get('id') or ''} {attributes.get('role') or ''}".lower()
            )
            if not words.isspace():
                keep, certain = _hint(words, hints)
        return cls(parent, tag, keep, certain, hidden)


def is_hidden(attributes: Mapping[str, str | None]) -> bool:
    """True for an element that a browser does not show."""
    if not attributes:
        return False
    style = attributes.get("style")
    return "hidden" in attributes or attributes.get("aria-hidden") == "true" or bool(style and _HIDDEN.search(style))


def _hint(names: str, hints: dict[str, bool]) -> tuple[bool | None, bool]:
    """What class names say, and whether a whole name says it or only a word in one. Names that disagree say nothing."""
    whole: set[bool] = set()
    words: set[bool] = set()
    for name in names.replace("_", "-").split():
        found = hints.get("=" + name, hints.get(name))
        if found is not None:
            whole.add(found)
        elif len(name) < 60 and not name.startswith(_POST_MARKS):
            parts = [hints[word] for word in name.split("-") if word in hints]
            if parts:
                words.add(all(parts))
    for said in (whole, words):
        if said:
            return (said.pop() if len(said) == 1 else None), said is whole
    return None, False


def choose(
    original: str, lines: list[Line], owners: list[int], containers: list[Container], phrases: Phrases
) -> tuple[list[Line], list[str]]:
    """The article's lines in order, and the short lines near its headline, where a date and a source may stand."""
    masses = [_mass(line, original) for line in lines]
    _exclude(owners, masses, containers)
    first_heading = _headline(lines, owners, containers)
    body = _article(lines, owners, containers, first_heading)
    inside = _inside(containers, body)
    chosen = [owner == -1 or (inside[owner] and not containers[owner].excluded) for owner in owners]
    places = [index for index, (yes, owner) in enumerate(zip(chosen, owners, strict=True)) if yes and owner >= 0]
    if places:
        _take_along(original, lines, owners, containers, chosen, (first_heading, places[0], places[-1]), phrases)
    kept = [line for line, yes in zip(lines, chosen, strict=True) if yes]
    begin = places[0] if places else 0
    nearby = [
        original[line.start : line.end]
        for line in lines[
            max(0, min(begin, first_heading if first_heading >= 0 else begin) - 4) : begin + _NEARBY_LINES
        ]
        if line.end - line.start <= 160 and line.links < 0.9
    ]
    return kept, nearby


def _mass(line: Line, original: str) -> float:
    """How much running text a line is; links and short lines weigh little, Chinese characters more than Latin ones."""
    size = line.end - line.start
    if line.links > 0.5 or line.kind == "title":
        return 0.0
    sample = original[line.start : min(line.end, line.start + 200)]
    weight = size * (1 + 1.5 * len(_HANZI.findall(sample)) / max(1, len(sample)))
    if line.kind == "heading":
        return 0.2 * weight
    if line.kind == "table":
        return min(weight, 800.0)
    return weight if weight >= 50 else 0.2 * weight


def _exclude(owners: list[int], masses: list[float], containers: list[Container]) -> None:
    """Mark what is not the article by its own word, then weigh what is left."""
    raw = [0.0] * len(containers)
    for owner, mass in zip(owners, masses, strict=True):
        if owner >= 0:
            raw[owner] += mass
    for index in range(len(containers) - 1, 0, -1):
        raw[containers[index].parent] += raw[index]
    total = raw[0] if containers else 0.0
    for index, container in enumerate(containers):
        outer = container.parent >= 0 and containers[container.parent].excluded
        most = _OTHER_SHARE if container.certain else _OTHER_WORD_SHARE
        container.excluded = outer or (container.keep is False and raw[index] <= most * total)
    left = sum(
        mass for owner, mass in zip(owners, masses, strict=True) if owner >= 0 and not containers[owner].excluded
    )
    if left < _LEAST_LEFT and total > _LEAST_LEFT:
        for container in containers:
            container.excluded = False  # the page's own words about itself must be wrong
    for owner, mass in zip(owners, masses, strict=True):
        if owner >= 0 and not containers[owner].excluded:
            containers[owner].mass += mass
    for index in range(len(containers) - 1, 0, -1):
        containers[containers[index].parent].mass += containers[index].mass


def _article(lines: list[Line], owners: list[int], containers: list[Container], headline: int) -> int:
    """The index of the element that is the article."""
    total = containers[0].mass
    body = 0
    for index, container in enumerate(containers):
        share = _ARTICLE_SHARE if container.certain else _CLASS_SHARE
        if container.keep and not container.excluded and container.mass >= share * total:
            body = index  # the last is the deepest: children come after their parents
    best = _deepest(containers, body)
    if 0 <= headline < len(lines):
        first = _first_of_many(lines, owners, containers, best, headline)
        if first is not None:
            best = _deepest(containers, first)
    return best if containers[best].tag not in ("li", "ul", "ol", "blockquote") else body


def _deepest(containers: list[Container], best: int) -> int:
    """Go down while one child holds nearly everything."""
    for index in range(best + 1, len(containers)):
        container = containers[index]
        if container.parent == best and container.mass >= _DESCEND_SHARE * containers[best].mass and container.mass > 0:
            best = index
    return best


def _first_of_many(
    lines: list[Line], owners: list[int], containers: list[Container], best: int, headline: int
) -> int | None:
    """Where a page prints several articles one after the other, the child of ``best`` with the headline's own text."""
    heads = [
        index
        for index, line in enumerate(lines)
        if line.kind == "heading" and index != headline and (line.level == 1 or (line.level <= 3 and line.links > 0.5))
    ]
    if len(heads) < _OTHER_HEADLINES:
        return None
    inside = _inside(containers, best)
    if owners[headline] < 0 or not inside[owners[headline]]:
        return None
    after = owners[headline]
    while containers[after].parent not in (best, -1) and after != best:
        after = containers[after].parent
    for index in range(after, len(containers)):
        container = containers[index]
        if container.parent == best and container.mass >= max(_FIRST_SHARE * containers[best].mass, _FIRST_LEAST):
            return index
    return None


def _inside(containers: list[Container], body: int) -> list[bool]:
    inside = [False] * len(containers)
    inside[body] = True
    for index in range(body + 1, len(containers)):
        inside[index] = inside[containers[index].parent]
    return inside


def _headline(lines: list[Line], owners: list[int], containers: list[Container]) -> int:
    """The index of the page's first h1 outside of furniture, or -1."""
    for index, line in enumerate(lines):
        if line.kind == "heading" and line.level == 1 and not containers[owners[index]].excluded:
            return index
    return -1


def _take_along(
    original: str,
    lines: list[Line],
    owners: list[int],
    containers: list[Container],
    chosen: list[bool],
    places: tuple[int, int, int],
    phrases: Phrases,
) -> None:
    """Add the article's lines around the chosen element: from the headline on, and its last notes."""
    headline, first, last = places
    if 0 <= headline < first:
        for index in range(headline, first):
            if not containers[owners[index]].excluded and lines[index].links < 0.5:
                chosen[index] = True
    for index in range(last + 1, min(last + 12, len(lines))):
        line = lines[index]
        text = original[line.start : line.end]
        rule = phrases.of(text)
        if containers[owners[index]].excluded or line.links > 0.5 or (rule and rule.role in ("drop", "end", "list")):
            break
        if rule or len(text) * (2 if _HANZI.search(text) else 1) >= 80:
            chosen[index] = True
