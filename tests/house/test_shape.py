"""The shape of the house: sizes, names, and who may write."""

import re
import subprocess

import pytest

from tests.running import ROOT

LONGEST_MODULE = 400
VAGUE = {"utils.py", "util.py", "helpers.py", "common.py", "misc.py"}


def tracked(*patterns: str) -> list[str]:
    done = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines()


PYTHON = [name for name in tracked("*.py") if "/migrations/" not in name]


def test_no_module_has_grown_beyond_reading():
    sizes = {name: (ROOT / name).read_text().count("\n") for name in PYTHON if (ROOT / name).exists()}
    assert {name: size for name, size in sizes.items() if size > LONGEST_MODULE} == {}


def test_no_module_is_named_for_nothing():
    assert [name for name in PYTHON if name.rpartition("/")[2] in VAGUE] == []


@pytest.mark.parametrize("package", ["reex_site", "companies", "signals"])
def test_every_module_says_what_it_is_for(package):
    silent = []
    for name in PYTHON:
        text = (ROOT / name).read_text().strip() if name.startswith(f"{package}/") and (ROOT / name).exists() else ""
        # A command says it to whoever asks for its help.
        said = text.startswith('"""') or ("/commands/" in name and " help = " in text)
        if text and not said:
            silent.append(name)
    assert silent == []


def test_companies_never_import_signals():
    offenders = [
        name
        for name in PYTHON
        if name.startswith("companies/") and re.search(r"^\s*(from|import) signals\b", (ROOT / name).read_text(), re.M)
    ]
    assert offenders == []


def test_no_template_reaches_for_another_machine_or_writes_inline_script():
    for name in tracked("templates/*.html", "templates/**/*.html"):
        text = (ROOT / name).read_text()
        assert not re.search(r"""(src|href)=["'](https?:)?//""", re.sub(r"<a [^>]*>", "", text)), name
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", text), name
        assert not re.search(r"""\son(click|load|change|submit|input)=""", text), name
        assert not re.search(r"""<[a-z][^>]*\sstyle=["']""", text), name
