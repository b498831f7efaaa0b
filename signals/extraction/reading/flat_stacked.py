"""Column heads in two lines: 上年同期 above 调整前 and 调整后. Which head stands over which is told by their number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from signals.extraction.records import Span

from .draft import DraftCell
from .flat_lines import MOST_COLUMNS

_RESTATED = re.compile(r"调整[前后]|重述[前后]|追溯调整[前后]")
_CHANGE = re.compile(r"增减|变动|同比|比上年|比期初")


def stacked(original: str, tops: Sequence[Span], below: Span, columns: int) -> list[DraftCell] | None:
    """The heads of ``columns`` columns out of a line of heads and the line of 调整前/调整后 under it; None when they do not
    come out even. The label's own head (项目) may stand first among ``tops``."""
    subs = [found.span() for found in _RESTATED.finditer(original, *below)]
    if (
        not subs
        or columns > MOST_COLUMNS
        or len(tops) > MOST_COLUMNS + 1
        or re.sub(r"\s", "", _RESTATED.sub("", original[below[0] : below[1]]))
    ):
        return None
    for given in (tops, tops[1:]):
        shares = _shares(
            tuple(original[slice(*top)] for top in given), tuple(original[slice(*sub)] for sub in subs), columns
        )
        if shares is None:
            continue
        made: list[DraftCell] = []
        rest = list(subs)
        for top, share in zip(given, shares, strict=True):
            own, rest = rest[:share], rest[share:]
            made += [_over(original, top, sub) for sub in own] or [DraftCell([top], True)]
        return made
    return None


def _over(original: str, top: Span, sub: Span) -> DraftCell:
    return DraftCell([top, sub], True, f"{original[slice(*top)]} {original[slice(*sub)]}")


@lru_cache(maxsize=1024)  # else every way to share would be tried
def _shares(tops: tuple[str, ...], subs: tuple[str, ...], columns: int) -> tuple[int, ...] | None:
    """How many of ``subs`` stand under each of ``tops``: two under an earlier period, one or none under a change, none
    under the period reported on."""
    if not tops:
        return () if not subs and not columns else None
    for share in (0, 1) if _CHANGE.search(tops[0]) else (0, 2):
        if share > len(subs) or (share == 2 and subs[0] == subs[1]):
            continue
        rest = _shares(tops[1:], subs[share:], columns - max(1, share))
        if rest is not None:
            return (share, *rest)
    return None
