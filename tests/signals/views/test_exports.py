"""Whoever takes records out is written down: each export leaves a line in the audit log. A new export without a row fails."""

import re

import pytest

from signals.models import AuditEntry
from tests.signals.views.test_hostile import patterns

EXPORTS = {
    "signals:export_csv": "/indicators/revenue/export.csv",
    "signals:export_json": "/indicators/revenue/export.json",
    "signals:annotations_export": "/disclosures/{disclosure}/annotations.jsonld",
    "signals:proposals_export": "/proposals/lexicon.diff",
    "signals:audit_export": "/audit/export.csv",
}
# Not records of ours: how a source is read, and bytes of pages as they were fetched.
NO_RECORDS = {"signals:source_definition", "signals:source_example"}


def test_every_file_is_in_the_table():
    files = {name for name, one in patterns() if re.search(r"\.\w+$", str(one.pattern))}
    assert files == set(EXPORTS) | NO_RECORDS


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_written_down(as_admin, admin, first_half, name):
    assert as_admin.get(EXPORTS[name].format(disclosure=first_half.pk)).status_code == 200
    entry = AuditEntry.objects.get(operation="export")
    assert (entry.actor, entry.url.split("?")[0]) == (admin.pk, EXPORTS[name].format(disclosure=first_half.pk))
