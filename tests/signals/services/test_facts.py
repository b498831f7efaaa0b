"""Bounds and rounding: which figures can both be true."""

from decimal import Decimal

import pytest

from signals.services.facts import agree, bounds
from signals.services.keys import figure_key, ulp


def span(comparator, value, as_written, high=None):
    return bounds(comparator, Decimal(value), Decimal(high) if high else None, as_written)


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (span(">", "15", "over 15%"), span("=", "15.2", "15.2%"), True),
        (span(">", "15", "over 15%"), span("=", "14.1", "14.1%"), False),
        (span("=", "1525000000", "1.525 billion"), span("=", "1530000000", "15.3亿元"), True),
        (span("=", "18870000000", "18.87 billion"), span("=", "18866000000", "188.66亿元"), True),
        (span("=", "18870000000", "18.87 billion"), span("=", "18766000000", "187.66亿元"), False),
        (span("range", "2176", "21.76-23.56", "2356"), span("=", "2251", "22.51"), True),
        (span("range", "2176", "21.76-23.56", "2356"), span("=", "2551", "25.51"), False),
        (span("~", "100", "about 100"), span("=", "103", "103"), True),
        (span("<", "20", "不足两成"), span("=", "34.2", "34.2%"), False),
        (span(">", "-30", "fell by more than 30%"), span("=", "-31.4", "fell 31.4%"), True),
        (span(">", "-30", "fell by more than 30%"), span("=", "-12", "fell 12%"), False),
        (span("<", "-30", "fell by nearly 30%"), span("=", "-29.4", "fell 29.4%"), True),
    ],
)
def test_agreement(one, other, together):
    assert agree(one, other) is together
    assert agree(other, one) is together


@pytest.mark.parametrize(
    ("value", "as_written", "weight"),
    [
        ("18870000000", "18.87 billion", "10000000"),
        ("931000000", "931 million", "1000000"),
        ("15", "over 15%", "1"),
        ("0.258", "0.258", "0.001"),
        ("16751000000", "167.51亿元", "1000000"),
    ],
)
def test_weight_of_the_last_printed_digit(value, as_written, weight):
    assert ulp(Decimal(value), as_written) == Decimal(weight)


def test_a_figure_keeps_its_key_when_a_paragraph_is_put_before_its_sentence():
    text = "In its statement the company said that revenue was 18.87 billion yuan in the half. Profit was 931 million."
    moved = "A new first paragraph.\n\n" + text
    assert key_of(text) == key_of(moved)


def test_a_figure_has_another_key_when_the_words_around_it_change():
    text = "In its statement the company said that revenue was 18.87 billion yuan in the half. Profit was 931 million."
    assert key_of(text) != key_of(text.replace("in the half", "in the year"))


def key_of(text):
    start = text.index("18.87")
    return figure_key("https://press.example/a", text, start, start + 5)
