"""The scoreboard counts decisions; what nobody judged is not measured."""

import pytest

from signals.formatting.statistics import kappa, wilson
from signals.models import AuditEntry, Disclosure, IndicatorCurrent
from signals.selectors import agreement, quality
from signals.services import annotation, decisions, review
from signals.services import quality as service
from signals.services.review import Verdict


def decide(user, row, verdict, **more):
    shown = review.token(row, decisions.standing([row.key]).get(row.key))
    return review.decide(user, "indicator", row.key, Verdict(verdict, **more), shown)


@pytest.fixture
def figures(first_half):
    return list(IndicatorCurrent.objects.order_by("metric", "measure"))


def test_nothing_judged_is_not_measured(figures, client):
    assert quality.precision().value is None
    assert quality.recall().value is None
    assert quality.pace().median is None
    assert all(one.value is None for _name, one in quality.agreement())
    page = client.get("/quality/").content.decode()
    assert "not measured" in page
    assert "0\u00a0%" not in page


def test_precision_edits_and_refusals(figures, editor):
    one, two, three = figures
    decide(editor, one, "accept", seconds=4)
    decide(editor, two, "correct", values={"period_label": "2025Q2"}, seconds=8)
    decide(editor, three, "reject", reason="wrong_unit", seconds=6)
    assert (quality.precision().right, quality.precision().count) == (1, 3)
    assert [(share.label, share.count) for share in quality.precision_by("language")] == [("en", 3)]
    assert {share.label: share.right for share in quality.edits()}["period_label"] == 1
    assert [(share.label, share.right, share.count) for share in quality.refusals()] == [("wrong_unit", 1, 3)]
    assert quality.pace().median == 6
    assert sum(share.count for share in quality.confidence()) == 3


def test_what_was_taken_back_does_not_count(figures, editor):
    review.undo(editor, decide(editor, figures[0], "accept").pk)
    assert quality.precision().count == 0


def test_recall_counts_only_documents_read_from_end_to_end(figures, editor):
    page = Disclosure.objects.get()
    for row in figures:
        decide(editor, row, "accept")
    text = page.current_version.text
    at = text.index("18.87")
    fields = {
        "metric": "sales",
        "measure": "level",
        "comparator": "=",
        "value": "1",
        "unit": "CNY",
        "modality": "reported",
        "voice": "company",
    }
    annotation.add(editor, page.pk, "figure", at, at + 5, fields, version=1)
    assert quality.recall().count == 0
    service.mark_fully_reviewed(editor, page.pk, True)
    assert (quality.recall().right, quality.recall().count) == (3, 4)
    assert AuditEntry.objects.filter(table="disclosure", object=str(page.pk)).exists()


def test_agreement_counts_only_second_verdicts_given_blind(figures, editor, admin, settings):
    for row in figures:
        decide(editor, row, "accept")
        row.refresh_from_db()
    decide(admin, figures[0], "reject", reason="duplicate")  # in sight of the first one
    assert dict(quality.agreement())["verdict"].count == 0
    settings.FOUR_EYES = True
    for row in figures:
        row.refresh_from_db()
        decide(editor, row, "correct", values={"period_label": "2025Q1"})
        row.refresh_from_db()
    decide(admin, figures[0], "correct", values={"period_label": "2025Q1"})
    decide(admin, figures[1], "correct", values={"period_label": "2025Q2"})
    decide(admin, figures[2], "reject", reason="not_a_figure")
    found = dict(quality.agreement())
    assert (found["verdict"].agreed, found["verdict"].count) == (2, 3)
    assert (found["period_label"].agreed, found["period_label"].count) == (1, 2)
    assert (found["value"].agreed, found["value"].count) == (2, 2)


def test_two_readings_of_one_document(figures, editor, admin, as_editor):
    page = Disclosure.objects.get()
    one, two, three = figures
    decide(editor, one, "accept")
    decide(editor, two, "accept")
    decide(editor, three, "accept")
    for row in figures:
        row.refresh_from_db()
    decide(admin, one, "accept")
    decide(admin, two, "correct", values={"period_label": "2025Q2"})
    service.mark_fully_reviewed(editor, page.pk, True)
    assert "once two people" in as_editor.get(f"/disclosures/{page.pk}/agreement/").content.decode()
    service.mark_fully_reviewed(admin, page.pk, True)
    groups = agreement.compared(page, editor.pk, admin.pk)
    assert {name: [line.row.key for line in lines] for name, lines in groups.items()} == {
        "agreed": [one.key], "different": [two.key], "only_one": [three.key], "only_other": [],
    }  # fmt: skip
    assert groups["different"][0].differing == [("period_label", two.period_label, "2025Q2")]
    assert "1 of 3 figures" in as_editor.get(f"/disclosures/{page.pk}/agreement/").content.decode()


def test_the_mark_is_ones_own(figures, editor, admin):
    page = Disclosure.objects.get()
    service.mark_fully_reviewed(editor, page.pk, True)
    service.mark_fully_reviewed(admin, page.pk, True)
    service.mark_fully_reviewed(editor, page.pk, False)
    page.refresh_from_db()
    assert page.fully_reviewed_at is not None
    service.mark_fully_reviewed(admin, page.pk, False)
    page.refresh_from_db()
    assert page.fully_reviewed_at is None


@pytest.mark.parametrize(
    ("pairs", "value"),
    [
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        ([("a", "a")] * 5, None),
        ([], None),
        ([("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")], 0.0),
    ],
)
def test_kappa(pairs, value):
    assert kappa(pairs).value == value


def test_wilson():
    interval = wilson(8, 10)
    assert (round(interval.low, 3), round(interval.high, 3)) == (0.49, 0.943)
    assert wilson(0, 0) is None
