"""Teaching the lexicon: asked for by an editor, tried on the kept texts, accepted by an admin, in force at the next reading."""

from datetime import timedelta
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from signals.models import IndicatorCurrent, Measurement
from signals.services import lexicon, proposal_effect, proposals, reextraction
from tests.signals.conftest import FIRST_HALF


@pytest.fixture
def page(take):
    return take(FIRST_HALF.format(more="Its gross take-in was RMB 4.2 billion in the first half of 2025."))


def measured(user, proposal, seconds=60):
    """As the worker does it, message after message."""
    asked = proposal_effect.ask(user, proposal.pk)
    while proposal_effect.go_on(asked.pk, seconds):
        pass
    proposal.refresh_from_db()
    return proposal.effect


def test_an_accepted_word_is_measured_first_and_counts_from_the_next_reading_on(page, editor, admin):
    before = IndicatorCurrent.objects.count()
    asked = proposals.propose(editor, "metric", "metrics/revenue", "gross take-in")
    with pytest.raises(ValidationError):
        proposals.settle(admin, asked.pk, "accepted")
    effect = measured(editor, asked)
    assert (effect["texts"], effect["read"], effect["lost"]) == (1, 1, 0)
    assert effect["gained"] + effect["changed"] >= 1
    assert IndicatorCurrent.objects.count() == before
    digest = lexicon.current().digest
    proposals.settle(admin, asked.pk, "accepted")
    assert lexicon.current().digest != digest
    reextraction.reextract(page.pk)
    row = IndicatorCurrent.objects.get(value=4_200_000_000)
    assert row.metric == "revenue"
    assert "gross take-in" in proposals.as_diff()
    assert proposals.as_diff().startswith("--- a/signals/lexicon/metrics/")
    proposals.settle(admin, asked.pk, "rejected")
    assert lexicon.current().digest == digest


@pytest.mark.parametrize(
    ("kind", "target", "phrase"),
    [
        ("alias", "names/nobody", "Some Firm"),
        ("metric", "names/northern-rare-earth", "Some Firm"),
        ("metric", "metrics/revenue", "revenue"),
        ("metric", "metrics/revenue", "x"),
        ("metric", "metrics/revenue", "x" * 61),
        ("not_a_figure", "units/percent", "quiz"),
        ("magic", "metrics/revenue", "gross take-in"),
    ],
)
def test_what_makes_no_sense_is_refused(known, editor, kind, target, phrase):
    with pytest.raises(ValidationError):
        proposals.propose(editor, kind, target, phrase)


def test_the_same_is_asked_once(known, editor):
    proposals.propose(editor, "metric", "metrics/revenue", "gross take-in")
    with pytest.raises(ValidationError):
        proposals.propose(editor, "metric", "metrics/revenue", "gross  take-in")


def test_who_may(page, analyst, editor, admin):
    with pytest.raises(PermissionDenied):
        proposals.propose(analyst, "metric", "metrics/revenue", "gross take-in")
    asked = proposals.propose(admin, "metric", "metrics/revenue", "gross take-in")
    measured(editor, asked)
    for state in ("accepted", "rejected", "withdrawn"):
        with pytest.raises(PermissionDenied):
            proposals.settle(editor, asked.pk, state)
    assert proposals.settle(admin, asked.pk, "withdrawn").state == "withdrawn"


def test_words_before_a_number_that_is_no_figure(take, editor):
    page = take(FIRST_HALF.format(more="Workshop lot 4,312 tonnes was named in the notice on revenue."))
    asked = proposals.propose(editor, "not_a_figure", "units/serial", "workshop lot")
    effect = measured(editor, asked)
    assert effect["texts"] == 1
    assert effect["gained"] == 0
    assert page.pk


def test_the_measuring_goes_on_where_a_worker_left_it(take, editor):
    for number in range(7):
        take(FIRST_HALF.format(more=f"Its gross take-in was RMB {number + 2}.4 billion in the first half of 2025, plant {number} said."),
             url=f"https://press.example/{number}")  # fmt: skip
    asked = proposals.propose(editor, "metric", "metrics/revenue", "gross take-in")
    whole = measured(editor, asked)
    assert whole["texts"] == whole["read"] >= 2
    piecemeal = proposal_effect.ask(editor, asked.pk)
    read = []
    while True:
        more = _one_text(piecemeal.pk)
        read.append(Measurement.objects.get(pk=piecemeal.pk).read)
        if not more:
            break
    assert read == [*range(1, whole["read"]), whole["read"], whole["read"]][: len(read)]
    asked.refresh_from_db()
    assert asked.effect == whole


def _one_text(measurement_id):
    """A message whose time is over after one text."""
    with mock.patch("signals.services.proposal_effect.time.monotonic", side_effect=[0, 0, 9, 9, 9]):
        return proposal_effect.go_on(measurement_id, 5)


def test_what_a_worker_holds_is_not_taken_by_another(page, editor):
    asked = proposal_effect.ask(editor, proposals.propose(editor, "metric", "metrics/revenue", "gross take-in").pk)
    Measurement.objects.update(claimed_at=timezone.now(), asked_at=timezone.now() - timedelta(minutes=9))
    assert proposal_effect.left_behind() == []
    assert not proposal_effect.go_on(asked.pk)
    Measurement.objects.update(claimed_at=timezone.now() - proposal_effect.CLAIM - timedelta(seconds=1))
    assert proposal_effect.left_behind() == [asked.pk]
    proposal_effect.go_on(asked.pk)
    assert Measurement.objects.get().state == "done"
