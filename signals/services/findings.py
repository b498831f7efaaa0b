"""Findings: the machine's immutable answers, and the rows that pages read, written in one transaction."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max

from signals.extraction import records
from signals.models import (
    Decision,
    Disclosure,
    DisclosureVersion,
    Extraction,
    Indicator,
    IndicatorCurrent,
    Signal,
    SignalCurrent,
)
from signals.models.finding import Current
from signals.services import decisions, entered, facts, keys, origins, rows, search

ANCHOR = 40  # characters of prefix and suffix kept with a quote
STAGE_WEIGHT = {"done": 5, "setback": 6, "approved": 4, "under_construction": 4, "agreed": 4, "trial": 4, "negated": 4}
FIGURE_FIELDS = [
    "metric", "product", "measure", "comparator", "value", "value_high", "unit", "converted_value", "converted_unit",
    "period_label", "period_start", "period_end", "modality", "note", "as_written",
]  # fmt: skip
MAX_VALUE = Decimal(10) ** 20
Rows = dict[int, tuple[list[IndicatorCurrent], list[SignalCurrent]]]


@dataclass(slots=True)
class Standing:
    """A disclosure with the findings of its newest extraction.

    ``mentioned`` (tracked entities) and ``slogans`` are None where the database has to be asked. Of a ``new`` disclosure
    nothing has been judged, and its ``rows`` can be made before anybody is kept waiting.
    """

    disclosure: Disclosure
    extraction_id: int
    indicators: list[Indicator]
    signals: list[Signal]
    mentioned: set[str] | None = None
    slogans: set[str] | None = None
    new: bool = False
    rows: tuple[list[Any], list[Any]] = field(default_factory=lambda: ([], []))
    found_by: dict[str, tuple[str]] = field(default_factory=dict)


def anchor(text: str, span: records.Span) -> dict[str, Any]:
    start, end = span
    return {
        "start": start,
        "end": end,
        "exact": text[start:end],
        "prefix": text[max(0, start - ANCHOR) : start],
        "suffix": text[end : end + ANCHOR],
    }


def indicators_of(
    extraction: Extraction, version: DisclosureVersion, url: str, found: Iterable[records.Indicator]
) -> list[Indicator]:
    """Unsaved rows for the figures found. Two indicators read from one figure are told apart by their order."""
    seen: Counter[str] = Counter()
    found_rows = []
    for item in sorted(found, key=lambda one: (one.figure, one.metric, one.subject or "", one.measure)):
        if abs(item.value) >= MAX_VALUE:
            continue
        base = keys.figure_key(url, version.text, *item.figure)
        ordinal, seen[base] = seen[base], seen[base] + 1
        found_rows.append(
            rows.make(
                Indicator,
                {
                    "extraction_id": extraction.pk,
                    "key": keys.figure_key(url, version.text, *item.figure, ordinal) if ordinal else base,
                    "subject_id": item.subject,
                    "voice": item.voice,
                    "confidence": Decimal(str(round(item.confidence, 3))),
                    "rule": item.rule[:80],
                    **anchor(version.text, item.span),
                    "figure_start": item.figure[0],
                    "figure_end": item.figure[1],
                    "also": [list(span) for span in item.also],
                    "why": item.why,
                    **figure_fields(item),
                },
            )
        )
    return found_rows


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


def signals_of(
    extraction: Extraction, version: DisclosureVersion, url: str, found: Iterable[records.Signal]
) -> list[Signal]:
    """Unsaved rows for the signals found, one for each theme of a sentence."""
    by_key: dict[str, Signal] = {}
    for item in found:
        key = keys.sentence_key(url, version.text[item.span[0] : item.span[1]], item.theme)
        if key in by_key:
            continue
        by_key[key] = rows.make(
            Signal,
            {
                "extraction_id": extraction.pk, "key": key, "subject_id": item.subject, "voice": item.voice, "theme": item.theme,
                "stage": item.stage, "confidence": Decimal(str(round(item.confidence, 3))), "rule": item.rule[:80],
                **anchor(version.text, item.span),
            },
        )  # fmt: skip
    return list(by_key.values())


def refresh_current(disclosure: Disclosure, indicators: list[Indicator], signals: list[Signal]) -> None:
    """``refresh_all`` for one disclosure."""
    refresh_all([Standing(disclosure, 0, indicators, signals)])


def refresh_all(standings: Sequence[Standing]) -> Rows:
    """Make the read rows of disclosures say what their newest extractions and people's decisions say; returns them.

    A statement that is gone from the text keeps its row, marked lost and sent to re-review, when a person has judged it;
    otherwise its row goes with it.
    """
    known = [one for one in standings if not one.new]
    disclosures = [one.disclosure for one in known]
    by_hand = entered.findings_of(disclosures) if known else {}
    edited = newest_edits(disclosures) if known else {}
    laid = {one.disclosure.pk: one.rows for one in standings}
    found_by = {key: words for one in standings for key, words in one.found_by.items()}
    _stand_back(standings)
    touched: set[str] = set()
    models: list[type[Current]] = [IndicatorCurrent, SignalCurrent]
    for place, model in enumerate(models):
        old: defaultdict[int, dict[str, Any]] = defaultdict(dict)
        for row in _standing_rows(model, disclosures):
            old[row.disclosure_id][row.key] = row
            if isinstance(row, IndicatorCurrent):
                touched.add(row.fact_key)
        found = {
            one.disclosure.pk: _with_entered(
                (one.indicators, one.signals)[place], by_hand.get(one.disclosure.pk, ([], []))[place]
            )
            for one in known
        }
        keys = [one.key for all_found in found.values() for one in all_found]
        keys += [key for keyed in old.values() for key in keyed]
        verdicts = decisions.standing(keys) if keys else {}
        gone: list[str] = []
        for disclosure in disclosures:
            made, lost = _lay_all(
                disclosure, found[disclosure.pk], old[disclosure.pk], verdicts, edited.get(disclosure.pk, 0)
            )
            laid[disclosure.pk][place].extend(made)
            gone += lost
        fresh = [row for made in laid.values() for row in made[place]]
        if model is IndicatorCurrent:
            touched |= {row.fact_key for row in fresh}
            weighed = facts.weigh(touched, fresh, [one.disclosure for one in standings])
        if gone:
            model.objects.filter(pk__in=gone).delete()  # type: ignore[attr-defined]
        _write(fresh, found_by, "update" if known else "")
        if model is IndicatorCurrent:
            facts.write(weighed)
    return laid


def lay_new(standing: Standing) -> None:
    """Make the rows of a new disclosure, and the words by which they will be found; nothing is written yet."""
    figures, signals = standing.rows
    figures += [machine_row(standing.disclosure, one) for one in standing.indicators]
    signals += [machine_row(standing.disclosure, one) for one in standing.signals]
    both = [*figures, *signals]
    words = {quote: search.quoted(quote) for quote in {row.quote for row in both}}  # one sentence tells several things
    standing.found_by = {row.key: words[row.quote] for row in both}


def _stand_back(standings: Iterable[Standing]) -> None:
    """Rows of new disclosures that have turned out to be copies are not counted."""
    for one in standings:
        if one.new and one.disclosure.duplicate_of_id is not None:
            for row in [*one.rows[0], *one.rows[1]]:
                row.superseded = True


def _standing_rows(model: type[Current], disclosures: list[Disclosure]) -> Iterable[Any]:
    if not disclosures:
        return ()
    return list(model.objects.select_for_update().filter(disclosure__in=disclosures))  # type: ignore[attr-defined]


def _lay_all(
    disclosure: Disclosure, found: list[Any], old: dict[str, Any], verdicts: dict[str, Decision], edited: int
) -> tuple[list[Any], list[str]]:
    """The rows of one kind that a disclosure has now, and the keys of those that go."""
    here = disclosure.current_version.number if disclosure.current_version else 0
    rows = [lay(disclosure, one, verdicts.get(one.key), old.get(one.key), edited) for one in found]
    kept, gone = {row.key for row in rows}, []
    for key, row in old.items():
        if key in kept:
            continue
        if key in verdicts or row.entered_by_id is not None:
            mark_lost(row, verdicts.get(key), here)
            rows.append(row)
        else:
            gone.append(key)
    return rows, gone


def newest_edits(disclosures: Iterable[Disclosure]) -> dict[int, int]:
    """Number of the newest version that the source itself changed, by disclosure; those that never changed are left out."""
    edits = DisclosureVersion.objects.filter(disclosure__in=list(disclosures), cause="edited").order_by()
    return dict(edits.values_list("disclosure").annotate(newest=Max("number")).values_list("disclosure", "newest"))


def lay(
    disclosure: Disclosure,
    finding: Indicator | Signal,
    decision: Decision | None,
    old: IndicatorCurrent | SignalCurrent | None,
    edited: int,
) -> IndicatorCurrent | SignalCurrent:
    """The read row of a finding with a person's verdict over it; ``edited`` is the version that the source last changed."""
    row = machine_row(disclosure, finding)
    text_changed = decision is not None and decisions.version_seen(decision) < edited
    decisions.apply(row, decision, old, text_changed=text_changed)
    if decision is not None and decision.corrected:
        who = _witness(disclosure, row.voice, row.subject_id)
        row.origin_kind, row.origin_key = who.kind, who.key
        if isinstance(row, IndicatorCurrent):
            row.fact_key = fact_key_of(row)
    return row


def machine_row(disclosure: Disclosure, finding: Indicator | Signal) -> IndicatorCurrent | SignalCurrent:
    """The read row as the finding alone has it."""
    if isinstance(finding, Indicator):
        return _indicator_current(disclosure, finding)
    return _signal_current(disclosure, finding)


def mark_lost(row: IndicatorCurrent | SignalCurrent, decision: Decision | None, version: int) -> None:
    """The text no longer says this; a person is asked once for each text that they have not judged it against."""
    row.lost, row.superseded = True, True
    asked = decision is None or decisions.version_seen(decision) < version
    row.state = (
        "re_review" if asked and row.state != "rejected" else decisions.state_of(decision) if decision else row.state
    )


def _with_entered(found: list[Any], more: list[Any]) -> list[Any]:
    """What the machine found, and what people entered that it did not."""
    known = {one.key for one in found}
    return [*found, *(one for one in more if one.key not in known)]


def _write(made: list[Any], found_by: dict[str, tuple[str]], on_conflict: str) -> None:
    made = sorted(made, key=lambda row: str(row.key))
    words = [found_by.get(row.key) or search.quoted(row.quote) for row in made]
    rows.insert(made, words, search.PLAIN, on_conflict)


def _witness(disclosure: Disclosure, voice: str, subject: str | None) -> origins.Witness:
    assert disclosure.origin is not None
    return origins.witness(voice, subject, disclosure.origin, disclosure.publisher)


def _common(disclosure: Disclosure, finding: Indicator | Signal) -> dict[str, Any]:
    who = _witness(disclosure, finding.voice, finding.subject_id)
    return {
        "key": finding.key,
        "disclosure_id": disclosure.pk,
        "source_id": disclosure.source_id,
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
        "entered_by_id": entered.author(finding),
    }


def _indicator_current(disclosure: Disclosure, finding: Indicator) -> IndicatorCurrent:
    told = {name: getattr(finding, name) for name in FIGURE_FIELDS}
    row = rows.make(IndicatorCurrent, {"indicator_id": finding.pk, **_common(disclosure, finding), **told})
    row.disclosure = disclosure
    row.fact_key = fact_key_of(row)
    return row


def fact_key_of(row: IndicatorCurrent) -> str:
    return keys.fact_key(
        row.subject_id, row.metric, row.product, row.measure, row.period_label, row.modality, row.unit, row.note
    )


def _signal_current(disclosure: Disclosure, finding: Signal) -> SignalCurrent:
    weight = STAGE_WEIGHT.get(finding.stage, 2) + (3 if finding.voice == "company" else 0)
    told = {"signal_id": finding.pk, "theme": finding.theme, "stage": finding.stage, "weight": weight}
    row = rows.make(SignalCurrent, {**told, **_common(disclosure, finding)})
    row.disclosure = disclosure
    return row
