"""Findings: the machine's immutable answers, and the rows that pages read, written in one transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from signals.extraction import records
from signals.models import (
    Disclosure,
    DisclosureVersion,
    Extraction,
    Indicator,
    IndicatorCurrent,
    Signal,
    SignalCurrent,
)
from signals.services import decisions, facts, keys, origins

ANCHOR = 40  # characters of prefix and suffix kept with a quote
STAGE_WEIGHT = {"done": 5, "setback": 6, "approved": 4, "under_construction": 4, "agreed": 4, "trial": 4, "negated": 4}
FIGURE_FIELDS = [
    "metric", "product", "measure", "comparator", "value", "value_high", "unit", "converted_value", "converted_unit",
    "period_label", "period_start", "period_end", "modality", "note", "as_written",
]  # fmt: skip
MAX_VALUE = Decimal(10) ** 20


def anchor(text: str, span: records.Span) -> dict[str, Any]:
    start, end = span
    return {
        "start": start,
        "end": end,
        "exact": text[start:end],
        "prefix": text[max(0, start - ANCHOR) : start],
        "suffix": text[end : end + ANCHOR],
    }


def store_indicators(
    extraction: Extraction, version: DisclosureVersion, url: str, found: Iterable[records.Indicator]
) -> list[Indicator]:
    """Immutable rows for the figures found. Two indicators read from one figure are told apart by their order."""
    seen: Counter[str] = Counter()
    rows = []
    for item in sorted(found, key=lambda one: (one.figure, one.metric, one.subject or "", one.measure)):
        if abs(item.value) >= MAX_VALUE:
            continue
        base = keys.figure_key(url, version.text, *item.figure)
        ordinal, seen[base] = seen[base], seen[base] + 1
        rows.append(
            Indicator(
                extraction=extraction,
                key=keys.figure_key(url, version.text, *item.figure, ordinal) if ordinal else base,
                subject_id=item.subject,
                voice=item.voice,
                confidence=Decimal(str(round(item.confidence, 3))),
                rule=item.rule[:80],
                **anchor(version.text, item.span),
                figure_start=item.figure[0],
                figure_end=item.figure[1],
                also=[list(span) for span in item.also],
                why=item.why,
                **figure_fields(item),
            )
        )
    return Indicator.objects.bulk_create(rows)


def figure_fields(item: records.Indicator) -> dict[str, Any]:
    period = item.period
    return {
        "metric": item.metric,
        "product": item.product or "",
        "measure": item.measure,
        "comparator": item.comparator,
        "value": item.value.quantize(Decimal("0.000001")),
        "value_high": item.value_high.quantize(Decimal("0.000001")) if item.value_high is not None else None,
        "unit": item.unit,
        "converted_value": item.converted[0] if item.converted else None,
        "converted_unit": item.converted[1] if item.converted else "",
        "period_label": period.label if period else "",
        "period_start": date.fromisoformat(period.start) if period else None,
        "period_end": date.fromisoformat(period.end) if period else None,
        "modality": item.modality,
        "note": item.note or "",
        "as_written": item.as_written,
    }


def store_signals(
    extraction: Extraction, version: DisclosureVersion, url: str, found: Iterable[records.Signal]
) -> list[Signal]:
    rows: dict[str, Signal] = {}
    for item in found:
        key = keys.sentence_key(url, version.text[item.span[0] : item.span[1]], item.theme)
        rows.setdefault(
            key,
            Signal(
                extraction=extraction, key=key, subject_id=item.subject, voice=item.voice, theme=item.theme, stage=item.stage,
                confidence=Decimal(str(round(item.confidence, 3))), rule=item.rule[:80], **anchor(version.text, item.span),
            ),
        )  # fmt: skip
    return Signal.objects.bulk_create(rows.values())


def refresh_current(
    disclosure: Disclosure, indicators: list[Indicator], signals: list[Signal], *, texts_differ: bool = False
) -> None:
    """Make the read rows of a disclosure say what its current extraction and people's decisions say.

    A statement that is gone from the text keeps its row, marked lost and sent to re-review, when a person has judged it;
    otherwise its row goes with it.
    """
    touched_facts = set(IndicatorCurrent.objects.filter(disclosure=disclosure).values_list("fact_key", flat=True))
    for model, found, build in (
        (IndicatorCurrent, indicators, _indicator_current),
        (SignalCurrent, signals, _signal_current),
    ):
        old = {row.key: row for row in model.objects.select_for_update().filter(disclosure=disclosure)}
        verdicts = decisions.standing([one.key for one in found] + list(old))
        rows = []
        for one in found:
            row = build(disclosure, one)
            decisions.apply(row, verdicts.get(one.key), old.get(one.key), text_changed=texts_differ)
            rows.append(row)
        kept = {row.key for row in rows}
        gone = [row for key, row in old.items() if key not in kept]
        model.objects.filter(
            pk__in=[row.pk for row in gone if row.key not in verdicts and row.entered_by_id is None]
        ).delete()
        for row in gone:
            if row.key in verdicts or row.entered_by_id is not None:
                row.lost, row.superseded = True, True
                row.state = "rejected" if row.state == "rejected" else "re_review"
                rows.append(row)
        _upsert(model, rows)
    touched_facts |= set(IndicatorCurrent.objects.filter(disclosure=disclosure).values_list("fact_key", flat=True))
    facts.refresh(touched_facts)


def _upsert(model: type[IndicatorCurrent] | type[SignalCurrent], rows: list[Any]) -> None:
    names = [
        field.attname for field in model._meta.concrete_fields if not field.primary_key and field.attname != "conflict"
    ]
    fields = [field.name for field in model._meta.concrete_fields if field.attname in names]
    model.objects.bulk_create(
        sorted(rows, key=lambda row: str(row.key)), update_conflicts=True, unique_fields=["key"], update_fields=fields
    )


def _common(disclosure: Disclosure, finding: Indicator | Signal) -> dict[str, Any]:
    assert disclosure.origin is not None
    who = origins.witness(finding.voice, finding.subject_id, disclosure.origin, disclosure.publisher)
    return {
        "key": finding.key,
        "disclosure": disclosure,
        "source": disclosure.source,
        "subject_id": finding.subject_id,
        "voice": finding.voice,
        "language": disclosure.language,
        "published_on": disclosure.published_on,
        "first_seen_at": disclosure.first_seen_at,
        "origin_kind": who.kind,
        "origin_key": who.key,
        "grade": disclosure.source.grade,
        "quote": finding.exact,
        "confidence": finding.confidence,
        "superseded": disclosure.withdrawn_at is not None or disclosure.duplicate_of_id is not None,
    }


def _indicator_current(disclosure: Disclosure, finding: Indicator) -> IndicatorCurrent:
    row = IndicatorCurrent(
        indicator=finding, **_common(disclosure, finding), **{name: getattr(finding, name) for name in FIGURE_FIELDS}
    )
    row.fact_key = fact_key_of(row)
    return row


def fact_key_of(row: IndicatorCurrent) -> str:
    return keys.fact_key(row.subject_id, row.metric, row.product, row.measure, row.period_label, row.modality, row.unit)


def _signal_current(disclosure: Disclosure, finding: Signal) -> SignalCurrent:
    weight = STAGE_WEIGHT.get(finding.stage, 2) + (3 if finding.voice == "company" else 0)
    return SignalCurrent(
        signal=finding, theme=finding.theme, stage=finding.stage, weight=weight, **_common(disclosure, finding)
    )
