"""What companies are building: the reviewed list of `projects.yml`, and which of them a sentence speaks of. No Django."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from reex_site.lib.yaml import load as load_yaml

FILE = Path(__file__).with_name("projects.yml")
FIELDS = {"who", "en", "zh", "all", "source_url", "examples"}
_PHASES = {"一": "1", "二": "2", "三": "3", "i": "1", "ii": "2", "iii": "3", "first": "1", "second": "2", "third": "3"}
_MEMBERS = re.compile("[、，；;]")
_PHASE = re.compile(
    r"(?<![0-9十])(?P<zh>[一二三1-3])期|\bphase (?P<en>iii|ii|i|[1-3])\b|\b(?P<word>first|second|third) phase\b",
    re.IGNORECASE,
)


class ProjectError(ValueError):
    """`projects.yml` says something it may not; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Project:
    """One entry: ``who`` are entity keys, the owner first; ``words`` has one tuple of alternatives for each thing that must be named."""

    key: str
    who: tuple[str, ...]
    en: str
    zh: str
    words: tuple[tuple[str, ...], ...]
    examples: dict[str, list[str]]

    def named_in(self, sentence: str) -> bool:
        folded = sentence.casefold()
        return all(any(word in folded for word in words) for words in self.words)

    def phase_in(self, sentence: str) -> str:
        """The one phase that a sentence speaks of, "1" to "3"; "" when it names none or several.

        In a list of projects the phase stands in the project's own member: 甲合金一期、乙磁体项目 names no phase of 乙.
        """
        own = [part for part in _MEMBERS.split(sentence) if self.named_in(part)]
        named = phases(own[0] if len(own) == 1 else sentence)
        return named[0] if len(named) == 1 else ""


@cache
def projects() -> dict[str, Project]:
    """Every project by key; raises ``ProjectError`` when the file does not hold."""
    content, lines = load_yaml(FILE)
    return {key: _project(key, entry, f"{FILE.name}:{lines[key]}") for key, entry in content.items()}


def _project(key: str, entry: Any, where: str) -> Project:
    if not isinstance(entry, dict) or (FIELDS - set(entry)):
        raise ProjectError(f"{where}: '{key}' needs {', '.join(sorted(FIELDS))}")
    if unknown := set(entry) - FIELDS:
        raise ProjectError(f"{where}: '{sorted(unknown)[0]}' is not a field of a project")
    if not entry["who"] or not entry["all"] or not all(entry["all"]):
        raise ProjectError(f"{where}: '{key}' needs an owner and words")
    words = tuple(tuple(word.casefold() for word in words) for words in entry["all"])
    return Project(key, tuple(entry["who"]), entry["en"], entry["zh"], words, entry["examples"])


def phases(sentence: str) -> list[str]:
    """The phases that a sentence names, "1" to "3", each once, in order."""
    found = (mark.group("zh") or mark.group("en") or mark.group("word") for mark in _PHASE.finditer(sentence))
    return list(dict.fromkeys(_PHASES.get(word.lower(), word) for word in found))
