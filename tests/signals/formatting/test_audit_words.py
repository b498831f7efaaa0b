"""The audit log speaks in words, and keeps what has none."""

import pytest
from django.apps import apps
from django.db import connection

from signals.formatting import audit_words
from signals.formatting.audit_columns import COLUMNS
from signals.models import AuditEntry
from signals.selectors import audit


@pytest.mark.parametrize(
    ("column", "kept", "told"),
    [
        ("state", "second_look", "second look"),
        ("verdict", "defer", "put off"),
        ("superseded", True, "yes"),
        ("superseded", False, "no"),
        ("value", "12.500000", "12.500000"),
        ("title", "rejected", "rejected"),
        ("period_label", None, "—"),
        ("period_label", "", "—"),
        ("corrected", {"value": "5"}, "{'value': '5'}"),
        ("unit", "CNY/t", "yuan / tonne"),
        ("converted_unit", "percent", "per cent"),
        ("unit", "furlong", "furlong"),
        ("metric", "net_profit", "Net profit"),
        ("product", "ndpr-oxide", "NdPr oxide"),
        ("parent_id", "baogang-group", "Baogang Group"),
        ("subject_id", "nobody-known", "nobody-known"),
    ],
)
def test_what_a_field_held(column, kept, told):
    assert audit_words.value(column, kept) == told


def test_every_operation_and_table_has_a_name():
    assert set(AuditEntry.OPERATIONS) == set(audit_words.OPERATIONS)
    assert set(audit.tables()) == set(audit_words.TABLES)


QUIET = "SELECT c.relname, encode(t.tgargs, 'escape') FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE t.tgname = 'audit'"


def test_every_column_that_is_logged_has_a_name(db):
    """Asked of the triggers themselves: a table that is watched anew, or a new column of one, wants its words here."""
    tables = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    with connection.cursor() as cursor:
        cursor.execute(QUIET)
        watched = {table: set(told.split("\\000")[2].split(",")) for table, told in cursor.fetchall()}
    assert len(watched) >= 12
    unnamed = {
        column.column
        for table, quiet in watched.items()
        for column in tables[table]._meta.concrete_fields
        if column.column not in quiet | COLUMNS.keys()
    }
    assert unnamed == set()
