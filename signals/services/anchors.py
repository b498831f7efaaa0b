"""Where an annotation's words stand in a new version of the text: by quote and neighbours, then by likeness, else lost."""

import re
from difflib import SequenceMatcher
from typing import Any

from signals.extraction.records import Span
from signals.models import Annotation, Disclosure, DisclosureVersion

NEIGHBOURS = 40  # characters of prefix and suffix kept with an annotation
ALIKE = 0.75
LONGEST = 4000  # characters of a passage that is searched for by likeness


def selectors(text: str, start: int, end: int) -> dict[str, Any]:
    """The fields that anchor ``text[start:end]``."""
    return {
        "start": start,
        "end": end,
        "exact": text[start:end],
        "prefix": text[max(0, start - NEIGHBOURS) : start],
        "suffix": text[end : end + NEIGHBOURS],
    }


def locate(text: str, exact: str, prefix: str, suffix: str, start: int, *, like: bool = True) -> Span | None:
    """Where the words stand now. Of several places the one with the same neighbours, then the nearest.

    With ``like`` a passage may have changed a little between its unchanged neighbours.
    """
    places = [found.start() for found in re.finditer(re.escape(exact), text)]
    if places:
        best = max(places, key=lambda at: (_neighbours(text, at, at + len(exact), prefix, suffix), -abs(at - start)))
        return best, best + len(exact)
    return _alike(text, exact, prefix, suffix) if like and len(exact) <= LONGEST else None


def move(disclosure: Disclosure, version: DisclosureVersion) -> None:
    """Carry the disclosure's annotations over to ``version``; those whose words are gone are marked lost.

    A figure moves only when its words are exactly the same: another number is another figure.
    """
    standing = Annotation.objects.select_for_update().filter(version__disclosure=disclosure, removed_at=None)
    for note in standing.exclude(version=version).order_by("pk"):
        span = locate(version.text, note.exact, note.prefix, note.suffix, note.start, like=note.kind != "figure")
        if span is None:
            note.lost = True
            note.save(update_fields=["lost"])
            continue
        for field, value in selectors(version.text, *span).items():
            setattr(note, field, value)
        note.version, note.lost = version, False
        note.save(update_fields=["version", "lost", "start", "end", "exact", "prefix", "suffix"])


def _neighbours(text: str, start: int, end: int, prefix: str, suffix: str) -> int:
    """How many characters on both sides are as they were."""
    before = text[max(0, start - len(prefix)) : start]
    after = text[end : end + len(suffix)]
    same_before = next(
        (i for i, (a, b) in enumerate(zip(reversed(before), reversed(prefix), strict=False)) if a != b),
        min(len(before), len(prefix)),
    )
    same_after = next(
        (i for i, (a, b) in enumerate(zip(after, suffix, strict=False)) if a != b), min(len(after), len(suffix))
    )
    return same_before + same_after


def _alike(text: str, exact: str, prefix: str, suffix: str) -> Span | None:
    """The passage between the same neighbours, if it still resembles the words."""
    head, tail = prefix[-16:], suffix[:16]
    best: tuple[float, Span] | None = None
    for found in re.finditer(re.escape(head), text) if head.strip() else ():
        start = found.end()
        end = text.find(tail, start, start + 2 * len(exact) + 40) if tail.strip() else start + len(exact)
        if end <= start:
            continue
        ratio = SequenceMatcher(None, exact, text[start:end], autojunk=False).ratio()
        if ratio >= ALIKE and (best is None or ratio > best[0]):
            best = ratio, (start, end)
    return best[1] if best else None
