"""What the source pages count."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from signals.models import Disclosure
from signals.selectors import source as selector


@pytest.mark.parametrize("zone", ["UTC", "Asia/Shanghai", "America/New_York"])
def test_what_is_new_today_counts_for_today_wherever_the_reader_is(first_half, zone):
    seen = datetime(2026, 3, 3, 20, 30, tzinfo=UTC)  # the fourth of March in Shanghai
    Disclosure.objects.update(first_seen_at=seen)
    with timezone.override(zone):
        counts = selector.new_by_day(now=seen)
    assert counts[first_half.source_id][-1] == 1
