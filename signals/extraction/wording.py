"""The words of the engine's patterns, from ``signals/lexicon/wordings``: a rule in code says where words stand, the YAML which.

``pattern_of(r"{people}\\s+{said.en}")`` is the pattern with the words of both entries in its places, of the second the English
ones. They are read once, when the engine is imported, and are the same for every lexicon, as is ``han.txt``. An entry:

    said: {zh: [表示, 披露], en: [said, announce*], patterns: […], not_after: […], not_before: […], as_printed: true, examples: …}

A blank in a Latin word is any white space, an apostrophe either one, a trailing ``*`` lets it go on. ``patterns`` are for what
varies inside; they may name other entries. Whether case counts is the pattern's to say, unless words hold ``as_printed`` only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from signals.extraction.entries import LEXICON_FOLDER, LexiconError, entries_in
from signals.extraction.gated import Gated, gated
from signals.extraction.numerals import either
from signals.extraction.records import Entry

FOLDER = LEXICON_FOLDER / "wordings"
_PLACE = re.compile(r"\{([a-z][a-z0-9-]*)(?:\.(zh|en))?\}")


@lru_cache(maxsize=1)
def wordings() -> dict[str, Entry]:
    """All entries by key; raises ``LexiconError`` when two have the same."""
    known: dict[str, Entry] = {}
    for path in sorted(FOLDER.rglob("*.yml")):
        for entry in entries_in(path, "wordings"):
            if entry.key in known:
                raise LexiconError(f"{entry.where}: '{entry.key}' is already defined at {known[entry.key].where}")
            known[entry.key] = entry
    return known


def pattern_of(shape: str, flags: re.RegexFlag | int = 0) -> Gated:
    """The pattern of ``shape`` with the words of an entry at each ``{key}``, those of one language at ``{key.zh}``."""
    return gated(_filled(shape), flags)


def listed_words(key: str) -> tuple[str, ...]:
    """The words of an entry as they are written, Chinese ones first."""
    entry = _entry(key)
    return entry.zh + entry.en


def field_of(key: str, name: str) -> Any:
    """A field of an entry's own; raises ``LexiconError`` when it has none of that name."""
    entry = _entry(key)
    if name not in entry.data:
        raise LexiconError(f"{entry.where}: '{key}' has no '{name}'")
    return entry.data[name]


def ranked(role: str) -> list[tuple[Gated, dict[str, Any]]]:
    """The pattern and the fields of every entry of a role, in the order of the file: where the first that fits decides."""
    entries = [entry for entry in wordings().values() if entry.data.get("role") == role]
    return [(pattern_of(f"{{{entry.key}}}", re.IGNORECASE), entry.data) for entry in entries]


def _filled(shape: str) -> str:
    return _PLACE.sub(lambda place: _any_of(place[1], place[2] or ""), shape)


def _entry(key: str) -> Entry:
    entry = wordings().get(key)
    if entry is None:
        raise LexiconError(f"{FOLDER}: no entry '{key}', which a pattern of the engine names")
    return entry


@lru_cache(maxsize=1024)
def _any_of(key: str, language: str) -> str:
    """The pattern of any of an entry's words, with what may not stand beside them."""
    entry = _entry(key)
    shapes = [] if language else [_filled(pattern) for pattern in entry.data.get("patterns", ())]
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
