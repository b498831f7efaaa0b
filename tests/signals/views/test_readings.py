"""Two people read one document, the second without seeing the first: on the page, at the desk, in the export, in the count."""

import re

import pytest

from signals.models import Annotation, Decision, Disclosure, FullReview, IndicatorCurrent
from signals.selectors import quality as scoreboard
from signals.services import annotation, decisions, quality, review
from signals.services.review import Verdict
from tests.signals.conftest import FIRST_HALF

FIGURE = {
    "subject": "northern-rare-earth", "metric": "utilisation", "measure": "level", "comparator": "=", "value": "88", "unit": "percent",
    "period_label": "2025H1", "modality": "reported", "voice": "company",
}  # fmt: skip
HTMX = {"HX-Request": "true"}


@pytest.fixture
def page(take):
    return take(FIRST_HALF.format(more="Its alloy plant ran at 88 of 100 days, the company said."))


def decide(user, row, verdict, **more):
    row = IndicatorCurrent.objects.get(pk=row.pk)
    shown = review.token(row, decisions.standing([row.key]).get(row.key))
    return review.decide(user, "indicator", row.key, Verdict(verdict, **more), shown)


def mark(user, page, words, kind="comment", **body):
    page = Disclosure.objects.get(pk=page.pk)
    at = page.current_version.text.index(words)
    return annotation.add(user, page.pk, kind, at, at + len(words), body or {"text": "odd"}, version=1)


def ordered():
    return sorted(IndicatorCurrent.objects.filter(entered_by=None), key=lambda row: row.indicator.figure_start)


@pytest.fixture
def first_read(page, editor):
    """A document that the editor went through: one accepted, one corrected, one note, one figure entered."""
    one, two, *_rest = ordered()
    decide(editor, one, "accept")
    decide(editor, two, "correct", values={"period_label": "2025Q2"}, note="the headline says so")
    mark(editor, page, "alloy plant", text="which plant?")
    mark(editor, page, "88", "figure", **FIGURE)
    quality.mark_fully_reviewed(editor, page.pk, True)
    return page


def test_the_second_reader_sees_nothing_of_the_first_until_through(first_read, admin, as_admin, as_editor):
    address = f"/disclosures/{first_read.pk}/"
    assert "which plant?" in as_admin.get(address).content.decode()
    as_admin.post(f"{address}fully-reviewed/", {"done": "begin"})
    two = ordered()[1]
    for one in (address, f"{address}annotations.jsonld", f"/indicators/figure/{two.key}/evidence/"):
        shown = re.sub(r"<dialog.*?</dialog>", "", as_admin.get(one).content.decode(), flags=re.DOTALL)
        assert "which plant?" not in shown
        assert "utilisation" not in shown.lower()
        assert "the headline says so" not in shown
    assert "on your own" in as_admin.get(address).content.decode()
    assert "which plant?" in as_editor.get(address).content.decode()
    mark(admin, first_read, "revenue", text="mine")
    assert "mine" in as_admin.get(address).content.decode()
    assert ">mine<" not in as_editor.get(address).content.decode()  # nor does the first see the second's
    as_admin.post(f"{address}fully-reviewed/", {"done": "1"})
    assert "which plant?" in as_admin.get(address).content.decode()
    assert ">mine<" in as_editor.get(address).content.decode()


def test_the_desk_goes_through_the_document_and_shows_the_machines_answer(first_read, as_admin):
    as_admin.post(f"/disclosures/{first_read.pk}/fully-reviewed/", {"done": "begin"})
    rows = ordered()
    queue = f"reading-{first_read.pk}"
    desk = as_admin.get("/review/", {"queue": queue}).content.decode()
    assert f"indicator/{rows[0].key}/decide/" in desk
    assert re.search(rf"This document <span class=\"count\">{len(rows)}<", desk)
    for row in rows:
        page = as_admin.get("/review/", {"queue": queue, "key": row.key}).content.decode()
        assert "Q2" not in page
        token = re.search(r'name="shown" value="([^"]*)"', page)[1]
        answer = as_admin.post(
            f"/review/indicator/{row.key}/decide/",
            {"queue": queue, "verdict": "accept", "shown": token},
            headers=HTMX,
        ).content.decode()
    assert "You have judged every figure of this document" in answer
    pairs = Decision.objects.exclude(blind_to=None).order_by("pk")
    assert [(one.finding_key, one.asks_second) for one in pairs] == [(rows[0].key, False), (rows[1].key, True)]
    counted = dict(scoreboard.agreement())
    assert (counted["verdict"].agreed, counted["verdict"].count) == (1, 2)
    assert (counted["period_label"].agreed, counted["period_label"].count) == (1, 2)


@pytest.mark.parametrize(("value", "settled"), [("88", True), ("87", False)])
def test_a_figure_that_both_entered_is_one_row_with_two_answers(first_read, admin, value, settled):
    quality.read_alone(admin, first_read.pk)
    mark(admin, first_read, "88", "figure", **(FIGURE | {"value": value}))
    [row] = IndicatorCurrent.objects.filter(metric="utilisation")
    assert (row.state == "second_look") is not settled
    assert Annotation.objects.filter(kind="figure").count() == 2
    second = Decision.objects.get(reviewer=admin)
    assert second.blind_to.reviewer.username == "editor"
    assert review.differing(second.blind_to, second) == ([] if settled else ["value"])


def test_under_four_eyes_the_second_mark_needs_a_reading_of_ones_own(first_read, admin, as_admin, settings):
    settings.FOUR_EYES = True
    address = f"/disclosures/{first_read.pk}/"
    page = as_admin.post(f"{address}fully-reviewed/", {"done": "1"}, follow=True).content.decode()
    assert "begin a reading of your own first" in page
    assert not FullReview.objects.filter(user=admin).exists()
    as_admin.post(f"{address}fully-reviewed/", {"done": "begin"})
    as_admin.post(f"{address}fully-reviewed/", {"done": "1"})
    assert FullReview.objects.get(user=admin).at is not None


def test_who_reads_no_document_on_their_own_gets_the_new_ones(first_read, as_admin):
    desk = as_admin.get("/review/", {"queue": f"reading-{first_read.pk}"}).content.decode()
    assert "This document" not in desk


def test_a_mark_from_before_names_were_kept_stays_and_says_so(page, editor, as_editor):
    page.fully_reviewed_at = "2026-10-01T08:00:00Z"
    page.save()
    address = f"/disclosures/{page.pk}/"
    assert "by whom was not kept then" in as_editor.get(address).content.decode()
    quality.mark_fully_reviewed(editor, page.pk, True)
    quality.mark_fully_reviewed(editor, page.pk, False)
    page.refresh_from_db()
    assert page.fully_reviewed_at.isoformat() == "2026-10-01T08:00:00+00:00"


def test_a_reading_that_is_given_up_counts_nothing(page, editor, as_editor):
    as_editor.post(f"/disclosures/{page.pk}/fully-reviewed/", {"done": "begin"})
    page.refresh_from_db()
    assert page.fully_reviewed_at is None
    as_editor.post(f"/disclosures/{page.pk}/fully-reviewed/", {"done": "0"})
    assert FullReview.objects.count() == 0
