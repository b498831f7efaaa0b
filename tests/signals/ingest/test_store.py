"""Kept bytes: whole or not at all, on a disk and in an object store, which knows no paths."""

import gzip
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from signals.ingest import store

DISK = "django.core.files.storage.FileSystemStorage"


class Objects(Storage):
    """As an object store: objects have names and no paths."""

    def __init__(self):
        self.held: dict[str, bytes] = {}

    def _open(self, name, mode="rb"):
        if name not in self.held:
            raise FileNotFoundError(name)
        return ContentFile(self.held[name], name)

    def _save(self, name, content):
        self.held[name] = content.read()
        return name

    def exists(self, name):
        return name in self.held

    def delete(self, name):
        self.held.pop(name, None)


@pytest.fixture(params=["disk", "objects"])
def kept(request, settings, tmp_path):
    """The storage of snapshots."""
    places = {
        "disk": {"BACKEND": DISK, "OPTIONS": {"location": tmp_path}},
        "objects": {"BACKEND": f"{__name__}.Objects"},
    }
    settings.STORAGES = {**settings.STORAGES, "snapshots": places[request.param]}
    return storages["snapshots"]


def files(storage):
    if isinstance(storage, Objects):
        return sorted(storage.held)
    return sorted(str(path.relative_to(storage.location)) for path in Path(storage.location).rglob("*.gz"))


def test_bytes_come_back_under_their_hash(kept):
    sha256, name = store.keep(b"<p>text</p>")
    assert (name, store.load(sha256)) == (store.path_of(sha256), b"<p>text</p>")
    assert store.keep(b"<p>text</p>") == (sha256, name)
    assert files(kept) == [name]


def test_bytes_that_an_earlier_version_kept_are_found(kept):
    sha256, name = store.keep(b"<p>text</p>")
    kept.delete(name)
    kept.save(f"{sha256[:2]}/{sha256[2:4]}/{sha256}.gz", ContentFile(gzip.compress(b"<p>text</p>")))
    assert store.load(sha256) == b"<p>text</p>"


def test_many_are_kept_at_once_in_their_order(kept):
    many = [f"<p>page {n}</p>".encode() for n in range(20)] + [b"<p>page 3</p>"]
    with store.Writer() as writer:
        promises = [writer.keep(data) for data in many]
    assert [promise.result()[0] for promise in promises] == [store.digest(data) for data in many]
    assert len(files(kept)) == 20


def test_a_lost_or_damaged_file_is_said(kept):
    with pytest.raises(store.SnapshotMissingError, match="cannot be read"):
        store.load("0" * 64)
    sha256, name = store.keep(b"<p>text</p>")
    kept.delete(name)
    kept.save(name, ContentFile(gzip.compress(b"<p>other</p>")))
    with pytest.raises(store.SnapshotMissingError, match="another hash"):
        store.load(sha256)


def test_two_that_write_the_same_object_at_once_leave_one(settings, monkeypatch):
    settings.STORAGES = {**settings.STORAGES, "snapshots": {"BACKEND": f"{__name__}.Objects"}}
    kept = storages["snapshots"]
    store.keep(b"<p>text</p>")
    monkeypatch.setattr(Objects, "exists", lambda self, name: next(answers))
    answers = iter([False, True, False])  # not there when looked for, there when written: it gets another name
    sha256, name = store.keep(b"<p>text</p>")
    monkeypatch.undo()
    assert files(kept) == [name]
    assert store.load(sha256) == b"<p>text</p>"


def test_writers_share_their_threads_and_end_with_nothing_under_way(kept):
    names = []
    for turn in range(3):
        with store.Writer() as writer:
            promises = [writer.keep(f"<p>{turn} {n}</p>".encode()) for n in range(12)]
        assert all(promise.done() for promise in promises)
        names.append({id(store._threads(store.os.getpid()))})
    assert len(files(kept)) == 36
    assert names[0] == names[1] == names[2]
