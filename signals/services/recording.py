"""What the engine read, written down: disclosures, versions, extractions, findings and every row that pages read of them.

Many documents go in one transaction and in as few statements as one would take: half of a document's cost was its fifty
questions to the database. One writer at a time (``services/locks.py``), and for as short a time as may be: the engine has
run before, and what nobody else can see yet, the record of new addresses, is written before it is our turn.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Max

from companies.models import Entity
from signals.extraction.contract import ENGINE, origin_json
from signals.formatting.reasons import reason
from signals.models import (
    Annotation,
    Disclosure,
    DisclosureVersion,
    Extraction,
    Mention,
    SloganUse,
)
from signals.services import (
    anchors,
    describing,
    duplicates,
    findings,
    health,
    locks,
    origins,
    read_models,
    rows,
    search,
    timeline,
)
from signals.services.describing import Work
from signals.services.findings import Standing
from signals.services.notices import notice_in

DESCRIBED = [
    "title", "language", "publisher", "published_on", "published_precision", "main_entity", "origin", "origin_quote",
    "current_version", "withdrawn_at", "withdrawn_reason", "indicator_count", "signal_count",
]  # fmt: skip


class OvertakenError(Exception):
    """Somebody else has made the disclosure of an address that we took for new; begin again."""


def record(works: Sequence[Work]) -> None:
    """Write down what was read of kept fetches and end them; call in a transaction that holds their rows.

    Raises OvertakenError, after which the transaction must not be kept.
    """
    told: Counter[str] = Counter()
    rounds: list[list[Work]] = []
    for work in works:  # of one address only one at a time, in order: each is a version of its own
        if told[work.url] == len(rounds):
            rounds.append([])
        rounds[told[work.url]].append(work)
        told[work.url] += 1
    store = Store()
    new = store.add_new(rounds[0]) if rounds else []
    locks.one_machine()
    for each in rounds:
        _record(each, new, store)
        new = []
    _end(works)


def _record(works: list[Work], new: list[Work], store: "Store") -> None:
    before = [work for work in works if work not in new]
    known = {
        one.canonical_url: one
        for one in (read_models.locked().filter(canonical_url__in=[work.url for work in before]) if before else ())
    }
    edited, back = [], []
    for work in before:
        work.disclosure = known[work.url]
        current = work.disclosure.current_version
        if current is None or current.text_hash != work.text_hash:
            edited.append(work)
            continue
        work.state, work.version = "unchanged", current
        if work.disclosure.withdrawn_at is not None and not notice_in(current.text):
            back.append(work.disclosure)
    for disclosure in back:
        disclosure.withdrawn_at, disclosure.withdrawn_reason = None, ""
        disclosure.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    read_models.refresh(*back)
    if edited:
        _add_versions(edited)
    store.settle(new, edited)


def _add_versions(works: list[Work], cause: str = "edited") -> None:
    """The next version of each text; the first one has a cause of its own."""
    numbered = DisclosureVersion.objects.filter(disclosure__in=[one.disclosure.pk for one in works]).order_by()
    last = dict(numbered.values_list("disclosure").annotate(newest=Max("number")).values_list("disclosure", "newest"))
    for work in works:
        before = last.get(work.disclosure.pk, 0)
        work.version = describing.version(work, before + 1, cause if before else "first")
    versions = [work.version for work in works]
    rows.number(versions)
    rows.add(versions)


class Store:
    """Writes extractions, findings and read rows of works, and remembers meanwhile whom they name and quote."""

    def __init__(self) -> None:
        self._tracked = frozenset(Entity.objects.filter(tracked=True).values_list("pk", flat=True))
        self._settler = origins.Settler()

    def add_new(self, works: Sequence[Work]) -> list[Work]:
        """The record of those works whose address is new, written before it is our turn: nobody else can see it yet.

        Returns them; ``settle`` is to follow. Addresses are written in order, so that two of us never wait for each other.
        """
        urls = [work.url for work in works]
        known = set(Disclosure.objects.filter(canonical_url__in=urls).values_list("canonical_url", flat=True))
        new = sorted((work for work in works if work.url not in known), key=lambda work: work.url)
        disclosures = [describing.disclosure(work) for work in new]
        rows.number(disclosures)
        for work, disclosure in zip(new, disclosures, strict=True):
            work.disclosure = disclosure
            work.version = describing.version(work, 1, "first")
        versions = [work.version for work in new]
        rows.number(versions)
        for work in new:
            describing.describe(work, self._tracked, self._settler)
        rows.add(versions)
        self._find(new)
        for work in new:
            work.standing.new = True
            findings.lay_new(work.standing)
            timeline.foretell(work.standing)
        written = rows.insert(disclosures, [work.words for work in new], search.WEIGHTED, on_conflict="nothing")
        if len(written) < len(disclosures):
            raise OvertakenError
        duplicates.note(_newcomer(work) for work in new)
        return new

    def settle(self, new: list[Work], others: list[Work]) -> None:
        """What works mean for everybody else's: copies, facts, timelines, counts (``locks.one_writer`` is held)."""
        works = [*new, *others]
        if not works:
            return
        for work in others:
            describing.describe(work, self._tracked, self._settler)
        self._settler.save([work.disclosure for work in new])
        if others:
            self._find(others)
            theirs = [work.disclosure for work in others]
            for disclosure in theirs:
                disclosure.origin = disclosure.origin  # it has its id by now
            Disclosure.objects.bulk_create(theirs, update_conflicts=True, unique_fields=["id"], update_fields=DESCRIBED)
            search.index_all([(work.disclosure.pk, work.words) for work in others])
        changed = duplicates.group([_newcomer(work) for work in works])
        _move_annotations(others)
        read_models.lay_out([work.standing for work in works])
        more = changed - {work.disclosure.pk for work in works}
        if more:
            read_models.refresh(*read_models.locked().filter(pk__in=more).order_by("pk"))
        for work in works:
            if work.disclosure.duplicate_of_id is not None:
                work.state = "duplicate"
            if work.withdrawn:
                told = reason("withdrawn", text=work.disclosure.title or work.url)
                health.tell(work.disclosure.source, "withdrawn", told)

    def _find(self, works: list[Work]) -> None:
        """Extractions with everything that they found; each work gets its ``standing``."""
        extractions = [_extraction(work) for work in works]
        rows.number(extractions)
        rows.add(extractions)
        both = list(zip(works, extractions, strict=True))
        named = {made.pk: sorted({(n.key, *n.span) for n in work.answer.names}) for work, made in both}
        rows.copy(
            Mention,
            ["extraction_id", "entity_id", "start", "end"],
            [(pk, *name) for pk, names in named.items() for name in names],
        )
        used: dict[tuple[Any, ...], tuple[Any, ...]] = {}
        for work, made in both:
            for use in work.answer.slogans:
                told = made.pk, use.key, *use.span, work.answer.text[slice(*use.span)]
                used.setdefault(told[:3], told)
        rows.copy(SloganUse, ["extraction_id", "slogan", "start", "end", "exact"], used.values())
        for work, made in both:
            url = work.disclosure.canonical_url
            figures = findings.indicators_of(made, work.version, url, work.answer.indicators)
            signals = findings.signals_of(made, work.version, url, work.answer.signals)
            work.disclosure.indicator_count, work.disclosure.signal_count = len(figures), len(signals)
            work.standing = Standing(
                work.disclosure,
                made.pk,
                figures,
                signals,
                mentioned={key for key, *_ in named[made.pk]} & self._tracked,
                slogans={use.key for use in work.answer.slogans},
            )
        figures = [row for work in works for row in work.standing.indicators]
        signals = [row for work in works for row in work.standing.signals]
        rows.number(figures, signals)
        rows.add(figures)
        rows.add(signals)


def _newcomer(work: Work) -> duplicates.Newcomer:
    edited = not work.standing.new and work.version.number > 1
    return duplicates.Newcomer(work.disclosure, work.sketch, work.version.text, edited)


def _extraction(work: Work) -> Extraction:
    told = {
        "version_id": work.version.pk,
        "engine": ENGINE,
        "lexicon": work.answer.lexicon,
        "milliseconds": work.milliseconds,
        "warnings": [
            {"code": w.code, "message": w.message, "span": list(w.span) if w.span else None}
            for w in work.answer.warnings
        ],
        "origin": origin_json(work.answer.reading.origin),
    }
    return rows.make(Extraction, told)


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
    Store().settle([], [work])
    return True
