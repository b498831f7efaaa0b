"""A disclosure's page: its text cut at every mark, its findings beside it, its versions, its relatives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import Q

from signals.formatting.quotes import Highlight, Piece, pieces
from signals.models import Disclosure, DisclosureVersion, Extraction, IndicatorCurrent, SignalCurrent

CONTEXT = 120  # characters of unchanged text kept around a change


@dataclass(slots=True)
class Block:
    """A block of the text with its marks; ``first`` of its section."""

    kind: str
    section: str
    pieces: list[Piece]
    first: bool = False


def get(pk: int) -> Disclosure | None:
    return (
        Disclosure.objects.select_related(
            "source", "origin", "main_entity", "duplicate_of", "current_version__capture__snapshot"
        )
        .filter(pk=pk)
        .exclude(current_version=None)
        .first()
    )


def marks(version: DisclosureVersion) -> tuple[list[Highlight], Extraction | None]:
    """Every mark of a version's newest extraction. A figure's or signal's ``ref`` is its anchor on the page."""
    extraction = version.extractions.order_by("-id").first()
    if extraction is None:
        return [], None
    figures = extraction.indicator_set.values_list("figure_start", "figure_end", "key")
    found = [Highlight(start, end, "indicator", f"f-{key[:12]}") for start, end, key in figures]
    signals = extraction.signal_set.values_list("start", "end", "key")
    found += [Highlight(start, end, "signal", f"f-{key[:12]}") for start, end, key in signals]
    found += [Highlight(start, end, "entity") for start, end in extraction.mentions.values_list("start", "end")]
    found += [Highlight(start, end, "slogan") for start, end in extraction.slogan_uses.values_list("start", "end")]
    found += [Highlight(start, end, "repair") for start, end, *_rest in version.repairs if end > start]
    return found, extraction


def blocks(version: DisclosureVersion, found: list[Highlight], only: list[Any] | None = None) -> list[Block]:
    """The text as blocks of pieces, cut at every start and end of a mark; the pieces joined are the text of the block."""
    result: list[Block] = []
    section = ""
    spans = only if only is not None else version.blocks or [["paragraph", 0, len(version.text), "body"]]
    ordered = sorted(found, key=lambda mark: mark.start)
    for kind, start, end, of in spans:
        inside = [mark for mark in ordered if mark.start < end and mark.end > start]
        result.append(Block(kind, of, pieces(version.text, inside, start, end), first=of != section))
        section = of
    return result


def findings(disclosure: Disclosure) -> dict[str, Any]:
    """The list beside the text: figures and signals, in order of the text."""
    figures = list(IndicatorCurrent.objects.filter(disclosure=disclosure).select_related("subject", "indicator"))
    signals = list(SignalCurrent.objects.filter(disclosure=disclosure).select_related("subject", "signal"))
    figures.sort(key=lambda row: (row.indicator.figure_start if row.indicator else 10**9, row.key))
    signals.sort(key=lambda row: (row.signal.start if row.signal else 10**9, row.theme))
    return {"figures": figures, "signals": signals}


def relatives(disclosure: Disclosure) -> dict[str, list[Disclosure]]:
    """Copies and originals; articles in the same language that state the same facts (``beside`` has the other language)."""
    copies = Q(duplicate_of=disclosure)
    if disclosure.duplicate_of_id:
        copies |= Q(pk=disclosure.duplicate_of_id) | Q(duplicate_of=disclosure.duplicate_of_id)
    facts = IndicatorCurrent.objects.filter(disclosure=disclosure).values("fact_key")
    sharing = (
        IndicatorCurrent.objects.filter(fact_key__in=facts).exclude(period_label="").exclude(subject=None)
        .exclude(disclosure=disclosure).filter(language=disclosure.language)
        .values_list("disclosure", flat=True).distinct()[:40]
    )  # fmt: skip
    same = Disclosure.objects.filter(pk__in=list(sharing)).select_related("origin", "source")
    return {
        "copies": list(Disclosure.objects.filter(copies).exclude(pk=disclosure.pk)[:12]),
        "same": list(same.order_by("-published_on", "-pk")[:12]),
    }


def diff(old: DisclosureVersion, new: DisclosureVersion) -> list[dict[str, str]]:
    """What changed between two versions, by characters for Chinese and by words otherwise, as pieces of one text."""
    chinese = any("\u4e00" <= char <= "\u9fff" for char in new.text[:2000])
    before, after = (list(one.text) if chinese else _words(one.text) for one in (old, new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found: list[dict[str, str]] = []
    for op, a0, a1, b0, b1 in matcher.get_opcodes():
        if op == "equal":
            found += _around("".join(before[a0:a1]))
        if op in ("delete", "replace"):
            found.append({"op": "removed", "text": "".join(before[a0:a1])})
        if op in ("insert", "replace"):
            found.append({"op": "added", "text": "".join(after[b0:b1])})
    return found


def _words(text: str) -> list[str]:
    """Words, numbers with their points, and everything between, so that the pieces joined are the text."""
    return re.findall(r"\w+(?:[.,]\w+)*|\s+|.", text, re.DOTALL)


def _around(text: str) -> list[dict[str, str]]:
    if len(text) <= 3 * CONTEXT:
        return [{"op": "same", "text": text}]
    return [
        {"op": "same", "text": text[:CONTEXT]},
        {"op": "skipped", "text": " … "},
        {"op": "same", "text": text[-CONTEXT:]},
    ]
