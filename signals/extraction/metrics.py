"""Which metric a word can stand for when a figure of a given kind is beside it.

A lexicon entry may be wider than a metric of the contract: "sales" is a revenue in yuan and a volume in tonnes, 指标 is a
mining or a smelting quota. ``meaning`` settles that from the figure's dimension, the product and the words around.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from signals.extraction.gated import Gated, gated
from signals.extraction.numerals import fold_words
from signals.extraction.records import Entry, Hit, Quantity, record

RELATIVE = ("ratio", "fold")


@record
class Meaning:
    """A metric of the contract, the entry whose rules apply, and the product that the word implies ("" for: none)."""

    metric: str
    entry: Entry
    product: str | None = None


def is_weak(hit: Hit) -> bool:
    """Whether this alias binds only a figure right beside it."""
    return hit.alias in (hit.entry.data.get("weak") or ())


def allows_level(entry: Entry, quantity: Quantity) -> bool:
    """Whether a level of this metric can be such a figure."""
    data = entry.data
    dimension = quantity.dimension
    if dimension in ("count", "plain"):
        wanted = data.get("counters")
        if "plain" in data.get("level", ()) and dimension == "plain" and not wanted:
            return True
        if "count" not in _level_dimensions(data):
            return False
        if wanted and dimension == "plain" and set(data.get("level", ())) - {"count", "plain"}:
            return False  # "the 17 minerals" are no volume
        return not wanted or not quantity.counter or _counter_fits(quantity.counter, wanted)
    return dimension in data.get("level", ()) or dimension in (data.get("by_dimension") or ())


def allows_change(entry: Entry, quantity: Quantity) -> bool:
    """Whether a change of this metric can be such a figure."""
    data = entry.data
    allowed = data.get("change")
    dimension = quantity.dimension
    wanted = data.get("counters")
    if dimension == "count" and wanted and quantity.counter and not _counter_fits(quantity.counter, wanted):
        return False  # "17 products" are no more members
    if allowed is not None:
        return dimension in allowed
    if dimension in RELATIVE:
        return True
    levels = _level_dimensions(data)
    return (
        "ratio" in levels
        if dimension == "points"
        else dimension in levels and ("ratio" in levels or dimension != "count")
    )


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> Gated:
    return gated(pattern, re.IGNORECASE)


def _level_dimensions(data: dict[str, Any]) -> tuple[str, ...]:
    return (*data.get("level", ()), *(data.get("by_dimension") or {}))


def _counter_fits(counter: str, wanted: list[str]) -> bool:
    return any(word == counter or (len(word) > 2 and word in counter) for word in wanted)


@record
class Context:
    """The words that may decide what a wide word means, and whether a city or region is the whole that a share is of."""

    words: str = ""
    region: bool = False


NO_CONTEXT = Context()


def meaning(
    entry: Entry,
    quantity: Quantity,
    *,
    change: bool,
    product: str | None,
    metrics: dict[str, Entry],
    context: Context = NO_CONTEXT,
) -> Meaning:
    """The metric that ``entry`` means for this figure."""
    data, folded = entry.data, ""
    for rule in data.get("by_context") or ():
        if rule.get("dimension", quantity.dimension) != quantity.dimension:
            continue
        words, pattern = rule.get("words"), rule.get("pattern")
        said = words is not None and any(word in context.words for word in words)
        if pattern and not said:
            folded = folded or fold_words(context.words)
            said = _compiled(pattern).search(folded) is not None
        if said or (rule.get("region") and context.region):
            return Meaning(rule["metric"], metrics.get(rule["metric"], entry), rule.get("product"))
    metric, implied = data.get("means", entry.key), data.get("product")
    named = (data.get("by_product") or {}).get(product)
    by_dimension = data.get("by_dimension") or {}
    if named and (change or quantity.dimension != "ratio"):
        told = metrics[named].data if named in metrics else {}
        metric = (told.get("by_dimension") or {}).get("" if change else quantity.dimension) or told.get("means", named)
    elif not change and quantity.dimension in by_dimension:
        metric = by_dimension[quantity.dimension]
    if metric == "quota_share":
        implied = data.get("share_product") or {"mining": "mining", "separation": "separation"}.get(product or "")
    return Meaning(metric, entry if metric == data.get("means") else metrics.get(metric, entry), implied)
