"""A person's verdict and the machine's answer: which holds when, and when a person is asked again."""

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from unittest import mock

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from signals.models import Decision, Extraction, Fact, IndicatorCurrent, SignalCurrent, TimelineEntry
from signals.services import decisions, extraction, integrity, rebuild, recording, reextraction, review
from signals.services.review import Verdict
from tests.signals.conftest import FIRST_HALF

PAGE = FIRST_HALF.format(more="The company also spoke of new quality productive forces.")


@pytest.fixture
def revenue(first_half):
    return IndicatorCurrent.objects.get(metric="revenue", measure="level")


@pytest.fixture
def second(db):
    from django.contrib.auth import get_user_model

    from reex_site.lib.roles import give_role

    user = get_user_model().objects.create_user("second", "second@example.org", "x")
    give_role(user, "editor")
    return user


def shown(row):
    return review.token(row, decisions.standing([row.key]).get(row.key))


def decide(user, row, verdict, **more):
    row.refresh_from_db()
    kind = "indicator" if isinstance(row, IndicatorCurrent) else "signal"
    made = review.decide(user, kind, row.key, Verdict(verdict, **more), shown(row))
    row.refresh_from_db()
    return made


@contextmanager
def engine_of_tomorrow(**answers):
    """The same texts read by another engine, whose revenue figures have other fields."""
    real = extraction.extract

    def read(*args, **kwargs):
        answer = real(*args, **kwargs)
        answer.indicators[:] = [
            replace(one, **answers) if one.metric == "revenue" and one.measure == "level" else one
            for one in answer.indicators
        ]
        return answer

    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(recording, "ENGINE", "engine of tomorrow"))
        stack.enter_context(mock.patch.object(extraction, "extract", read))
        yield


def test_accepting_confirms_and_leaves_the_machines_answer(revenue, editor):
    machine = revenue.indicator
    made = decide(editor, revenue, "accept", seconds=4.21)
    assert (revenue.state, revenue.superseded, made.corrected) == ("confirmed", False, {})
    assert made.seen["value"] == "18870000000"
    assert made.seconds == Decimal("4.21")
    assert made.extraction == machine.extraction
    assert TimelineEntry.objects.get(finding_key=revenue.key).state == "confirmed"


def test_correcting_changes_what_counts_and_keeps_what_the_machine_said(revenue, editor):
    before = revenue.fact_key
    made = decide(editor, revenue, "correct", values={"period_label": "2025Q2", "value": "18,870,000,001"})
    assert (revenue.state, revenue.period_label, revenue.value) == ("corrected", "2025Q2", Decimal(18_870_000_001))
    assert (str(revenue.period_start), str(revenue.period_end)) == ("2025-04-01", "2025-06-30")
    assert (revenue.indicator.period_label, revenue.indicator.value) == ("2025H1", Decimal(18_870_000_000))
    assert made.corrected["period_label"] == "2025Q2"
    assert not Fact.objects.filter(pk=before).exists()
    assert Fact.objects.get(pk=revenue.fact_key).best_id == revenue.key


def test_correcting_to_what_the_machine_said_is_accepting(revenue, editor):
    made = decide(editor, revenue, "correct", values={"value": "18870000000.00", "metric": "revenue"})
    assert (made.verdict, revenue.state) == ("accept", "confirmed")


def test_accepting_a_correction_keeps_it(revenue, editor, second):
    decide(editor, revenue, "correct", values={"period_label": "2025Q2"})
    decide(second, revenue, "accept")
    assert (revenue.state, revenue.period_label) == ("corrected", "2025Q2")


def test_rejecting_needs_a_reason_and_takes_the_figure_off_the_pages(revenue, editor):
    with pytest.raises(review.InvalidError):
        decide(editor, revenue, "reject")
    decide(editor, revenue, "reject", reason="wrong_number")
    assert (revenue.state, revenue.superseded) == ("rejected", True)
    assert not Fact.objects.filter(pk=revenue.fact_key).exists()
    assert not TimelineEntry.objects.filter(finding_key=revenue.key).exists()


@pytest.mark.parametrize(("verdict", "state"), [("defer", "deferred"), ("second_look", "second_look")])
def test_putting_off_changes_nothing_but_the_queue(revenue, editor, verdict, state):
    decide(editor, revenue, verdict)
    assert (revenue.state, revenue.superseded, revenue.value) == (state, False, Decimal(18_870_000_000))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"value": "many"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"value": "1e40"}, "value"),
        ({"metric": "beauty"}, "metric"),
        ({"unit": "furlong"}, "unit"),
        ({"period_label": "last year"}, "period_label"),
        ({"subject": "nobody"}, "subject"),
        ({"comparator": "range"}, "value_high"),
        ({"value_high": "5"}, "value_high"),
        ({"comparator": "range", "value_high": "5"}, "value_high"),
        ({"measure": ""}, "measure"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_by_field_and_nothing_is_written(revenue, editor, values, field):
    with pytest.raises(review.InvalidError) as refused:
        decide(editor, revenue, "correct", values=values)
    assert list(refused.value.problems) == [field]
    assert Decision.objects.count() == 0


def test_a_decision_about_a_state_that_is_gone_is_not_written(revenue, editor, second):
    stale = shown(revenue)
    decide(second, revenue, "correct", values={"period_label": "2025Q2"})
    with pytest.raises(review.ChangedError) as changed:
        review.decide(editor, "indicator", revenue.key, Verdict("accept"), stale)
    assert changed.value.standing.reviewer == second
    assert changed.value.row.period_label == "2025Q2"
    assert Decision.objects.count() == 1


def test_analysts_and_strangers_decide_nothing(revenue, analyst):
    from django.contrib.auth.models import AnonymousUser

    for user in (analyst, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            decide(user, revenue, "accept")
        with pytest.raises(PermissionDenied):
            review.undo(user, 1)
        with pytest.raises(PermissionDenied):
            review.accept_alike(user, [(revenue.key, shown(revenue))])


def test_undoing_brings_back_what_held_before(revenue, editor):
    decide(editor, revenue, "accept")
    wrong = decide(editor, revenue, "correct", values={"value": "1"})
    review.undo(editor, wrong.pk)
    revenue.refresh_from_db()
    assert (revenue.state, revenue.value) == ("confirmed", Decimal(18_870_000_000))
    assert Decision.objects.count() == 3


def test_undoing_a_rejection_brings_the_figure_back_to_the_pages(revenue, editor):
    review.undo(editor, decide(editor, revenue, "reject", reason="duplicate").pk)
    revenue.refresh_from_db()
    assert (revenue.state, revenue.superseded) == ("unreviewed", False)
    assert Fact.objects.filter(pk=revenue.fact_key).exists()
    assert TimelineEntry.objects.filter(finding_key=revenue.key).exists()


def test_undo_is_for_the_maker_for_ten_minutes_and_once(revenue, editor, second):
    made = decide(editor, revenue, "accept")
    with pytest.raises(review.RefusedError):
        review.undo(second, made.pk)
    with (
        mock.patch.object(review.timezone, "now", return_value=timezone.now() + timedelta(minutes=11)),
        pytest.raises(review.RefusedError),
    ):
        review.undo(editor, made.pk)
    review.undo(editor, made.pk)
    with pytest.raises(review.RefusedError):
        review.undo(editor, made.pk)


def test_undo_ends_where_somebody_decided_after(revenue, editor, second):
    made = decide(editor, revenue, "accept")
    decide(second, revenue, "defer")
    with pytest.raises(review.RefusedError):
        review.undo(editor, made.pk)


def test_decisions_are_never_changed_or_removed(revenue, editor):
    decide(editor, revenue, "accept")
    for change in (
        lambda: Decision.objects.update(verdict="reject", reason="duplicate"),
        lambda: Decision.objects.all().delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


# ── what a new extraction does to a verdict ──


def test_same_text_other_answer_the_verdict_stands_and_is_not_asked_again(revenue, editor):
    decide(editor, revenue, "correct", values={"metric": "sales"})
    with engine_of_tomorrow(metric="profit"):
        reextraction.reextract(revenue.disclosure_id)
    revenue.refresh_from_db()
    assert Extraction.objects.count() == 2
    assert (revenue.indicator.metric, revenue.metric, revenue.state) == ("profit", "sales", "corrected")


def test_other_text_same_answer_the_verdict_stands_and_is_not_asked_again(revenue, editor, take):
    decide(editor, revenue, "accept")
    take(FIRST_HALF.format(more="A sentence was added far below."))
    revenue.refresh_from_db()
    assert (revenue.state, revenue.lost) == ("confirmed", False)


def test_other_text_and_other_answer_a_person_is_asked_again(revenue, editor, take):
    decide(editor, revenue, "accept")
    with engine_of_tomorrow(metric="profit"):
        take(FIRST_HALF.format(more="A sentence was added far below."))
    revenue.refresh_from_db()
    assert (revenue.state, revenue.metric) == ("re_review", "profit")
    rebuild.rebuild()  # … and is still asked when the pages are made anew
    assert IndicatorCurrent.objects.get(pk=revenue.pk).state == "re_review"
    decide(editor, revenue, "accept")
    rebuild.rebuild()
    assert IndicatorCurrent.objects.get(pk=revenue.pk).state == "confirmed"


def test_our_own_reading_of_the_same_bytes_is_no_change_of_the_source(revenue, editor):
    decide(editor, revenue, "accept")
    real = extraction.extract

    def longer(*args, **kwargs):
        answer = real(*args, **kwargs)
        answer.reading.text += "\nRead more carefully."
        answer.indicators[:] = [replace(one, modality="estimate") for one in answer.indicators]
        return answer

    with (
        mock.patch.object(extraction, "extract", longer),
        mock.patch.object(recording, "ENGINE", "engine of tomorrow"),
    ):
        reextraction.reextract(revenue.disclosure_id)
    revenue.refresh_from_db()
    assert (revenue.modality, revenue.state) == ("estimate", "confirmed")


def test_a_rejected_figure_does_not_come_back_with_another_answer(revenue, editor):
    decide(editor, revenue, "reject", reason="not_a_figure")
    with engine_of_tomorrow(metric="profit"):
        reextraction.reextract(revenue.disclosure_id)
    revenue.refresh_from_db()
    assert (revenue.state, revenue.superseded) == ("rejected", True)


def test_a_rejected_figure_comes_back_when_its_words_change(revenue, editor, take):
    decide(editor, revenue, "reject", reason="not_a_figure")
    take(PAGE.replace("18.87", "17.99"))
    revenue.refresh_from_db()
    assert (revenue.state, revenue.lost) == ("rejected", True)
    new = IndicatorCurrent.objects.get(metric="revenue", measure="level", lost=False)
    assert (new.state, new.value) == ("unreviewed", Decimal(17_990_000_000))


def test_a_confirmed_figure_whose_words_are_gone_is_asked_about_once_and_never_lost(revenue, editor, take):
    decide(editor, revenue, "accept")
    take(PAGE.replace("18.87", "17.99"))
    revenue.refresh_from_db()
    assert (revenue.state, revenue.lost, revenue.superseded) == ("re_review", True, True)
    decide(editor, revenue, "accept")
    assert (revenue.state, revenue.superseded) == ("confirmed", True)
    reextraction.reextract(revenue.disclosure_id)
    revenue.refresh_from_db()
    assert revenue.state == "confirmed"
    assert list(integrity.check()) == []


def test_verdicts_on_signals_stand_too(first_half, editor, take):
    row = SignalCurrent.objects.first()
    decide(editor, row, "correct", values={"stage": "done"})
    assert (row.state, row.stage) == ("corrected", "done")
    take(FIRST_HALF.format(more="The company also spoke of new quality productive forces. More below."))
    row.refresh_from_db()
    assert (row.state, row.stage) == ("corrected", "done")


def test_the_pages_made_anew_keep_every_verdict(revenue, editor):
    profit = IndicatorCurrent.objects.get(metric="net_profit", measure="level")
    decide(editor, revenue, "correct", values={"period_label": "2025Q2"})
    decide(editor, profit, "reject", reason="wrong_number")
    before = list(IndicatorCurrent.objects.order_by("key").values())
    rebuild.rebuild()
    assert list(IndicatorCurrent.objects.order_by("key").values()) == before


# ── four eyes ──


def test_under_four_eyes_a_correction_waits_for_another_person(revenue, editor, second, settings):
    settings.FOUR_EYES = True
    decide(editor, revenue, "correct", values={"period_label": "2025Q2"})
    assert (revenue.state, revenue.period_label) == ("second_look", "2025Q2")
    with pytest.raises(review.RefusedError):
        decide(editor, revenue, "accept")
    decide(
        second, revenue, "correct", values={"period_label": "2025Q2"}
    )  # found by themselves: they saw the machine's answer
    assert (revenue.state, revenue.period_label) == ("corrected", "2025Q2")


def test_where_two_read_differently_somebody_settles_it_in_sight_of_both(revenue, editor, second, settings):
    settings.FOUR_EYES = True
    decide(editor, revenue, "correct", values={"period_label": "2025Q2"})
    decide(second, revenue, "accept")
    assert revenue.state == "second_look"
    with pytest.raises(review.RefusedError):
        decide(second, revenue, "accept")
    standing = decisions.standing([revenue.key])[revenue.key]
    assert not review.is_blind(editor, revenue, standing)
    decide(editor, revenue, "correct", values={"period_label": "2025Q1"})
    assert (revenue.state, revenue.period_label) == ("corrected", "2025Q1")


def test_under_four_eyes_high_impact_figures_are_judged_twice(revenue, editor, second, settings):
    settings.FOUR_EYES = True
    decide(editor, revenue, "accept")
    assert revenue.state == "second_look"
    decide(second, revenue, "accept")
    assert revenue.state == "confirmed"


def test_under_four_eyes_nobody_confirms_their_own_entry(revenue, editor, second, settings):
    settings.FOUR_EYES = True
    IndicatorCurrent.objects.filter(pk=revenue.pk).update(entered_by=editor)
    with pytest.raises(review.RefusedError):
        decide(editor, revenue, "accept")
    decide(second, revenue, "accept")


# ── several at once ──


def test_identical_restatements_are_accepted_and_undone_as_one(revenue, editor, take):
    take(PAGE.replace("said on Thursday", "said in a filing on Thursday"), url="https://other.example/c")
    alike = list(IndicatorCurrent.objects.filter(fact_key=revenue.fact_key, superseded=False))
    if len(alike) < 2:
        IndicatorCurrent.objects.filter(fact_key=revenue.fact_key).update(superseded=False)
        alike = list(IndicatorCurrent.objects.filter(fact_key=revenue.fact_key))
    made = review.accept_alike(editor, [(row.key, shown(row)) for row in alike])
    assert len({one.batch for one in made}) == 1
    assert set(IndicatorCurrent.objects.filter(fact_key=revenue.fact_key).values_list("state", flat=True)) == {
        "confirmed"
    }
    review.undo(editor, made[0].pk)
    assert set(IndicatorCurrent.objects.filter(fact_key=revenue.fact_key).values_list("state", flat=True)) == {
        "unreviewed"
    }


def test_unlike_figures_are_not_accepted_together(revenue, editor):
    profit = IndicatorCurrent.objects.get(metric="net_profit", measure="level")
    with pytest.raises(review.RefusedError):
        review.accept_alike(editor, [(row.key, shown(row)) for row in (revenue, profit)])
    assert Decision.objects.count() == 0
