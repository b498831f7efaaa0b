"""Figures and signals that people entered, in the shape of the machine's findings, so that pages treat them alike."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from signals.extraction.sentences import split_sentences
from signals.models import Annotation, Disclosure, DisclosureVersion, Indicator, Signal
from signals.services import decisions

RULE = "entered by hand"
CERTAIN = Decimal(1)


Found = tuple[list[Indicator], list[Signal]]


def findings(disclosure: Disclosure) -> Found:
    """Unsaved findings for the annotations that stand in the current version."""
    return findings_of([disclosure]).get(disclosure.pk, ([], []))


def findings_of(disclosures: Iterable[Disclosure]) -> dict[int, Found]:
    """The same for many, by disclosure; those without any are left out."""
    found: dict[int, Found] = {}
    notes = Annotation.objects.filter(
        version__in=[one.current_version_id for one in disclosures if one.current_version_id is not None],
        kind__in=["figure", "signal"],
        removed_at=None,
        lost=False,
    ).exclude(finding_key="")
    for note in notes.select_related("version").order_by("pk"):
        figures, signals = found.setdefault(note.version.disclosure_id, ([], []))
        one = finding(note)
        if isinstance(one, Indicator):
            figures.append(one)
        else:
            signals.append(one)
    return found


def finding(note: Annotation) -> Indicator | Signal:
    """The finding that an annotation states; its quote is the sentence around the marked words."""
    start, end = sentence_around(note.version, note.start, note.end)
    common: dict[str, Any] = {
        "key": note.finding_key,
        "subject_id": note.body.get("subject") or None,
        "voice": note.body["voice"],
        "start": start,
        "end": end,
        "exact": note.version.text[start:end],
        "confidence": CERTAIN,
        "rule": RULE,
    }
    one: Indicator | Signal
    if note.kind == "signal":
        one = Signal(theme=note.body["theme"], stage=note.body["stage"], **common)
    else:
        one = Indicator(figure_start=note.start, figure_end=note.end, as_written=note.exact, **common)
        for field in ("metric", "product", "measure", "comparator", "value", "value_high", "unit", "period_label",
                      "period_start", "period_end", "modality", "note"):  # fmt: skip
            setattr(one, field, decisions.value_of(field, note.body.get(field)))
    one.entered_by_id = note.author_id  # type: ignore[union-attr]
    return one


def author(one: Indicator | Signal) -> int | None:
    """Who entered a finding; None for the machine's."""
    return getattr(one, "entered_by_id", None)


def sentence_around(version: DisclosureVersion, start: int, end: int) -> tuple[int, int]:
    """The sentences that the words stand in, within their block."""
    block = next(((a, b) for _kind, a, b, _section in version.blocks if a <= start < b), (0, len(version.text)))
    touched = [
        span
        for span in split_sentences(version.text, block[0], max(block[1], end))
        if span[0] < end and span[1] > start
    ]
    return (min(touched[0][0], start), max(touched[-1][1], end)) if touched else (start, end)
