"""Every word of the five kinds that have a grammar of their own is understood, in both languages, as its entry says."""

from decimal import Decimal

import pytest

from signals.extraction.calendar import of_label
from signals.extraction.changes import find_changes
from signals.extraction.numerals import fold
from signals.extraction.periods import PeriodAnchor, find_periods
from signals.extraction.quantities import find_quantities
from tests.lexicon import lexicon

LEXICON = lexicon()


def words(kind, *roles):
    """(entry, alias, whether it is Chinese) of the entries that play one of ``roles``."""
    for entry in LEXICON.kind(kind).values():
        if entry.data["role"] in roles:
            yield from ((entry, alias, True) for alias in entry.zh)
            yield from ((entry, alias, False) for alias in entry.en)


def named(cases):
    return [pytest.param(*case, id=f"{case[0].key}-{case[1]}") for case in cases]


def only(text):
    found = find_quantities(text, 0, len(text), LEXICON)
    return found[0] if len(found) == 1 else None


@pytest.mark.parametrize(("entry", "alias", "chinese"), named(words("units", "unit", "currency")))
def test_a_unit_means_the_same_in_both_languages(entry, alias, chinese):
    found = only(f"共7{alias}。" if chinese else f"about 7 {alias} of it")
    assert found is not None
    assert (found.value, found.unit) == (7 * Decimal(entry.data["factor"]), entry.data["unit"])


@pytest.mark.parametrize(("entry", "alias", "chinese"), named(words("units", "counter", "noun")))
def test_a_counted_thing_is_a_count(entry, alias, chinese):
    found = only(f"共7{alias}。" if chinese else f"about 7 new {alias}")
    assert found is not None
    assert (found.value, found.dimension) == (7, "count")


@pytest.mark.parametrize(("entry", "alias", "chinese"), named(words("units", "spec")))
def test_a_measure_is_no_figure(entry, alias, chinese):
    text = f"共7{alias}。" if chinese else f"a 7 {alias} one"
    assert find_quantities(text, 0, len(text), LEXICON) == []


@pytest.mark.parametrize(
    ("entry", "sign"),
    [
        pytest.param(entry, sign, id=f"{entry.key}-{sign}")
        for entry in LEXICON.kind("units").values()
        for sign in (*entry.data.get("before", ()), *entry.data.get("before_zh", ()))
    ],
)
def test_a_currency_may_stand_before_the_number(entry, sign):
    found = only(f"sum: {sign} 7 million.")
    assert found is not None
    assert (found.value, found.unit) == (7_000_000, entry.data["unit"])


@pytest.mark.parametrize(("entry", "alias", "chinese"), named(words("numerals", "digit", "tens")))
def test_a_number_word(entry, alias, chinese):
    if entry.data["value"] in ("0", "1") or alias.startswith("a "):
        pytest.skip("nothing, and articles, are told as no figure")
    found = only(f"共{alias}吨。" if chinese else f"about {alias} tonnes")
    assert found is not None
    assert found.value == Decimal(entry.data["value"])


@pytest.mark.parametrize(("entry", "alias", "chinese"), named(words("numerals", "scale")))
def test_a_scale(entry, alias, chinese):
    found = only(f"共7{alias}元。" if chinese else f"a sum of $7{' ' if len(alias) > 1 else ''}{alias}.")
    assert found is not None
    assert found.value == 7 * Decimal(entry.data["value"])


@pytest.mark.parametrize(("entry", "alias", "chinese"), named(words("numerals", "fraction", "fold")))
def test_a_share_or_a_multiple_in_words(entry, alias, chinese):
    found = only(f"产量{alias}。" if chinese else f"Output: nearly {alias} of it")
    assert found is not None
    assert found.value == Decimal(entry.data["value"])
    assert found.unit == ("percent" if entry.data["role"] == "fraction" else "x")


@pytest.mark.parametrize(("entry", "alias", "chinese"), named(words("qualifiers", "before", "after", "inside")))
def test_a_qualifier(entry, alias, chinese):
    role = entry.data["role"]
    if role == "inside":
        text = f"30{alias}家"
    elif role == "before":
        text = f"占{alias}30%" if chinese else f"It is {alias} 30%."
    else:
        text = f"占30%{alias}。" if chinese else f"It is 30% {alias}."
    found = only(text)
    assert found is not None
    assert found.comparator == entry.data["comparator"]


@pytest.mark.parametrize(("entry", "alias", "chinese"), named(words("qualifiers", "loss", "loss_after")))
def test_a_loss_is_negative(entry, alias, chinese):
    if entry.data["role"] == "loss":
        text = f"公司{alias}7亿元" if chinese else f"a {alias} $7 million"
    else:
        text = f"7亿元{alias}" if chinese else f"$7 million {alias}"
    found = only(text)
    assert found is not None
    assert found.value < 0


def changes(text):
    return find_changes(text, 0, len(text), LEXICON)


@pytest.mark.parametrize(("entry", "alias", "chinese"), named(words("changes", "direction", "level")))
def test_a_direction(entry, alias, chinese):
    (cue,) = changes(f"产量{alias}30%" if chinese else f"Output {alias} 30%")
    assert cue.direction == entry.data["direction"]
    assert cue.to_level == (entry.data["role"] == "level")


@pytest.mark.parametrize(("entry", "alias", "chinese"), named(words("changes", "basis")))
def test_a_basis(entry, alias, chinese):
    month = "5月" if chinese else "May"
    slots = {"year": "2024", "month": month, "span": "quarter", "ordinal": "first", "quarter": "一季度"}
    for slot, word in slots.items():
        alias = alias.replace("{" + slot + "}", word)
    link = "from " if entry.data.get("needs_link") else ""
    number = "+5%" if entry.data.get("before_number") else ""
    cues = changes(f"二季度{alias}{number}" if chinese else f"It moved {link}{alias}")
    bases = [basis if basis != "period" else "qoq" for basis in entry.data["basis"].split()]
    assert [cue.basis for cue in cues][: len(bases)] == bases


@pytest.mark.parametrize(
    ("entry", "alias", "chinese"),
    named(words("periods", "year", "part", "anchor", "comparison", "year_start", "month", "plan")),
)
def test_a_word_for_time(entry, alias, chinese):
    role = entry.data["role"]
    if role == "part" and chinese:
        text = f"2024年{alias}"
    elif role == "month":
        text = f"in {alias.capitalize()} 2024"
    elif role == "plan":
        text = f"{alias}期间" if chinese else f"{alias} period"
    else:
        text = alias
    anchor = PeriodAnchor("2025-05-20", of_label("2025Q1"))
    found = find_periods(text, 0, len(text), LEXICON, anchor)
    if role == "anchor" and entry.data["to"].startswith("month"):
        assert all(mention.period.label.startswith("2025-0") for mention in found)
        return
    assert len(found) == 1, text
    mention = found[0]
    earlier = role == "anchor" and entry.data.get("offset", 0) < 0 and not entry.data["to"].endswith("_ago")
    assert mention.comparison == (role in ("comparison", "year_start") or earlier)
    if role == "part":
        expected = {"Y": "", "M1-9": "M1-9"}.get(entry.data["part"], entry.data["part"])
        assert mention.period.label.endswith(expected)
    if role == "month":
        assert mention.period.label == f"2024-{entry.data['number']:02d}"


def test_folding_keeps_every_character_in_its_place():
    text = "１２３．４％　產量－５～６萬噸İ₂"
    assert len(fold(text)) == len(text)


def speaks(entry, sentence):
    """Whether ``sentence`` is read as ``entry`` says."""
    anchor = PeriodAnchor("2025-05-20", of_label("2025Q1"))
    end = len(sentence)
    if entry.kind == "changes":
        bases, direction = str(entry.data.get("basis", "")).split(), entry.data.get("direction")
        bases = ["qoq", "mom"] if bases == ["period"] else bases
        level = entry.data["role"] == "level"
        cues = find_changes(sentence, 0, end, LEXICON)
        return any(
            cue.basis in bases if bases else cue.direction == direction and cue.to_level == level for cue in cues
        )
    if entry.kind == "periods":
        return bool(find_periods(sentence, 0, end, LEXICON, anchor))
    found = find_quantities(sentence, 0, end, LEXICON)
    if entry.data["role"] == "serial":
        return not found
    if entry.data["role"] == "loss":
        return any(quantity.value < 0 for quantity in found)
    if entry.kind == "qualifiers":
        return any(quantity.comparator == entry.data["comparator"] for quantity in found)
    return any(quantity.unit == entry.data.get("unit") for quantity in found)


# read with their neighbours only: the lexicon's own tests walk over their sentences
BESIDE_OTHERS = {"per", "counter", "noun", "spec", "label", "loss_after", "link", "filler", "denial", "comparison"}
EXAMPLES = [
    pytest.param(entry, sentence, wanted == "match", id=f"{entry.key}-{sentence}")
    for kind in ("units", "qualifiers", "changes", "periods")
    for entry in LEXICON.kind(kind).values()
    if entry.data["role"] not in BESIDE_OTHERS and entry.key not in ("other-base", "previous-month")
    for wanted, sentences in entry.data.get("examples", {}).items()
    for sentence in sentences
]


@pytest.mark.parametrize(("entry", "sentence", "wanted"), EXAMPLES)
def test_an_entrys_own_examples(entry, sentence, wanted):
    assert speaks(entry, sentence) is wanted
