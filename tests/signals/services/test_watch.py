"""The watch folder takes what is whole and plain, once, and puts it aside."""

import os
import time
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from signals.models import Fetch
from signals.services import watch

pytestmark = pytest.mark.django_db
PAGE = "<html><body><p>Northern Rare Earth said that revenue rose.</p></body></html>"


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.WATCH_DIR = tmp_path / "watch"
    settings.WATCH_DIR.mkdir()
    return settings.WATCH_DIR


def drop(path: Path, text: str = PAGE, age: float = 60) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_files_are_taken_once_and_moved_aside(folder):
    drop(folder / "a.html")
    drop(folder / "deep" / "b.html")
    assert len(watch.look(time.time())) == 2
    assert watch.look(time.time()) == []
    assert sorted(Fetch.objects.values_list("url", "state")) == [("file:a.html", "kept"), ("file:deep/b.html", "kept")]
    assert (folder / "taken" / "deep" / "b.html").read_text() == PAGE


def test_a_file_that_is_still_being_written_waits(folder):
    drop(folder / "a.html", age=0)
    assert watch.look(time.time()) == []
    assert len(watch.look(time.time() + 5)) == 1


def test_hidden_files_links_and_pipes_are_left_alone(folder, tmp_path):
    drop(folder / ".part")
    drop(folder / ".git" / "config")
    (folder / "link.html").symlink_to(drop(tmp_path / "outside.html"))
    os.mkfifo(folder / "pipe")
    assert watch.look(time.time() + 60) == []
    assert (tmp_path / "outside.html").exists()


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_empty_files_are_refused_with_a_reason(folder, text):
    drop(folder / "empty.html", text)
    watch.look(time.time())
    refused = Fetch.objects.get()
    assert refused.state == "rejected"
    assert "empty" in refused.error
    assert (folder / "refused" / "empty.html").exists()


def test_files_too_large_are_not_even_read(folder, monkeypatch):
    monkeypatch.setattr("signals.ingest.limits.MAX_SIZE", 100)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("read"))
    drop(folder / "large.html", "x" * 200)
    watch.look(time.time())
    assert "limit" in Fetch.objects.get().error


def test_many_files_are_few_questions_to_the_database(folder):
    for number in range(60):
        drop(folder / f"{number}.html", PAGE.replace("rose", f"rose by {number} percent"))
    drop(folder / "empty.html", "")
    with CaptureQueriesContext(connection) as queries:
        taken = watch.look(time.time())
    assert len(queries) < 30
    assert sorted(Fetch.objects.values_list("pk", flat=True)) == sorted(taken)
    assert sorted(Fetch.objects.values_list("state", flat=True)) == ["kept"] * 60 + ["rejected"]
    assert len(list((folder / "taken").iterdir())) == 60


def test_a_file_that_is_gone_before_its_turn_is_nobodys_fault(folder, monkeypatch):
    drop(folder / "a.html")
    drop(folder / "b.html", PAGE.replace("rose", "fell"))
    read = watch.limits.read_file

    def vanishing(path):
        if path.name == "a.html":
            path.unlink()
        return read(path)

    monkeypatch.setattr(watch.limits, "read_file", vanishing)
    assert len(watch.look(time.time())) == 1
    assert Fetch.objects.get().url == "file:b.html"
