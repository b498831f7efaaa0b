"""When a promise falls due."""

from __future__ import annotations

from datetime import date, timedelta

from signals.extraction.period_years import PeriodAnchor
from signals.extraction.periods import find_periods
from signals.services import lexicon

OTHERWISE = timedelta(days=120)


def result_due(start: date | None, end: date | None) -> date | None:
    """The day by which the result of a period has to be out; None for a promise without a period.

    Companies listed in Shanghai and Shenzhen report a year within four months, a half within two and a first or third
    quarter within one (CSRC, Measures for Information Disclosure by Listed Companies; the exchanges' listing rules). What
    is only told with the year, such as a fourth quarter, is due with it; other periods get four months as well.
    """
    if start is None or end is None:
        return None
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    match months, end.month:
        case 12, 12:
            return date(end.year + 1, 4, 30)
        case 3, 3:
            return date(end.year, 4, 30)
        case ((3 | 6), 6):
            return date(end.year, 8, 31)
        case ((3 | 9), 9):
            return date(end.year, 10, 31)
        case 3, 12:
            return date(end.year + 1, 4, 30)
        case _:
            return end + OTHERWISE


def deadline(sentence: str, published_on: date | None) -> date | None:
    """The last day of the latest period in a sentence that still lay ahead when it was published; None when it names none."""
    if published_on is None:
        return None
    day = published_on.isoformat()
    mentions = find_periods(sentence, 0, len(sentence), lexicon.current(), PeriodAnchor(published_on=day))
    ahead = [mention.period.end for mention in mentions if not mention.comparison and mention.period.end > day]
    return date.fromisoformat(max(ahead)) if ahead else None
