"""A company's disclosures in pages: newest first, the undated last, none twice and none left out."""

from datetime import date

import pytest

from companies.models import Entity
from signals.models import Disclosure, TimelineEntry
from signals.selectors import company


@pytest.fixture
def told(known, source):
    """Seven disclosures of one company, two of a day and two without one."""
    entity = Entity.objects.get(pk="northern-rare-earth")
    days = [date(2025, 3, 1), None, date(2025, 5, 1), date(2025, 5, 1), None, date(2024, 1, 1), date(2025, 7, 1)]
    for n, day in enumerate(days):
        disclosure = Disclosure.objects.create(
            canonical_url=f"https://press.example/{n}", source=source, title=str(n), language="en", published_on=day,
            published_precision="day" if day else "", first_seen_at="2025-08-01T00:00Z",
        )  # fmt: skip
        TimelineEntry.objects.create(
            entity=entity,
            lane="disclosure",
            date=day,
            disclosure=disclosure,
            title=str(n),
            source=source,
            language="en",
        )


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6, 7, 50])
def test_pages_hold_every_disclosure_once_the_undated_last(told, size):
    read, mark = [], ""
    while True:
        page, mark = company.disclosures("northern-rare-earth", mark, size)
        read += [row.title for row in page]
        if not mark:
            break
    assert read == ["6", "3", "2", "0", "5", "4", "1"]
