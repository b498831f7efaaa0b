"""The watch folder: what is dropped there is taken in.

A file is taken when its size has stood still between two looks, so that a half-written file waits. Taken files move to
``taken/`` beside their name; refused ones to ``refused/``; nothing is deleted.
"""

from pathlib import Path

from django.conf import settings

from signals.services import fetch, source

SETTLED = 2.0  # seconds without a change


def look(now: float) -> list[int]:
    """Take in the settled files of the folder; returns the ids of the fetches made. ``now`` is the time in seconds."""
    folder = Path(settings.WATCH_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if (
            path.is_dir()
            or relative.parts[0] in {"taken", "refused"}
            or any(part.startswith(".") for part in relative.parts)
        ):
            continue
        if now - path.stat().st_mtime < SETTLED:
            continue
        made.append(take(path, relative))
    return made


def take(path: Path, relative: Path) -> int:
    """One dropped file becomes a fetch; the file moves to where it is out of the way."""
    folder = Path(settings.WATCH_DIR)
    watch = source.watch_source()
    url = f"file:{relative.as_posix()}"
    try:
        data = fetch.read_file(path)
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
