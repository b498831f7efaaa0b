"""The project's own gold set: annotated texts, read into plain dicts.

Each document is a text (``<name>.html`` or ``<name>.txt``) and its annotation (``<name>.yml``); ``README.md`` has the
conventions. ``load()`` gives JSON-like dicts, one a document, with every default filled in, so that a scorer needs no
knowledge of the short form. Run as a program it writes one ``<name>.json`` a document into a directory.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, and every test process reads the whole set
LISTS = ("entities", "entities_may", "themes_must", "themes_may", "slogans", "slogans_may")
_INDICATOR_DEFAULTS: dict[str, Any] = {
    "subject": None,
    "product": None,
    "comparator": "=",
    "value_high": None,
    "converted": None,
    "period": None,
    "modality": "reported",
    "voice": "company",
    "optional": False,
}
_LONG_NAMES = {"cmp": "comparator", "high": "value_high", "as": "as_written"}
_BREAKS = frozenset(
    [
        "p",
        "div",
        "li",
        "tr",
        "td",
        "th",
        "br",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "title",
        "table",
        "section",
        "article",
        "dd",
        "dt",
    ]
)


def documents(held: bool | None = None) -> list[Path]:
    """Annotation files in order; ``held`` picks those kept for the final score (True) or those to work with (False)."""
    paths = sorted(p for p in HERE.glob("*.yml") if p.name[:3] in ("en-", "zh-"))
    if held is None:
        return paths
    return [p for p in paths if bool(_read(p).get("held")) is held]


def load(held: bool | None = None) -> list[dict[str, Any]]:
    """The annotated documents as plain dicts."""
    return [load_one(path) for path in documents(held)]


def load_one(path: Path) -> dict[str, Any]:
    """One document: its annotation with defaults filled in, its ``doc`` name and the path of its ``text_file``."""
    raw = _read(path)
    doc: dict[str, Any] = {
        "doc": path.stem,
        "text_file": str(text_file(path)),
        "language": raw["language"],
        "published_on": raw.get("published_on"),
        "publisher": raw.get("publisher"),
        "encoding": raw.get("encoding", "utf-8"),
        "held": bool(raw.get("held", False)),
        "class": raw.get("class"),
    }
    doc.update({name: list(raw.get(name) or []) for name in LISTS})
    doc["indicators"] = [_indicator(short) for short in raw.get("indicators") or []]
    return doc


def text_file(path: Path) -> Path:
    """The text that an annotation file is about."""
    for suffix in (".html", ".txt"):
        candidate = path.with_suffix(suffix)
        if candidate.exists():
            return candidate
    raise FileNotFoundError(f"{path.name}: no text beside it")


def digest() -> str:
    """A digest of all texts, in order: pinned by the gate, so that a text cannot change unnoticed."""
    total = hashlib.sha256()
    for path in documents():
        total.update(path.stem.encode() + b"\0" + text_file(path).read_bytes() + b"\0")
    return total.hexdigest()


def plain_text(data: bytes, encoding: str = "utf-8") -> str:
    """The words of a page with all white space made single, for looking quotes up."""
    text = data.decode(encoding)
    if "<html" in text[:400].lower() or "<body" in text.lower():
        parser = _Words()
        parser.feed(text)
        text = "".join(parser.parts)
    return squeeze(text)


def squeeze(text: str) -> str:
    """White space of every kind, also none-breaking, made one blank."""
    return re.sub(r"\s+", " ", text).strip()


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._silent += 1
        elif tag in _BREAKS:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent -= 1
        elif tag in _BREAKS:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def _read(path: Path) -> dict[str, Any]:
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    if not isinstance(data, dict):
        raise ValueError(f"{path.name}: a mapping is wanted")
    return data


def _indicator(short: dict[str, Any]) -> dict[str, Any]:
    full = dict(_INDICATOR_DEFAULTS)
    full.update({_LONG_NAMES.get(key, key): value for key, value in short.items()})
    return full


def main(argv: list[str]) -> int:
    """Write the set as JSON files: ``load.py DIRECTORY [--held | --open]``."""
    if not argv:
        print("usage: load.py DIRECTORY [--held | --open]", file=sys.stderr)
        return 2
    held = True if "--held" in argv else False if "--open" in argv else None
    target = Path(argv[0])
    target.mkdir(parents=True, exist_ok=True)
    for doc in load(held):
        (target / f"{doc['doc']}.json").write_text(json.dumps(doc, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
