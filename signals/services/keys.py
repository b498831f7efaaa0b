"""Stable keys: what identifies a statement at the source, whatever the engine of the day thinks of it.

A key is made from the address, the raw figure (or the sentence) and the words around it, never from the metric, period or
subject that were read into it, so that a person's verdict finds the same statement again after a re-extraction.
"""

import hashlib
import re
from decimal import Decimal
from functools import lru_cache

CONTEXT = 24  # characters without white space on each side: enough to tell two figures of a sentence apart


def _packed(text: str) -> str:
    return "".join(text.split())


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def figure_key(url: str, text: str, start: int, end: int, ordinal: int = 0) -> str:
    """Key of the figure ``text[start:end]``; the context ends with its line.

    ``ordinal`` tells apart several indicators read from one figure.
    """
    before = _packed(text[max(0, start - 4 * CONTEXT) : start].rpartition("\n")[2])[-CONTEXT:]
    after = _packed(text[end : end + 4 * CONTEXT].partition("\n")[0])[:CONTEXT]
    return _digest("figure", url, before, _packed(text[start:end]), after, str(ordinal))


def sentence_key(url: str, sentence: str, theme: str) -> str:
    """Key of a signal: one theme in one sentence of one address."""
    return _digest("signal", url, _packed(sentence), theme)


_BATCH = re.compile(r"第([一二三])批|(first|second|third) batch", re.IGNORECASE)
_ORDINAL = {"一": "1", "二": "2", "三": "3", "first": "1", "second": "2", "third": "3"}


def batch(note: str) -> str:
    """Which batch of a quota a note names: "1", "2", "3", or "" for the whole year."""
    found = _BATCH.search(note)
    return _ORDINAL[(found.group(1) or found.group(2)).lower()] if found else ""


def fact_key(
    subject: str | None, metric: str, product: str, measure: str, period: str, modality: str, unit: str, note: str
) -> str:
    """Key of the like-with-like group: figures that ought to agree. Batches of a quota are facts of their own."""
    scope = batch(note) if metric.startswith("quota") else ""
    return _digest("fact", subject or "", metric, product, measure, period, modality, unit, scope)


def ulp(value: Decimal, as_written: str) -> Decimal:
    """The weight of the last digit that was printed: 18.87 billion → 10 million."""
    significant = _significant(as_written)
    if not significant or value == 0:
        return Decimal(0)
    return Decimal(1).scaleb(value.adjusted() - significant + 1)


@lru_cache(maxsize=10_000)
def _significant(as_written: str) -> int:
    """How many digits were printed, leading zeros left out; 0 where there are none."""
    digits = re.search(r"\d[\d,，.]*", as_written)
    return (len(re.sub(r"\D", "", digits.group()).lstrip("0")) or 1) if digits else 0
