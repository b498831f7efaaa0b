"""Pages that go through the real pipeline into the test's database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from companies import services as companies
from companies.models import Entity, EntityName, Identifier, Ownership, Role
from signals.models import Disclosure, Source
from signals.services import extraction, fetch

FIRST_HALF = (
    "<html lang='en'><head><title>Northern Rare Earth reports its first half</title></head><body><article>"
    "<h1>Northern Rare Earth reports its first half</h1><p>28 August 2025</p>"
    "<p>China Northern Rare Earth (Group) High-Tech Co. said on Thursday that revenue in the first half of 2025 reached "
    "RMB 18.87 billion, up 45 percent from a year earlier. Net profit attributable to shareholders was RMB 931 million.</p>"
    "<p>{more}</p></article></body></html>"
)
CHINESE_HALF = "<html><body><article><h1>上半年经营情况</h1><p>北方稀土表示，2025年上半年公司实现营业收入188.7亿元。仓库管理制度同时修订。</p></article></body></html>"


TABLES = [model._meta.db_table for model in (Entity, EntityName, Identifier, Ownership, Role)]


@pytest.fixture(scope="session")
def loaded_tables(django_db_setup: None, django_db_blocker: Any) -> dict[str, bytes]:
    """What a load of the data files leaves in its tables: loaded once a process, for several hundred tests want it."""
    with django_db_blocker.unblock(), transaction.atomic(), connection.cursor() as cursor:
        companies.load()
        copies = {}
        for table in TABLES:
            with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
                copies[table] = b"".join(copy)
        transaction.set_rollback(True)
    return copies


@pytest.fixture
def known(db: None, loaded_tables: dict[str, bytes]) -> None:
    """The entities of the data files, without the audit entries of their load."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # neither triggers nor checks of what was checked once
        for table, content in loaded_tables.items():
            with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
                copy.write(content)
            if table != TABLES[0]:
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")
        cursor.execute("SET session_replication_role = origin")


@pytest.fixture
def source(db: None) -> Source:
    return Source.objects.create(
        key="test-press",
        name="Test press",
        kind="manual",
        grade="C",
        enabled=True,
        definition={"origin": "own_reporting"},
    )


@pytest.fixture
def take(known: None, source: Source) -> Callable[..., Disclosure]:
    """Takes a page in through the pipeline and gives its disclosure."""

    def take(text: str | bytes, url: str = "https://press.example/a", **hints: Any) -> Disclosure:
        data = text.encode() if isinstance(text, str) else text
        fetch_id = fetch.keep(hints.pop("source", source), url, data, hints={"url": url, **hints})
        assert extraction.read(fetch_id) in {"done", "duplicate", "unchanged"}
        return Disclosure.objects.get(canonical_url=url)

    return take


@pytest.fixture
def first_half(take: Callable[..., Disclosure]) -> Disclosure:
    """One English page with two levels and a change."""
    return take(FIRST_HALF.format(more="The company also spoke of new quality productive forces."))


@pytest.fixture
def two_halves(take: Callable[..., Disclosure], first_half: Disclosure) -> Disclosure:
    """The page of the first half, and the one of a year before: enough for a chart."""
    earlier = FIRST_HALF.format(more="The company also spoke of reform.").replace("2025", "2024")
    take(earlier.replace("18.87", "13.01").replace("931", "45"), "https://press.example/year-before")
    return first_half
