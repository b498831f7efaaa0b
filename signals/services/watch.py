"""The watch folder: what is dropped there is taken in.

A file is taken when its size has stood still between two looks, so that a half-written file waits. Taken files move to
``taken/`` beside their name; refused ones to ``refused/``; nothing is deleted.
"""

import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

from signals.ingest import limits
from signals.services import fetch, source

ONE_LOOK = 7_301_456  # the advisory lock of this folder
SETTLED = 2.0  # seconds without a change
TOGETHER = 50  # files kept in one transaction
HEAP = 32 * 1024 * 1024  # bytes of one such batch, its last file apart


def look(now: float) -> list[int]:
    """Take in the settled files of the folder; returns the ids of the fetches made. ``now`` is the time in seconds.

    One look at a time: a folder of thousands takes longer than the pause between two looks.
    """
    folder = Path(settings.WATCH_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [ONE_LOOK])
        if not cursor.fetchone()[0]:
            return []
        try:
            taken: list[int] = []
            for batch in _batches(path for path in sorted(folder.rglob("*")) if _settled(path, folder, now)):
                taken += _take(batch, folder)
            return taken
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_LOOK])


def _settled(path: Path, folder: Path, now: float) -> bool:
    """A plain file of the folder's own that nobody is writing; links, pipes and hidden files are left alone."""
    parts = path.relative_to(folder).parts
    if parts[0] in {"taken", "refused"} or any(part.startswith(".") for part in parts):
        return False
    try:
        about = path.lstat()
    except OSError:
        return False
    return stat.S_ISREG(about.st_mode) and now - about.st_mtime >= SETTLED


def _batches(paths: Iterable[Path]) -> Iterator[list[Path]]:
    """Files that are taken together: some at a time, and no more of them than memory should hold."""
    batch, size = list[Path](), 0
    for path in paths:
        with suppress(OSError):  # gone again: its turn will say so
            size += path.stat().st_size
        batch.append(path)
        if len(batch) >= TOGETHER or size > HEAP:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _take(paths: list[Path], folder: Path) -> list[int]:
    """Dropped files become fetches; then they move to where they are out of the way. Returns the fetches' ids."""
    watch = source.watch_source()
    kept: list[tuple[Path, bytes]] = []
    refused: list[int] = []
    for path in paths:
        data = _read(path)
        if isinstance(data, str):
            refused.append(fetch.refuse(watch, _address(path, folder), data, size=_size(path)))
            _move(path, folder / "refused" / path.relative_to(folder))
        elif data is not None:
            kept.append((path, data))
    ids = fetch.keep_all(watch, [(_address(path, folder), data) for path, data in kept])
    for path, _ in kept:
        _move(path, folder / "taken" / path.relative_to(folder))
    return [*refused, *ids]


def _read(path: Path) -> bytes | str | None:
    """A file's bytes, why it is refused, or None when somebody has taken it away again."""
    try:
        return limits.read_file(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"The file could not be read: {error.strerror}. Check its rights and drop it again."


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _address(path: Path, folder: Path) -> str:
    return f"file:{path.relative_to(folder).as_posix()}"


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):  # its bytes are kept all the same
        path.replace(target)
