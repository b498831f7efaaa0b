"""Every entry's own examples: sentences that must match and sentences that must not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from signals.extraction.changes import find_changes
from signals.extraction.lexicon import KINDS
from signals.extraction.matching import fold
from signals.extraction.modality_words import ModalityWords
from signals.extraction.names import find_names
from signals.extraction.numerals import compiled, fold_words
from signals.extraction.periods import PeriodAnchor, find_periods
from signals.extraction.quantities import find_quantities
from signals.extraction.reading.phrases import Phrases
from signals.extraction.records import Block, Entry, Period, Quantity, Reading, Span
from signals.extraction.sentences import split_sentences
from signals.extraction.signals import find_signals
from signals.extraction.slogans import find_slogans
from signals.extraction.wording import pattern_of
from tests.lexicon import lexicon

GRAMMARS = frozenset({"units", "numerals", "qualifiers", "changes", "periods"})


def figures(sentence: str) -> list[Quantity]:
    return find_quantities(sentence, 0, len(sentence), lexicon())


MATCH_ONLY = frozenset(
    {"reading", "ambiguous", "slogans", "themes", "stages"}
)  # kinds whose rules tell what they are not

# Words of these roles are told by what they do to a figure, a change or a plan, since no mark covers the words themselves.
EFFECTS: dict[str, Callable[[Entry, str], bool]] = {
    "serial": lambda _, sentence: not figures(sentence),  # a name: no figure may be read
    "spec": lambda _, sentence: not figures(sentence),  # a length, an hour: used up
    "noun": lambda _, sentence: any(one.dimension == "count" for one in figures(sentence)),
    "per": lambda entry, sentence: any(one.dimension == entry.data["dimension"] for one in figures(sentence)),
    "currency": lambda entry, sentence: any(one.unit == entry.data["unit"] for one in figures(sentence)),
    "label": lambda _, sentence: bool(figures(sentence)),
    "range": lambda entry, sentence: (
        any(one.value_high is not None for one in figures(sentence))
        or (entry.data["comparator"] == "=" and len(figures(sentence)) == 2)
    ),  # from a base to a level
    "loss_after": lambda _, sentence: any(one.value < 0 for one in figures(sentence)),
    "denial": lambda _, sentence: not any(cue.direction for cue in find_changes(sentence, 0, len(sentence), lexicon())),
    "period_word": lambda _, sentence: bool(read_by_grammar("periods", sentence)),
}


def found(entry: Entry, sentence: str) -> bool:
    """Whether the sentence speaks of the entry, by the function that reads its kind."""
    hits = lexicon().find(sentence)
    names = find_names(sentence, hits, lexicon())
    if entry.kind == "ambiguous":
        return entry.data["kind"] == "names" and any(name.key in entry.data["keys"] for name in names)
    if entry.kind == "names":
        return any(name.key == entry.key for name in names)
    if entry.kind == "slogans":
        return any(use.key == entry.key for use in find_slogans(sentence, hits, lexicon()))
    if entry.kind == "themes":
        reading = Reading(sentence, (Block("paragraph", (0, len(sentence))),), "en", "text/plain")
        spans = split_sentences(sentence, 0, len(sentence))
        return any(one.theme == entry.data["theme"] for one in find_signals(reading, hits, spans, names, lexicon()))
    if entry.kind == "stages":
        forbidden = entry.data.get("not", ())
        return any(hit.key == entry.key for hit in hits if hit.kind == "stages") and not any(
            word in sentence for word in forbidden
        )
    if entry.kind == "reading":  # lines of a page, told by their words; several rules may know one line
        return (
            any(hit.key == entry.key for hit in hits if hit.kind == "reading")
            or Phrases(lexicon()).of(sentence) is not None
        )
    if entry.kind == "modality":
        return bool(compiled(ModalityWords, lexicon()).patterns[entry.data["role"]].search(fold_words(sentence)))
    if entry.kind == "wordings":
        return pattern_of(f"{{{entry.key}}}", re.IGNORECASE).search(sentence) is not None
    role = str(entry.data.get("role"))
    if role in EFFECTS:
        return EFFECTS[role](entry, sentence)
    if entry.kind in GRAMMARS:
        return any(
            fold(alias).replace(" ", "") in fold(sentence[start:end]).replace(" ", "")
            for start, end in read_by_grammar(entry.kind, sentence)
            for alias in entry.zh + entry.en
        )
    return any(hit.kind == entry.kind and hit.key == entry.key for hit in hits)


def read_by_grammar(kind: str, sentence: str) -> list[Span]:
    """The stretches of a sentence that the grammar of a kind has read: a word counts when it stands inside one."""
    whole = (0, len(sentence))
    if kind == "changes":
        return [cue.span for cue in find_changes(sentence, *whole, lexicon())]
    if kind == "periods":
        documents = (Period("2025Q1", "2025-01-01", "2025-03-31"), Period("2025-05", "2025-05-01", "2025-05-31"))
        anchors = [PeriodAnchor("2025-06-15", document, None) for document in documents]
        return [one.span for anchor in anchors for one in find_periods(sentence, *whole, lexicon(), anchor)]
    quantities = find_quantities(sentence, *whole, lexicon())
    if kind == "qualifiers":
        return [quantity.span for quantity in quantities]
    return [quantity.core for quantity in quantities]


def examples() -> list[tuple[Entry, str, bool]]:
    entries = [entry for kind in KINDS for entry in lexicon().kind(kind).values()]
    return [
        (entry, sentence, wanted)
        for entry in entries
        for field, wanted in (("match", True), ("no_match", False))
        for sentence in entry.data.get("examples", {}).get(field, ())
    ]


@pytest.mark.parametrize(
    ("entry", "sentence", "wanted"),
    examples(),
    ids=lambda value: f"{value.kind}:{value.key}" if isinstance(value, Entry) else None,
)
def test_examples_of_every_entry_hold(entry: Entry, sentence: str, wanted: bool) -> None:
    assert found(entry, sentence) is wanted


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"names"}))
def test_every_entry_has_sentences_for_and_against(kind: str) -> None:
    fields = ("match",) if kind in MATCH_ONLY else ("match", "no_match")
    bare = [
        entry.key
        for entry in lexicon().kind(kind).values()
        if entry.data.get("keys") != []
        and (entry.zh or entry.en or entry.data.get("patterns"))  # what a page's elements are called is no text
        and not all(entry.data.get("examples", {}).get(field) for field in fields)
    ]
    assert bare == []


def test_every_tracked_company_has_sentences_for_and_against() -> None:
    tracked = [record for record in lexicon().companies.values() if record.tracked]
    assert [one.key for one in tracked if not (one.examples.get("match") and one.examples.get("no_match"))] == []
