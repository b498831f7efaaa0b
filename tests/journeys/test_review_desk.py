"""An editor at the desk with the keyboard alone: accept, correct, reject, undo; and a missed figure marked in the text."""

import re

import pytest

from signals.models import Annotation, Decision, IndicatorCurrent
from tests.conftest import PASSWORD
from tests.signals.conftest import FIRST_HALF, known, source, take  # noqa: F401

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
