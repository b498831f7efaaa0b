"""The companies' data, asked in plain words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from companies.registry import OwnershipRecord, RegistryError, load_companies, problems
from reex_site.lib.yaml import StrictYAMLError
from signals.extraction.lexicon import COMPANIES_FOLDER

RECORDS = load_companies(COMPANIES_FOLDER)

CONTRACT = [
    "baogang-group", "northern-rare-earth", "baogang-union", "china-rare-earth-group", "china-rare-earth-resources",
    "shenghe-resources", "xiamen-tungsten", "golden-dragon", "rising-nonferrous", "jl-mag", "guangdong-rare-earth",
    "southern-rare-earth", "huamei-rare-earth", "huaxing-rare-earth", "gansu-rare-earth", "hefa-rare-earth",
    "northern-magnetic-materials", "northern-zhaobao", "northern-jinlong", "baotou-rare-earth-institute",
    "baotou-rare-earth-exchange", "china-rare-earth-association", "chinese-society-of-rare-earths", "miit", "mnr",
    "ndrc", "mofcom", "customs", "sasac", "inner-mongolia-sasac", "shanghai-futures-exchange", "bayan-obo", "china",
    "baotou", "inner-mongolia", "rare-earth-exchanges", "meng-fanying", "li-xiao",
]  # fmt: skip


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.yml").write_text(text, encoding="utf-8")


def test_every_key_of_the_contract_is_there() -> None:
    assert [key for key in CONTRACT if key not in RECORDS] == []


def test_does_the_data_hold_together() -> None:
    assert list(problems(RECORDS.values())) == []


def test_does_every_entity_have_a_name_in_some_language_or_say_why_not() -> None:
    nameless = {key for key, record in RECORDS.items() if not record.names}
    assert nameless == {"inner-mongolia-government", "baotou-government"}  # their names are read as the place's


def test_does_every_held_company_say_where_the_holding_was_stated() -> None:
    silent = [key for key, record in RECORDS.items() for held in record.ownership if not held.source_url]
    assert silent == []


def test_are_conflicting_statements_about_an_owner_both_kept() -> None:
    parents = {held.parent for held in RECORDS["golden-dragon"].ownership}
    assert {"xiamen-tungsten", "china-rare-earth-group"} <= parents
    stakes = {held.stake for held in RECORDS["northern-rare-earth"].ownership}
    assert {"38.92", "36.71", "38.03"} <= stakes
    assert {held.relation for held in RECORDS["baogang-group"].ownership} >= {"controls", "claimed-control"}


def test_is_an_inexact_stake_kept_as_the_source_has_it() -> None:
    assert ">55" in {held.stake for held in RECORDS["baogang-union"].ownership}


def test_does_one_ticker_belong_to_one_company() -> None:
    tickers = Counter((one.scheme, one.value) for record in RECORDS.values() for one in record.identifiers)
    assert tickers["SSE", "600111"] == tickers["SSE", "600010"] == tickers["SZSE", "000831"] == 1
    assert max(tickers.values()) == 1


def test_is_a_name_that_two_share_marked_as_ambiguous() -> None:
    owners = Counter(name.name for record in RECORDS.values() for name in {n.name: n for n in record.names}.values())
    shared = [
        name
        for record in RECORDS.values()
        for name in record.names
        if owners[name.name] > 1 and not name.ambiguous and name.valid_to is None
    ]
    assert shared == []


def test_baosteel_is_a_company_of_its_own() -> None:
    assert "宝钢" in {name.name for name in RECORDS["baowu"].names}
    assert not any("宝钢" in name.name for name in RECORDS["baogang-group"].names)


def test_a_name_that_ends_before_it_starts_is_refused(tmp_path: Path) -> None:
    write(
        tmp_path,
        "one",
        "key: one\nkind: group\nname_en: One\nnames:\n"
        '  - {name: One, language: en, kind: short, valid_from: "2020", valid_to: "2019"}\n',
    )
    with pytest.raises(RegistryError, match="ends before it starts"):
        load_companies(tmp_path)


def test_an_unknown_parent_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "one", "key: one\nkind: group\nname_en: One\nownership:\n  - {parent: nobody, relation: owns}\n")
    with pytest.raises(RegistryError, match="parent 'nobody' is not known"):
        load_companies(tmp_path)


def test_a_ticker_twice_is_refused(tmp_path: Path) -> None:
    for key in ("one", "two"):
        write(
            tmp_path, key, f'key: {key}\nkind: group\nname_en: X\nidentifiers:\n  - {{scheme: SSE, value: "600000"}}\n'
        )
    with pytest.raises(RegistryError, match="already belongs to 'one'"):
        load_companies(tmp_path)


def test_a_stake_of_more_than_the_whole_is_refused() -> None:
    impossible = replace(
        RECORDS["northern-rare-earth"], ownership=(OwnershipRecord("baogang-group", "controls", "367", None, None),)
    )
    assert any("more than the whole" in problem for problem in problems([impossible, RECORDS["baogang-group"]]))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("key: other\nkind: group\nname_en: One\n", "key must be the file's name"),
        ("key: one\nkind: firm\nname_en: One\n", "kind 'firm' is none of"),
        ("key: one\nkind: group\nname_en: One\ncolour: red\n", "'colour' is not a field"),
        ("key: one\nkind: group\nname_en: One\nnames:\n  - {name: One, language: en, kind: nick}\n", "kind of 'One'"),
        ('key: one\nkind: group\nname_en: One\nownership:\n  - {parent: one, relation: owns, stake: "all"}\n', "stake"),
    ],
)
def test_a_file_that_says_what_it_may_not_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    write(tmp_path, "one", text)
    with pytest.raises(RegistryError, match=complaint):
        load_companies(tmp_path)


def test_an_unquoted_date_is_refused_with_file_and_line(tmp_path: Path) -> None:
    write(
        tmp_path,
        "one",
        "key: one\nkind: group\nname_en: One\nnames:\n"
        "  - {name: One, language: en, kind: short, valid_to: 2020-01-02}\n",
    )
    with pytest.raises((StrictYAMLError, RegistryError), match=r"one\.yml"):
        load_companies(tmp_path)
