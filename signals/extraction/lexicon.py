"""The lexicon: what the engine knows about names, metrics, units and words, read from reviewed YAML.

``signals/lexicon/<kind>.yml`` and ``signals/lexicon/<kind>/<subject>.yml`` hold one mapping each:

    key: {zh: [aliases], en: [aliases], … the kind's own fields …, examples: {match: [texts], no_match: [texts]}}

A Latin alias that ends in ``*`` lets the word go on (``upgrad*``). The names of companies come from ``companies/data``.
Anything that is not so fails the load, with file and line: knowledge that is half read is worse than none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from companies.registry import EntityRecord, load_companies
from signals.extraction.entries import LEXICON_FOLDER, LexiconError, entries_in
from signals.extraction.matching import Matcher, fold
from signals.extraction.records import Entry, Hit
from signals.extraction.wording import wordings, wordings_in

KINDS = (
    "names", "metrics", "products", "units", "numerals", "qualifiers", "changes", "periods", "modality",
    "voices", "themes", "stages", "slogans", "reading", "ambiguous", "wordings",
)  # fmt: skip
WORDINGS = "wordings"
COMPANIES_FOLDER = Path(__file__).resolve().parent.parent.parent / "companies" / "data"


class Lexicon:
    """All entries, by kind and key, and a search for all their aliases at once."""

    def __init__(self, entries: Iterable[Entry], digest: str, companies: dict[str, EntityRecord]) -> None:
        self.digest = digest
        self.companies = companies
        self._kinds: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS}
        for entry in entries:
            known = self._kinds[entry.kind].get(entry.key)
            if known:
                raise LexiconError(f"{entry.where}: {entry.kind} '{entry.key}' is already defined at {known.where}")
            self._kinds[entry.kind][entry.key] = entry
        self._matcher = Matcher(entry for kind in KINDS if kind != WORDINGS for entry in self._kinds[kind].values())
        self._refuse_undeclared_ambiguity()

    def kind(self, kind: str) -> dict[str, Entry]:
        """The entries of one kind, by key."""
        return self._kinds[kind]

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[Hit]:
        """Every alias in ``text[start:end]``: leftmost and longest within its kind, sorted by (start, -end)."""
        return self._matcher.find(text, start, len(text) if end is None else end)

    def with_overlay(self, entries: Iterable[Entry]) -> Lexicon:
        """A lexicon with ``entries`` added: a known key gains their aliases and fields, a new key is new."""
        merged = {(kind, key): entry for kind in KINDS for key, entry in self._kinds[kind].items()}
        digest = hashlib.sha256(self.digest.encode())
        for entry in entries:
            digest.update(repr((entry.kind, entry.key, entry.zh, entry.en, sorted(entry.data))).encode())
            known = merged.get((entry.kind, entry.key))
            merged[(entry.kind, entry.key)] = entry if known is None else _merge(known, entry)
        return Lexicon(merged.values(), digest.hexdigest()[:12], self.companies)

    @cached_property
    def ambiguous(self) -> dict[tuple[str, str], Entry]:
        """(kind, folded alias) -> the entry of ``ambiguous.yml`` that says how to decide."""
        return {
            (entry.data["kind"], fold(alias)): entry
            for entry in self._kinds["ambiguous"].values()
            for alias in entry.zh + entry.en
        }

    @cached_property
    def shared_names(self) -> dict[str, Sequence[str]]:
        """Folded names that several entities share -> their keys."""
        return {
            name: entry.data["keys"]
            for (kind, name), entry in self.ambiguous.items()
            if kind == "names" and entry.data.get("keys")
        }

    def _refuse_undeclared_ambiguity(self) -> None:
        """One alias under two keys needs a rule in ambiguous.yml, unless their ``role`` or ``theme`` differs."""
        for alias, owners in self._matcher.owners().items():
            if len(owners) < 2:
                continue
            seen: dict[tuple[str, object], Entry] = {}
            for entry, _ in owners:
                other = seen.setdefault((entry.kind, entry.data.get("role") or entry.data.get("theme")), entry)
                if other is entry or entry.kind == "ambiguous" or (entry.kind, alias) in self.ambiguous:
                    continue
                raise LexiconError(
                    f"{entry.where}: {entry.kind} alias '{alias}' of '{entry.key}' also belongs to '{other.key}'"
                    f" ({other.where}): name it and its rule in ambiguous.yml"
                )


def load_lexicon(directory: Path | None = None, companies: Path | None = None) -> Lexicon:
    """Read ``signals/lexicon`` and ``companies/data`` (or the folders given); errors name file and line.

    The lexicon's digest covers file names and contents, so two runs with one digest knew the same things.
    """
    directory, companies = directory or LEXICON_FOLDER, companies or COMPANIES_FOLDER
    digest = hashlib.sha256()
    for folder in (directory, companies):
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix in {".yml", ".txt"}):
            digest.update(f"{path.relative_to(folder)}\0".encode())
            digest.update(path.read_bytes())
    entries = [entry for path in _files(directory) for entry in _entries(directory, path)]
    own = directory / WORDINGS
    entries.extend((wordings_in(own) if directory != LEXICON_FOLDER and own.is_dir() else wordings()).values())
    records = load_companies(companies)
    entries.extend(_name_entry(record) for record in records.values())
    return Lexicon(entries, digest.hexdigest()[:12], records)


def _files(directory: Path) -> list[Path]:
    stray = list(directory.rglob("*.yaml"))
    if stray:
        raise LexiconError(f"{stray[0]}: lexicon files end in .yml")
    return sorted(directory.rglob("*.yml"))


def _entries(directory: Path, path: Path) -> Iterable[Entry]:
    kind = path.relative_to(directory).with_suffix("").parts[0]
    if kind not in KINDS or kind == "names":
        raise LexiconError(f"{path}: '{kind}' is no kind of the lexicon; known are {', '.join(KINDS[1:])}")
    if kind == WORDINGS:
        return  # read by ``wording``, as the words of patterns
    for entry in entries_in(path, kind):
        if kind == "ambiguous" and entry.data.get("kind") not in KINDS:
            raise LexiconError(f"{entry.where}: '{entry.key}' must name the kind whose words it decides")
        yield entry


def _name_entry(record: EntityRecord) -> Entry:
    zh = tuple(name.name for name in record.names if name.language.startswith("zh"))
    en = tuple(name.name for name in record.names if not name.language.startswith("zh"))
    return Entry("names", record.key, zh, en, {"kind": record.kind, "examples": record.examples}, record.where)


def _merge(known: Entry, more: Entry) -> Entry:
    return replace(
        known,
        zh=tuple(dict.fromkeys(known.zh + more.zh)),
        en=tuple(dict.fromkeys(known.en + more.en)),
        data={**known.data, **more.data},
    )
