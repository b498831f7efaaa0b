"""Every setting is described, every described setting exists, and nonsense stops the start by name."""

import itertools
import re
import subprocess
import sys

import pytest

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


def test_the_example_as_it_is_changes_nothing(tmp_path):
    names = ("ALLOWED_HOSTS", "DEBUG", "PUBLIC_READING", "FOUR_EYES", "FETCH_ENABLED", "LANGUAGE_CODE", "TIME_ZONE")
    code = f"from django.conf import settings; print([getattr(settings, name) for name in {names}])"
    shown = [
        _python(code, REEX_ENV_FILE=file, REEX_DATA=str(tmp_path)).stdout
        for file in ("/dev/null", str(ROOT / ".env.example"))
    ]
    assert sorted(shown[0].replace("'127.0.0.1', ", "")) == sorted(shown[1].replace("'127.0.0.1', ", "", 1))


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
def test_nonsense_stops_the_start_and_is_named(tmp_path, name, value):
    done = _python("from django.conf import settings; settings.DEBUG", **{"REEX_DATA": str(tmp_path), name: value})
    assert done.returncode != 0
    assert f"SettingError: {name} " in done.stderr


def test_a_deployment_needs_a_key_of_its_own(tmp_path):
    done = _python(
        "from django.conf import settings; settings.DEBUG",
        REEX_DATA=str(tmp_path),
        DATABASE_URL="postgresql://reex@db/reex",
    )
    assert "SettingError: REEX_SECRET_KEY is unset" in done.stderr


def _python(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    env = environment(DJANGO_SETTINGS_MODULE="reex_site.settings", **variables)
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
