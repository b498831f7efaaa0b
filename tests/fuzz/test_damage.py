"""A few hundred damaged documents at every run; `./dev fuzz` reads ten thousand."""

from __future__ import annotations

import random
import time

import pytest

from tests.fuzz import damage
from tests.fuzz.bearing import TooLong, bear, document, materials, within

SOME = 150


@pytest.fixture(scope="module")
def stock():
    return materials()


@pytest.mark.parametrize("batch", range(4))
def test_damaged_documents_are_borne(lexicon, stock, batch):
    for number in range(SOME):
        bear(document(number, 1_000 + batch, stock), lexicon)


def test_a_run_can_be_repeated(stock):
    assert [document(number, 5, stock) for number in range(20)] == [document(number, 5, stock) for number in range(20)]


@pytest.mark.parametrize("kind", damage.ALL, ids=lambda kind: kind.__name__)
def test_each_kind_of_damage_changes_something(kind):
    data = "<p>2025年前三季度,北方稀土实现营业收入301.5亿元,\n同比增长39.8%。</p>".encode() * 3
    assert any(kind(data, random.Random(seed)) != data for seed in range(5))
    assert isinstance(kind(b"", random.Random(1)), bytes)


def test_what_takes_too_long_is_stopped():
    with pytest.raises(TooLong), within(0.2):
        while time.process_time() < 10_000:
            pass


def test_a_wrong_quote_is_noticed(lexicon, monkeypatch):
    class Wrong:
        def as_json(self):
            return {"text": "营收5亿元", "indicators": [{"span": [0, 2], "quote": "5亿"}]}

    monkeypatch.setattr("tests.fuzz.bearing.extract", lambda *_: Wrong())
    with pytest.raises(AssertionError):
        bear(b"", lexicon)
