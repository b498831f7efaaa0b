"""Lists of names, products, metrics, periods or bases of comparison: words of one kind that only coordination separates."""

from __future__ import annotations

import re
from typing import Any

from signals.extraction.grammar import joined, parted
from signals.extraction.marks import Marks, span_of

_NOUN = re.compile(
    r"\s*(?:业务|板块|产品|分部|企业|行业|领域|环节|business|segment|unit|division|products?|enterprises?|companies|company|firms?|makers?|producers?|manufacturers?)(?=\W|[和及与、])",
    re.IGNORECASE,
)


def groups(marks: Marks, limit: int) -> list[tuple[str, list[Any]]]:
    """Coordinated lists of names, products, metrics or periods that end before ``limit``, in order."""
    found: list[tuple[str, list[Any]]] = []
    for kind in ("names", "products", "metrics", "periods"):
        items = [item for item in getattr(marks, kind) if span_of(item)[1] <= limit and marks.visible(item, limit)]
        ratios = [hit for hit in marks.metrics if "expense" in hit.key]
        if kind == "metrics" and ratios:  # 销售/管理费用率: kinds of expense, no sales
            kinds = {span_of(hit) for hit in marks.products if hit.entry.data.get("only_for")}
            items = [item for item in items if span_of(item) not in kinds]
        if kind == "products":
            items = [
                item
                for item in items
                if not item.entry.data.get("only_for") or any(0 <= hit.end - item.end <= 24 for hit in ratios)
            ]
        group: list[Any] = []
        for item in items:
            if group and not _listed(marks, group[-1], item):
                if len(group) > 1:
                    found.append((kind, group))
                group = []
            group.append(item)
        if len(group) > 1:
            found.append((kind, group))
    return sorted(found, key=lambda pair: span_of(pair[1][-1])[1])


UNKNOWN = object()  # an item of a list that is no product of the lexicon
_ITEM = r"[^、,，。;；:：\d（）()]{2,12}?"
_SPELLED = re.compile(
    rf"(?P<items>{_ITEM}(?:、{_ITEM})+(?:[和及与]{_ITEM})?|{_ITEM}[和及与]{_ITEM})(?=分别|营业收入|收入|产值|销量|产量|实现|完成|的|价格|均价|产能|毛利率)"
)


def spelled_items(marks: Marks, limit: int, size: int) -> dict[int, Any]:
    """The products of 原材料企业、新材料企业、某某企业分别…, by place, where not every item is a product of the lexicon."""
    floor = max((figure.span[1] for figure in marks.quantities if figure.span[1] <= limit), default=marks.span[0])
    every = list(_SPELLED.finditer(marks.text, floor, limit)) if size > 1 else []
    if not every:
        return {}
    found = every[-1]
    starts = [found.start()] + [cut.end() for cut in re.finditer("[、和及与]", found["items"])]
    places = [found.start()] + [found.start() + start for start in starts[1:]]
    if len(places) != size:
        return {}
    items: dict[int, Any] = {}
    for offset, start in enumerate(places):
        end = places[offset + 1] if offset + 1 < size else found.end()
        inside = [hit for hit in marks.products if start <= hit.start and hit.end <= end]
        if inside:
            items[offset] = inside[-1]
    return items if len(items) * 2 >= size else {}


def _listed(marks: Marks, left: Any, right: Any) -> bool:
    """Whether two items stand in one list, brackets between them not counting."""
    start, end = span_of(left)[1], span_of(right)[0]
    for pair in marks.brackets:
        if start <= pair[0] and pair[1] < end and marks.text[start : pair[0]].strip() == "":
            start = pair[1] + 1
    noun = _NOUN.match(marks.text, start, end)
    start = noun.end() if noun else start
    between = marks.text[start:end]
    return (
        bool(between)
        and joined(marks.text, start, end)
        and not parted(marks.text, start, end)
        and between.strip() != ""
    )


def basis_list(marks: Marks, limit: int) -> list[str]:
    """["yoy", "qoq"] for 同环比: two cues on one stretch, with no figure between them and ``limit``."""
    spans: dict[tuple[int, int], list[str]] = {}
    for cue in marks.changes:
        if cue.basis and cue.span[1] <= limit:
            spans.setdefault(cue.span, []).append(cue.basis)
    for span in sorted(spans, reverse=True):
        if any(span[1] <= figure.span[0] < limit for figure in marks.quantities):
            return []
        if len(spans[span]) > 1:
            return spans[span]
    return []
