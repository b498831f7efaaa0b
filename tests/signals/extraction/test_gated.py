"""Patterns that look for their words first: which words those are, and that nothing is missed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signals.extraction.gated import Gated, gated, last_letters, needed_words

WORDS = [
    (r"\bsince\b", 0, ("since",)),
    (r"\b(?:lowest|highest)\b[^.;]{0,16}\bsince\s+$", 0, ("lowest", "highest")),  # the longer ones
    (r"(?:从|自)\d{4}年", 0, ("年",)),
    (r"(?:目标|计划)|\bplans? to\b", 0, ("目标", "计划", "plan")),
    (r"(?:growth|growth of|increase)", 0, ("growth", "increase")),  # a word within another says enough
    (r"(?:forecast|target)s?", re.IGNORECASE, ("target", "forecast")),
    (r"[涨跌]\d+", 0, ("涨", "跌")),  # one letter of Chinese is as rare as two of ours
    (r"(?:rise|fall)?\d+", 0, ()),  # matches without a word
    (r"(?:up|\d+)%?", 0, ()),
    (r"(?<=output )\d+(?= tonnes)", 0, ()),  # what stands around is no part of the match
    (r"(?:ab){0,3}", 0, ()),
    (r"(?:stock|share)+ price", 0, (" price",)),
]
PATTERNS = [
    gated(r"\b(?:up|down) (?:on|over)\s*$"),
    gated(r"同比[增降]|较(?:去年|上年)"),
    gated(r"(?:than|FROM) [a-z]+", re.IGNORECASE),
    gated(r"\d+"),
    gated(r"(?:\bfrom|[较比]|over(?: x)?)\s*$", re.IGNORECASE),
]


@pytest.mark.parametrize(("pattern", "flags", "words"), WORDS)
def test_words_without_which_nothing_matches(pattern: str, flags: int, words: tuple[str, ...]) -> None:
    assert needed_words(pattern, folds=bool(flags & re.IGNORECASE)) == words


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda one: one.pattern.pattern)
@given(
    text=st.lists(
        st.sampled_from(["up ", "over ", "down ", "than ", "From ", "x", "7", "同比", "增", "较上年", "。"])
    ).map("".join),
    start=st.integers(0, 20),
    length=st.integers(0, 40),
)
def test_finds_what_the_pattern_finds(pattern: Gated, text: str, start: int, length: int) -> None:
    end = start + length
    plain = pattern.pattern
    assert str(pattern.search(text, start, end)) == str(plain.search(text, start, end))
    assert str(pattern.search(text)) == str(plain.search(text))
    ours = [found.span() for found in pattern.finditer(text, start, end)]
    assert ours == [found.span() for found in plain.finditer(text, start, end)]


ENDS = [
    (r"\b(?:from|over)\s*$", 0, "mr"),
    (r"(?:[较比]|\bthan(?: the)?)\s+$", 0, "较比ne"),
    (r"(?:to|At)$", re.IGNORECASE, "ot"),
    (r"(?:自|从)(?:\d+年)?$", 0, "自从年"),
    (r"[^,]{0,8}$", 0, ""),  # any letter
    (r"(?:的)?\s*$", 0, ""),  # none at all
    (r"\bfrom\b", 0, ""),  # anywhere
]


@pytest.mark.parametrize(("pattern", "flags", "letters"), ENDS)
def test_letters_that_a_stretch_ends_with(pattern: str, flags: int, letters: str) -> None:
    assert last_letters(pattern, flags) == frozenset(letters)
