"""The entries of a lexicon file, read strictly: what may stand in one, and where a mistake is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reex_site.lib.yaml import load as load_yaml
from signals.extraction.records import Entry

LEXICON_FOLDER = Path(__file__).resolve().parent.parent / "lexicon"


class LexiconError(ValueError):
    """The lexicon says something it may not; the message names file and line."""


def entries_in(path: Path, kind: str) -> Iterator[Entry]:
    """The entries of one file, each with its place; what is no mapping of lists of words is refused."""
    content, lines = load_yaml(path)
    for key, fields in content.items():
        where = f"{path.name}:{lines.get(key, 0)}"
        if not isinstance(fields, dict):
            raise LexiconError(f"{where}: '{key}' must be a mapping")
        data = {name: value for name, value in fields.items() if name not in {"zh", "en"}}
        yield Entry(kind, key, _aliases(fields, "zh", where), _aliases(fields, "en", where), data, where)


def _aliases(fields: dict[str, Any], language: str, where: str) -> tuple[str, ...]:
    aliases = fields.get(language) or []
    if not isinstance(aliases, list):
        raise LexiconError(f"{where}: '{language}' must be a list")
    for alias in aliases:
        if not isinstance(alias, str) or not alias.strip() or alias != alias.strip():
            raise LexiconError(
                f"{where}: {alias!r} under '{language}' must be text without blanks around it (quote it)"
            )
    return tuple(aliases)
