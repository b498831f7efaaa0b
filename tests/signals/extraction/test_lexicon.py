"""The loader refuses what is half said; the matcher finds what is written in many ways."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reex_site.lib.yaml import StrictYAMLError
from signals.extraction.lexicon import Lexicon, LexiconError, load_lexicon
from signals.extraction.matching import fold
from signals.extraction.records import Entry
from tests.lexicon import lexicon


def small(tmp_path: Path, **files: str) -> Lexicon:
    folder, companies = tmp_path / "lexicon", tmp_path / "companies"
    for name, text in files.items():
        path = folder / (name.replace("__", "/") + ".yml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    companies.mkdir(exist_ok=True)
    return load_lexicon(folder, companies)


def words(found: Lexicon, text: str, kind: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in found.find(text) if hit.kind == kind]


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "alike"),
    [
        ("Ｎｏｒｔｈｅｒｎ", "northern"),
        ("稀土鋼鐵產業", "稀土钢铁产业"),
        ("Rare-Earth", "rare earth"),
        ("Rare\u00a0Earth", "rare earth"),
        ("“spirit”", '"spirit"'),
        ("year‑on‑year", "year on year"),
        ("-5%", "-5%"),
        ("İ", "İ"),
    ],
)
def test_spellings_that_mean_the_same_fold_to_the_same(written: str, alike: str) -> None:
    assert fold(written) == alike


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("據包鋼集團介紹", "包鋼集團"),
        ("据包__钢集团介绍", "包__钢集团"),
        ("据包钢 集团介绍", "包钢 集团"),
        ("据包钢\n集团介绍", "包钢\n集团"),
        ("the Baogang\nGroup said", "Baogang\nGroup"),
        ("据Baogang Group表示", "Baogang Group"),
        ("ＢＡＯＧＡＮＧ　Group", "ＢＡＯＧＡＮＧ　Group"),
        ("China Northern Rare-Earth said", "China Northern Rare-Earth"),
    ],
)
def test_a_name_is_found_however_it_is_spelled(text: str, name: str) -> None:
    assert words(lexicon(), text, "names")[0] == name


@pytest.mark.parametrize("text", ["libaogang wrote", "Baogangs", "the XBaogang", "包 钢"])
def test_a_latin_name_is_not_found_inside_a_word(text: str) -> None:
    assert "baogang-group" not in {hit.key for hit in lexicon().find(text) if hit.entry.en and hit.alias == "Baogang"}


def test_a_blank_line_parts_names() -> None:
    assert set(words(lexicon(), "包钢\n\n集团", "names")) == {"包钢"}


def test_the_longest_name_wins_and_a_failed_one_gives_way_to_a_shorter() -> None:
    assert words(lexicon(), "中国北方稀土集团公告", "names") == ["中国北方稀土集团"]
    assert set(words(lexicon(), "Baogang Groups of workers", "names")) == {"Baogang"}  # two firms bear it


def test_searching_a_part_gives_places_in_the_whole() -> None:
    text = "北方稀土与包钢集团与北方稀土"
    hits = [hit for hit in lexicon().find(text, 5, 9) if hit.kind == "names"]
    assert [(hit.start, hit.end) for hit in hits] == [(5, 9)]


def test_hits_come_in_reading_order_the_longer_first() -> None:
    hits = lexicon().find("Northern Rare Earth posted net profit attributable to shareholders.")
    assert hits == sorted(hits, key=lambda hit: (hit.start, -hit.end))


def test_one_alias_under_two_keys_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"metrics\.yml:2: .*'output'.*'sales'|'output'.*ambiguous\.yml"):
        small(tmp_path, metrics="output: {en: [volume]}\nsales: {en: [Volume]}\n")


def test_one_alias_may_play_two_roles(tmp_path: Path) -> None:
    found = small(tmp_path, voices="said: {en: [according to], role: verb}\nby: {en: [according to], role: link}\n")
    assert {hit.key for hit in found.find("according to it")} == {"said", "by"}


def test_kinds_with_a_grammar_are_kept_but_not_searched_for(tmp_path: Path) -> None:
    found = small(tmp_path, units="tonne: {en: [ton]}\n")
    assert found.kind("units")["tonne"].en == ("ton",)
    assert found.find("a ton") == []


def test_a_declared_ambiguity_loads_and_gives_both(tmp_path: Path) -> None:
    found = small(
        tmp_path,
        metrics="output: {en: [volume]}\nsales: {en: [volume]}\n",
        ambiguous="volume: {kind: metrics, en: [volume], keys: [output, sales], otherwise: output}\n",
    )
    assert {hit.key for hit in found.find("the volume") if hit.kind == "metrics"} == {"output", "sales"}


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("output: {en: [no]}\n", "put it in quotes"),
        ("output: {en: [0555]}\n", "metrics.yml"),
        ("output: {en: [2024-01-01]}\n", "metrics.yml"),
        ("output: {en: [5]}\n", "must be text"),
        ("on: {en: [volume]}\n", "metrics.yml:1"),
        ("output: {en: [volume]}\noutput: {en: [tonnage]}\n", "metrics.yml:2"),
        ("output: [volume]\n", "must be a mapping"),
        ("output: {en: volume}\n", "must be a list"),
    ],
)
def test_what_yaml_would_guess_is_refused_with_file_and_line(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises((LexiconError, StrictYAMLError), match=complaint):
        small(tmp_path, metrics=text)


def test_a_file_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no kind of the lexicon"):
        small(tmp_path, colours="red: {en: [red]}\n")


def test_a_file_with_another_ending_is_refused(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "metrics.yaml").write_text("output: {en: [volume]}\n")
    with pytest.raises(LexiconError, match=r"end in \.yml"):
        small(tmp_path)


def test_a_star_lets_the_word_go_on(tmp_path: Path) -> None:
    found = small(tmp_path, themes='moving: {theme: x, weight: 1, en: ["upgrad*"]}\n')
    text = "They upgraded it"
    assert words(found, text, "themes") == ["upgraded"]


def test_the_digest_changes_with_a_word_and_with_a_file_name(tmp_path: Path) -> None:
    one = small(tmp_path / "a", metrics="output: {en: [volume]}\n").digest
    same = small(tmp_path / "b", metrics="output: {en: [volume]}\n").digest
    other = small(tmp_path / "c", metrics="output: {en: [volumes]}\n").digest
    moved = small(tmp_path / "d", metrics__operations="output: {en: [volume]}\n").digest
    assert one == same
    assert len({one, other, moved}) == 3
    assert len(one) == 12


def test_an_overlay_adds_names_without_touching_the_lexicon() -> None:
    base = lexicon()
    grown = base.with_overlay([Entry("names", "baogang-group", (), ("Grand Steelworks",), {}, "proposal")])
    assert [hit.key for hit in grown.find("Grand Steelworks said") if hit.kind == "names"] == ["baogang-group"]
    assert base.find("Grand Steelworks said") == []
    assert grown.digest != base.digest


def test_the_whole_lexicon_loads_quickly() -> None:
    start = time.perf_counter()
    load_lexicon()
    assert time.perf_counter() - start < 20  # against a hang; the bench has the figure
