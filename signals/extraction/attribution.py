"""Who is named as the source of a sentence: 据北方稀土公告, 记者从海关总署获悉, "Lynas said", "according to SMM data".

The words around a name say that it speaks; what it is says in which voice. A person speaks for the organisation whose
post is on record. An outlet that only passes something on is nobody's voice; one that measures prices is a third party.
"""

from __future__ import annotations

from collections.abc import Sequence

from companies.registry import EntityRecord
from signals.extraction.gated import gated
from signals.extraction.lexicon import Lexicon
from signals.extraction.records import NameMention, Span, Voice
from signals.extraction.wording import pattern_of

_VOICE_OF_KIND: dict[str, Voice] = {
    "group": "company", "listed-company": "company", "subsidiary": "company", "institute": "company", "mine": "company",
    "regulator": "third_party", "association": "third_party", "exchange": "third_party",
}  # fmt: skip
_LED_IN = pattern_of(r"{led-in-by}\s*$")
_HEARD_FROM = gated(r"(?:从|自)$")
_HEARD = pattern_of(r"[^，。；\n]{0,12}{learnt}")
_SPEAKS = pattern_of(
    r"(?:\s?[（(][^）)\n]{0,24}[）)])?(?:{speaker-noun}[\u4e00-\u9fff]{0,3}?|{when-spoken})*{speaks-zh}|(?:'s|’s)?(?: [a-z]+){0,3}?,? (?:(?:has|have|had|also|later) )?{speaks-en}|(?:'s|’s)? {figures-noun}(?: [a-z]+)?(?: {data-show}|$)"
)
_MEASURES = pattern_of("(?:的)?{measures-prices.zh}|(?:'s|’s)? {measures-prices.en}|:")


def named_voice(text: str, sentence: Span, names: Sequence[NameMention], lexicon: Lexicon) -> Voice | None:
    """The voice of the first name that the sentence gives as its source; None when it gives none."""
    for name in names:
        record = lexicon.companies.get(name.key)
        if record is None:
            continue
        before = text[max(sentence[0], name.span[0] - 20) : name.span[0]]
        behind = text[name.span[1] : min(sentence[1], name.span[1] + 80)]
        led = _LED_IN.search(before) is not None
        if record.kind == "publisher":
            if _MEASURES.match(behind) or (led and _MEASURES.search(behind[:12])):
                return "third_party"
            continue
        heard = _HEARD_FROM.search(before) is not None and _HEARD.match(behind) is not None
        if led or heard or _SPEAKS.match(behind):
            voice = _VOICE_OF_KIND.get(_kind_of(record, lexicon))
            if voice:
                return voice
    return None


def speaks(text: str, name: NameMention) -> bool:
    """Whether the words around a name say that it speaks."""
    start, end = name.span
    before, behind = text[max(0, start - 20) : start], text[end : end + 80]
    return _LED_IN.search(before) is not None or _SPEAKS.match(behind) is not None


def _kind_of(record: EntityRecord, lexicon: Lexicon) -> str:
    """The kind of who speaks; a person's is that of the organisation of the last post on record."""
    if record.kind != "person" or not record.roles:
        return record.kind
    organisation = lexicon.companies.get(record.roles[-1].organisation)
    return organisation.kind if organisation else ""
