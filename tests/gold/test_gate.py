"""The engine stays above its floors on the gold texts, and the texts stay what they were when the floors were pinned."""

from __future__ import annotations

import pytest

from tests.gold import gate, load


@pytest.fixture(scope="module")
def scores():
    return gate.measure()


def test_the_texts_are_those_that_the_floors_were_pinned_on():
    assert gate.read_floors()["digest"] == load.digest(), (
        "a text changed: look at it, then run tests.gold.gate --accept"
    )


def test_nothing_falls_below_its_floor(scores):
    print(gate.report(scores))
    assert gate.below(gate.figures(scores), gate.read_floors()["floors"]) == []


def test_every_language_and_part_has_floors():
    floors = gate.read_floors()["floors"]
    assert sorted(floors) == ["held-en", "held-zh", "open-en", "open-zh"]
    assert all(set(pinned) == set(gate.PINNED) for pinned in floors.values())


def test_a_figure_below_its_floor_is_told():
    measured = {"open-en": {"strict_f1": 0.70}}
    assert gate.below(measured, {"open-en": {"strict_f1": 0.71}}) == [
        "open-en: strict_f1 0.7000 is below its floor 0.7100"
    ]
    assert gate.below(measured, {"open-en": {"strict_f1": 0.70}}) == []
