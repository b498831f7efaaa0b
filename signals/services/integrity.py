"""The invariants of the data, as questions that must all be answered "none"."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, F, Model, OuterRef

from signals.ingest import store
from signals.models import (
    Annotation,
    Decision,
    Disclosure,
    Fact,
    IndicatorCurrent,
    SignalCurrent,
    Snapshot,
    TimelineEntry,
)

log = logging.getLogger(__name__)

QUOTES = {
    "indicator quotes that are not in their text": "signals_indicator",
    "signal quotes that are not in their text": "signals_signal",
    "slogans that are not in their text": "signals_sloganuse",
}


# References of read rows, which the database does not check when they are written.
REFERENCES: list[tuple[type[Model], list[str]]] = [
    (IndicatorCurrent, ["disclosure", "source", "subject", "indicator"]),
    (SignalCurrent, ["disclosure", "source", "subject", "signal"]),
    (Fact, ["subject", "best"]),
    (TimelineEntry, ["disclosure", "source", "entity"]),
]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where to look."""

    what: str
    where: str


def check(*, bytes_too: bool = True) -> Iterator[Problem]:
    """Every broken invariant. ``bytes_too`` reads each snapshot back and compares its hash (slow on a large store)."""
    for what, table in QUOTES.items():
        yield from (Problem(what, f"{table} {pk}") for pk in _misquoted(table))
    for pk in (
        Annotation.objects.filter(lost=False, removed_at=None)
        .extra(
            where=[
                '(SELECT substr(v.text, signals_annotation.start + 1, signals_annotation."end" - signals_annotation.start) '
                "FROM signals_disclosureversion v WHERE v.id = signals_annotation.version_id) <> signals_annotation.exact"
            ]
        )
        .values_list("pk", flat=True)
    ):
        yield Problem("annotations whose quote is not in their text and that are not marked lost", f"annotation {pk}")
    yield from (
        Problem("snapshots whose bytes are missing or damaged", error) for error in (_damaged() if bytes_too else ())
    )
    yield from _standing()
    yield from _dangling()


def _misquoted(table: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT f.id FROM {table} f JOIN signals_extraction e ON e.id = f.extraction_id "
            "JOIN signals_disclosureversion v ON v.id = e.version_id "
            'WHERE substr(v.text, f.start + 1, f."end" - f.start) <> f.exact ORDER BY f.id LIMIT 100'
        )
        return [row[0] for row in cursor.fetchall()]


def _damaged() -> Iterable[str]:
    for sha256 in Snapshot.objects.order_by("pk").values_list("pk", flat=True).iterator():
        try:
            store.load(sha256)
        except store.SnapshotMissingError as error:
            yield str(error)


def _standing() -> Iterator[Problem]:
    newer = Disclosure.objects.filter(versions__number__gt=F("current_version__number"))
    for pk in newer.values_list("pk", flat=True).distinct()[:100]:
        yield Problem("disclosures whose current version is not the newest", f"disclosure {pk}")
    for model in (IndicatorCurrent, SignalCurrent):
        kind = "indicator" if model is IndicatorCurrent else "signal"
        without_proof = model.objects.filter(entered_by=None, **{f"{kind}__isnull": True})
        for key in without_proof.values_list("pk", flat=True)[:100]:
            yield Problem("read rows without a finding behind them", key)
        judged = Decision.objects.filter(finding_kind=kind, undone_by=None).exclude(verdict="undo")
        for key in (
            judged.exclude(finding_key__in=model.objects.values("pk"))
            .values_list("finding_key", flat=True)
            .distinct()[:100]
        ):
            yield Problem("verdicts whose finding has no read row", key)


def _dangling() -> Iterator[Problem]:
    for model, names in REFERENCES:
        for name in names:
            field: Any = model._meta.get_field(name)
            there = field.related_model._base_manager.filter(pk=OuterRef(field.attname))
            rows = model._base_manager.exclude(**{field.attname: None}).exclude(Exists(there))
            for pk in rows.values_list("pk", flat=True)[:100]:
                yield Problem(f"read rows whose {name} is not there", f"{model._meta.model_name} {pk}")


def check_and_report() -> int:
    """Log every problem; returns how many there were."""
    problems = list(check())
    for problem in problems:
        log.error("integrity: %s: %s", problem.what, problem.where)
    return len(problems)
