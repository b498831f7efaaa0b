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
        if not entry.data["keys"]:  # looks like a name and is not
            return any(hit.kind == "ambiguous" and hit.key == entry.key for hit in hits) and not names
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
    if entry.kind == "reading":
        return on_page(entry, sentence)
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


def on_page(entry: Entry, line: str) -> bool:
    """Whether a line of a page is what the entry says: one of its rule, a head or a row of a filing, or holds its words."""
    phrases = compiled(Phrases, lexicon())
    match entry.data["role"]:
        case "columns":
            return phrases.column_heads.cut(line, (0, len(line))) is not None
        case "rows":
            return phrases.column_heads.fits_row(line) == 2
        case "source" | "status":
            return any(fold(word) in fold(line) for word in entry.zh + entry.en)
    rule = phrases.of(line)
    return rule is not None and rule.key == entry.key


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
    bare = [
        entry.key
        for entry in lexicon().kind(kind).values()
        if entry.data.get("role") != "container"  # what a page's elements are called is no text
        and not all(entry.data.get("examples", {}).get(field) for field in ("match", "no_match"))
    ]
    assert bare == []


def test_every_tracked_company_and_every_name_near_another_has_sentences_for_and_against() -> None:
    """A name that several share, or that is part of somebody else's, is told by sentences; the others by the walk below."""
    records = lexicon().companies.values()
    owners: dict[str, set[str]] = {}
    for record in records:
        for name in record.names:
            owners.setdefault(name.name, set()).add(record.key)
    near = {
        key
        for short, keys in owners.items()
        for name, others in owners.items()
        if short != name and short in name
        for key in keys - others
    }
    bare = [
        one.key
        for one in records
        if (one.tracked or one.key in near or any(name.ambiguous for name in one.names))
        and not (one.examples.get("match") and one.examples.get("no_match"))
    ]
    assert bare == []


def test_every_plain_name_speaks_of_its_owner_and_of_nobody_else() -> None:
    """包钢 inside 包钢股份 is not the group, nor 印度 inside 印度尼西亚 the country."""
    wrong = []
    for record in lexicon().companies.values():
        for name in record.names:
            chinese = name.language.startswith("zh")
            sentence = f"昨日,{name.name}召开会议。" if chinese else f"Yesterday {name.name} met."
            keys = {one.key for one in find_names(sentence, lexicon().find(sentence), lexicon())}
            if keys != {record.key} and not name.ambiguous:
                wrong.append((record.key, name.name, sorted(keys)))
    assert wrong == []
