"""Figures as files: CSV and JSON, each record with quote, address and hash, so that a number never travels alone."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from signals.models import IndicatorCurrent

COLUMNS = [
    "subject", "metric", "product", "measure", "comparator", "value", "value_high", "unit", "period", "period_start",
    "period_end", "modality", "voice", "as_written", "quote", "state", "origin_kind", "origin", "grade", "published_on",
    "publisher", "title", "url", "snapshot_sha256", "key",
]  # fmt: skip
BUFFER = 1 << 16  # characters that are sent together
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def record(row: IndicatorCurrent) -> dict[str, Any]:
    """One figure with its proof."""
    version = row.disclosure.current_version
    return {
        "subject": row.subject_id or "",
        "metric": row.metric,
        "product": row.product,
        "measure": row.measure,
        "comparator": row.comparator,
        "value": plain(row.value),
        "value_high": plain(row.value_high),
        "unit": row.unit,
        "period": row.period_label,
        "period_start": str(row.period_start or ""),
        "period_end": str(row.period_end or ""),
        "modality": row.modality,
        "voice": row.voice,
        "as_written": row.as_written,
        "quote": row.quote,
        "state": row.state,
        "origin_kind": row.origin_kind,
        "origin": row.origin_key,
        "grade": row.grade,
        "published_on": str(row.published_on or ""),
        "publisher": row.disclosure.publisher,
        "title": row.disclosure.title,
        "url": row.disclosure.canonical_url,
        "snapshot_sha256": version.capture.snapshot_id if version else "",
        "key": row.key,
    }


def plain(value: Decimal | None) -> str:
    """A decimal as text without trailing zeros or an exponent."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def as_csv(rows: Iterable[IndicatorCurrent]) -> Iterator[str]:
    """CSV, line by line, with a byte-order mark, so that spreadsheets read Chinese; text that one would run is made harmless."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        found = record(row)
        for name in ("as_written", "quote", "publisher", "title", "url"):
            if found[name].startswith(FORMULA):
                found[name] = "'" + found[name]
        writer.writerow(found)
        if out.tell() > BUFFER:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def as_json(metric: str, rows: Iterable[IndicatorCurrent]) -> Iterator[str]:
    """One JSON object whose records come one after the other, each with its citation."""
    yield f'{{"metric": {json.dumps(metric)},\n"records": ['
    between = "\n"
    for row in rows:
        yield between + json.dumps(record(row) | {"citation": citation(row)}, ensure_ascii=False)
        between = ",\n"
    yield "\n]}\n"


def citation(row: IndicatorCurrent) -> str:
    """A ready-made citation of one figure."""
    disclosure = row.disclosure
    day = f", {disclosure.published_on:%d %b %Y}" if disclosure.published_on else ""
    version = disclosure.current_version
    proof = f" Snapshot sha256:{version.capture.snapshot_id[:16]}." if version else ""
    return f"{disclosure.publisher or 'Unknown publisher'}, “{disclosure.title}”{day}, {disclosure.canonical_url}: “{row.quote}”.{proof}"
