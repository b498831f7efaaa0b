"""The watch folder: what is dropped there is taken in.

A file is taken when its size has stood still between two looks, so that a half-written file waits. Taken files move to
``taken/`` beside their name; refused ones to ``refused/``; nothing is deleted.
"""

import stat
from pathlib import Path

from django.conf import settings
from django.db import connection

from signals.ingest import limits
from signals.services import fetch, source

ONE_LOOK = 7_301_456  # the advisory lock of this folder
SETTLED = 2.0  # seconds without a change


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
            return [
                take(path, path.relative_to(folder))
                for path in sorted(folder.rglob("*"))
                if _settled(path, folder, now)
            ]
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


def take(path: Path, relative: Path) -> int:
    """One dropped file becomes a fetch; the file moves to where it is out of the way."""
    folder = Path(settings.WATCH_DIR)
    watch = source.watch_source()
    url = f"file:{relative.as_posix()}"
    try:
        data = limits.read_file(path)
    except OSError as error:
        data = f"The file could not be read: {error.strerror}. Check its rights and drop it again."
    if isinstance(data, str):
        fetch_id = fetch.refuse(watch, url, data, size=path.stat().st_size)
        _move(path, folder / "refused" / relative)
    else:
        fetch_id = fetch.keep(watch, url, data)
        _move(path, folder / "taken" / relative)
    return fetch_id


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
