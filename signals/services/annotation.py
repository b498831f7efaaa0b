"""Marking text: notes, companies, slogans, and the figures and signals that the machine missed.

A figure or signal also becomes a row that pages show, entered by its author; its decision is on record like any other.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reex_site.lib.roles import has_role
from signals.models import Annotation, Decision, Disclosure, IndicatorCurrent, SignalCurrent
from signals.services import (
    anchors,
    corrections,
    decisions,
    entered,
    facts,
    findings,
    keys,
    lexicon,
    locks,
    quality,
    review,
    timeline,
)
from signals.services.review import InvalidError

LONGEST = 4000
OCCURRENCES = 100


@transaction.atomic
def add(
    user: Any,
    disclosure_id: int,
    kind: str,
    start: int,
    end: int,
    body: Mapping[str, str],
    *,
    version: int,
    everywhere: bool = False,
) -> list[Annotation]:
    """Mark ``text[start:end]`` of the version that the person saw; with ``everywhere`` each place with the same words.

    Raises PermissionDenied, Disclosure.DoesNotExist, ValidationError, or InvalidError with problems by field.
    """
    _require_editor(user)
    locks.one_writer()
    disclosure = _locked(disclosure_id)
    shown = disclosure.current_version
    if shown is None or shown.number != version:
        raise ValidationError(_("The text has a new version. Mark the words there."))
    if kind not in Annotation.KINDS or not 0 <= start < end <= len(shown.text) or end - start > LONGEST:
        raise ValidationError(_("Select some words first."))
    kept = _body(kind, body)
    spans = [(start, end)]
    if everywhere and kind not in ("figure", "signal"):
        spans = occurrences(shown.text, shown.text[start:end])
    alone = quality.reads_alone(user, disclosure_id)
    made = [
        Annotation.objects.create(
            version=shown, kind=kind, body=kept, author=user, **anchors.selectors(shown.text, *span)
        )
        for span in spans
        if not _marked_already(shown.pk, kind, span, kept, user if alone else None)
    ]
    if not made:
        raise ValidationError(_("These words are marked so already."))
    if kind in ("figure", "signal") and not (alone and _found_by_another(user, made[0])):
        _enter(user, disclosure, made[0])
    return made


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Every place of these words, at most ``OCCURRENCES``."""
    return [found.span() for found in re.finditer(re.escape(words), text)][:OCCURRENCES] if words.strip() else []


@transaction.atomic
def reply(user: Any, annotation_id: int, text: str) -> Annotation:
    """Answer in a note's thread."""
    _require_editor(user)
    note = Annotation.objects.select_for_update(of=("self",)).get(pk=annotation_id, removed_at=None)
    note = note.reply_to or note
    text = text.replace("\x00", "").strip()
    if not text:
        raise ValidationError(_("Write something."))
    same = {name: getattr(note, name) for name in ("version_id", "start", "end", "exact", "prefix", "suffix", "lost")}
    return Annotation.objects.create(kind="comment", body={"text": text[:LONGEST]}, reply_to=note, author=user, **same)


@transaction.atomic
def place(user: Any, annotation_id: int, start: int, end: int) -> Annotation:
    """Give an annotation other bounds: its author (an admin any) resizes it; whoever finds lost words again may say where."""
    _require_editor(user)
    locks.one_writer()
    note = Annotation.objects.select_for_update(of=("self",)).get(pk=annotation_id, removed_at=None)
    if not note.lost and note.author_id != user.pk and not has_role(user, "admin"):
        raise PermissionDenied
    disclosure = _locked(note.version.disclosure_id)
    text = disclosure.current_version.text if disclosure.current_version else ""
    if not 0 <= start < end <= len(text) or end - start > LONGEST:
        raise ValidationError(_("Select some words first."))
    if note.kind == "figure" and re.sub(r"\D", "", text[start:end]) != re.sub(r"\D", "", note.exact):
        raise ValidationError(_("Another number is another figure: remove this one and mark it anew."))
    for field, value in anchors.selectors(text, start, end).items():
        setattr(note, field, value)
    note.version_id, note.lost = disclosure.current_version_id, False  # type: ignore[assignment]
    note.save()
    if note.finding_key:
        _refresh(disclosure)
    return note


@transaction.atomic
def remove(user: Any, annotation_id: int) -> Annotation:
    """Take one's own annotation away (an admin any). Its figure leaves the pages unless another person judged it since."""
    _require_editor(user)
    locks.one_writer()
    note = Annotation.objects.select_for_update(of=("self",)).get(pk=annotation_id, removed_at=None)
    if note.author_id != user.pk and not has_role(user, "admin"):
        raise PermissionDenied
    note.removed_at = timezone.now()
    note.save(update_fields=["removed_at"])
    if note.finding_key:
        _leave(user, note)
    return note


def _enter(user: Any, disclosure: Disclosure, note: Annotation) -> None:
    """Make the row that pages show, and the decision that stands for it; under four eyes another person confirms it."""
    assert disclosure.current_version is not None
    text, url = disclosure.current_version.text, disclosure.canonical_url
    if note.kind == "figure":
        ordinal = 0
        while IndicatorCurrent.objects.filter(
            pk=(key := keys.figure_key(url, text, note.start, note.end, ordinal))
        ).exists():
            ordinal += 1
    else:
        start, end = entered.sentence_around(note.version, note.start, note.end)
        key = keys.sentence_key(url, text[start:end], note.body["theme"])
        if SignalCurrent.objects.filter(pk=key).exists():
            raise ValidationError(_("This signal is known already: correct it on the review desk."))
    note.finding_key = key
    note.save(update_fields=["finding_key"])
    kind = "indicator" if note.kind == "figure" else "signal"
    Decision.objects.create(
        finding_kind=kind, finding_key=key, verdict="accept", reviewer=user, asks_second=settings.FOUR_EYES,
        corrected={name: value for name, value in note.body.items() if name != "text"},
        extraction_id=timeline.current_extraction_id(disclosure), note=_("entered by hand"),
    )  # fmt: skip
    _refresh(disclosure)


def _found_by_another(user: Any, note: Annotation) -> bool:
    """Who reads on their own and marks what another had entered unseen gives the second answer about it, and no second row."""
    others = Annotation.objects.filter(
        version=note.version_id, kind=note.kind, removed_at=None, lost=False, start__lt=note.end, end__gt=note.start
    )
    theirs = others.exclude(author=user).exclude(finding_key="").order_by("pk").first()
    if theirs is None:
        return False
    key = theirs.finding_key
    first = decisions.standing([key]).get(key)
    second = Decision(
        finding_kind="indicator" if note.kind == "figure" else "signal", finding_key=key, verdict="accept", reviewer=user,
        corrected={name: value for name, value in note.body.items() if name != "text"}, blind_to=first,
        extraction=first.extraction if first else None, note=_("entered by hand"),
    )  # fmt: skip
    second.asks_second = first is not None and bool(review.differing(first, second))
    second.save()
    _refresh(_locked(note.version.disclosure_id))
    return True


def _leave(user: Any, note: Annotation) -> None:
    disclosure = _locked(note.version.disclosure_id)
    standing = decisions.standing([note.finding_key]).get(note.finding_key)
    if standing is not None and standing.reviewer_id == note.author_id:
        Decision.objects.create(
            finding_kind=standing.finding_kind,
            finding_key=note.finding_key,
            verdict="undo",
            undoes=standing,
            reviewer=user,
            extraction=standing.extraction,
        )
        model = IndicatorCurrent if note.kind == "figure" else SignalCurrent
        row = model.objects.filter(pk=note.finding_key, entered_by=note.author_id).first()
        if row is not None and note.finding_key not in decisions.standing([note.finding_key]):
            fact = row.fact_key if isinstance(row, IndicatorCurrent) else None
            row.delete()
            facts.refresh([fact] if fact else [])
    _refresh(disclosure)


def _refresh(disclosure: Disclosure) -> None:
    version = disclosure.current_version
    newest = version.extractions.order_by("-id").first() if version else None
    if newest is None:
        return
    findings.refresh_current(disclosure, list(newest.indicator_set.all()), list(newest.signal_set.all()))
    timeline.refresh(disclosure)
    timeline.count(disclosure)


def _body(kind: str, given: Mapping[str, str]) -> dict[str, Any]:
    if kind in ("figure", "signal"):
        name = "indicator" if kind == "figure" else "signal"
        fields = corrections.form_fields(name)
        texts = {field: given.get(field, "").replace("\x00", "").strip() for field in fields}
        missing = {
            field: _("Needed.")
            for field in ("metric", "measure", "comparator", "value", "unit", "modality", "theme", "stage", "voice")
            if field in fields and not texts[field]
        }
        kept, problems = corrections.clean(name, texts, {})
        if missing or problems:
            raise InvalidError(problems | missing)
        blank = {field: None if field in ("subject", "value_high") else "" for field in fields}
        return (
            blank
            | ({"period_start": None, "period_end": None} if kind == "figure" else {})
            | {k: v for k, v in kept.items() if not k.startswith("converted")}
        )
    text = given.get("text", "").replace("\x00", "").strip()[:LONGEST]
    if kind == "comment" and not text:
        raise InvalidError({"text": _("Write something.")})
    body = {"text": text}
    folder = {"company": "names", "slogan": "slogans"}.get(kind)
    if folder:
        key = given.get("key", "").strip()
        if key not in lexicon.current().kind(folder):
            raise InvalidError({"key": _("There is no such entry.")})
        body["key"] = key
    return body


def _marked_already(
    version_id: int, kind: str, span: tuple[int, int], body: Mapping[str, Any], author: Any | None
) -> bool:
    """Whether anybody has marked these words so, or only ``author`` where the others' marks are hidden."""
    same = Annotation.objects.filter(
        version=version_id, kind=kind, start=span[0], end=span[1], body=dict(body), removed_at=None, reply_to=None
    )
    return (same if author is None else same.filter(author=author)).exists()


def _locked(disclosure_id: int) -> Disclosure:
    rows = Disclosure.objects.select_for_update(of=("self",)).select_related("source", "origin", "current_version")
    return rows.get(pk=disclosure_id)


def _require_editor(user: Any) -> None:
    if not has_role(user, "editor"):
        raise PermissionDenied
