"""Settings from the environment: nonsense is refused, and the message names the variable."""

import os
from pathlib import Path

import pytest

from reex_site.lib import env


@pytest.mark.parametrize(("value", "meant"), [("1", True), ("Yes", True), ("off", False), ("", True), ("  ", True)])
def test_flag(monkeypatch, value, meant):
    monkeypatch.setenv("REEX_X", value)
    assert env.flag("REEX_X", True) is meant


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.flag("REEX_X", False), "maybe"),
        (lambda: env.number("REEX_X", 5, 1, 9), "10"),
        (lambda: env.number("REEX_X", 5), "-1"),
        (lambda: env.number("REEX_X", 5), "٣"),
        (lambda: env.choice("REEX_X", "en", ("en", "zh-hans")), "de"),
        (lambda: env.directory("REEX_X", Path(".")), __file__),
        (lambda: env.time_zone("REEX_X", "UTC"), "Mars/Olympus"),
        (lambda: env.time_zone("REEX_X", "UTC"), "../etc/passwd"),
        (lambda: env.redis_address("REEX_X"), "localhost:6379"),
        (lambda: env.database("REEX_X"), "mysql://root@localhost/x"),
        (lambda: env.database("REEX_X"), "postgresql://localhost"),
        (lambda: env.database("REEX_X"), "postgresql://localhost:many/x"),
        (lambda: env.database("REEX_X"), "reex"),
        (lambda: env.object_store("REEX_X"), "https://bucket"),
        (lambda: env.object_store("REEX_X"), "s3:///prefix"),
        (lambda: env.object_store("REEX_X"), "s3://bucket?acl=public"),
    ],
)
def test_nonsense_is_refused_by_name(monkeypatch, read, value):
    monkeypatch.setenv("REEX_X", value)
    with pytest.raises(env.SettingError, match=r"^REEX_X "):
        read()


def test_a_database_address(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:p%40ss@db.example.org:5433/news%20room?sslmode=require")
    assert env.database("DATABASE_URL") == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "news room",
        "USER": "me",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": 5433,
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_behind_a_socket(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://reex@/reex?host=%2Frun%2Fmy%20folder")
    assert env.database("DATABASE_URL")["HOST"] == "/run/my folder"


def test_nothing_set_means_the_defaults(monkeypatch):
    monkeypatch.setenv("REEX_X", "")
    assert env.database("REEX_X") is None
    assert env.redis_address("REEX_X") == ""
    assert env.number("REEX_X", 7) == 7
    assert env.words("REEX_X", "a, b c") == ["a", "b", "c"]


def test_an_env_file_yields_to_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("REEX_X", "from outside")
    monkeypatch.setenv("REEX_Y", "")
    monkeypatch.delenv("REEX_Y")
    (tmp_path / ".env").write_text("# words\nREEX_X=from the file\nREEX_Y = 'quoted'\n\n")
    env.read_file(tmp_path / ".env")
    assert (os.environ["REEX_X"], os.environ["REEX_Y"]) == ("from outside", "quoted")


def test_a_broken_env_file_is_refused_with_its_line(tmp_path):
    (tmp_path / ".env").write_text("REEX_X=1\nexport nonsense\n")
    with pytest.raises(env.SettingError, match="line 2"):
        env.read_file(tmp_path / ".env")


def test_an_object_store_is_read_from_one_address(monkeypatch):
    monkeypatch.setenv("REEX_X", "s3://key:se%2Fcret@kept-pages/reex?endpoint=https://store.example.org&region=eu")
    entry = env.object_store("REEX_X")
    assert entry["OPTIONS"] == {
        "bucket_name": "kept-pages", "location": "reex", "access_key": "key", "secret_key": "se/cret", "default_acl": None,
        "endpoint_url": "https://store.example.org", "region_name": "eu", "file_overwrite": True,
    }  # fmt: skip
    monkeypatch.setenv("REEX_X", "")
    assert env.object_store("REEX_X") is None
