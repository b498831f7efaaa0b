"""Find the figures of a stretch of text: number, unit, qualifier, and what belongs together as one figure.

One pass over the folded text stops at digits and number words only; each number is read by patterns anchored where it
stands. ``scanning`` reads single numbers, ``joining`` makes ranges, currency pairs and lists of them.
"""

from __future__ import annotations

from signals.extraction.joining import join
from signals.extraction.numerals import Lexicon, compiled, fold
from signals.extraction.records import Quantity
from signals.extraction.scanning import Reader
from signals.extraction.worded_sums import with_worded_units

MOST_FIGURES = 20_000  # of a document; the longest annual reports have fewer


def figures_of(text: str, lexicon: Lexicon) -> tuple[list[Quantity], int]:
    """The figures of a document and the place up to which they were read: the end, but of a text with too many of them."""
    folded = fold(text)
    reader = compiled(Reader, lexicon)
    amounts = reader.amounts(text, folded, 0, len(text), most=MOST_FIGURES)
    stop = amounts[-1].end if len(amounts) == MOST_FIGURES else len(text)
    return with_worded_units(text, join(folded, amounts, reader.around, stop)), stop


def find_quantities(text: str, start: int, end: int, lexicon: Lexicon) -> list[Quantity]:
    """The figures in ``text[start:end]``, in order; bare numbers have dimension "plain".

    Dates, ordinals, document numbers and physical measures are read over. ``value`` is canonical (whole yuan, tonnes,
    per cent).
    """
    folded = fold(text)
    reader = compiled(Reader, lexicon)
    return with_worded_units(text, join(folded, reader.amounts(text, folded, start, end), reader.around, end))
