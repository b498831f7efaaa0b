"""Reviewed files become rows: what differs is written and told, what does not is left alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from companies import services
from companies.models import Entity, EntityName, Identifier, Ownership, Role
from companies.registry import load_companies
from signals.models import AuditEntry

pytestmark = pytest.mark.django_db
RECORDS = load_companies(Path(services.__file__).parent / "data")
LEFT = "baotou-rare-earth-exchange"


def rows() -> list[list[dict]]:
    return [list(model.objects.values()) for model in (Entity, EntityName, Identifier, Ownership, Role)]


@pytest.fixture
def loaded() -> services.Loaded:
    return services.load(RECORDS)


def test_the_first_load_writes_everything(loaded):
    assert len(loaded.new) == loaded.present == Entity.objects.count() == len(RECORDS)
    written = [EntityName, Identifier, Ownership, Role]
    assert loaded.added == sum(model.objects.count() for model in written) > len(RECORDS)
    assert not (loaded.changed or loaded.retired or loaded.removed)


def test_a_second_load_writes_nothing(loaded, django_assert_max_num_queries):
    before, entries = rows(), AuditEntry.objects.count()
    with django_assert_max_num_queries(7):  # five tables read, and the transaction
        again = services.load(RECORDS)
    assert str(again) == f"{len(RECORDS)} entities; nothing changed"
    assert AuditEntry.objects.count() == entries
    assert rows() == before  # the keys of the rows too


def test_only_what_differs_is_written(loaded):
    was = RECORDS["northern-rare-earth"]
    other = replace(was, website="https://example.org/", names=was.names[1:])
    entries = AuditEntry.objects.count()
    changed = services.load({**RECORDS, was.key: other})
    assert (changed.changed, changed.added, changed.removed) == ((was.key,), 0, 1)
    assert "1 changed (northern-rare-earth)" in str(changed)
    assert AuditEntry.objects.count() == entries + 2  # the entity, and the name that went
    assert Entity.objects.get(pk=was.key).website == "https://example.org/"
    assert not EntityName.objects.filter(entity=was.key, name=was.names[0].name, kind=was.names[0].kind).exists()


def test_who_left_the_files_is_retired_once_and_may_come_back(loaded):
    fewer = {key: replace(record, ownership=(), roles=()) for key, record in RECORDS.items() if key != LEFT}
    assert services.load(fewer).retired == (LEFT,)
    at = Entity.objects.get(pk=LEFT).retired_at
    assert at is not None
    assert services.load(fewer).retired == ()
    assert Entity.objects.get(pk=LEFT).retired_at == at
    assert services.load(RECORDS).changed == (LEFT,)
    assert Entity.objects.get(pk=LEFT).retired_at is None


def test_a_long_list_of_changes_is_cut():
    keys = tuple(f"company-{number}" for number in range(9))
    line = str(services.Loaded(9, keys, (), (), 12, 0))
    assert line.startswith("9 entities; 9 new (company-0, ")
    assert "company-5" not in line
    assert line.endswith("12 names, tickers, stakes and posts added, 0 removed")
