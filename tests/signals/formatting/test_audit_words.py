"""The audit log speaks in words, and keeps what has none."""

import pytest

from signals.formatting import audit_words
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
    ],
)
def test_what_a_field_held(column, kept, told):
    assert audit_words.value(column, kept) == told


def test_every_operation_and_table_has_a_name():
    assert set(AuditEntry.OPERATIONS) == set(audit_words.OPERATIONS)
    assert set(audit.tables()) == set(audit_words.TABLES)
