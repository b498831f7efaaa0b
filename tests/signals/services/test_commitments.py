"""The ledger: a promise told, told again, changed, kept or missed; a project from plan to operation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from signals.models import Commitment, Heartbeat, IndicatorCurrent, SignalCurrent
from signals.services import commitments, decisions, due, review
from signals.services.review import Verdict

PAGE = "<html lang='{lang}'><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{day}</p><p>{text}</p></article></body></html>"
TARGET = "公司2024年度经营目标为实现营业收入430亿元以上。"
RESULT = "2024年，公司实现营业收入329.66亿元。"


@pytest.fixture
def told(take):
    """Takes in a page that says ``text`` on ``day``; each has an address of its own."""

    def told(text, day, lang="zh", title="北方稀土公告", **more):
        url = f"https://press.example/{abs(hash((text, day)))}"
        return take(PAGE.format(lang=lang, title=title, day=day, text=text), url=url, published_on=day, **more)

    return told


def ledger(entity="northern-rare-earth", **narrow):
    commitments.refresh(entity)
    return list(Commitment.objects.filter(entity=entity, **narrow).order_by("pk"))


def decide(user, row, verdict, **more):
    row.refresh_from_db()
    shown = review.token(row, decisions.standing([row.key]).get(row.key))
    review.decide(user, "indicator", row.key, Verdict(verdict, **more), shown)


def only(**narrow):
    (row,) = ledger(**narrow)
    return row, [(step.state, str(step.on), step.carriers) for step in row.steps.all()]


def test_a_target_without_a_result_is_open_and_due_with_the_annual_report(told):
    told("北方稀土" + TARGET, "2024-04-19")
    row, steps = only(metric="revenue")
    assert (row.state, row.settled, row.due_on) == ("announced", False, date(2025, 4, 30))
    assert steps == [("announced", "2024-04-19", 1)]


def test_a_result_below_a_floor_is_missed_and_both_are_quoted(told):
    told("北方稀土" + TARGET, "2024-04-19")
    told("北方稀土" + RESULT, "2025-04-18")
    row, steps = only(metric="revenue")
    assert row.state == "missed"
    assert row.outcome.value == 32_966_000_000
    assert [step.quote for step in row.steps.all()][1] in RESULT
    assert [state for state, _on, _n in steps] == ["announced", "missed"]


def test_a_corrected_result_turns_the_verdict(told, editor):
    told("北方稀土" + TARGET, "2024-04-19")
    told("北方稀土" + RESULT, "2025-04-18")
    outcome = only(metric="revenue")[0].outcome
    decide(editor, outcome, "correct", values={"value": "43100000000"})
    row, _steps = only(metric="revenue")
    assert row.state == "done"


def test_the_same_promise_told_twice_is_one_step_with_two_articles(told):
    told("北方稀土" + TARGET, "2024-04-19")
    told("媒体称，北方稀土" + TARGET + "业内人士表示关注。", "2024-04-22")
    _row, steps = only(metric="revenue")
    assert steps == [("announced", "2024-04-19", 2)]


def test_a_promise_that_changes_is_revised(told):
    told("北方稀土" + TARGET, "2024-04-19")
    told("北方稀土" + TARGET.replace("430亿元以上", "360亿元"), "2024-10-30")
    rows = ledger(metric="revenue")
    assert [row.state for row in rows] == ["revised"]


def test_what_is_rejected_leaves_the_ledger(told, editor):
    told("北方稀土" + TARGET, "2024-04-19")
    promise = only(metric="revenue")[0].promise
    decide(editor, promise, "reject", reason="not_a_figure")
    assert ledger(metric="revenue") == []


def test_a_project_goes_from_plan_to_operation_by_phase(told):
    told("北方稀土绿色冶炼升级改造项目二期获批。", "2024-10-15")
    told("北方稀土绿色冶炼升级改造项目二期正在建设。", "2025-07-09")
    row, steps = only(project="green-smelting-upgrade")
    assert (row.phase, row.state) == ("2", "under_way")
    assert [(state, on) for state, on, _n in steps] == [("announced", "2024-10-15"), ("under_way", "2025-07-09")]


def test_a_finished_part_does_not_finish_the_project(told):
    told("北方稀土绿色冶炼升级改造项目二期厂房的钢结构已经完成。", "2025-10-14")
    row, _steps = only(project="green-smelting-upgrade")
    assert SignalCurrent.objects.filter(stage="under_construction").exists()
    assert row.state == "under_way"


def test_settle_looks_only_where_something_changed(told, editor):
    told("北方稀土" + TARGET, "2024-04-19")
    assert commitments.settle() > 0
    assert commitments.settle() == 0
    decide(editor, Commitment.objects.get(metric="revenue").promise, "accept")
    assert commitments.settle() > 0


def test_settle_waits_for_writers_that_began_before_it(told, monkeypatch):
    commitments.settle()

    def ends_while_we_wait():
        monkeypatch.undo()
        told("北方稀土" + TARGET, "2024-04-19")
        written.append(timezone.now())

    written = []
    monkeypatch.setattr(commitments.locks, "one_writer", ends_while_we_wait)
    assert commitments.settle() > 0
    assert Heartbeat.objects.get(part=commitments.MARK).at >= written[0]


def test_who_a_promise_is_taken_from_loses_it(told, editor):
    told("北方稀土" + TARGET, "2024-04-19")
    told("媒体称，北方稀土" + TARGET + "业内人士表示关注。", "2024-04-22")
    commitments.settle()
    for row in IndicatorCurrent.objects.filter(modality="target"):
        decide(editor, row, "correct", values={"subject": "shenghe-resources"})
    commitments.settle()
    assert set(Commitment.objects.values_list("entity", flat=True)) == {"shenghe-resources"}


@pytest.mark.parametrize(
    ("start", "end", "wanted"),
    [
        ((2025, 1, 1), (2025, 12, 31), (2026, 4, 30)),
        ((2025, 1, 1), (2025, 3, 31), (2025, 4, 30)),
        ((2025, 1, 1), (2025, 6, 30), (2025, 8, 31)),
        ((2025, 4, 1), (2025, 6, 30), (2025, 8, 31)),
        ((2025, 1, 1), (2025, 9, 30), (2025, 10, 31)),
        ((2025, 10, 1), (2025, 12, 31), (2026, 4, 30)),
        ((2026, 1, 1), (2030, 12, 31), (2031, 4, 30)),
    ],
)
def test_when_a_result_is_due(start, end, wanted):
    assert due.result_due(date(*start), date(*end)) == date(*wanted)


@pytest.mark.parametrize(
    ("comparator", "value", "high", "outcome", "wanted"),
    [
        (">=", "430", None, "431", True),
        (">=", "430", None, "329", False),
        ("<=", "78", None, "75", True),
        ("<=", "78", None, "80", False),
        ("range", "900", "960", "931", True),
        ("range", "900", "960", "1000", True),
        ("range", "900", "960", "850", False),
        ("=", "-730", None, "-729.96", True),
        ("=", "100", None, "120", True),
    ],
)
def test_is_a_promise_kept(comparator, value, high, outcome, wanted):
    promise = IndicatorCurrent(
        comparator=comparator, value=Decimal(value), value_high=Decimal(high) if high else None, as_written=value
    )
    assert (
        commitments.kept(promise, IndicatorCurrent(comparator="=", value=Decimal(outcome), as_written=outcome))
        is wanted
    )
