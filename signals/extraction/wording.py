"""The words of the engine's patterns, from ``signals/lexicon/wordings``: a rule in code says where words stand, the YAML which.

``pattern_of(r"{people}\\s+{said.en}")`` is the pattern with the words of both entries in its places, of the second the English
ones. Patterns are made when the engine is imported, of the words that come with it; a lexicon that is handed in with other words
has ``bind_words`` make those anew whose words differ, and ``of_words`` what else is made of them. An entry:

    said: {zh: [表示, 披露], en: [said, announce*], patterns: […], not_after: […], not_before: […], as_printed: true, examples: …}

A blank in a Latin word is any white space, an apostrophe either one, a trailing ``*`` lets it go on. ``patterns`` are for what
varies inside; they may name other entries. Whether case counts is the pattern's to say, unless words hold ``as_printed`` only.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from signals.extraction.entries import LEXICON_FOLDER, LexiconError, entries_in
from signals.extraction.gated import Gated, gated
from signals.extraction.numerals import either
from signals.extraction.records import Entry

FOLDER = LEXICON_FOLDER / "wordings"
_PLACE = re.compile(r"\{([a-z][a-z0-9-]*)(?:\.(zh|en))?\}")
P = ParamSpec("P")
T = TypeVar("T")


@lru_cache(maxsize=1)
def wordings() -> dict[str, Entry]:
    """The entries that come with the engine, by key."""
    return wordings_in(FOLDER)


def wordings_in(folder: Path) -> dict[str, Entry]:
    """All entries of a folder by key; raises ``LexiconError`` when two have the same."""
    known: dict[str, Entry] = {}
    for path in sorted(folder.rglob("*.yml")):
        for entry in entries_in(path, "wordings"):
            if entry.key in known:
                raise LexiconError(f"{entry.where}: '{entry.key}' is already defined at {known[entry.key].where}")
            known[entry.key] = entry
    return known


class _Bound:
    """The words that patterns are made of now, and what is made of them. One process reads with one lexicon's words at a time."""

    given: Mapping[str, Entry] | None = None  # None: those that come with the engine
    last: Mapping[str, Entry] | None = None  # handed in last, so that the same again costs nothing
    lock = Lock()
    patterns: WeakKeyDictionary[Gated, tuple[str, str]] = WeakKeyDictionary()  # shape, and the shape with its words
    forget: list[Callable[[], None]] = []


def bind_words(words: Mapping[str, Entry]) -> None:
    """Read from now on with a lexicon's words; none at all mean those that come with the engine.

    Raises ``LexiconError`` when an entry is missing that a pattern names.
    """
    if words is _Bound.last:
        return
    with _Bound.lock:
        given = None if not words or words == wordings() else words
        if given != _Bound.given:
            before, _Bound.given = _Bound.given, given
            try:
                _make_anew()
            except (LexiconError, re.error):
                _Bound.given = before
                _make_anew()
                raise
        _Bound.last = words


def _make_anew() -> None:
    for forget in (_any_of.cache_clear, *_Bound.forget):
        forget()
    for pattern, (shape, made) in list(_Bound.patterns.items()):
        told = filled(shape)
        if told != made:
            Gated.__init__(pattern, re.compile(told, pattern.pattern.flags))
            _Bound.patterns[pattern] = (shape, told)


def of_words(make: Callable[P, T]) -> Callable[P, T]:
    """``make``, which asks for words, with its answers kept until other words are bound."""
    kept = lru_cache(maxsize=512)(make)
    _Bound.forget.append(kept.cache_clear)
    return kept  # type: ignore[return-value]


def pattern_of(shape: str, flags: re.RegexFlag | int = 0) -> Gated:
    """The pattern of ``shape`` with the words of an entry at each ``{key}``, those of one language at ``{key.zh}``."""
    told = filled(shape)
    made = gated(told, flags)
    _Bound.patterns[made] = (shape, told)
    return made


@of_words
def listed_words(key: str) -> tuple[str, ...]:
    """The words of an entry as they are written, Chinese ones first; asked for where they are used, they cost next to nothing."""
    entry = _entry(key)
    return entry.zh + entry.en


def field_of(key: str, name: str) -> Any:
    """A field of an entry's own; raises ``LexiconError`` when it has none of that name."""
    entry = _entry(key)
    if name not in entry.data:
        raise LexiconError(f"{entry.where}: '{key}' has no '{name}'")
    return entry.data[name]


@of_words
def ranked(role: str) -> list[tuple[Gated, dict[str, Any]]]:
    """The pattern and the fields of every entry of a role, in the order of the file: where the first that fits decides."""
    entries = [entry for entry in _words().values() if entry.data.get("role") == role]
    return [(pattern_of(f"{{{entry.key}}}", re.IGNORECASE), entry.data) for entry in entries]


def filled(shape: str) -> str:
    """``shape`` with the words of entries in its places: for patterns that are made with a lexicon, once it is bound."""
    return _PLACE.sub(lambda place: _any_of(place[1], place[2] or ""), shape)


def _words() -> Mapping[str, Entry]:
    return wordings() if _Bound.given is None else _Bound.given


def _entry(key: str) -> Entry:
    entry = _words().get(key)
    if entry is None:
        raise LexiconError(f"{FOLDER}: no entry '{key}', which a pattern of the engine names")
    return entry


@lru_cache(maxsize=1024)
def _any_of(key: str, language: str) -> str:
    """The pattern of any of an entry's words, with what may not stand beside them."""
    entry = _entry(key)
    shapes = [] if language else [filled(pattern) for pattern in entry.data.get("patterns", ())]
    if entry.zh and language != "en":
        shapes.append(either(entry.zh))
    latin = [] if language == "zh" else [_latin(words) for words in _parted(entry.en)]
    before = "".join(f"(?<!{re.escape(word)})" for word in entry.data.get("not_after", ()))
    after = "".join(f"(?!{re.escape(word)})" for word in entry.data.get("not_before", ()))
    case = "-i" if entry.data.get("as_printed") else ""
    return f"{before}(?{case}:{'|'.join(shapes + latin)}){after}"


def _parted(words: Iterable[str]) -> list[tuple[str, ...]]:
    """Words by how they begin and end, since that tells what may touch them."""
    kinds: dict[tuple[bool, str], list[str]] = {}
    for word in words:
        end = "*" if word.endswith("*") else "word" if word[-1].isalnum() else ""
        kinds.setdefault((word[0].isalnum(), end), []).append(word)
    return [tuple(some) for some in kinds.values()]


def _latin(words: tuple[str, ...]) -> str:
    """The pattern of Latin words that begin and end alike."""
    first, last = words[0][0], words[0][-1]
    shape = either(word.removesuffix("*") for word in words).replace("\\ ", r"\s+").replace("'", "['’]")
    after = r"\w*" if last == "*" else r"\b" if last.isalnum() else ""
    return (r"\b" if first.isalnum() else "") + f"(?:{shape}){after}"
