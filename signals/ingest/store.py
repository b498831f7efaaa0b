"""The content-addressed store: bytes under their SHA-256, compressed, written whole or not at all."""

import gzip
import hashlib
import os
import secrets
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import lru_cache
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from isal import igzip

AT_ONCE = 8  # files written side by side
LEVEL = 1  # of ISA-L's compression: a third of the time of zlib's level 3, and a page is as small


class SnapshotMissingError(Exception):
    """The bytes of a snapshot are not in the store, or are not those of their name."""


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def path_of(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}.gz"


def _path_before(sha256: str) -> str:
    """Where earlier versions put them: one of 65,536 folders, of which nearly every new page had to make one."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}.gz"


def keep(data: bytes) -> tuple[str, str]:
    """Write ``data`` unless it is there already; returns its SHA-256 and its name in the store.

    On a disk: temporary file, fsync, rename, so that a power cut leaves a whole file or none.
    """
    sha256 = digest(data)
    name = path_of(sha256)
    storage = storages["snapshots"]
    try:
        target = storage.path(name)
    except NotImplementedError:  # an object store: its own put is all or nothing
        if not storage.exists(name):
            written = storage.save(name, ContentFile(_packed(data)))
            if written != name:  # somebody wrote the same bytes in between, and the storage keeps both
                storage.delete(written)
        return sha256, name
    if not os.path.exists(target):
        _write(target, _packed(data))
    return sha256, name


def _packed(data: bytes) -> bytes:
    return igzip.compress(data, compresslevel=LEVEL, mtime=0)


def _write(target: str, packed: bytes) -> None:
    folder = os.path.dirname(target)
    part = f"{folder}/.part-{secrets.token_hex(8)}"
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileNotFoundError:  # of its folder nothing has been kept yet
        os.makedirs(folder, exist_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with open(handle, "wb", buffering=0) as file:
            file.write(packed)
            os.fsync(handle)
        os.replace(part, target)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)  # else the new name itself may be lost in a power cut
    finally:
        os.close(directory)


@lru_cache(maxsize=1)
def _threads(process: int) -> ThreadPoolExecutor:
    """The process's own threads: one that was forked has none of those before it."""
    return ThreadPoolExecutor(AT_ONCE, thread_name_prefix="store")


class Writer:
    """``keep`` for many, in the background: waiting for the disk is most of it, and waits go on side by side.

    A context: at its end nothing is being written any more. ``keep`` gives a promise of what ``keep`` returns or raises.
    What one ``to_be_read`` wrote, ``load`` gives back from memory once, until the next one begins.
    """

    def __init__(self, *, to_be_read: bool = False) -> None:
        self._begun: list[Future[tuple[str, str]]] = []
        self._to_be_read = to_be_read
        _at_hand.clear()

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *error: object) -> None:
        wait(self._begun)

    def keep(self, data: bytes) -> "Future[tuple[str, str]]":
        self._begun.append(_threads(os.getpid()).submit(self._keep, data))
        return self._begun[-1]

    def _keep(self, data: bytes) -> tuple[str, str]:
        sha256, name = keep(data)
        if self._to_be_read:
            _at_hand[sha256] = data
        return sha256, name


_at_hand: dict[str, bytes] = {}


def load(sha256: str) -> bytes:
    """The bytes kept under ``sha256``. Raises SnapshotMissingError when they are gone or damaged."""
    at_hand = _at_hand.pop(sha256, None)
    if at_hand is not None:
        return at_hand
    try:
        data = gzip.decompress(_read(sha256))
    except (FileNotFoundError, OSError, EOFError) as error:
        raise SnapshotMissingError(f"snapshot {sha256[:12]} cannot be read: {error}") from error
    if digest(data) != sha256:
        raise SnapshotMissingError(f"snapshot {sha256[:12]} is damaged: its bytes have another hash")
    return data


def _read(sha256: str) -> bytes:
    storage = storages["snapshots"]
    try:
        packed = storage.open(path_of(sha256))
    except FileNotFoundError:
        packed = storage.open(_path_before(sha256))
    with packed:
        return bytes(packed.read())
