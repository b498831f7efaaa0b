"""Marking words: what is kept, what moves with the text, what is lost, and what it does to the pages."""

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError

from reex_site.lib.roles import give_role
from signals.models import Annotation, Decision, Disclosure, Fact, IndicatorCurrent, SignalCurrent
from signals.selectors import annotation as selector
from signals.selectors.reading import Reading
from signals.services import anchors, annotation, integrity, lexicon, rebuild, snapping
from tests.signals.conftest import FIRST_HALF

MORE = "Its alloy plant ran at 88 of 100 days, the company said."
PAGE = FIRST_HALF.format(more=MORE)
FIGURE = {
    "subject": "northern-rare-earth", "metric": "utilisation", "measure": "level", "comparator": "=", "value": "88", "unit": "percent",
    "period_label": "2025H1", "modality": "reported", "voice": "company",
}  # fmt: skip


@pytest.fixture
def page(take):
    return take(PAGE)


def mark(user, disclosure, words, kind="comment", everywhere=False, **body):
    disclosure = Disclosure.objects.get(pk=disclosure.pk)
    text = disclosure.current_version.text
    start = text.index(words)
    body = body or {"text": "why?"}
    return annotation.add(
        user,
        disclosure.pk,
        kind,
        start,
        start + len(words),
        body,
        version=disclosure.current_version.number,
        everywhere=everywhere,
    )


def test_a_note_keeps_the_words_their_neighbours_and_their_place(page, editor):
    [note] = mark(editor, page, "alloy plant")
    text = page.current_version.text
    assert text[note.start : note.end] == note.exact == "alloy plant"
    assert note.prefix.endswith("Its ")
    assert note.suffix.startswith(" ran")


def test_a_figure_that_the_machine_missed_comes_onto_the_pages_with_its_author(page, editor):
    [note] = mark(editor, page, "88", "figure", **FIGURE)
    row = IndicatorCurrent.objects.get(pk=note.finding_key)
    assert (row.value, row.entered_by, row.state, row.indicator) == (88, editor, "corrected", None)
    assert row.quote == MORE
    assert Fact.objects.get(pk=row.fact_key).best == row
    assert list(integrity.check()) == []


def test_an_entered_figure_survives_a_new_version_and_the_pages_made_anew(page, editor, take):
    [note] = mark(editor, page, "88", "figure", **FIGURE)
    take(PAGE.replace("said on Thursday", "told reporters on Thursday"))
    row = IndicatorCurrent.objects.get(pk=note.finding_key)
    assert (row.lost, row.state) == (False, "corrected")
    before = list(IndicatorCurrent.objects.order_by("key").values())
    rebuild.rebuild()
    assert list(IndicatorCurrent.objects.order_by("key").values()) == before


def test_an_entered_figure_whose_number_changes_is_lost_and_asked_about(page, editor, take):
    [note] = mark(editor, page, "88", "figure", **FIGURE)
    take(PAGE.replace("88 of", "91 of"))
    note.refresh_from_db()
    row = IndicatorCurrent.objects.get(pk=note.finding_key)
    assert (note.lost, row.lost, row.superseded, row.state) == (True, True, True, "re_review")
    assert list(integrity.check()) == []


def test_under_four_eyes_an_entered_figure_waits_for_another_person(page, editor, settings):
    settings.FOUR_EYES = True
    [note] = mark(editor, page, "88", "figure", **FIGURE)
    assert IndicatorCurrent.objects.get(pk=note.finding_key).state == "second_look"


def test_removing_ones_figure_takes_it_off_the_pages_and_keeps_the_record(page, editor):
    [note] = mark(editor, page, "88", "figure", **FIGURE)
    annotation.remove(editor, note.pk)
    assert not IndicatorCurrent.objects.filter(pk=note.finding_key).exists()
    assert Decision.objects.filter(finding_key=note.finding_key).count() == 2
    assert list(integrity.check()) == []


def test_a_signal_that_the_machine_missed(page, editor):
    [note] = mark(
        editor,
        page,
        "ran at",
        "signal",
        theme="green-transition",
        stage="done",
        voice="company",
        subject="northern-rare-earth",
    )
    row = SignalCurrent.objects.get(pk=note.finding_key)
    assert (row.theme, row.stage, row.entered_by) == ("green-transition", "done", editor)


@pytest.mark.parametrize(
    "gap", [{"value": ""}, {"value": "x"}, {"metric": "beauty"}, {"unit": "furlong"}, {"period_label": "soon"}]
)
def test_a_figure_needs_what_makes_it_one(page, editor, gap):
    with pytest.raises(annotation.InvalidError) as refused:
        mark(editor, page, "88", "figure", **FIGURE | gap)
    assert list(refused.value.problems) == list(gap)
    assert Annotation.objects.count() == 0


def test_every_occurrence_is_marked_once(page, editor):
    text = page.current_version.text
    made = mark(editor, page, "company", "comment", everywhere=True, text="who?")
    assert len(made) == text.count("company")
    with pytest.raises(ValidationError):
        mark(editor, page, "company", "comment", everywhere=True, text="who?")


def test_words_that_moved_are_found_and_words_that_went_are_lost(page, editor, take):
    [stays] = mark(editor, page, "alloy plant")
    [goes] = mark(editor, page, "88 of 100 days")
    take(
        PAGE.replace("<p>28 August 2025</p>", "<p>28 August 2025</p><p>An editor's note was put above.</p>").replace(
            "ran at 88 of 100 days", "stood still"
        )
    )
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.lost, stays.version.number, goes.lost) == (False, 2, True)
    assert stays.version.text[stays.start : stays.end] == "alloy plant"
    assert selector.lost(page, Reading()) == [goes]
    start = stays.version.text.index("stood still")
    annotation.place(editor, goes.pk, start, start + 11)
    goes.refresh_from_db()
    assert (goes.lost, goes.exact) == (False, "stood still")


def test_of_two_like_places_the_one_with_the_same_neighbours_is_taken():
    text = "In May sales rose 5%. In June sales rose 5%."
    start = text.rindex("5%")
    moved = "Preface. " + text
    assert anchors.locate(moved, "5%", text[start - 20 : start], text[start + 2 :], start) == (
        moved.rindex("5%"),
        moved.rindex("5%") + 2,
    )


def test_a_passage_may_change_a_little_between_its_neighbours():
    old = "The firm plans a plant in Baotou with two lines. More follows in the spring."
    new = "The firm plans a new plant in Baotou with 2 lines. More follows in the spring."
    start = old.index("a plant")
    exact = "a plant in Baotou with two lines"
    span = anchors.locate(new, exact, old[max(0, start - 40) : start], old[start + len(exact) :][:40], start)
    assert new[slice(*span)] == "a new plant in Baotou with 2 lines"
    assert anchors.locate(new, exact, "", "", start) is None
    assert anchors.locate(new, exact, old[:start], old[start + len(exact) :], start, like=False) is None


def test_threads(page, editor, admin):
    [note] = mark(editor, page, "alloy plant")
    answer = annotation.reply(admin, note.pk, "Because.")
    assert annotation.reply(editor, answer.pk, "I see.").reply_to == note
    assert [one.body["text"] for one in selector.of(page.current_version, Reading())[0].thread] == [
        "Because.",
        "I see.",
    ]


def test_only_editors_mark_and_only_authors_or_admins_remove(page, editor, analyst, admin):
    with pytest.raises(PermissionDenied):
        mark(analyst, page, "alloy plant")
    [note] = mark(admin, page, "alloy plant")
    with pytest.raises(PermissionDenied):
        annotation.remove(editor, note.pk)
    annotation.remove(admin, note.pk)
    assert selector.of(page.current_version, Reading()) == []


def test_a_selection_in_an_older_version_is_refused(page, editor, take):
    take(PAGE.replace("said on Thursday", "told reporters on Thursday"))
    with pytest.raises(ValidationError):
        annotation.add(editor, page.pk, "comment", 0, 5, {"text": "x"}, version=1)


def test_the_export_is_web_annotation(page, editor):
    [note] = mark(editor, page, "alloy plant")
    annotation.reply(editor, note.pk, "More.")
    found = selector.export(page, "https://signals.example", Reading())
    assert found["@context"] == "http://www.w3.org/ns/anno.jsonld"
    first, second = found["items"]
    quote, position = first["target"]["selector"]
    assert (quote["type"], quote["exact"]) == ("TextQuoteSelector", "alloy plant")
    assert page.current_version.text[position["start"] : position["end"]] == "alloy plant"
    assert (second["motivation"], second["target"]) == ("replying", first["id"])


ZH = "公司称，北方稀土上半年营业收入188.7亿元，同比增长45%。其他不变。"
EN = "Output rose to 1,234.5 tonnes in May. It fell later."


@pytest.mark.parametrize(
    ("text", "words", "mode", "snapped"),
    [
        (EN, "utput ro", "word", "Output rose"),
        (EN, " rose ", "character", "rose"),
        (EN, "234", "figure", "1,234.5 tonnes"),
        (EN, "May", "sentence", "Output rose to 1,234.5 tonnes in May."),
        (EN, "Output", "figure", "Output rose to 1,234.5 tonnes"),
        (ZH, "方稀", "word", "北方稀土"),
        (ZH, "业收", "word", "营业收入"),
        (ZH, "88", "figure", "188.7亿元"),
        (ZH, "收入", "sentence", "公司称，北方稀土上半年营业收入188.7亿元，同比增长45%。"),
    ],
)
def test_snapping(text, words, mode, snapped):
    if words == "Output":
        snapped = "Output"  # no figure touches it
    start = text.index(words)
    assert text[slice(*snapping.snap(text, start, start + len(words), mode, lexicon.files()))] == snapped


def test_only_its_author_moves_a_mark_that_still_stands(page, editor):
    [note] = mark(editor, page, "alloy plant")
    other_editor = get_user_model().objects.create_user("second", "second@example.org", "x")
    give_role(other_editor, "editor")
    with pytest.raises(PermissionDenied):
        annotation.place(other_editor, note.pk, note.start, note.end - 6)
    assert annotation.place(editor, note.pk, note.start, note.end - 6).exact == "alloy"
