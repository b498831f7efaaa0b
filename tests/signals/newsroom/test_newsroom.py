"""The sample newsroom keeps its promises: honest pages, a true manifest, bytes that are what they are said to be."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml

NEWSROOM = Path(__file__).parents[3] / "signals" / "newsroom"
HONEST = "Sample text, figures from public sources:"
PARTIAL_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-\d{2})?")
GRADES, OWNERSHIP = set("ABCDEF"), {"central", "provincial", "municipal", "none", "unknown"}


@cache
def load(name: str) -> Any:
    return yaml.safe_load((NEWSROOM / name).read_text(encoding="utf-8"))


def text_of(entry: dict[str, Any]) -> str:
    """The page as a reader sees its characters: decoded with the charset the manifest gives, or read out of the PDF."""
    path = NEWSROOM / entry["file"]
    if entry["kind"] == "pdf":
        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_range() for page in document)
    return path.read_bytes().decode(entry["charset"])


MANIFEST: list[dict[str, Any]] = load("manifest.yml")
every_page = pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])


def test_every_file_is_listed_once_and_every_entry_has_its_file() -> None:
    listed = [entry["file"] for entry in MANIFEST]
    found = {path.relative_to(NEWSROOM).as_posix() for path in (NEWSROOM / "pages").rglob("*") if path.is_file()}
    assert len(listed) == len(set(listed))
    assert set(listed) == found


def test_there_are_enough_pages_in_both_languages() -> None:
    chinese = sum(entry["language"] == "zh" for entry in MANIFEST)
    assert len(MANIFEST) >= 100
    assert 0.45 <= chinese / len(MANIFEST) <= 0.6


def test_an_address_belongs_to_one_page_and_its_later_versions() -> None:
    first = [entry["url"] for entry in MANIFEST if "version_of" not in entry]
    assert len(set(first)) == len(first)
    assert any("version_of" in entry for entry in MANIFEST)
    loaded: set[str] = set()
    for entry in MANIFEST:
        if "version_of" in entry:
            assert entry["version_of"] == entry["url"]
            assert entry["url"] in loaded, "a later version follows the page it replaces"
        loaded.add(entry["url"])


def test_sources_are_described_and_every_source_has_pages() -> None:
    sources = load("sources.yml")
    assert {source["key"] for source in sources} == {entry["source"] for entry in MANIFEST}
    for source in sources:
        assert source["grade"] in GRADES
        assert source["state_ownership"] in OWNERSHIP
        assert source["kind"] == "sample"
        assert source["timezone"] == "Asia/Shanghai"
        assert source["publisher"] in {entry["publisher"] for entry in MANIFEST if entry["source"] == source["key"]}


@every_page
def test_entry_is_complete(entry: dict[str, Any]) -> None:
    assert entry["language"] in {"en", "zh"}
    assert entry["kind"] in {"html", "text", "pdf"}
    assert entry["url"].startswith(("http://", "https://"))
    published = entry["published_on"]
    if published is not None:
        assert PARTIAL_DATE.fullmatch(published), "a day, a month or null, and quoted"
        assert date.fromisoformat(published if len(published) == 10 else f"{published}-01") <= date(2026, 11, 23)


@every_page
def test_page_says_where_its_figures_come_from(entry: dict[str, Any]) -> None:
    """The honest line stands outside the article, with the address (markup escapes `&`)."""
    text = text_of(entry)
    assert text.count(HONEST) == 1
    line = text[text.index(HONEST) :]
    assert entry["url"] in re.sub(r"\s+", "", line.replace("&amp;", "&").replace("&#x27;", "'"))
    if entry["kind"] == "html":
        assert text.index("</article>") < text.index(HONEST)


@every_page
def test_bytes_are_in_the_charset_that_is_declared(entry: dict[str, Any]) -> None:
    if entry["kind"] != "html":
        return
    declared = re.search(rb"charset=[\"']?([\w-]+)", (NEWSROOM / entry["file"]).read_bytes())
    assert declared, "an HTML page declares its charset"
    claimed = declared.group(1).decode().lower().replace("gb2312", "gbk")
    assert claimed == entry.get("declared_charset", entry["charset"])


@every_page
def test_language_is_what_the_text_is_written_in(entry: dict[str, Any]) -> None:
    article = text_of(entry).split("<article")[-1].split("</article>")[0]
    chinese = len(re.findall(r"[\u4e00-\u9fff]", article))
    assert (chinese > 60) == (entry["language"] == "zh")


def test_the_difficult_pages_are_there() -> None:
    charsets = {entry["charset"] for entry in MANIFEST}
    assert {"utf-8", "gbk", "big5"} <= charsets
    assert any("declared_charset" in entry for entry in MANIFEST)
    assert any("โ€" in text_of(entry) for entry in MANIFEST if entry.get("repair") == "cp874")
    assert sum(entry["kind"] == "pdf" for entry in MANIFEST) >= 5
    assert any(entry["published_on"] is None for entry in MANIFEST)


def test_expected_figures_belong_to_pages_and_are_complete() -> None:
    expected = load("expected.yml")
    assert len(expected) >= 40
    assert set(expected) <= {entry["file"] for entry in MANIFEST}
    for figures in expected.values():
        for figure in figures:
            assert {"subject", "metric", "product", "measure", "value", "unit", "period"} <= set(figure)
            assert ("value_high" in figure) == (figure.get("comparator") == "range")
