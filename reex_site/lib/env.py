"""Read settings from the environment, and refuse nonsense.

Every reader names the variable and the remedy when it raises `SettingError`, because the person who reads the message
is the one who set the variable. An empty value counts as unset: that is what `VARIABLE=` in an env file means.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


class SettingError(ImproperlyConfigured):
    """A variable holds something that cannot be meant."""

    def __init__(self, name: str, problem: str, remedy: str) -> None:
        super().__init__(f"{name} {problem}. {remedy}")
        self.name = name


def text(name: str, default: str = "") -> str:
    """The variable without surrounding blanks, or `default` when unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    """A yes or a no, in the usual spellings."""
    value = text(name).lower()
    if not value:
        return default
    if value in YES | NO:
        return value in YES
    raise SettingError(name, f"is {value!r}, which is neither yes nor no", "Write 1 or 0.")


def number(name: str, default: int, minimum: int = 0, maximum: int = 1_000_000) -> int:
    """A whole number within its range, both ends included."""
    value = text(name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit()) or not minimum <= int(value) <= maximum:
        raise SettingError(name, f"is {value!r}", f"Write a whole number from {minimum} to {maximum}.")
    return int(value)


def words(name: str, default: str = "") -> list[str]:
    """Values separated by commas or blanks, in the order given."""
    return text(name, default).replace(",", " ").split()


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """One of the allowed words."""
    value = text(name, default)
    if value not in allowed:
        raise SettingError(name, f"is {value!r}", f"Choose one of: {', '.join(allowed)}.")
    return value


def time_zone(name: str, default: str) -> str:
    """A time zone by its name in the IANA database."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise SettingError(name, f"is {value!r}, which is no time zone", "Write one like Europe/Berlin.") from error
    return value


def directory(name: str, default: Path) -> Path:
    """An absolute path; the folder itself is made by whoever first writes there."""
    path = Path(text(name, str(default))).expanduser().absolute()
    try:
        taken = path.exists() and not path.is_dir()
    except PermissionError as error:
        raise SettingError(name, f"is {str(path)!r}, which you may not enter", "Name a folder of your own.") from error
    if taken:
        raise SettingError(name, f"is {str(path)!r}, which is a file", "Name a folder, or leave it unset.")
    return path


def database(name: str) -> dict[str, object] | None:
    """A Django database entry from `postgresql://user:password@host:port/name?option=value`; None when unset."""
    value = text(name)
    if not value:
        return None
    remedy = "Write postgresql://user:password@host:5432/name, or leave it unset for the embedded server."
    parts = urlsplit(value)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise SettingError(name, f"begins with {parts.scheme or value!r}, and PostgreSQL is the only dialect", remedy)
    try:
        port = parts.port or ""
    except ValueError as error:
        raise SettingError(name, "has a port that is not a number", remedy) from error
    database_name = unquote(parts.path.lstrip("/"))
    if not database_name:
        raise SettingError(name, "names no database", remedy)
    options: dict[str, object] = dict(parse_qsl(parts.query))
    host = options.pop("host", "") or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": port,
        "OPTIONS": options,
    }


def redis_address(name: str) -> str:
    """A Redis address, or an empty string when unset."""
    value = text(name)
    if value and urlsplit(value).scheme not in {"redis", "rediss"}:
        raise SettingError(name, f"is {value!r}", "Write redis://host:6379/0, or leave it unset for files under var/.")
    return value


def object_store(name: str) -> dict[str, object] | None:
    """A Django storage entry from `s3://key:secret@bucket/prefix?endpoint=https://host&region=name`; None when unset.

    Without key and secret the store's own ways of finding them count (environment, profile, role of the machine).
    """
    value = text(name)
    if not value:
        return None
    remedy = (
        "Write s3://key:secret@bucket/prefix?endpoint=https://host, or leave it unset for files in the data folder."
    )
    parts = urlsplit(value)
    if parts.scheme != "s3":
        raise SettingError(name, f"begins with {parts.scheme or value!r}", remedy)
    bucket, asked = parts.netloc.rpartition("@")[2], dict(parse_qsl(parts.query))
    if not bucket or set(asked) - {"endpoint", "region"}:
        raise SettingError(name, "names no bucket" if not bucket else f"asks for {sorted(asked)}", remedy)
    given = {
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "endpoint_url": asked.get("endpoint", ""),
        "region_name": asked.get("region", ""),
        "location": parts.path.strip("/"),
    }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        # the same name always holds the same bytes, so writing it twice does no harm
        "OPTIONS": {
            "bucket_name": bucket, "file_overwrite": True, "default_acl": None,
            **{option: one for option, one in given.items() if one},
        },
    }  # fmt: skip


def read_file(path: Path, environ: Mapping[str, str] | None = None) -> None:
    """Take `NAME=value` lines of an env file for variables that are not set already; a missing file is no error."""
    known = os.environ if environ is None else environ
    if not path.is_file():
        return
    for number_, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        name, separator, value = line.partition("=")
        if not separator or not name.strip().isidentifier():
            raise SettingError(str(path), f"line {number_} is not NAME=value", "Mend or remove the line.")
        if name.strip() not in known:
            os.environ[name.strip()] = value.strip().strip("\"'")
