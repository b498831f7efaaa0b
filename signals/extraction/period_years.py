"""Which year a phrase without one means: told by the text before it, the document's period, the publication day."""

from __future__ import annotations

from signals.extraction.period_words import PeriodWords
from signals.extraction.records import Period, record

_SOON = 3  # months
_FAR = 5
_LONG, _TO_GO = (
    5,
    2,
)  # months between the first and the last of a half; months before its end in which none tells its results
_AHEAD = ("by", "before", "until", "将于", "预计", "计划")  # what follows lies after the day of publication


@record
class PeriodAnchor:
    """What relative words lean on: the date of publication, the document's own period, the last period named before."""

    published_on: str | None = None
    document: Period | None = None
    previous: Period | None = None


def _within_months(published: str | None, month: int) -> bool:
    """Whether the month comes within a quarter of the day of publication."""
    return published is not None and len(published) >= 7 and 0 <= month - int(published[5:7]) <= _SOON


def _hardly_begun(published: str, first_month: int, last_month: int) -> bool:
    """Whether a half or nine months of the year of publication have months to go: in January "the first half" is last year's."""
    return _LONG <= last_month - first_month < 11 and int(published[5:7] or 12) < last_month - _TO_GO


class Years:
    """The year of each phrase of one stretch of text; ``named`` is the last year that the stretch itself gave."""

    def __init__(self, words: PeriodWords, anchor: PeriodAnchor) -> None:
        self._words, self._anchor = words, anchor
        self.named: int | None = None
        self.ahead = False  # whether the words before speak of what is to come
        self.soon = False  # whether it is a day from which on something holds, maybe one of the months to come

    def relative(self, offset: int) -> int | None:
        """今年, last year: told from the day of publication, or else from the document's period."""
        if self._anchor.published_on:
            return int(self._anchor.published_on[:4]) + offset
        return int(self._anchor.document.end[:4]) + offset if self._anchor.document else None

    def written(self, word: str | None) -> int | None:
        """2025, 25, 二零二五 or 今年 as a number."""
        if not word:
            return None
        if word in self._words.years:
            return self.relative(self._words.years[word])
        digits = "".join(str(self._words.han.get(letter, letter)) for letter in word)
        return int(digits) + (2000 if len(digits) == 2 else 0)

    def implied(self, before: str, first_month: int, last_month: int = 0, past: int = 0) -> int | None:
        """The year of a part of a year that ``before`` ends in front of; None when nothing tells it.

        ``past`` is the last of some months told as a whole: in January "the first 11 months" are the last year's.

        A period that had not begun on the day of publication is last year's, unless words like "by" look ahead.
        """
        if self.named is not None:
            return self.named
        published = self._anchor.published_on
        if published and past and past - int(published[5:7] or 12) >= _FAR and not self.ahead:
            return int(published[:4]) - (not before.rstrip().endswith(_AHEAD))
        known = self._anchor.document or (None if published else self._anchor.previous)
        ahead = self.ahead or before.rstrip().endswith(_AHEAD) or (self.soon and _within_months(published, first_month))
        if known is not None:
            number = int(known.end[:4])
            late = published is not None and not ahead and f"{number}-{first_month:02d}" > published[:7]
            if published and known.label == f"{int(published[:4]) - 1}" and last_month == 0:
                return number + (
                    f"{first_month:02d}" <= published[5:7]
                )  # in spring, about last year: this year's March
            if published and number == int(published[:4]) - 1 and len(known.label) > 4 and not late:
                # in February, after what was told of December: the February of this year
                begun = f"{first_month:02d}" <= published[5:7] and not _hardly_begun(published, first_month, last_month)
                return number + (first_month < int(known.start[5:7]) and begun)
            return number - 1 if late else number
        if published is None:
            return None
        number, month = int(published[:4]), published[5:7]
        if ahead or not month:
            return number
        over = (first_month, last_month) == (1, 12) and month <= "04"  # in spring, "the full year" is the one before
        over = over or _hardly_begun(published, first_month, last_month)
        return number - 1 if over or f"{first_month:02d}" > month else number
