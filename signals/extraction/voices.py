"""Who says a sentence: the company, the outlet that publishes, or a third party (office, association, exchange, analyst).

The section comes first (an editorial is the outlet's own), then words that name a source or an opinion, then what the sentence
is about, then what the document is. An unattributed fact about a company is the company's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from signals.extraction.lexicon import Lexicon
from signals.extraction.records import Hit, NameMention, Reading, Span, Voice

_BODIES = frozenset({"regulator", "association"})
_COMPANIES = frozenset({"group", "listed-company", "subsidiary", "institute"})
_OPENING = 80  # a notice or a data release names its author in the title or the first words


def voice_of(span: Span, reading: Reading, hits: Sequence[Hit], names: Sequence[NameMention], lexicon: Lexicon) -> Voice:
    """The voice of one sentence; use ``Voices`` when asking for many of one document."""
    return Voices(reading, hits, names, lexicon).of(span)


class Voices:
    """One document's voices, sentence by sentence."""

    def __init__(self, reading: Reading, hits: Sequence[Hit], names: Sequence[NameMention], lexicon: Lexicon) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._cues = [hit for hit in hits if hit.kind == "voices"]
        self._cue_starts = [hit.start for hit in self._cues]
        self._names = list(names)
        self._name_starts = [name.span[0] for name in self._names]
        self._document = self._of_document()

    def of(self, span: Span) -> Voice:
        """Who says the sentence at ``span``."""
        if self._section(span) in ("editorial", "disclaimer"):
            return "publisher"
        cues = self._cues[bisect_left(self._cue_starts, span[0]) : bisect_left(self._cue_starts, span[1])]
        by_role: dict[str, list[Hit]] = {}
        for cue in cues:
            by_role.setdefault(cue.entry.data["role"], []).append(cue)
        for role in ("opinion", "source"):
            if role in by_role:
                voice: Voice = by_role[role][0].entry.data["voice"]
                return voice
        kinds = [self._kind(name) for name in self._in(span)]
        about_company = any(kind in _COMPANIES for kind in kinds)
        if "subject" in by_role and (not about_company or by_role["subject"][0].entry.data["voice"] == "publisher"):
            about: Voice = by_role["subject"][0].entry.data["voice"]
            return about
        if about_company:
            return "third_party" if self._document == "third_party" and not self._company_led() else "company"
        if self._document:
            return self._document
        if any(kind in _BODIES or kind == "exchange" for kind in kinds):
            return "third_party"
        return "publisher" if any(kind in ("place", "mine") for kind in kinds) else "company"

    def _section(self, span: Span) -> str:
        for block in self._reading.blocks:
            if block.span[0] <= span[0] < block.span[1]:
                return block.section
        return "body"

    def _in(self, span: Span) -> list[NameMention]:
        return self._names[bisect_left(self._name_starts, span[0]) : bisect_left(self._name_starts, span[1])]

    def _kind(self, name: NameMention) -> str:
        record = self._lexicon.companies.get(name.key)
        return record.kind if record else ""

    def _company_led(self) -> bool:
        """Whether the title names a company: then what is said of it is its own."""
        return any(self._kind(name) in _COMPANIES for name in self._in(self._title()))

    def _title(self) -> Span:
        for block in self._reading.blocks:
            if block.kind == "title":
                return block.span
        return (0, min(_OPENING, len(self._reading.text)))

    def _of_document(self) -> Voice | None:
        """The voice of sentences that name nobody: an office's notice or data release, or a document without companies."""
        title = self._title()
        opening = (title[0], title[1] + _OPENING)
        bodies = any(self._kind(name) in _BODIES for name in self._in(opening))
        if bodies and not self._company_led():
            return "third_party"
        if any(self._kind(name) in _COMPANIES for name in self._names):
            return None
        sources = [cue for cue in self._cues if cue.entry.data["role"] == "source"]
        if any(cue.entry.data["voice"] == "third_party" for cue in sources):
            return "third_party"
        return "publisher" if self._names else None
