"""Which sentences of two texts say the same, by the facts that they state; no database."""

import pytest

from signals.models import DisclosureVersion
from signals.selectors.beside import aligned, column


def texts(**spans):
    """Sentences by name: their place is their letter, their facts the words."""
    return {(ord(name), ord(name) + 1): frozenset(facts.split()) for name, facts in spans.items()}


def names(groups):
    return [
        (
            "".join(chr(start) for start, _end in sorted(group.left)),
            "".join(chr(start) for start, _end in sorted(group.right)),
        )
        for group in groups
    ]


@pytest.mark.parametrize(
    ("left", "right", "pairs"),
    [
        ({"a": "revenue", "b": "profit"}, {"x": "profit", "y": "revenue"}, [("a", "y"), ("b", "x")]),
        ({"a": "revenue profit"}, {"x": "revenue", "y": "profit"}, [("a", "xy")]),
        ({"a": "revenue", "b": "profit"}, {"x": "revenue profit"}, [("ab", "x")]),
        ({"a": "one two", "b": "three"}, {"x": "two three", "y": "four"}, [("ab", "x")]),
        ({"a": "revenue"}, {"x": "output"}, []),
        ({}, {"x": "output"}, []),
    ],
)
def test_sentences_that_share_a_fact_are_one_group(left, right, pairs):
    assert names(aligned(texts(**left), texts(**right))) == pairs


def test_a_column_gives_the_whole_text_back_and_numbers_a_group_once():
    version = DisclosureVersion(
        text="Sales rose. Costs fell.\nSales again.", blocks=[["paragraph", 0, 23, ""], ["item", 24, 36, ""]]
    )
    paragraphs = column(version, [{(0, 11), (24, 36)}])
    stretches = [stretch for paragraph in paragraphs for stretch in paragraph.stretches]
    assert "".join(stretch.text for stretch in stretches) == version.text.replace("\n", "")
    assert [(stretch.number, stretch.first) for stretch in stretches] == [("1", True), ("", False), ("1", False)]
    assert [paragraph.kind for paragraph in paragraphs] == ["paragraph", "item"]


def test_groups_whose_values_contradict_each_other_are_told():
    version = DisclosureVersion(text="Sales rose. Costs fell.")
    [paragraph] = column(version, [{(0, 11)}, {(12, 23)}], {2})
    assert [(stretch.number, stretch.differs) for stretch in paragraph.stretches] == [
        ("1", False),
        ("", False),
        ("2", True),
    ]
