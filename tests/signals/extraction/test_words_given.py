"""The words of patterns are handed in with the lexicon: one more word changes what is read, and nothing of it stays behind."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import signals.extraction
from signals.extraction import extract, load_lexicon
from signals.extraction.entries import LEXICON_FOLDER, LexiconError
from signals.extraction.lexicon import Lexicon
from signals.extraction.records import Entry
from signals.extraction.wording import bind_words, listed_words, of_words, pattern_of, wordings

HEAD = "<table><tr><th>产品</th><th>2024年产量({})</th></tr><tr><td>氧化镨钕</td><td>5320</td></tr></table>"
# the entry, a word of our own that it gets, a text with the word, and how often a figure is read before and after
CASES = [
    ("head-kilograms", "桶", f"<p>公司公布2024年各产品的产量。</p>{HEAD.format('桶')}", 0, 1),
    ("class-of-firm", "巨擘", "<p>北方稀土2024年成为收入300亿元巨擘。</p>", 1, 0),
    ("exchange-rate", "换汇价", "<p>北方稀土2024年收入换汇价7亿元。</p>", 1, 0),
]


@pytest.fixture(autouse=True)
def words_put_back() -> Iterator[None]:
    """Leave the words that come with the engine to the tests behind."""
    yield
    bind_words({})


def with_word(lexicon: Lexicon, key: str, word: str) -> Lexicon:
    return lexicon.with_overlay([Entry("wordings", key, (word,), (), {}, "test")])


def figures(text: str, lexicon: Lexicon) -> int:
    page = f"<html><body><article>{text}</article></body></html>".encode()
    return len(extract(page, lexicon).as_json()["indicators"])


@pytest.mark.parametrize(("key", "word", "text", "before", "after"), CASES)
def test_a_word_handed_in_is_read(lexicon: Lexicon, key: str, word: str, text: str, before: int, after: int) -> None:
    other = with_word(lexicon, key, word)
    assert [figures(text, one) for one in (lexicon, other, lexicon, other)] == [before, after, before, after]


def test_only_patterns_whose_words_differ_are_made_anew(lexicon: Lexicon) -> None:
    mine, others = pattern_of("{class-of-firm}"), pattern_of("{exchange-rate}")
    before = mine.pattern, others.pattern
    bind_words(with_word(lexicon, "class-of-firm", "巨擘").kind("wordings"))
    assert mine.search("收入300亿元巨擘") and mine.pattern is not before[0]
    assert others.pattern is before[1]
    bind_words(lexicon.kind("wordings"))
    assert not mine.search("收入300亿元巨擘")


def test_what_is_made_of_words_is_made_anew(lexicon: Lexicon) -> None:
    @of_words
    def joined() -> str:
        return "/".join(listed_words("class-of-firm"))

    plain = joined()
    bind_words(with_word(lexicon, "class-of-firm", "巨擘").kind("wordings"))
    assert "巨擘" in joined()
    bind_words({})
    assert joined() == plain


def test_words_that_miss_an_entry_are_refused_and_change_nothing() -> None:
    kept = pattern_of("{class-of-firm}")
    before = kept.pattern
    less = {key: entry for key, entry in wordings().items() if key != "exchange-rate"}
    with pytest.raises(LexiconError, match="no entry 'exchange-rate'"):
        bind_words(less)
    assert kept.pattern is before


def test_no_module_keeps_words_from_its_import() -> None:
    root = Path(signals.extraction.__path__[0])
    bound = re.compile(r"(?m)^[A-Za-z_]\w*(?:: [^=\n]+)? = [^\n]*\b(?:listed_words|ranked|field_of|filled)\(")
    assert bound.search('_ENDS = frozenset(listed_words("ends"))')
    assert [path.name for path in root.rglob("*.py") if bound.search(path.read_text("utf-8"))] == []


def test_a_folder_of_its_own_has_words_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "lexicon"
    shutil.copytree(LEXICON_FOLDER, folder)
    for path in (folder / "wordings").rglob("*.yml"):
        text = path.read_text("utf-8")
        path.write_text(re.sub(r"(?m)^(class-of-firm: \{zh: \[)", r"\1巨擘, ", text), "utf-8")
    key, _, text, before, after = CASES[1]
    own = load_lexicon(folder)
    assert own.kind("wordings")[key].zh[0] == "巨擘"
    assert figures(text, own) == after != before
