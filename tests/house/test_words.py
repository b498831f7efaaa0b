"""What README and CONTRIBUTING promise exists: commands, files, settings."""

import re
import subprocess

import pytest
from django.core.management import get_commands

from tests.running import ROOT

PAPERS = ("README.md", "CONTRIBUTING.md")
TEXT = "\n".join((ROOT / name).read_text() for name in PAPERS)
USAGE = subprocess.run(["sh", "dev", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_every_dev_command_named_exists():
    named = set(re.findall(r"\./dev ([a-z]+)", TEXT))
    assert named <= set(re.findall(r"\./dev ([a-z]+)", USAGE))


def test_every_dev_command_is_offered_and_handled():
    handled = set(re.findall(r"^([a-z]+)\)$", (ROOT / "dev").read_text(), re.MULTILINE))
    assert handled == set(re.findall(r"^\./dev ([a-z]+)", USAGE, re.MULTILINE))


def test_every_manage_command_named_exists():
    named = set(re.findall(r"(?:\./dev manage|manage\.py) ([a-z_]+)", TEXT))
    assert named <= set(get_commands())


def test_every_setting_named_is_described():
    named = set(re.findall(r"\b(?:REEX_[A-Z_]+|DATABASE_URL|REDIS_URL)\b", TEXT))
    assert named <= set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", PAPERS)
def test_every_file_named_exists(name):
    text = (ROOT / name).read_text()
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    quoted = re.findall(r"`((?:signals|companies|templates|static|tests|reex_site)/[\w./-]*)`", text)
    assert [path for path in linked + quoted if not (ROOT / path).exists()] == []


def test_an_unknown_dev_command_is_refused():
    done = subprocess.run(["sh", "dev", "dance"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "There is no ./dev dance" in done.stderr
