"""What the overview chooses to tell: sentences rather than headlines, figures by what they measure, no background."""

from datetime import timedelta

import pytest
from django.utils import timezone

from signals.models import IndicatorCurrent
from signals.selectors import overview
from tests.signals.conftest import FIRST_HALF

pytestmark = pytest.mark.django_db
BUILT = "Northern Rare Earth completed its green smelting upgrade and put the line into operation."


@pytest.fixture
def start():
    return timezone.now() - timedelta(hours=1)


def test_a_headline_is_not_told_as_a_signal(take, start):
    page = take(FIRST_HALF.format(more=BUILT))
    assert [row.quote for row in overview.telling_signals(start)] == [BUILT]
    page.title = f"{BUILT} The shares rose."
    page.save(update_fields=["title"])
    assert BUILT not in [row.quote for row in overview.telling_signals(start)]


def test_few_of_a_kind_are_told_in_their_order():
    rows = [("first", "quota"), ("second", "quota"), ("third", "quota"), ("fourth", "prices")]
    assert overview._few(rows, 2) == ["first", "second", "fourth"]


def test_figures_of_one_metric_stand_together_levels_first(first_half, start):
    told = [[row.measure for row in same] for same in overview.new_figures(start)]
    assert sorted(told) == [["level"], ["level", "change_yoy"]]


def test_a_period_of_long_ago_is_background(first_half, start):
    IndicatorCurrent.objects.filter(metric="revenue").update(
        period_label="2020", period_start="2020-01-01", period_end="2020-12-31"
    )
    assert {row.metric for same in overview.new_figures(start) for row in same} == {"net_profit"}
