"""Names that stand for a company, and which of them are worth asking the index for."""

import pytest

from signals.selectors.search_words import snippet, telling


@pytest.mark.parametrize(
    ("asked", "names", "kept"),
    [
        ("北方稀土", ["北方稀土高科", "中国北方稀土", "包钢稀土"], ["包钢稀土"]),
        ("JL MAG", ["JL MAG Rare-Earth", "金力永磁", "江西金力永磁"], ["金力永磁"]),
        ("steel", ["Baotou Steel", "Baogang", "Baogang Group"], ["Baogang"]),
        ("稀土", ["稀"], ["稀"]),
        ("Lynas", ["—", ""], []),
    ],
)
def test_a_longer_name_that_holds_a_shorter_one_is_not_asked_for_twice(asked, names, kept):
    assert telling(asked, names) == kept


def test_a_snippet_marks_the_hit_and_escapes_the_rest():
    assert snippet("a <b> quota & more", ["QUOTA"]) == ["a &lt;b&gt; <mark>quota</mark> &amp; more"]
