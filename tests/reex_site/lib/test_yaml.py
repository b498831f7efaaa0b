"""The strict YAML reader: what is written is what is read, or an error with file and line."""

from decimal import Decimal
from pathlib import Path

import pytest

from reex_site.lib.yaml import StrictYAMLError, load, loads

FILE = Path("made-up.yml")


def test_values_are_what_was_written():
    content, lines = loads('first: {zh: [稀土, "0555"], factor: 0.010, count: 1_000}\n\nsecond:\nthird: true\n', FILE)
    assert content == {
        "first": {"zh": ["稀土", "0555"], "factor": Decimal("0.010"), "count": 1000},
        "second": None,
        "third": True,
    }
    assert lines == {"first": 1, "second": 3, "third": 4}


def test_an_empty_file_is_an_empty_mapping():
    assert loads("# nothing yet\n", FILE) == ({}, {})


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("grade: no", 1, "'no'"),
        ("grade: on", 1, "'on'"),
        ("stock: 000751", 1, "'000751'"),
        ("code: 0x1f", 1, "'0x1f'"),
        ("time: 12:30", 1, "'12:30'"),
        ("seen:\n  on_day: 2024-05-01", 2, "'2024-05-01'"),
        ("limit: .inf", 1, "'.inf'"),
        ("no: Norway", 1, "key 'no'"),
        ("600111: ticker", 1, "key '600111'"),
        ("a: 1\nb: 2\na: 3", 3, "'a' is there twice"),
        ("a: {b: 1, b: 2}", 1, "'b' is there twice"),
        ("a: &x [1]\nb: *x", 1, "write it out"),
        ("a: &x word\nb: *x", 1, "write it out"),
        ("a: !!python/name:os.system x", 1, "x"),
        ("<<: {a: 1}", 1, "'<<'"),
        ("- a", 1, "mapping"),
        ("a: [1,\nb: {", 3, "expected node"),
    ],
)
def test_a_trap_is_refused_with_its_line(text, line, problem):
    with pytest.raises(StrictYAMLError, match=problem) as caught:
        loads(text, FILE)
    assert str(caught.value).startswith(f"made-up.yml:{caught.value.line}: ")
    assert caught.value.line == line


def test_other_endings_and_encodings_are_refused(tmp_path):
    (tmp_path / "a.yaml").write_text("a: 1")
    with pytest.raises(StrictYAMLError, match=r"\.yml"):
        load(tmp_path / "a.yaml")
    (tmp_path / "b.yml").write_bytes("a: 稀土".encode("gbk"))
    with pytest.raises(StrictYAMLError, match="UTF-8"):
        load(tmp_path / "b.yml")
