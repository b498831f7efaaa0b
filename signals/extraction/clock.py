"""What is known of time while a document is read from its top to its end."""

from __future__ import annotations

from dataclasses import dataclass

from signals.extraction.records import Period


@dataclass(slots=True)
class Clock:
    """What is known of time so far: the document's period and publication, and the paragraph's last period."""

    document: Period | None
    published: str | None
    last: Period | None = None
    month: Period | None = None  # the month told of last, in whatever paragraph
    headline: Period | None = None  # the period that the title names, over or not
    quota: Period | None = None  # the year of the quotas told before, in whatever paragraph
    contract: Period | None = None  # of the concentrate price told last, whose step by content holds as long
    day: Period | None = None  # the day of the prices told before, in whatever paragraph
