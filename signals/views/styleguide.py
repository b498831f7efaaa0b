"""Every part of the site in every state, on made-up data: where design is looked at, and tested."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from signals.formatting import words
from signals.formatting.quotes import Highlight, pieces

COMPANY = {"key": "example-group", "name_en": "Example Group", "name_zh": "示例集团"}
OWNER = {"key": "example-state", "name_en": "Regional government", "name_zh": "自治区政府"}
DAUGHTER = {"key": "example-magnets", "name_en": "Example Magnets", "name_zh": "示例磁材"}


def _figure(**changes: Any) -> dict[str, Any]:
    figure: dict[str, Any] = {
        "key": "0" * 64, "evidence_url": "?evidence=1", "subject": COMPANY, "metric": "revenue", "product": "", "measure": "change_yoy",
        "comparator": ">", "value": Decimal(15), "value_high": None, "unit": "percent", "period_label": "2025Q1", "modality": "reported",
        "voice": "company", "as_written": "more than 15%", "quote": "revenue rose by more than 15% on the year", "prefix": "In the first quarter, ",
        "suffix": ", the group told its staff meeting.", "language": "en", "state": "unreviewed", "grade": "C", "origin_kind": "company",
        "published_on": date(2025, 4, 18), "note": "",
    }  # fmt: skip
    return figure | changes


def _figures() -> list[tuple[str, dict[str, Any]]]:
    money = {"measure": "level", "comparator": "=", "unit": "CNY", "value": Decimal(1525000000), "metric": "rd_spend", "as_written": "¥1.525 billion"}
    price = {"measure": "level", "comparator": "=", "unit": "CNY/t", "value": Decimal(18618), "metric": "price", "product": "concentrate"}
    return [
        (_("bound, unreviewed"), _figure()),
        (_("money, confirmed"), _figure(**money, state="confirmed")),
        (_("range"), _figure(**money | {"comparator": "range", "value": Decimal(2180000000), "value_high": Decimal(2360000000), "metric": "net_profit"}, modality="forecast")),
        (_("about"), _figure(measure="level", comparator="~", value=Decimal(85), metric="local_conversion_rate", state="corrected")),
        (_("price, third party"), _figure(**price, voice="third_party", state="confirmed", period_label="2025Q1")),
        (_("fall, publisher's words"), _figure(value=Decimal("-3.2"), comparator="=", measure="change_qoq", voice="publisher")),
        (_("target"), _figure(metric="capacity", measure="level", comparator="=", unit="t/yr", value=Decimal(198000), modality="target", period_label="2027")),
        (_("estimate, contradicted"), _figure(value=Decimal("14.1"), comparator="=", modality="estimate", voice="third_party", state="contradicted")),
        (_("withdrawn by its source"), _figure(state="withdrawn")),
        (_("percentage points"), _figure(metric="gross_margin", unit="pp", comparator="=", value=Decimal("4.32"), period_label="2025M1-9", state="confirmed")),
        (_("deferred"), _figure(metric="patent_applications", measure="level", unit="count", comparator="=", value=Decimal(352), state="deferred", period_label="2025H1")),
        (_("to be reviewed again"), _figure(metric="output", measure="level", unit="t", comparator=">=", value=Decimal(24100), state="re_review", period_label="2025")),
    ]  # fmt: skip


_CHINESE = {
    "language": "zh", "quote": "一季度营业收入同比增长15%以上", "as_written": "15%以上", "prefix": "会议指出，", "suffix": "，实现良好开局。",
    "comparator": ">=", "state": "confirmed",
}  # fmt: skip
_HOSTILE = {
    "quote": 'output reached <script>alert(1)</script> 900 t, said B\u0430ogang \u202eevil\u202c <svg onload="x">',
    "as_written": "900 t", "prefix": "", "suffix": "", "voice": "publisher", "speaker": "A hostile page",
}  # fmt: skip


def _entries(now: datetime) -> list[dict[str, Any]]:
    base = {"language": "en", "voice": "company", "origin_kind": "company", "grade": "C", "state": "unreviewed", "stage": "", "theme": "", "date_precision": "day"}
    return [
        {"entry": base | {"lane": "figure", "date": date(2025, 4, 18), "title": "Revenue grew by more than 15 % in the first quarter", "new": True}, "figure": _figure(), "url": "#"},
        {"entry": base | {"lane": "signal", "date": date(2025, 4, 1), "date_precision": "month", "title": "Second phase of the green smelting works is under construction", "stage": "under_construction", "theme": "green-transition", "state": "confirmed"}, "url": "#", "evidence": "?evidence=1"},
        {"entry": base | {"lane": "disclosure", "date": date(2025, 3, 31), "title": "示例集团召开一季度经营分析会", "language": "zh", "grade": "B"}, "url": "#"},
        {"entry": base | {"lane": "policy", "date": date(2025, 1, 1), "date_precision": "year", "title": "Quotas for mining and separation published in two batches", "voice": "third_party", "origin_kind": "government", "grade": "A", "stage": "approved", "state": "corrected"}, "url": "#", "evidence": "?evidence=1"},
        {"entry": base | {"lane": "signal", "date": None, "title": "Rail link to Europe to be certified", "stage": "setback", "state": "second_look"}, "url": "#", "evidence": "?evidence=1"},
    ]  # fmt: skip


def _filters() -> list[dict[str, Any]]:
    def choices(kind: words.Words, chosen: str, counts: tuple[int, ...]) -> list[dict[str, Any]]:
        return [{"value": key, "label": label, "count": count, "chosen": key == chosen} for (key, label), count in zip(kind.items(), counts, strict=False)]

    return [
        {"name": "voice", "label": _("Voice"), "active": 1, "choices": choices(words.VOICES, "company", (318, 42, 96))},
        {"name": "stage", "label": _("Stage"), "active": 0, "choices": choices(words.STAGES, "", (21, 44, 9, 4, 0, 17, 2, 31, 60, 3, 1))},
        {"name": "state", "label": _("Review"), "active": 0, "choices": choices(words.STATES, "", (401, 38, 12, 5))},
        {"name": "origin", "label": _("Origin"), "active": 0, "choices": choices(words.ORIGINS, "", (260, 71, 30, 22, 40, 8, 25))},
    ]


def _heat() -> dict[str, Any]:
    months = [date(2025, month, 1) for month in range(1, 13)]
    lines = []
    for label, seed in (("Green transition", 3), ("Capacity expansion", 5), ("Price setting", 2), ("Party alignment", 7), ("Export control", 1)):
        counts = [max(0, (seed * month * month) % 23 - 6) for month in range(1, 13)]
        lines.append({"label": label, "cells": [{"count": count, "url": "#heat", "label": f"{label}, {month:%B %Y}"} for count, month in zip(counts, months, strict=True)]})
    return {"columns": [{"label": f"{month:%b}", "long": f"{month:%B %Y}"} for month in months], "table_rows": lines, "peak": 16}


def _sources(now: datetime) -> list[dict[str, Any]]:
    reasons = {
        "failing": "answered 503 three times in a row", "blocked": "robots.txt refuses the listing", "late": "usually every 2 days, silent for 6 days",
        "shape_changed": "31 titles found where 5 to 20 are usual", "empty": "the list came back without items", "healthy": "4 new items in the last run",
        "paused": "paused by an editor: site is being rebuilt", "new": "not run yet",
    }  # fmt: skip
    counts = [(day * 7) % 5 if day % 6 else 0 for day in range(30)]
    return [
        {
            "source": {
                "name": f"Example newsroom {number}", "state": state, "state_reason": reason, "grade": "CBDAFCCF"[number], "next_run_at": now + timedelta(hours=2),
                "last_success_at": now - timedelta(hours=3 + 20 * number) if state != "new" else None, "last_item_at": now - timedelta(days=1 + number) if state != "new" else None,
            },
            "counts": counts if state != "new" else [],
        }
        for number, (state, reason) in enumerate(reasons.items())
    ]  # fmt: skip


def _chart() -> dict[str, Any]:
    quarters = ["2024-05-15", "2024-08-15", "2024-11-15", "2025-02-15", "2025-05-15", "2025-08-15", "2025-11-15"]
    values = [16792, 16741, 17782, 18618, 18825, 19109, 26205]
    return {
        "id": "chart-price", "data_id": "chart-price-data", "evidence_url": "?evidence=KEY", "title": "Concentrate price, 50 % REO", "subtitle": "yuan per tonne, before tax, by quarter",
        "summary": "Seven quarters, from 16,792 to 26,205 yuan per tonne; the last point is unconfirmed.",
        "source_line": "Source: exchange filings. Includes 1 unconfirmed point.",
        "figure": {
            "data": [{
                "type": "scatter", "mode": "lines+markers", "name": "Example Group", "x": quarters, "y": values,
                "customdata": [f"{number}" for number in range(7)], "text": [f"¥{value:,}/t" for value in values],
                "marker": {"symbol": ["circle"] * 6 + ["circle-open"]}, "meta": {"series": 1},
            }],
            "layout": {"yaxis": {"rangemode": "tozero", "tickprefix": "¥"}},
        },
    }  # fmt: skip


def _tree() -> list[dict[str, Any]]:
    daughters = [{"entity": DAUGHTER, "url": "#", "stake": "≈ 48 %"}]
    return [{"entity": OWNER, "url": "#", "children": [{"entity": COMPANY, "self": True, "stake": "100 %", "as_of": date(2025, 6, 30), "children": daughters}]}]


def styleguide(request: HttpRequest) -> HttpResponse:
    """The parts, their states, the marks and the colours."""
    now = datetime.now(UTC)
    text = "Example Group said that revenue rose by more than 15% and that new quality productive forces would guide the second phase."
    marks = [Highlight(0, 13, "entity", "e1"), Highlight(24, 53, "indicator", "i1"), Highlight(63, 92, "slogan", "s1"), Highlight(58, 121, "signal", "g1")]
    figure = _figure(state="confirmed")
    context = {
        "figures": _figures(), "figure": figure, "chinese": _figure(**_CHINESE), "hostile": _figure(**_HOSTILE),
        "key_figures": [(item, values) for (_label, item), values in zip(_figures()[:4], ([4, 7, 6, 9, None, 12, 15], [1, 2, 3, 3, 5], [2, 2], [90, 85]), strict=True)],
        "voices": words.VOICES, "states": words.STATES, "modalities": words.MODALITIES, "stages": words.STAGES, "lanes": words.LANES, "health": words.HEALTH,
        "entries": _entries(now), "cluster": {"count": 5, "date": date(2025, 4, 1), "date_precision": "month", "label": _("5 entries in April 2025")},
        "filters": _filters(), "heat": _heat(), "sources": _sources(now), "chart": _chart(), "tree": _tree(),
        "tabs": [{"label": label, "url": "?tab=" + str(number), "current": number == 0, "count": count} for number, (label, count) in enumerate(((_("Timeline"), 412), (_("Indicators"), 96), (_("Disclosures"), 230), (_("Language"), None)))],
        "steps": [
            {"state": "announced", "on": date(2024, 3, 1), "quote": "the second phase will be finished within two years", "language": "en"},
            {"state": "under_way", "on": date(2024, 10, 12), "quote": "二期工程全面推进", "language": "zh"},
            {"state": "overdue", "on": date(2026, 3, 1), "inferred": True},
        ],
        "proposal": _("Example Group’s revenue rose by at least 15 % on the year in Q1 2025"),
        "pieces": pieces(text, marks),
        "diff": [{"op": "same", "text": "一季度营业收入同比增长"}, {"op": "removed", "text": "15%以上"}, {"op": "added", "text": "约12%"}, {"op": "same", "text": "，利润同比增长35%以上。"}, {"op": "skipped", "text": _("4 unchanged paragraphs")}],
        "chain": [{"label": "Example newsroom", "kind": "own_reporting", "url": "#"}, {"label": "Example Group", "kind": "company"}],
        "competing": [_figure(value=Decimal("14.1"), comparator="=", state="contradicted", voice="third_party")],
        "checks": [{"ok": True, "text": "17,782 + 836 = 18,618"}, {"ok": False, "text": "+56.53 % fits Q3 2024, not the year before"}],
        "decisions": [{"verdict": _("confirmed"), "by": "li.wei", "at": now - timedelta(hours=5), "note": ""}],
        "version": {"number": 2, "fetched_at": now, "sha256": "9f2c" * 16, "url": "https://www.example.org/news/1", "engine": "1.0"},
        "colours": json.loads(_COLOURS),
        "columns": [{"label": _("Period")}, {"label": _("As written")}, {"label": _("Value"), "figure": True}],
        "lines": [[{"text": "Q1 2025"}, {"text": "18,618 yuan/t"}, {"text": "¥18,618/t", "figure": True}], [{"text": "Q2 2025"}, {"text": "18825元/吨"}, {"text": "¥18,825/t", "figure": True}], [{"text": "Q3 2025"}, {"text": "19,109"}, {"text": "¥19,109/t", "figure": True}]],
    }  # fmt: skip
    return render(request, "signals/styleguide.html", context)


_COLOURS = """["paper", "raised", "sunken", "ink", "muted", "hairline", "edge", "accent", "mark", "voice-company", "voice-publisher", "voice-third-party",
"state-confirmed", "state-corrected", "state-contradicted", "heat-1", "heat-2", "heat-3", "heat-4", "heat-5", "series-1", "series-2", "series-3", "series-4", "series-5", "series-6"]"""
