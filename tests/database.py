"""A database per test process, cloned from a template that is migrated once and kept between runs.

One server under `var/test` serves every test process that runs at the moment, of this run and of others; whoever is
last stops it. The template's name carries a hash of all migrations, so a changed migration makes a new one.
"""

import hashlib
import os
from importlib.metadata import distributions
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from reex_site.embedded.server import Server

LOCK = 727_002


def server() -> Server:
    """The test server of this data folder."""
    return Server.at(settings.DATABASES["default"]["HOST"], durable=False, connections=80)


def create(name: str) -> None:
    """Make an empty, migrated database and let Django use it."""
    running = server()
    running.join()
    with psycopg.connect(running.address("postgres"), autocommit=True) as admin:
        admin.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        _drop_orphans(admin)
        template = f"template_{_digest()}"
        if not _exists(admin, template):
            _make_template(admin, template)
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    _use(name)


def drop(name: str) -> None:
    """Remove the database and give up this process's share in the server."""
    connections["default"].close()
    with psycopg.connect(server().address("postgres"), autocommit=True) as admin:
        _drop(admin, name)
    server().leave()


def _make_template(admin: psycopg.Connection, template: str) -> None:
    ours = "SELECT datname FROM pg_database WHERE datname ~ '^(template_.{8,}|making)$'"
    for (old,) in admin.execute(ours).fetchall():
        _drop(admin, old)
    admin.execute("CREATE DATABASE making TEMPLATE template0")
    _use("making")
    call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
    call_command("createcachetable", verbosity=0)
    connections["default"].close()
    admin.execute(sql.SQL("ALTER DATABASE making RENAME TO {}").format(sql.Identifier(template)))


def _use(name: str) -> None:
    connections["default"].close()
    settings.DATABASES["default"]["NAME"] = name
    connections["default"].settings_dict["NAME"] = name


def _drop_orphans(admin: psycopg.Connection) -> None:
    """Databases of test processes that were killed."""
    for (name,) in admin.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall():
        pid = name.split("_")[1]
        if pid.isdigit() and not _alive(int(pid)):
            _drop(admin, name)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _drop(admin: psycopg.Connection, name: str) -> None:
    admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _exists(admin: psycopg.Connection, name: str) -> bool:
    return bool(admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone())


def _digest() -> str:
    digest = hashlib.sha256()
    for package in sorted(f"{one.name}=={one.version}" for one in distributions()):
        digest.update(package.encode())
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if folder.is_relative_to(settings.BASE_DIR) and "site-packages" not in folder.parts:
            for path in sorted(folder.glob("migrations/*.py")) + sorted(folder.glob("models*/**/*.py")):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
