"""Slogans: every key of the vocabulary, one use for one phrase, exact spans."""

from __future__ import annotations

import pytest

from signals.extraction.slogans import find_slogans
from tests.lexicon import lexicon


def uses(text: str) -> list[tuple[str, str]]:
    return [(use.key, text[slice(*use.span)]) for use in find_slogans(text, lexicon().find(text), lexicon())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("加快形成新质生产力。", [("new-quality-productive-forces", "新质生产力")]),
        ("加快形成新質生產力。", [("new-quality-productive-forces", "新質生產力")]),
        (
            "“New-Quality Productive Forces” came up.",
            [("new-quality-productive-forces", "New-Quality Productive Forces")],
        ),
        ("the two national rare earth bases", [("two-rare-earth-bases", "two national rare earth bases")]),
        ("建设‘两个稀土基地’", [("two-rare-earth-bases", "两个稀土基地")]),
        ("a strong start to the year", [("open-the-year-strong", "strong start to the year")]),
        (
            "以旬保月、以月保季、以季保年",
            [("secure-the-month-by-the-ten-day-the-quarter-by-the-month", "以旬保月、以月保季、以季保年")],
        ),
        ("高端化、智能化、绿色化", [("high-end-green-smart", "高端化、智能化、绿色化")]),
        ("两个稀土项目", []),
        ("the red paint of the start button", []),
    ],
)
def test_a_phrase_is_told_by_its_key(text: str, expected: list[tuple[str, str]]) -> None:
    assert uses(text) == expected


def test_every_slogan_has_both_languages_a_meaning_and_examples() -> None:
    for entry in lexicon().kind("slogans").values():
        assert all([entry.zh, entry.en, entry.data["meaning"]]), entry.where
        assert entry.data["examples"]["match"], entry.where


def test_a_slogan_s_theme_is_a_theme() -> None:
    themes = {entry.data["theme"] for entry in lexicon().kind("themes").values()}
    assert {entry.data["theme"] for entry in lexicon().kind("slogans").values() if "theme" in entry.data} <= themes
