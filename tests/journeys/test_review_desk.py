"""An editor at the desk with the keyboard alone: accept, correct, reject, undo; and a missed figure marked in the text."""

import re

import pytest

from signals.models import Annotation, Decision, IndicatorCurrent
from signals.services import annotation
from tests.conftest import PASSWORD
from tests.signals.conftest import FIRST_HALF, known, loaded_tables, source, take  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(page, live_server, editor, take):  # noqa: F811
    """The review desk of a signed-in editor with three figures waiting."""
    take(FIRST_HALF.format(more="Its alloy plant ran at 88 of 100 days, the company said."))
    page.goto(f"{live_server.url}/accounts/login/?next=/review/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_selector("#judge")
    page.wait_for_load_state("load")  # a key before the scripts have run would go nowhere
    return page


def opened(page):
    """The key of the open item."""
    return re.search(r"indicator/(\w+)/", page.get_attribute("#judge", "action"))[1]


def onward(page, before):
    page.wait_for_function("b => !document.querySelector('#judge')?.getAttribute('action').includes(b)", arg=before)


def test_accept_correct_reject_and_undo_by_keyboard(desk):
    first = opened(desk)
    desk.keyboard.press("a")
    onward(desk, first)
    second = opened(desk)
    desk.keyboard.press("e")
    assert desk.evaluate("document.activeElement.id") == "f-value"
    desk.keyboard.type("931000001")
    desk.keyboard.press("Control+Enter")
    onward(desk, second)
    third = opened(desk)
    desk.keyboard.press("r")
    desk.wait_for_selector("details.reject[open]")
    desk.keyboard.press("5")
    desk.wait_for_selector(".nothing")
    # told once the new desk is wired up; a key before that would post the form the plain way
    desk.wait_for_function("() => document.getElementById('live').textContent.startsWith('Rejected')")
    found = {row.pk: (row.state, row.value) for row in IndicatorCurrent.objects.all()}
    assert found[first][0] == "confirmed"
    assert found[second] == ("corrected", 931_000_001)
    assert found[third][0] == "rejected"
    assert Decision.objects.get(finding_key=third).reason == "not_a_figure"
    desk.keyboard.press("z")
    desk.wait_for_selector("#judge")
    assert IndicatorCurrent.objects.get(pk=third).state == "unreviewed"
    desk.wait_for_function("() => document.getElementById('live').textContent.startsWith('Taken back')")


def test_looking_through_the_queue_decides_nothing_and_letters_in_a_field_are_letters(desk):
    first = opened(desk)
    desk.keyboard.press("j")
    onward(desk, first)
    desk.keyboard.press("k")
    desk.wait_for_function("b => document.querySelector('#judge').getAttribute('action').includes(b)", arg=first)
    desk.click(".paper .is-other >> nth=0")
    desk.fill("#f-why", "")
    desk.press("#f-why", "a")
    assert desk.input_value("#f-why") == "a"
    assert Decision.objects.count() == 0


def test_a_missed_figure_is_marked_by_keyboard(desk, live_server):
    disclosure = IndicatorCurrent.objects.first().disclosure_id
    desk.goto(f"{live_server.url}/disclosures/{disclosure}/")
    desk.keyboard.press("m")
    desk.wait_for_selector("#annotate-bar:not([hidden])")
    desk.keyboard.press("Shift+Digit2")
    for _ in range(80):
        if desk.inner_text("#annotate-words") == "88":
            break
        before = desk.inner_text("#annotate-words")
        desk.keyboard.press("ArrowRight")
        desk.wait_for_function("b => document.getElementById('annotate-words').textContent !== b", arg=before)
    assert desk.inner_text("#annotate-words") == "88"
    desk.keyboard.press("f")
    desk.wait_for_selector("#annotate[open]")
    desk.select_option("#a-metric", "utilisation")
    desk.fill("#a-value", "88")
    desk.select_option("#a-unit", "percent")
    desk.fill("#a-period_label", "2025H1")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector(".note")
    row = IndicatorCurrent.objects.get(pk=Annotation.objects.get().finding_key)
    assert (row.metric, row.value, row.entered_by.username) == ("utilisation", 88, "editor")


def test_the_checks_follow_the_fields_and_leave_the_focus_where_it_is(desk):
    desk.keyboard.press("e")
    desk.keyboard.type("5")
    with desk.expect_response(lambda answer: "/check/" in answer.url):
        desk.keyboard.press("Tab")
    desk.wait_for_selector("#checks")
    desk.wait_for_function("() => !document.querySelector('.htmx-request')")
    assert desk.evaluate("document.activeElement.id") == "f-value_high"


def test_what_was_typed_wrong_has_the_focus(desk):
    desk.keyboard.press("p")
    desk.keyboard.type("some day")
    desk.keyboard.press("Control+Enter")
    desk.wait_for_selector("#f-period_label[aria-invalid]")
    desk.wait_for_function("() => document.activeElement.id === 'f-period_label'")


def test_keys_pressed_faster_than_the_answers_walk_on(desk):
    items = desk.evaluate("[...document.querySelectorAll('.queue-list a')].map((link) => link.href)")
    assert len(items) == 3
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("a")  # nothing is decided while the open card is not the marked one
    desk.wait_for_function(
        "k => k.includes(document.querySelector('#judge').getAttribute('action').split('/')[3])", arg=items[2]
    )
    assert Decision.objects.count() == 0


def test_a_mark_is_resized_by_keyboard(desk, live_server, editor):
    disclosure = IndicatorCurrent.objects.first().disclosure
    at = disclosure.current_version.text.index("alloy plant")
    [note] = annotation.add(editor, disclosure.pk, "comment", at, at + 5, {"text": "which?"}, version=1)
    desk.goto(f"{live_server.url}/disclosures/{disclosure.pk}/")
    desk.click(".note summary")
    desk.focus(".note [data-resize]")
    desk.keyboard.press("Enter")
    desk.wait_for_function("() => document.getElementById('annotate-words').textContent === 'alloy'")
    for _ in " plant":
        desk.keyboard.press("Shift+ArrowRight")
    desk.wait_for_function("() => document.getElementById('annotate-words').textContent === 'alloy plant'")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    note.refresh_from_db()
    assert (note.start, note.exact) == (at, "alloy plant")
