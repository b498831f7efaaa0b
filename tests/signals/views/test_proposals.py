"""The page of proposals: asked for, measured by a worker while the page looks on, refused with what was typed."""

import pytest

from signals.models import Measurement, Proposal
from signals.services import proposal_effect

FORM = {"kind": "metric", "target": "metrics/revenue", "phrase": "gross take-in", "reason": "so they call it"}


@pytest.fixture
def sent(monkeypatch):
    found = []
    monkeypatch.setattr("signals.tasks.measure_proposal.delay", found.append)
    return found


def test_a_worker_measures_while_the_page_looks_on(as_editor, first_half, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert as_editor.post("/proposals/add/", FORM).status_code == 302
    assert sent == [Measurement.objects.get().pk]
    page = as_editor.get("/proposals/").content.decode()
    assert 'hx-trigger="load delay:2s"' in page
    assert "0 of 0 texts" in page
    assert Proposal.objects.get().effect == {}
    proposal_effect.go_on(sent[0])
    page = as_editor.get("/proposals/").content.decode()
    assert "hx-trigger" not in page
    assert "In 0 kept texts" in page


def test_a_failed_measuring_is_told_and_not_waited_for(as_editor, first_half, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        as_editor.post("/proposals/add/", FORM)
    Measurement.objects.update(state="failed", error="the text is gone")
    page = as_editor.get("/proposals/").content.decode()
    assert "the text is gone" in page
    assert "hx-trigger" not in page


def test_what_was_typed_comes_back_with_what_is_wrong(as_editor, known, sent):
    answer = as_editor.post("/proposals/add/", FORM | {"target": "metrics/<b>", "phrase": "<i>take-in</i>"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<i>take-in" not in page
    assert "&lt;i&gt;take-in" in page
    assert sent == []


def test_only_who_may_decide_sees_the_buttons(as_editor, as_admin, admin, settings, sent):
    as_editor.post("/proposals/add/", FORM)
    assert 'value="accepted"' not in as_editor.get("/proposals/").content.decode()
    assert 'value="accepted"' in as_admin.get("/proposals/").content.decode()
    settings.ADMIN_SECOND_FACTOR = True  # which this admin lacks
    assert 'value="accepted"' not in as_admin.get("/proposals/").content.decode()
