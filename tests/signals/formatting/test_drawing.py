from decimal import Decimal

import pytest

from signals.formatting.drawing import Dot, heat, spark


def test_a_gap_breaks_the_line_and_the_last_point_is_marked():
    drawn = spark([Decimal(1), Decimal(2), None, Decimal(3), Decimal(1)])
    assert len(drawn.lines) == 2
    assert drawn.last == Dot(93, 21)


def test_bounds_are_hollow():
    drawn = spark([1, 2, 3], [True, False, True])
    assert len(drawn.dots) == 1
    assert drawn.last == Dot(93, 3, hollow=True)


def test_points_stay_inside_the_box():
    for line in spark([5, -3, 1e9, 0]).lines:
        for point in line.split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= 96
            assert 0 <= y <= 24


@pytest.mark.parametrize("values", [[], [None, None]])
def test_nothing_known_draws_nothing(values):
    assert spark(values).last is None


def test_one_value_is_a_dot_in_the_middle():
    drawn = spark([7])
    assert drawn.lines == ()
    assert drawn.last == Dot(48, 12)


@pytest.mark.parametrize(("count", "step"), [(0, 0), (1, 1), (4, 2), (25, 5), (100, 5), (-1, 0)])
def test_heat(count, step):
    assert heat(count, 25) == step


def test_a_single_mention_stays_pale():
    assert [heat(count, 2) for count in (1, 2)] == [2, 3]


def test_heat_without_a_peak_is_cold():
    assert heat(3, 0) == 0
