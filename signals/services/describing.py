"""One document on its way into the record: the engine's answer, and what the rows say that are made of it. Writes nothing."""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from signals.extraction.contract import ENGINE
from signals.extraction.contract import Extraction as Answer
from signals.models import Disclosure, DisclosureVersion, Fetch
from signals.services import duplicates, origins, rows, search
from signals.services.findings import Standing
from signals.services.notices import notice_in

PRECISION = {4: "year", 7: "month", 10: "day"}


@dataclass(slots=True)
class Work:
    """A fetch with the engine's answer about its bytes, and what becomes of it on the way.

    What takes long is worked out at once: while the rows are written, others wait.
    """

    item: Fetch
    answer: Answer
    milliseconds: int
    text_hash: str = field(init=False)
    sketch: list[int] = field(init=False)
    words: search.Words = field(init=False)
    disclosure: Disclosure = field(init=False)
    version: DisclosureVersion = field(init=False)
    standing: Standing = field(init=False)
    state: str = "done"
    again: bool = False  # the same bytes once more: they tell nothing new about the page being there
    withdrawn: bool = False  # the page takes itself back, and had not before

    def __post_init__(self) -> None:
        reading = self.answer.reading
        self.text_hash = hashlib.sha256(reading.text.encode()).hexdigest()
        self.sketch = duplicates.sketch(reading.text)
        self.words = search.words(reading.title or "", reading.text)

    @property
    def url(self) -> str:
        """The canonical address that the text belongs to."""
        found, asked = self.answer.reading.url or "", self.item.url
        if self.item.hints.get("url"):
            return str(self.item.hints["url"])
        return asked if asked.startswith("http") else found if found.startswith("http") else asked


def disclosure(work: Work) -> Disclosure:
    """The row of an address that is not known yet."""
    item = work.item
    told = {
        "canonical_url": work.url,
        "language": work.answer.reading.language,
        "first_seen_at": item.capture.fetched_at if item.capture else timezone.now(),
        "is_sample": item.source.kind == "sample",
    }
    row = rows.make(Disclosure, told)
    row.source = item.source
    return row


def version(work: Work, number: int, cause: str) -> DisclosureVersion:
    """The row of the next version of the work's disclosure."""
    reading = work.answer.reading
    assert work.item.capture_id is not None
    told = {
        "number": number,
        "cause": cause,
        "capture_id": work.item.capture_id,
        "title": reading.title or "",
        "text": reading.text,
        "sections": [{"kind": kind, "span": list(span)} for kind, span in work.answer.sections],
        "blocks": [[block.kind, *block.span, block.section] for block in reading.blocks],
        "charset": reading.charset or "",
        "repairs": [[*repair.span, repair.original, repair.rule, repair.guessed] for repair in reading.repairs],
        "offsets": [list(pair) for pair in reading.offsets],
        "text_hash": work.text_hash,
        "paragraph_hashes": [
            hashlib.sha256(reading.text[block.span[0] : block.span[1]].encode()).hexdigest()[:16]
            for block in reading.blocks
        ],
        "sketch": work.sketch,
        "engine": ENGINE,
    }
    row = rows.make(DisclosureVersion, told)
    row.disclosure = work.disclosure
    return row


def describe(work: Work, tracked: frozenset[str], settler: origins.Settler) -> None:
    """Title, dates, publisher, main entity and origin of the disclosure, as its newest version has them."""
    disclosure, item, reading = work.disclosure, work.item, work.answer.reading
    published = reading.published_on
    disclosure.title = reading.title or item.hints.get("title") or ""
    disclosure.language = reading.language
    disclosure.publisher = (item.hints.get("publisher") or reading.publisher or item.source.publisher)[:200]
    disclosure.published_on = date.fromisoformat((published + "-01-01")[:10]) if published else None
    disclosure.published_precision = PRECISION[len(published)] if published else ""
    disclosure.main_entity_id = _main_entity(work.answer, tracked)
    disclosure.origin = settler.settle(reading.origin, item.source, disclosure.main_entity_id, disclosure.publisher)
    span = reading.origin.span if reading.origin else None
    disclosure.origin_quote = reading.text[span[0] : span[1]] if span else ""
    disclosure.current_version = work.version
    said = notice_in(reading.text)
    if said and disclosure.withdrawn_at is None:
        work.withdrawn = True
        disclosure.withdrawn_at, disclosure.withdrawn_reason = timezone.now(), f"Its page says: {said}"
    elif not said and not work.again:
        disclosure.withdrawn_at, disclosure.withdrawn_reason = None, ""


def _main_entity(answer: Answer, tracked: frozenset[str]) -> str | None:
    """The tracked entity that the text is about: named in the title, else most often."""
    title = next((block.span for block in answer.reading.blocks if block.kind == "title"), (0, 0))
    for name in answer.names:
        if name.key in tracked and name.span[1] <= title[1]:
            return name.key
    counts = Counter(name.key for name in answer.names if name.key in tracked)
    return max(sorted(counts), key=lambda key: counts[key], default=None)
