"""What the engine read, written down: disclosures, versions, extractions, findings and every row that pages read of them.

Many documents go in one transaction and in as few statements as one would take: half of a document's cost was its fifty
questions to the database. One writer at a time (``services/locks.py``); the engine has run before.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from companies.models import Entity
from signals.extraction.contract import ENGINE, origin_json
from signals.extraction.contract import Extraction as Answer
from signals.formatting.reasons import reason
from signals.models import (
    Annotation,
    Disclosure,
    DisclosureVersion,
    Extraction,
    Fetch,
    Indicator,
    Mention,
    Signal,
    SloganUse,
)
from signals.services import anchors, duplicates, findings, health, locks, origins, read_models, search
from signals.services.findings import Standing
from signals.services.notices import notice_in

PRECISION = {4: "year", 7: "month", 10: "day"}
DESCRIBED = [
    "title", "language", "publisher", "published_on", "published_precision", "main_entity", "origin", "origin_quote",
    "current_version", "withdrawn_at", "withdrawn_reason", "indicator_count", "signal_count",
]  # fmt: skip


@dataclass(slots=True)
class Work:
    """A fetch with the engine's answer about its bytes, and what becomes of it on the way."""

    item: Fetch
    answer: Answer
    milliseconds: int
    text_hash: str = field(init=False)
    disclosure: Disclosure = field(init=False)
    version: DisclosureVersion = field(init=False)
    state: str = "done"
    again: bool = False  # the same bytes once more: they tell nothing new about the page being there
    withdrawn: bool = False  # the page takes itself back, and had not before

    def __post_init__(self) -> None:
        self.text_hash = hashlib.sha256(self.answer.reading.text.encode()).hexdigest()

    @property
    def url(self) -> str:
        """The canonical address that the text belongs to."""
        found, asked = self.answer.reading.url or "", self.item.url
        if self.item.hints.get("url"):
            return str(self.item.hints["url"])
        return asked if asked.startswith("http") else found if found.startswith("http") else asked


def record(works: Sequence[Work]) -> None:
    """Write down what was read of kept fetches and end them; call in a transaction that holds their rows."""
    locks.one_writer()
    told: Counter[str] = Counter()
    rounds: list[list[Work]] = []
    for work in works:  # of one address only one at a time, in order: each is a version of its own
        if told[work.url] == len(rounds):
            rounds.append([])
        rounds[told[work.url]].append(work)
        told[work.url] += 1
    for each in rounds:
        _record(each)
    _end(works)


def _record(works: list[Work]) -> None:
    _find_disclosures(works)
    fresh, back = [], []
    for work in works:
        current = work.disclosure.current_version
        if current is None or current.text_hash != work.text_hash:
            fresh.append(work)
            continue
        work.state, work.version = "unchanged", current
        if work.disclosure.withdrawn_at is not None and not notice_in(current.text):
            back.append(work.disclosure)
    for disclosure in back:
        disclosure.withdrawn_at, disclosure.withdrawn_reason = None, ""
        disclosure.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    read_models.refresh(*back)
    if fresh:
        _add_versions(fresh)
        store(fresh)


def _find_disclosures(works: list[Work]) -> None:
    """The locked row of each canonical address, made when it is new."""
    known = {one.canonical_url: one for one in read_models.locked().filter(canonical_url__in=[w.url for w in works])}
    missing = [work for work in works if work.url not in known]
    made = Disclosure.objects.bulk_create(
        [
            Disclosure(
                canonical_url=work.url, source=work.item.source, language=work.answer.reading.language,
                first_seen_at=work.item.capture.fetched_at if work.item.capture else timezone.now(),
                is_sample=work.item.source.kind == "sample",
            )
            for work in missing
        ]
    )  # fmt: skip
    for work, disclosure in zip(missing, made, strict=True):
        known[work.url] = disclosure
    for work in works:
        work.disclosure = known[work.url]


def _add_versions(works: list[Work], cause: str = "edited") -> None:
    """The next version of each text; the first one has a cause of its own."""
    numbered = DisclosureVersion.objects.filter(disclosure__in=[one.disclosure.pk for one in works]).order_by()
    last = dict(numbered.values_list("disclosure").annotate(newest=Max("number")).values_list("disclosure", "newest"))
    made = DisclosureVersion.objects.bulk_create(
        [_version(work, last.get(work.disclosure.pk, 0) + 1, cause) for work in works]
    )
    for work, version in zip(works, made, strict=True):
        work.version = version


def _version(work: Work, number: int, cause: str) -> DisclosureVersion:
    reading = work.answer.reading
    assert work.item.capture_id is not None
    return DisclosureVersion(
        disclosure=work.disclosure,
        number=number,
        cause=cause if number > 1 else "first",
        capture_id=work.item.capture_id,
        title=reading.title or "",
        text=reading.text,
        sections=[{"kind": kind, "span": list(span)} for kind, span in work.answer.sections],
        blocks=[[block.kind, *block.span, block.section] for block in reading.blocks],
        charset=reading.charset or "",
        repairs=[[*repair.span, repair.original, repair.rule, repair.guessed] for repair in reading.repairs],
        offsets=[list(pair) for pair in reading.offsets],
        text_hash=work.text_hash,
        paragraph_hashes=[
            hashlib.sha256(reading.text[block.span[0] : block.span[1]].encode()).hexdigest()[:16]
            for block in reading.blocks
        ],
        sketch=duplicates.sketch(reading.text),
        engine=ENGINE,
    )


def store(works: list[Work]) -> None:
    """Extractions, findings and read rows of works whose versions stand; ``locks.one_writer`` is held."""
    tracked = frozenset(Entity.objects.filter(tracked=True).values_list("pk", flat=True))
    settler = origins.Settler()
    for work in works:
        _describe(work, tracked, settler)
    standings = _store_findings(works)
    rows = [one.disclosure for one in standings]
    Disclosure.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=DESCRIBED)
    search.index_all([(work.disclosure.pk, work.version.title, work.version.text) for work in works])
    newcomers = [
        duplicates.Newcomer(one.disclosure, one.version.sketch, one.version.text, one.version.number > 1)
        for one in works
    ]
    changed = duplicates.group(newcomers)
    _move_annotations(works)
    read_models.lay_out(standings)
    read_models.refresh(*read_models.locked().filter(pk__in=changed - {one.pk for one in rows}).order_by("pk"))
    for work in works:
        if work.disclosure.duplicate_of_id is not None:
            work.state = "duplicate"
        if work.withdrawn:
            told = reason("withdrawn", text=work.disclosure.title or work.url)
            health.tell(work.disclosure.source, "withdrawn", told)


def _describe(work: Work, tracked: frozenset[str], settler: origins.Settler) -> None:
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


def _store_findings(works: list[Work]) -> list[Standing]:
    extractions = Extraction.objects.bulk_create(
        [
            Extraction(
                version=work.version,
                engine=ENGINE,
                lexicon=work.answer.lexicon,
                milliseconds=work.milliseconds,
                warnings=[
                    {"code": w.code, "message": w.message, "span": list(w.span) if w.span else None}
                    for w in work.answer.warnings
                ],
                origin=origin_json(work.answer.reading.origin),
            )
            for work in works
        ]
    )
    both = list(zip(works, extractions, strict=True))
    Mention.objects.bulk_create(
        [
            Mention(extraction=made, entity_id=key, start=start, end=end)
            for work, made in both
            for key, start, end in sorted({(n.key, *n.span) for n in work.answer.names})
        ]
    )
    SloganUse.objects.bulk_create(
        [
            SloganUse(
                extraction=made,
                slogan=use.key,
                start=use.span[0],
                end=use.span[1],
                exact=work.answer.text[slice(*use.span)],
            )
            for work, made in both
            for use in work.answer.slogans
        ],
        ignore_conflicts=True,
    )
    standings = []
    for work, made in both:
        url = work.disclosure.canonical_url
        figures = findings.indicators_of(made, work.version, url, work.answer.indicators)
        signals = findings.signals_of(made, work.version, url, work.answer.signals)
        work.disclosure.indicator_count, work.disclosure.signal_count = len(figures), len(signals)
        standings.append(Standing(work.disclosure, made.pk, figures, signals))
    Indicator.objects.bulk_create([row for one in standings for row in one.indicators])
    Signal.objects.bulk_create([row for one in standings for row in one.signals])
    return standings


def _move_annotations(works: list[Work]) -> None:
    by_disclosure = {one.disclosure.pk: one for one in works if one.version.number > 1}
    annotated = Annotation.objects.filter(version__disclosure__in=by_disclosure, removed_at=None)
    for pk in sorted(set(annotated.values_list("version__disclosure", flat=True)) if by_disclosure else set()):
        anchors.move(by_disclosure[pk].disclosure, by_disclosure[pk].version)


def _end(works: Sequence[Work]) -> None:
    """The fetches are over; one statement for all of them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE signals_fetch f SET state = c.state, version_id = c.version, finished_at = now(), claimed_at = NULL, error = '' "
            "FROM unnest(%s::bigint[], %s::text[], %s::bigint[]) AS c (id, state, version) WHERE f.id = c.id",
            [[one.item.pk for one in works], [one.state for one in works], [one.version.pk for one in works]],
        )


def reread(disclosure: Disclosure, work: Work) -> bool:
    """Write down another reading of a disclosure's current version; False when it is known already."""
    version = disclosure.current_version
    assert version is not None
    work.disclosure, work.version, work.again = disclosure, version, True
    if work.text_hash != version.text_hash:
        _add_versions([work], "reread")
    elif version.extractions.filter(engine=ENGINE, lexicon=work.answer.lexicon).exists():
        return False
    store([work])
    return True
