"""Whoever takes records out is written down: each export leaves a line in the audit log. A new export without a row fails."""

import csv
import io
import json
import re

import pytest

from signals.models import AuditEntry, IndicatorCurrent
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


def test_a_file_comes_whole_from_a_cursor(client, first_half, monkeypatch):
    monkeypatch.setattr("signals.selectors.indicator.CHUNK", 1)
    monkeypatch.setattr("signals.exports.BUFFER", 1)
    answer = client.get(EXPORTS["signals:export_csv"] + "?every=1")
    assert answer.streaming
    lines = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [(line["measure"], line["value"]) for line in lines] == [("level", "18870000000"), ("change_yoy", "45")]
    records = json.loads(client.get(EXPORTS["signals:export_json"]).getvalue())
    assert [record["value"] for record in records["records"]] == ["18870000000", "45"]
    assert AuditEntry.objects.filter(operation="export").values_list("after__rows", flat=True)[0] == 2


def test_what_a_newer_version_replaced_is_not_taken_out(client, first_half):
    IndicatorCurrent.objects.filter(measure="level").update(superseded=True)
    text = client.get(EXPORTS["signals:export_csv"] + "?every=1").getvalue().decode("utf-8-sig")
    assert [line["measure"] for line in csv.DictReader(io.StringIO(text))] == ["change_yoy"]
