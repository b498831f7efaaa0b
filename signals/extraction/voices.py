"""Who says a sentence: the company, the outlet that publishes, or a third party (office, association, analyst).

The section comes first (an editorial is the outlet's own), then what the figure is (an estimate is an analyst's, a
quota an office's, a share price the market's), then words that name a source or an opinion, then whom the sentence is
about, then what the document is. An unattributed fact about a company is the company's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from signals.extraction.attribution import named_voice
from signals.extraction.lexicon import Lexicon
from signals.extraction.records import Hit, Modality, NameMention, Reading, Span, Voice
from signals.extraction.sentences import Sentences

_BODIES = frozenset({"regulator", "association", "exchange"})
_COMPANIES = frozenset({"group", "listed-company", "subsidiary", "institute"})
_OPENING = 80  # characters after the title in which a notice or a data release names its author
_OF_ANALYSTS = frozenset({"target_price", "valuation_multiple"})
_OF_OFFICES = frozenset({"quota_mining", "quota_smelting", "quota_share"})
_OF_MARKETS = frozenset({"share_price", "market_cap"})
_MARKET_PRICES = frozenset({"price", "price_index"})


class Voices:
    """One document's voices, sentence by sentence."""

    def __init__(
        self,
        reading: Reading,
        hits: Sequence[Hit],
        names: Sequence[NameMention],
        lexicon: Lexicon,
        sentences: Sentences | None = None,
    ) -> None:
        self._reading, self._lexicon = reading, lexicon
        self._cues = [hit for hit in hits if hit.entry.kind == "voices"]
        self._cue_starts = [hit.start for hit in self._cues]
        self._told: dict[Span, Voice | None] = {}
        self._names = list(names)
        self._name_starts = [name.span[0] for name in self._names]
        self._blocks = list(reading.blocks)
        self._block_starts = [block.span[0] for block in self._blocks]
        self._sentences = sentences or Sentences(reading.text)
        self._title = next((block.span for block in self._blocks if block.kind == "title"), None) or (
            0,
            min(_OPENING, len(reading.text)),
        )
        self._company_led = any(kind in _COMPANIES for kind in self._kinds(self._title))
        self._office_led = not self._company_led and any(
            kind in _BODIES for kind in self._kinds((self._title[0], self._title[1] + _OPENING))
        )
        self._has_company = any(self._kind(name.key) in _COMPANIES for name in self._names)
        self._region_led = not self._company_led and any(
            self._kind(name.key) == "place" and name.key != "china"
            for name in self._inside((self._title[0], self._title[1] + _OPENING))
        )
        self._analysts = sum(cue.key == "analyst-source" for cue in self._cues) >= 1
        self._sourced = any(
            cue.entry.data["role"] == "source" and cue.entry.data["voice"] == "third_party" for cue in self._cues
        )

    def of(
        self, span: Span, subject: str | None = None, metric: str | None = None, modality: Modality | None = None
    ) -> Voice:
        """Who says what stands at ``span``, a sentence or part of one; what is known of a figure there helps."""
        section, sentence = self._around(span)
        if section in ("editorial", "disclaimer"):
            return "publisher"
        if modality == "estimate" or metric in _OF_ANALYSTS:
            return "third_party"
        cues = self._cues[bisect_left(self._cue_starts, sentence[0]) : bisect_left(self._cue_starts, sentence[1])]
        if metric in _OF_MARKETS:
            return "publisher"
        if metric in _OF_OFFICES:
            return "third_party"
        if metric in _MARKET_PRICES and self._kind(subject) in _COMPANIES:
            return "company"
        said = _first(cues, "opinion")
        said = said or self._named(sentence) or _first(cues, "source")
        if said:
            return said
        if metric in _MARKET_PRICES and subject in (None, "china"):
            return "third_party" if self._office_led or self._analysts else "publisher"
        kinds = {self._kind(subject)} if subject else set(self._kinds(sentence))
        return self._about(kinds, subject, cues)

    def _named(self, sentence: Span) -> Voice | None:
        """The voice of whom the sentence names as its source; asked once a sentence, many figures share it."""
        if sentence not in self._told:
            self._told[sentence] = named_voice(self._reading.text, sentence, self._inside(sentence), self._lexicon)
        return self._told[sentence]

    def _about(self, kinds: set[str], subject: str | None, cues: Sequence[Hit]) -> Voice:
        """By whom the sentence is about, and else by what the document is."""
        about = _first(cues, "subject")
        if about and about != "company" and (about == "publisher" or not kinds & _COMPANIES):
            return about
        if kinds & _COMPANIES or (about == "company" and subject is None and self._has_company):
            return "company"
        if kinds & _BODIES or self._office_led:
            return "third_party"
        if "mine" in kinds and self._company_led:
            return "company"
        if "place" in kinds and subject not in (None, "china"):
            return "third_party"
        if self._sourced and not self._company_led:
            return "third_party"
        if self._region_led and "mine" not in kinds:
            return "third_party"
        if "mine" in kinds or "place" in kinds:
            return "publisher"
        return "company" if self._has_company else "publisher"

    def _around(self, span: Span) -> tuple[str, Span]:
        """The section and the whole sentence of a place; a table cell is a sentence."""
        number = bisect_right(self._block_starts, span[0]) - 1
        if number < 0 or span[0] >= self._blocks[number].span[1]:
            return "body", span
        block = self._blocks[number]
        if block.kind == "table":
            return block.section, span
        return block.section, self._sentences.around(block.span, span[0]) or span

    def _inside(self, span: Span) -> list[NameMention]:
        return self._names[bisect_left(self._name_starts, span[0]) : bisect_left(self._name_starts, span[1])]

    def _kinds(self, span: Span) -> list[str]:
        return [self._kind(name.key) for name in self._inside(span)]

    def _kind(self, key: str | None) -> str:
        record = self._lexicon.companies.get(key) if key else None
        return record.kind if record else ""


def _first(cues: Sequence[Hit], role: str) -> Voice | None:
    """The voice of the first cue that plays ``role``."""
    for cue in cues:
        if cue.entry.data["role"] == role:
            voice: Voice = cue.entry.data["voice"]
            return voice
    return None
