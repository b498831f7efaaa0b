"""Which project, and which phase of it, a sentence speaks of."""

from __future__ import annotations

import pytest

from companies.projects import phases, projects
from companies.registry import load_companies
from signals.extraction.lexicon import COMPANIES_FOLDER

EXAMPLES = [
    (key, sentence, wanted)
    for key, project in projects().items()
    for wanted, sentences in ((True, project.examples["match"]), (False, project.examples["no_match"]))
    for sentence in sentences
]


@pytest.mark.parametrize(("key", "sentence", "wanted"), EXAMPLES)
def test_does_a_sentence_name_the_project(key: str, sentence: str, wanted: bool) -> None:
    assert projects()[key].named_in(sentence) is wanted


def test_every_speaker_is_a_known_entity() -> None:
    known = load_companies(COMPANIES_FOLDER)
    assert [who for project in projects().values() for who in project.who if who not in known] == []


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("绿色冶炼一期已经贯通，二期正在施工。", ["1", "2"]),
        ("The second phase of the works is under way.", ["2"]),
        ("Phase I was connected and Phase II is being built.", ["1", "2"]),
        ("工期缩短了一个月。", []),
        ("本刊第12期、第二十三期都报道了该项目。", []),
        ("In the first half the company grew.", []),
    ],
)
def test_which_phases_are_named(sentence: str, wanted: list[str]) -> None:
    assert phases(sentence) == wanted


@pytest.mark.parametrize(
    ("key", "sentence", "wanted"),
    [
        ("magnet-alloy-50000", "北方磁材合金项目一期、北方招宝磁体项目均已投运。", "1"),
        ("zhaobao-magnets-3000", "北方磁材合金项目一期、北方招宝磁体项目均已投运。", ""),
        ("green-smelting-upgrade", "Phase II of the green smelting upgrade is being built.", "2"),
        ("green-smelting-upgrade", "绿色冶炼一期和二期都列入计划。", ""),
    ],
)
def test_the_phase_is_the_one_beside_the_project(key: str, sentence: str, wanted: str) -> None:
    assert projects()[key].phase_in(sentence) == wanted
