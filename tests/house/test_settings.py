"""Every setting is described, every described setting exists, and nonsense stops the start by name."""

import itertools
import os
import re
import runpy
import subprocess
import sys

import pytest

from reex_site.lib.env import SettingError
from tests.running import ROOT, environment

SETTINGS = (ROOT / "reex_site" / "settings.py").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
READ = set(re.findall(r"""env\.\w+\(\s*["']([A-Z_]+)["']""", SETTINGS))
DESCRIBED = set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))
ONLY_COMPOSE = {"POSTGRES_PASSWORD", "REEX_PORT"}


def test_the_example_lists_every_setting():
    assert READ == DESCRIBED - ONLY_COMPOSE


def test_every_setting_in_the_example_is_explained():
    lines = EXAMPLE.splitlines()
    unexplained = [line for before, line in itertools.pairwise(lines) if re.match(r"[A-Z_]+=", line) and before == ""]
    assert unexplained == []


@pytest.fixture
def read(monkeypatch, tmp_path):
    """Runs the settings file in an environment of the given variables alone."""

    def run(**variables: str) -> dict[str, object]:
        for name in os.environ:
            if name.startswith("REEX_") or name in {"DATABASE_URL", "REDIS_URL"}:
                monkeypatch.delenv(name)
        for name, value in {"REEX_ENV_FILE": os.devnull, "REEX_DATA": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(ROOT / "reex_site" / "settings.py"))

    before = dict(os.environ)
    yield run
    # Reading an env file adds to the environment, which monkeypatch does not see.
    os.environ.clear()
    os.environ.update(before)


def test_the_example_as_it_is_changes_nothing(read):
    names = (
        "DEBUG",
        "PUBLIC_READING",
        "FOUR_EYES",
        "FETCH_ENABLED",
        "LANGUAGE_CODE",
        "TIME_ZONE",
        "DATABASES",
        "CACHES",
    )
    plain, example = read(), read(REEX_ENV_FILE=str(ROOT / ".env.example"))
    assert {name: plain[name] for name in names} == {name: example[name] for name in names}
    assert set(plain["ALLOWED_HOSTS"]) == set(example["ALLOWED_HOSTS"])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REEX_DEBUG", "perhaps"),
        ("REEX_SECRET_KEY", "short"),
        ("REEX_LANGUAGE", "fr"),
        ("REEX_TIME_ZONE", "Nowhere"),
        ("REEX_DATA", __file__),
        ("REEX_TRUSTED_ORIGINS", "signals.example.org"),
        ("REEX_MAIL_URL", "imap://mail.example.org"),
        ("REEX_LOG_LEVEL", "LOUD"),
        ("DATABASE_URL", "mysql://x/y"),
        ("REDIS_URL", "memcached://x"),
    ],
)
def test_nonsense_stops_the_start_and_is_named(read, name, value):
    with pytest.raises(SettingError, match=f"^{name} "):
        read(**{name: value})


def test_a_deployment_needs_a_key_of_its_own(read):
    with pytest.raises(SettingError, match=r"^REEX_SECRET_KEY is unset"):
        read(DATABASE_URL="postgresql://reex@db/reex")


def test_a_deployment_uses_what_it_is_given(read):
    settings = read(
        DATABASE_URL="postgresql://reex:x@db/reex",
        REDIS_URL="redis://broker:6379/0",
        REEX_SECRET_KEY="k" * 40,
        REEX_HTTPS="1",
    )
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert settings["CELERY_BROKER_URL"] == settings["CACHES"]["default"]["LOCATION"] == "redis://broker:6379/0"
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["SECURE_HSTS_SECONDS"] > 0


def test_the_key_made_at_the_first_start_is_kept(read, tmp_path):
    first = read()["SECRET_KEY"]
    assert len(first) >= 32
    assert read()["SECRET_KEY"] == first
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_nonsense_is_told_in_one_line_on_the_command_line(tmp_path):
    env = environment(REEX_DATA=str(tmp_path), REEX_DEBUG="perhaps")
    command = [sys.executable, "manage.py", "check"]
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("Setting refused: REEX_DEBUG is 'perhaps'")
    assert done.stderr.count("\n") == 1
