"""What must be true before the pages can be served, step by step; each step is quick when nothing has changed."""

import fcntl
import hashlib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from .errors import EmbeddedError

# What the reviewed files hold, and what reads them into the database.
COMPANY_FILES = ("companies/data", "companies/services.py", "companies/registry.py", "companies/models.py")


def check_port(host: str, port: int) -> None:
    """Refuse before anything is started when somebody else listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            problem = getattr(error, "strerror", None) or str(error)
            raise EmbeddedError(
                f"Cannot listen on {host} port {port}: {problem}. "
                f"Stop what uses it, or choose another: --port {port + 1}"
            ) from error


def database() -> str:
    """Connect, which starts the embedded server."""
    connection.ensure_connection()
    version = connection.pg_version  # type: ignore[attr-defined]
    kind = "embedded" if settings.DATABASES["default"]["ENGINE"] == "reex_site.embedded" else "yours"
    return f"PostgreSQL {version // 10000}.{version % 10000} ({kind}) is ready"


def migrations() -> str:
    """Bring the tables up to date."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not waiting:
        return "tables are up to date"
    _manage("migrate", "--noinput", "--verbosity", "0", "--skip-checks")
    call_command("createcachetable", verbosity=0)
    return f"{len(waiting)} migrations applied"


def companies() -> str:
    """Load the reviewed company files when they, or the database, have changed; says what that changed."""
    if "load_companies" not in get_commands():
        return "no company files to load"
    entity = apps.get_model("companies", "Entity")
    digest = _digest(settings.BASE_DIR / name for name in COMPANY_FILES)
    said = ""
    with _stamp(settings.DATA_DIR / "companies-loaded") as stamp:
        if stamp["seen"] != digest or not entity.objects.exists():
            said = _manage("load_companies", "--skip-checks")
        stamp["seen"] = digest
    return said or f"{entity.objects.count()} companies and other actors"


def sources() -> str:
    """Load the catalogue of sources when it, or the database, has changed."""
    if "load_sources" not in get_commands():
        return "no sources to load"
    source = apps.get_model("signals", "Source")
    digest = _digest(iter([settings.SOURCE_CATALOG_DIR]))
    with _stamp(settings.DATA_DIR / "sources-loaded") as stamp:
        if stamp["seen"] != digest or not source.objects.exists():
            _manage("load_sources", "--skip-checks")
        stamp["seen"] = digest
    real = source.objects.exclude(kind="sample")
    fetching = "" if settings.FETCH_ENABLED else "; nothing is fetched until REEX_CONTACT is set"
    return f"{real.filter(enabled=True).count()} of {real.count()} sources switched on{fetching}"


def static_files() -> str:
    """Gather and compress styles and scripts when one of them has changed."""
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            about = Path(storage.path(path)).stat()
            found.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    root: Path = settings.STATIC_ROOT
    with _stamp(root.with_name(f"{root.name}-gathered")) as stamp:
        if stamp["seen"] == found.hexdigest() and (root / "staticfiles.json").exists():
            return "styles and scripts are up to date"
        _manage("collectstatic", "--noinput", "--verbosity", "0")
        stamp["seen"] = found.hexdigest()
    return "styles and scripts gathered"


def newsroom_is_wanted() -> bool:
    """Whether the sample newsroom has yet to be loaded into this database."""
    if "load_newsroom" not in get_commands():
        return False
    marker: Path = settings.DATA_DIR / "newsroom-loaded"
    return not (marker.exists() and apps.get_model("signals", "Disclosure").objects.exists())


def newsroom_is_loaded() -> None:
    """Remember that it was."""
    (settings.DATA_DIR / "newsroom-loaded").touch()


def _manage(*arguments: str) -> str:
    """Run a command in a process of its own, and return what it printed: in this one, which stays, it would leave some
    30 to 100 MB behind."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise EmbeddedError(f"manage.py {arguments[0]} failed:\n{done.stderr.strip()[-2000:]}")
    return done.stdout.strip()


@contextmanager
def _stamp(kept: Path) -> Iterator[dict[str, str]]:
    """What a step saw when it last succeeded, kept when the block ends well; one process at a time."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        stamp = {"seen": file.read()}
        yield stamp
        file.truncate(0)
        file.write(stamp["seen"])


def _digest(paths: Iterator[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
