"""What all tests share: a database of their own, and the cast.

The cast: `analyst` reads, `editor` also reviews, `admin` also runs the site; each fixture is a saved user with the
password in `PASSWORD`. `as_analyst`, `as_editor`, `as_admin` are signed-in test clients, `client` is a stranger.

`tests/browser.py` adds `page` and `new_page`; `tests/running.py` adds `start_worker`, `redis_url` and `site`.
"""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

pytest_plugins = ["tests.browser", "tests.running"]

PASSWORD = "correct horse battery staple"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of pytest-django's: clone the migrated template (see `tests/database.py`)."""
    from tests import database

    name = f"test_{os.getpid()}"
    with django_db_blocker.unblock():
        database.create(name)
    yield
    with django_db_blocker.unblock():
        database.drop(name)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """In place of pytest-django's, which would append a suffix per process: our names have one already."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first, by modules in turn for each test process: they mostly wait, and at the end would wait alone.

    pytest-xdist cuts the list into as many runs as it has processes; each run begins with its journeys.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT") or 1)
    journeys = [item for item in items if "journeys" in item.path.parts]
    others = [item for item in items if "journeys" not in item.path.parts]
    modules = sorted({item.path for item in journeys})
    size = len(items) // processes
    items.clear()
    for turn in range(processes):
        first = [item for item in journeys if modules.index(item.path) % processes == turn]
        room = max(0, size - len(first)) if turn < processes - 1 else len(others)
        items += first + others[:room]
        del others[:room]


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last test process of this clone stops the server, even when a worker process was killed before it could."""
    from django.conf import settings

    if settings.configured and not hasattr(config, "workerinput"):
        from reex_site.embedded.server import Server

        Server.at(settings.DATABASES["default"]["HOST"], durable=False).stop_if_unused()


def _member(role: str) -> Any:
    from django.contrib.auth import get_user_model

    from reex_site.lib.roles import give_role

    user = get_user_model().objects.create_user(role, f"{role}@example.org", PASSWORD)
    give_role(user, role)
    return user


def _signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def analyst(db: None) -> Any:
    """Reads, and keeps views of their own."""
    return _member("analyst")


@pytest.fixture
def editor(db: None) -> Any:
    """Also reviews and annotates."""
    return _member("editor")


@pytest.fixture
def admin(db: None) -> Any:
    """Also runs the site."""
    return _member("admin")


@pytest.fixture
def as_analyst(analyst: Any) -> Client:
    return _signed_in(analyst)


@pytest.fixture
def as_editor(editor: Any) -> Client:
    return _signed_in(editor)


@pytest.fixture
def as_admin(admin: Any) -> Client:
    return _signed_in(admin)
