"""Stretches of source text as safe markup: the figure marked, tricks of hostile pages made visible.

Nothing here trusts its input: every piece is escaped, direction overrides are shown by name instead of acting, and a
word that mixes alphabets (a Cyrillic а in a Latin name) is pointed out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from unicodedata import east_asian_width

# Bidirectional controls, zero-width and other invisible format characters that can change what a reader sees.
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_ODD = re.compile(
    rf"(?P<hidden>[{_INVISIBLE}{_CONTROL}])"
    r"|(?P<mixed>\b(?=\w*[A-Za-z])(?=\w*[\u0370-\u03ff\u0400-\u04ff\u0500-\u052f])[A-Za-z\u0370-\u03ff\u0400-\u052f]{2,}\b)"
)


def safe(text: str, mixed_title: str = "This word mixes alphabets") -> str:
    """``text`` escaped for HTML, with invisible characters named and mixed-alphabet words underlined."""
    pieces: list[str] = []
    end = 0
    for match in _ODD.finditer(text):
        pieces.append(escape(text[end : match.start()]))
        if match.group("hidden"):
            pieces.append(f'<span class="control">U+{ord(match.group()):04X}</span>')
        else:
            pieces.append(f'<span class="mixed" title="{escape(mixed_title)}">{escape(match.group())}</span>')
        end = match.end()
    pieces.append(escape(text[end:]))
    return "".join(pieces)


def before(prefix: str, whole: int = 40) -> str:
    """Context in front of a quote without the piece of a word it may begin with; ``whole``: so long, it was cut there."""
    if len(prefix) < whole:
        return prefix
    return "… " + re.sub(r"\A[A-Za-z0-9][^\s]*\s+", "", prefix).lstrip()


def after(suffix: str, whole: int = 40) -> str:
    """Context behind a quote, ended the same way."""
    if len(suffix) < whole:
        return suffix
    return re.sub(r"\s+[^\s]*[A-Za-z0-9]\Z", "", suffix).rstrip() + " …"


def marked(quote: str, figure: str | None) -> str:
    """``quote`` escaped, with the first standing of ``figure`` inside ``<mark>``; unmarked if it is not there."""
    at = quote.find(figure) if figure else -1
    if at < 0 or not figure:
        return safe(quote)
    stop = at + len(figure)
    return f"{safe(quote[:at])}<mark>{safe(quote[at:stop])}</mark>{safe(quote[stop:])}"


@dataclass(frozen=True, slots=True)
class Highlight:
    """A finding's stretch of a text: ``kind`` is indicator, signal, slogan or entity; ``ref`` names its anchor."""

    start: int
    end: int
    kind: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch with the same highlights all along; ``begins`` are the refs whose highlight starts here."""

    start: int
    text: str
    kinds: tuple[str, ...]
    refs: tuple[str, ...]
    begins: tuple[str, ...]


def pieces(text: str, highlights: Iterable[Highlight], start: int = 0, end: int | None = None) -> list[Piece]:
    """``text[start:end]`` cut wherever a highlight begins or ends; the pieces joined give the text back exactly."""
    stop = len(text) if end is None else end
    inside = sorted((h for h in highlights if h.start < stop and h.end > start), key=lambda h: (h.start, -h.end))
    cuts = sorted({start, stop, *(max(h.start, start) for h in inside), *(min(h.end, stop) for h in inside)})
    result: list[Piece] = []
    active: list[Highlight] = []
    following = 0
    for left, right in pairwise(cuts):
        active = [h for h in active if h.end > left]
        begins: list[str] = []
        while following < len(inside) and max(inside[following].start, start) <= left:
            active.append(inside[following])
            begins.append(inside[following].ref)
            following += 1
        kinds = tuple(dict.fromkeys(h.kind for h in active))
        refs = tuple(dict.fromkeys(h.ref for h in active if h.ref))
        result.append(Piece(left, text[left:right], kinds, refs, tuple(ref for ref in begins if ref)))
    return result


def headline(text: str, width: int = 180) -> str:
    """A title short enough for a line of a list: at most ``width`` Latin letters wide, a Chinese character counting two."""
    room = width
    for place, character in enumerate(text):
        room -= 2 if east_asian_width(character) in "WF" else 1
        if room < 0:
            return text[:place].rstrip() + "…"
    return text
