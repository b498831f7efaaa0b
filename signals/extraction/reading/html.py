"""A page to lines: one parse, one walk, and the choice of the part that is the article.

The parser is the one browsers' algorithm describes (nothing nested too deeply gets lost). The walk writes the page's
text with white space as a browser shows it, one line per block; links, tables and lists are noted on the way.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from signals.extraction.records import BlockKind, Warning_

from .draft import Draft, DraftTable, Line
from .head import head_of
from .html_tables import caption_of, draft_pairs, draft_table, is_data_table, pairs_of
from .main_content import Container, choose, is_hidden
from .phrases import Phrases

_SKIPPED = frozenset({
    "-comment", "audio", "button", "canvas", "datalist", "dialog", "embed", "iframe", "input", "label", "link", "map",
    "math", "meta", "meter", "noscript", "object", "option", "progress", "script", "select", "style", "svg", "template",
    "textarea", "title", "video",
})  # fmt: skip
_PLAIN_BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figure", "footer", "form", "frameset", "header", "hgroup", "main", "menu", "nav", "noframes", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
)  # fmt: skip
_BLOCKS: dict[str, BlockKind | None] = dict.fromkeys(_PLAIN_BLOCKS)
_BLOCKS |= dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading")
_BLOCKS |= {"li": "item", "caption": "caption", "figcaption": "caption"}
_CONTAINERS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "details", "div", "dl", "fieldset", "figure",
    "footer", "form", "header", "li", "main", "menu", "nav", "ol", "section", "td", "th", "ul",
})  # fmt: skip
_SPACES = re.compile(r" [ \t\n\r\f]+|[\t\n\r\f][ \t\n\r\f]*")  # a lone space stays as it is
_NESTING = re.compile(
    r"<(/?)(div|section|article|ul|ol|li|dl|dd|blockquote|center|fieldset|table|form|main|aside)\b", re.I
)
_DEEPEST = 400
_MANY_TAGS = 3_000
_MOST_LINKS = 5_000


class Page:
    """The text written so far, and the line being written."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.lines: list[Line] = []
        self.owners: list[int] = []
        self.containers: list[Container] = []
        self.links: list[tuple[int, str]] = []
        self._start = -1
        self._links = 0
        self._opens = True
        self._space = False

    def write(self, text: str, in_link: bool = False) -> None:
        """Add a text node; runs of white space count as one space, at the start of a line as none."""
        text = _SPACES.sub(" ", text)
        if self._start < 0:
            text = text.lstrip(" \u00a0\u3000")
            if not text:
                return
            self._start = self.length
        elif self._space and text[:1] == " ":
            text = text[1:]
            if not text:
                return
        elif not text:
            return
        self.parts.append(text)
        self.length += len(text)
        self._space = text[-1] == " "
        if in_link:
            self._links += len(text)

    def end_line(self, kind: BlockKind, level: int, owner: int, broken: bool = False) -> None:
        """Close the line; ``broken`` when a <br> ends it, so that the next line belongs to the same block."""
        if self._start >= 0:
            end = self.length - self._space
            self.lines.append(Line(self._start, end, kind, level, self._opens, self._links / max(1, end - self._start)))
            self.owners.append(owner)
            self.parts.append("\n")
            self.length += 1
            self._start, self._links, self._space = -1, 0, False
            self._opens = not broken
        elif not broken:
            self._opens = True

    def add_table(self, node: LexborNode, owner: int) -> None:
        """A table of data: cells parted by tabs, rows by line ends, and the grid noted."""
        caption = caption_of(node)
        if caption:
            self.write(caption)
            self.end_line("caption", 0, owner)
        start = self.length
        table = draft_table(node, self.write_cell)
        if caption:
            table.caption = (self.lines[-1].start, self.lines[-1].end)
        self._close_table(start, table, owner)

    def add_pairs(self, pairs: list[tuple[LexborNode, LexborNode]], owner: int) -> None:
        """A list of terms as a table of two columns."""
        start = self.length
        self._close_table(start, draft_pairs(pairs, self.write_cell), owner)

    def _close_table(self, start: int, table: DraftTable, owner: int) -> None:
        if self.length > start:
            self.lines.append(Line(start, self.length, "table", table=table))
            self.owners.append(owner)
            self.parts.append("\n")
            self.length += 1

    def write_cell(self, text: str, separator: str) -> tuple[int, int]:
        """Write a cell after ``separator`` (nothing, a tab, a line end) and say where it stands."""
        if separator and self.length:
            self.parts.append(separator)
            self.length += len(separator)
        start = self.length
        text = _SPACES.sub(" ", text).strip(" \u00a0\u3000")
        self.parts.append(text)
        self.length += len(text)
        return start, self.length


def draft_html(text: str, phrases: Phrases) -> Draft:
    """The article of an HTML page, as lines of the page's text."""
    warnings = []
    text, flattened = _without_abyss(text)
    if flattened:
        warnings.append(
            Warning_("nested-too-deeply", f"block elements nested more than {_DEEPEST} deep were read as lines")
        )
    parser = LexborHTMLParser(text)
    head = head_of(parser)
    page = Page()
    for title in head.titles[:1]:
        page.write(title)
        page.end_line("title", 1, -1)
    root = parser.body or parser.root
    if root is not None:
        _walk(root, page, phrases)
    original = "".join(page.parts)
    lines, nearby = choose(original, page.lines, page.owners, page.containers, phrases)
    head.nearby = nearby
    return Draft(original, lines, head, warnings=warnings, links=page.links)


def _without_abyss(text: str) -> tuple[str, bool]:
    """Block elements nested thousands deep cost any parser quadratic time: below a depth they become line breaks."""
    if text.count("<") < _MANY_TAGS:
        return text, False
    depth = 0
    cut = False

    def tag(match: re.Match[str]) -> str:
        nonlocal depth, cut
        if match.group(1):
            depth -= 1
            if depth < _DEEPEST:
                depth = max(depth, 0)
                return match.group()
            return "<br "
        depth += 1
        if depth <= _DEEPEST:
            return match.group()
        cut = True
        return "<br "

    made = _NESTING.sub(tag, text)
    return (made, True) if cut else (text, False)


def _walk(root: LexborNode, page: Page, phrases: Phrases) -> None:
    """Depth first without recursion; a frame keeps what to go back to when its element ends."""
    containers = page.containers
    containers.append(Container(-1, "body"))
    kind: BlockKind = "paragraph"
    owner, level, link, pre = 0, 0, False, False
    frames: list[tuple[LexborNode, bool, int, BlockKind, int, bool, bool]] = []
    node: LexborNode | None = root.child
    while True:
        if node is None:
            if not frames:
                break
            node, is_block, outer_owner, outer_kind, outer_level, link, pre = frames.pop()
            if is_block:
                page.end_line(kind, level, owner)
            owner, kind, level = outer_owner, outer_kind, outer_level
            node = node.next
            continue
        tag = node.tag
        if tag == "-text":
            text = node.text_content or ""
            if pre and "\n" in text:
                for part in text.split("\n"):
                    page.write(part, link)
                    page.end_line(kind, level, owner, broken=True)
            else:
                page.write(text, link)
            node = node.next
        elif tag == "br":
            page.end_line(kind, level, owner, broken=True)
            node = node.next
        elif tag in _SKIPPED:
            node = node.next
        elif tag not in _BLOCKS:
            if tag == "hr":
                page.end_line(kind, level, owner)
            if node.child is None:
                node = node.next
                continue
            frames.append((node, False, owner, kind, level, link, pre))
            if tag == "a":
                link = True
                if len(page.links) < _MOST_LINKS:
                    page.links.append((page.length, node.attributes.get("href") or ""))
            node = node.child
        else:
            page.end_line(kind, level, owner)
            if tag == "table" and is_data_table(node):
                page.add_table(node, owner)
                node = node.next
                continue
            if tag == "dl" and (pairs := pairs_of(node)):
                page.add_pairs(pairs, owner)
                node = node.next
                continue
            if tag in _CONTAINERS:
                container = Container.of(node, tag, owner, phrases.hints)
                if container.hidden:
                    node = node.next
                    continue
                containers.append(container)
            elif is_hidden(node.attributes):
                node = node.next
                continue
            frames.append((node, True, owner, kind, level, link, pre))
            if tag in _CONTAINERS:
                owner = len(containers) - 1
            own_kind = _BLOCKS[tag]
            if own_kind is not None:
                kind, level = own_kind, int(tag[1]) if own_kind == "heading" else 0
            pre = pre or tag == "pre"
            node = node.child
    page.end_line(kind, level, owner)
