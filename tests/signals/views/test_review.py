"""The review desk over HTTP: fragments and whole pages, conflicts, refusals, hostile input."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from signals.models import Decision, IndicatorCurrent, SignalCurrent
from signals.services import decisions, review

HTMX = {"HX-Request": "true"}


@pytest.fixture
def revenue(first_half):
    return IndicatorCurrent.objects.get(metric="revenue", measure="level")


def shown(row):
    return review.token(row, decisions.standing([row.key]).get(row.key))


def post(client, row, headers=None, **data):
    form = {"queue": "new", "kind": "indicator", "shown": shown(row), "looked_at": "1", **data}
    return client.post(f"/review/indicator/{row.key}/decide/", form, headers=headers or {})


def test_the_desk_shows_the_queue_the_text_and_the_form(as_editor, revenue):
    page = as_editor.get("/review/", {"key": revenue.key}).content.decode()
    assert "<mark>RMB 18.87 billion</mark>" in page or "18.87" in re.findall(r"<mark>(.*?)</mark>", page)[0]
    assert f'name="shown" value="{shown(revenue)}"' in page
    assert 'name="reject" value="wrong_period"' in page
    assert page.count('class="open"') == 1


def test_without_javascript_a_decision_leads_on_to_the_next_item(as_editor, revenue):
    answer = post(as_editor, revenue, verdict="accept")
    assert answer.status_code == 302
    page = as_editor.get(answer["Location"]).content.decode()
    assert "Your last decision" in page
    assert revenue.key not in re.findall(r'class="open".*?key=(\w+)', page)
    revenue.refresh_from_db()
    assert revenue.state == "confirmed"


def test_with_htmx_the_answer_is_the_next_card_and_says_what_is_left(as_editor, revenue):
    answer = post(as_editor, revenue, HTMX, verdict="accept")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.lstrip().startswith('<div id="desk"')
    left = IndicatorCurrent.objects.filter(state="unreviewed", superseded=False).count()
    assert re.search(rf'data-announce="Accepted,\s+{left} left', page)
    assert "HX-Request" in answer["Vary"]


def test_accepting_with_changed_fields_keeps_the_changes(as_editor, revenue):
    post(as_editor, revenue, verdict="accept", period_label="2025Q2")
    revenue.refresh_from_db()
    assert (revenue.state, revenue.period_label) == ("corrected", "2025Q2")


def test_rejecting_by_its_reason(as_editor, revenue):
    post(as_editor, revenue, reject="wrong_company")
    assert Decision.objects.get().reason == "wrong_company"


def test_somebody_was_quicker_409_with_both_versions_and_nothing_lost(as_editor, as_admin, revenue):
    stale = shown(revenue)
    post(as_admin, revenue, verdict="correct", period_label="2025Q2")
    answer = post(as_editor, revenue, shown=stale, verdict="correct", period_label="2025Q1")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "admin has decided meanwhile" in page
    assert 'name="period_label" value="2025Q1"' in page
    assert "now: 2025Q2" in page
    assert Decision.objects.count() == 1
    merged = re.search(r'name="shown" value="([\d.]+)"', page)[1]
    assert post(as_editor, revenue, shown=merged, verdict="correct", period_label="2025Q1").status_code == 302
    revenue.refresh_from_db()
    assert revenue.period_label == "2025Q1"


def test_two_people_who_change_different_fields_lose_neither_change(as_editor, as_admin, revenue):
    stale = shown(revenue)
    form = {
        "subject": "northern-rare-earth",
        "metric": "revenue",
        "value": "18870000000",
        "unit": "CNY",
        "period_label": "2025H1",
    }
    post(as_admin, revenue, verdict="correct", **(form | {"period_label": "2025Q2"}))
    page = post(
        as_editor, revenue, shown=stale, verdict="correct", **(form | {"value": "18800000000"})
    ).content.decode()
    assert 'name="value" value="18800000000"' in page
    assert 'name="period_label" value="2025Q2"' in page, "a field that the later one left alone takes what holds now"
    merged = re.search(r'name="shown" value="([\d.]+)"', page)[1]
    answer = form | {"value": "18800000000", "period_label": "2025Q2"}
    post(as_editor, revenue, shown=merged, verdict="correct", **answer)
    revenue.refresh_from_db()
    assert (revenue.value, revenue.period_label) == (18_800_000_000, "2025Q2")


def test_a_correction_says_what_it_keeps(as_editor, revenue):
    page = post(as_editor, revenue, HTMX, verdict="correct", period_label="2025Q2", comparator=">=").content.decode()
    assert "Corrected: Bound at least (≥), Period 2025Q2" in page


@pytest.mark.parametrize(
    ("kind", "reason", "status"), [("indicator", "wrong_metric", 302), ("indicator", "wrong_stage", 422)]
)
def test_each_kind_has_reasons_of_its_own(as_editor, revenue, kind, reason, status):
    assert post(as_editor, revenue, reject=reason).status_code == status


def test_deciding_words_are_marked_in_the_text_and_told_in_words(as_editor, revenue):
    page = as_editor.get("/review/", {"key": revenue.key}).content.decode()
    assert re.search(r'class="[^"]*is-why[^"]*"[^>]*>(<mark>)?revenue', page)
    assert "no other cue" not in page
    assert "nothing says otherwise" in page


def test_a_figure_of_the_title_is_marked_in_the_title(as_editor, take):
    take(
        "<html lang='en'><body><article><h1>Northern Rare Earth revenue reached RMB 18.87 billion in 2025</h1>"
        "<p>2 March 2026</p><p>The company gave no more away.</p></article></body></html>",
        url="https://press.example/title",
    )
    row = IndicatorCurrent.objects.get(metric="revenue", value=18_870_000_000)
    paper = as_editor.get("/review/", {"key": row.key}).content.decode().partition('class="paper"')[2]
    assert "<mark>RMB 18.87 billion</mark>" in paper


def test_impossible_values_come_back_with_what_was_typed(as_editor, revenue):
    answer = post(as_editor, revenue, HTMX, verdict="correct", value="a lot", note="kept")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="a lot"' in page
    assert 'value="kept"' in page
    assert "Write a number." in page


def test_undo_opens_the_item_again(as_editor, revenue):
    post(as_editor, revenue, verdict="accept")
    answer = as_editor.post(
        "/review/undo/", {"decision": Decision.objects.get().pk, "kind": "indicator", "queue": "new"}
    )
    assert revenue.key in answer["Location"]
    revenue.refresh_from_db()
    assert revenue.state == "unreviewed"


def test_another_persons_decision_is_not_taken_back(as_editor, as_admin, revenue):
    post(as_admin, revenue, verdict="accept")
    answer = as_editor.post("/review/undo/", {"decision": Decision.objects.get().pk})
    assert answer.status_code == 422
    revenue.refresh_from_db()
    assert revenue.state == "confirmed"


def test_what_another_has_open_is_marked(as_editor, as_admin, revenue):
    cache.clear()
    as_admin.get("/review/", {"key": revenue.key})
    assert "admin is looking at this" in as_editor.get("/review/", {"key": revenue.key}).content.decode()


def test_the_checks_follow_the_fields(as_editor, revenue):
    url = f"/review/indicator/{revenue.key}/check/"
    assert "Write a number." in as_editor.get(url, {"value": "x"}).content.decode()
    assert "No period" in as_editor.get(url, {"period_label": ""}).content.decode()


def test_signals_have_a_desk_too(as_editor, first_half):
    row = SignalCurrent.objects.first()
    page = as_editor.get("/review/", {"kind": "signal", "key": row.key}).content.decode()
    assert 'name="stage"' in page
    answer = as_editor.post(
        f"/review/signal/{row.key}/decide/", {"shown": shown(row), "verdict": "accept", "kind": "signal"}
    )
    assert answer.status_code == 302
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_an_empty_queue_says_how_it_fills(as_editor, db):
    assert "Nothing waits here" in as_editor.get("/review/", {"queue": "second_look"}).content.decode()


@pytest.mark.parametrize("queue", ["new", "conflicts", "re_review", "low", "second_look", "deferred", "no such", ""])
@pytest.mark.parametrize("kind", ["indicator", "signal", "../x"])
def test_every_queue_opens(as_editor, revenue, queue, kind):
    assert as_editor.get("/review/", {"kind": kind, "queue": queue}).status_code == 200


@pytest.mark.parametrize("key", ["0" * 64, "x", "%00", "' OR 1=1 --"])
def test_unknown_items_are_not_found(as_editor, revenue, key):
    assert as_editor.post(f"/review/indicator/{key}/decide/", {"verdict": "accept"}).status_code == 404


def test_no_character_breaks_the_form(as_editor, revenue):
    answer = post(as_editor, revenue, verdict="correct", subject="x\x00", note="\x00\u202e", metric="\x00")
    assert answer.status_code == 422
    assert as_editor.get("/review/", {"key": "\x00"}).status_code == 404


@pytest.mark.parametrize("number", ["", "0", "-1", "9" * 30, "1;drop"])
def test_unknown_decisions_are_not_found(as_editor, db, number):
    assert as_editor.post("/review/undo/", {"decision": number}).status_code == 404


def test_a_post_without_the_token_of_the_form_is_refused(editor, revenue):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    assert post(strict, revenue, verdict="accept").status_code == 403
    assert Decision.objects.count() == 0


def test_what_people_and_pages_write_is_shown_not_run(as_editor, take):
    row = take(
        "<html lang='en'><head><title>&lt;script&gt;alert(1)&lt;/script&gt; Northern Rare Earth</title></head><body><article><h1>&lt;script&gt;"
        "alert(1)&lt;/script&gt; Northern Rare Earth</h1><p>28 August 2025</p><p>Northern Rare Earth said that revenue in the first half of "
        "2025 reached RMB 18.87 billion &lt;img src=x onerror=alert(2)&gt;.</p></article></body></html>"
    ).indicatorcurrent_rows.first()
    answer = post(
        as_editor, row, verdict="correct", value="<script>alert(3)</script>", note='"><script>alert(4)</script>'
    )
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_the_card_shows_its_checks_at_once(as_editor, revenue, take):
    take(
        "<html lang='en'><body><article><h1>Northern Rare Earth slows</h1><p>August 29, 2025</p><p>Northern Rare Earth said its revenue for "
        "the first half of 2025 came to RMB 11.87 billion. Magnets, metals and oxides were all in demand at home.</p></article></body></html>",
        url="https://other.example/c",
    )
    page = as_editor.get("/review/", {"key": revenue.key, "queue": "conflicts"}).content.decode()
    assert "states a different value" in page
    assert "Others on the same" in page


def test_a_second_look_is_blind_until_both_have_decided(as_editor, as_admin, revenue, settings):
    settings.FOUR_EYES = True
    post(as_editor, revenue, verdict="correct", period_label="2025Q2", why="as the headline says")
    revenue.refresh_from_db()
    assert (revenue.state, revenue.period_label) == ("second_look", "2025Q2")
    for address in (f"/review/?key={revenue.key}&queue=second_look", f"/indicators/figure/{revenue.key}/evidence/"):
        page = as_admin.get(address).content.decode()
        assert "corrected" not in re.sub(r"<dialog.*?</dialog>", "", page, flags=re.DOTALL)
        assert "as the headline says" not in page
    card = re.search(
        r'id="card".*', as_admin.get(f"/review/?key={revenue.key}&queue=second_look").content.decode(), re.S
    )[0]
    assert 'name="period_label" value="2025H1"' in card
    assert "Q2" not in card
    assert 'name="period_label" value="2025Q2"' in as_editor.get("/review/", {"key": revenue.key}).content.decode()
    page = post(as_admin, revenue, HTMX, verdict="accept", queue="second_look").content.decode()
    assert "editor had said otherwise: Period" in page
    second = Decision.objects.get(reviewer__username="admin")
    assert (second.verdict, second.corrected, second.blind_to.reviewer.username) == ("accept", {}, "editor")
    revenue.refresh_from_db()
    assert revenue.state == "second_look"
    card = as_editor.get("/review/", {"key": revenue.key}).content.decode()
    assert "Settle it" in card
    assert "2025Q2 (editor)" in card


def test_the_other_language_is_a_tab_of_the_text(as_editor, revenue, take):
    address = f"/review/indicator/{revenue.key}/translation/"
    assert "Nothing tells the same facts" in as_editor.get(address, headers=HTMX).content.decode()
    take(
        "<html lang='zh'><body><article><h1>北方稀土发布半年报</h1><p>2025年8月28日</p><p>北方稀土2025年上半年实现营业收入188.7亿元，"
        "公司表示下半年市场需求有望继续改善。</p></article></body></html>",
        url="https://other.example/zh",
    )
    page = as_editor.get(address, headers=HTMX).content.decode()
    assert re.search(r'class="is-quote[^>]*>[^<]*188.7亿元', page)
    assert "side" in as_editor.get(address).content.decode().lower()
