"""Patterns made of the lexicon's words: what a word may touch, what varies inside, and that a mistake is named."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import signals.extraction
from signals.extraction import wording
from signals.extraction.entries import LexiconError

WORDS = """
said: {zh: [表示, 披露], en: [said, "announc*", the firm's report]}
told: {zh: [说], en: [told], not_after: [小], not_before: [明]}
place: {zh: [], en: [May], as_printed: true}
who-said: {zh: [], en: [], patterns: ['(?:he|she) {said}']}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of wordings of our own in place of the lexicon's."""
    (tmp_path / "words.yml").write_text(WORDS, encoding="utf-8")
    monkeypatch.setattr(wording, "FOLDER", tmp_path)
    for made in (wording.wordings, wording._any_of):
        made.cache_clear()
    yield tmp_path
    monkeypatch.undo()
    for made in (wording.wordings, wording._any_of):
        made.cache_clear()


@pytest.mark.parametrize(
    ("shape", "text", "found"),
    [
        ("{said}", "公司披露收入", "披露"),
        ("{said}", "it announced that", "announced"),
        ("{said}", "the firm’s  report", "the firm’s  report"),
        ("{said}", "unsaid", None),
        ("{said.zh}", "it said", None),
        ("{said.en}$", "who said", "said"),
        ("{told}", "他说", "说"),
        ("{told}", "小说", None),
        ("{told}", "说明", None),
        ("{place}", "in May", "May"),
        ("{place}", "it may", None),
        ("{who-said}", "she said so", "she said"),
        (r"{said}\d{2,3}", "said12", None),
        (r"{said} \d{2,3}", "said 120", "said 120"),
    ],
)
def test_what_words_find(folder: Path, shape: str, text: str, found: str | None) -> None:
    hit = wording.pattern_of(shape, re.IGNORECASE).search(text)
    assert (hit.group() if hit else None) == found


def test_words_and_fields_as_they_are_written(folder: Path) -> None:
    assert wording.listed_words("told") == ("说", "told")
    assert wording.field_of("place", "as_printed") is True


def test_mistakes_are_named_with_their_place(folder: Path) -> None:
    with pytest.raises(LexiconError, match="no entry 'nobody'"):
        wording.pattern_of("{nobody}")
    with pytest.raises(LexiconError, match=r"words\.yml:3: 'told' has no 'unit'"):
        wording.field_of("told", "unit")
    (folder / "again.yml").write_text("said: {zh: [称], en: []}\n", encoding="utf-8")
    wording.wordings.cache_clear()
    with pytest.raises(LexiconError, match="'said' is already defined at again"):
        wording.wordings()


def test_every_entry_is_one_that_the_engine_asks_for() -> None:
    """A wording that no pattern names would be reviewed for nothing."""
    root = Path(signals.extraction.__path__[0])
    code = "\n".join(path.read_text("utf-8") for path in root.rglob("*.py"))
    for module in pkgutil.walk_packages(signals.extraction.__path__, "signals.extraction."):
        import_module(module.name)  # a pattern with an unknown entry fails here
    named = set(re.findall(r"\{([a-z][a-z0-9-]*)(?:\.(?:zh|en))?\}", code)) | set(
        re.findall(r'(?:listed_words|field_of)\(\s*"([a-z0-9-]+)"', code)
    )
    inside = {
        key
        for entry in wording.wordings().values()
        for pattern in entry.data.get("patterns", ())
        for key in re.findall(r"\{([a-z][a-z0-9-]*)(?:\.(?:zh|en))?\}", pattern)
    }
    roles = set(re.findall(r'ranked\("([a-z_]+)"\)', code))
    inside |= {key for key, entry in wording.wordings().items() if entry.data.get("role") in roles}
    assert set(wording.wordings()) - named - inside == set()
