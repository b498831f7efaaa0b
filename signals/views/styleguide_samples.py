"""Made-up data for the style guide: each part in each state. Names and figures are invented."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from signals.formatting import words

COMPANY = {"key": "example-group", "name_en": "Example Group", "name_zh": "示例集团"}
OWNER = {"key": "example-state", "name_en": "Regional government", "name_zh": "自治区政府"}
DAUGHTER = {"key": "example-magnets", "name_en": "Example Magnets", "name_zh": "示例磁材"}


def figure(**changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "key": "0" * 64,
        "evidence_url": "?evidence=1",
        "subject": COMPANY,
        "metric": "revenue",
        "product": "",
        "measure": "change_yoy",
        "comparator": ">",
        "value": Decimal(15),
        "value_high": None,
        "unit": "percent",
        "period_label": "2025Q1",
        "modality": "reported",
        "voice": "company",
        "as_written": "more than 15%",
        "quote": "revenue rose by more than 15% on the year",
        "prefix": "In the first quarter, ",
        "suffix": ", the group told its staff meeting.",
        "language": "en",
        "state": "unreviewed",
        "grade": "C",
        "origin_kind": "company",
        "published_on": date(2025, 4, 18),
        "note": "",
    }
    return fields | changes


def figures() -> list[tuple[str, dict[str, Any]]]:
    money = {
        "measure": "level",
        "comparator": "=",
        "unit": "CNY",
        "value": Decimal(1525000000),
        "metric": "rd_spend",
        "as_written": "¥1.525 billion",
    }
    price = {
        "measure": "level",
        "comparator": "=",
        "unit": "CNY/t",
        "value": Decimal(18618),
        "metric": "price",
        "product": "concentrate",
    }
    return [
        (_("bound, unreviewed"), figure()),
        (_("money, confirmed"), figure(**money, state="confirmed")),
        (
            _("range"),
            figure(
                **money
                | {
                    "comparator": "range",
                    "value": Decimal(2180000000),
                    "value_high": Decimal(2360000000),
                    "metric": "net_profit",
                },
                modality="forecast",
            ),
        ),
        (
            _("about"),
            figure(
                measure="level", comparator="~", value=Decimal(85), metric="local_conversion_rate", state="corrected"
            ),
        ),
        (_("price, third party"), figure(**price, voice="third_party", state="confirmed", period_label="2025Q1")),
        (
            _("fall, publisher's words"),
            figure(value=Decimal("-3.2"), comparator="=", measure="change_qoq", voice="publisher"),
        ),
        (
            _("target"),
            figure(
                metric="capacity",
                measure="level",
                comparator="=",
                unit="t/yr",
                value=Decimal(198000),
                modality="target",
                period_label="2027",
            ),
        ),
        (
            _("estimate, contradicted"),
            figure(
                value=Decimal("14.1"), comparator="=", modality="estimate", voice="third_party", state="contradicted"
            ),
        ),
        (_("withdrawn by its source"), figure(state="withdrawn")),
        (
            _("percentage points"),
            figure(
                metric="gross_margin",
                unit="pp",
                comparator="=",
                value=Decimal("4.32"),
                period_label="2025M1-9",
                state="confirmed",
            ),
        ),
        (
            _("deferred"),
            figure(
                metric="patent_applications",
                measure="level",
                unit="count",
                comparator="=",
                value=Decimal(352),
                state="deferred",
                period_label="2025H1",
            ),
        ),
        (
            _("to be reviewed again"),
            figure(
                metric="output",
                measure="level",
                unit="t",
                comparator=">=",
                value=Decimal(24100),
                state="re_review",
                period_label="2025",
            ),
        ),
    ]


CHINESE = {
    "language": "zh",
    "quote": "一季度营业收入同比增长15%以上",
    "as_written": "15%以上",
    "prefix": "会议指出，",
    "suffix": "，实现良好开局。",
    "comparator": ">=",
    "state": "confirmed",
}
HOSTILE = {
    "quote": 'output reached <script>alert(1)</script> 900 t, said B\u0430ogang \u202eevil\u202c <svg onload="x">',
    "as_written": "900 t",
    "prefix": "",
    "suffix": "",
    "voice": "publisher",
    "speaker": "A hostile page",
}


def entries(now: datetime) -> list[dict[str, Any]]:
    base = {
        "language": "en",
        "voice": "company",
        "origin_kind": "company",
        "grade": "C",
        "state": "unreviewed",
        "stage": "",
        "theme": "",
        "date_precision": "day",
    }
    return [
        {
            "entry": base
            | {
                "lane": "figure",
                "date": date(2025, 4, 18),
                "title": "Revenue grew by more than 15 % in the first quarter",
                "new": True,
            },
            "figure": figure(),
            "url": "#",
        },
        {
            "entry": base
            | {
                "lane": "signal",
                "date": date(2025, 4, 1),
                "date_precision": "month",
                "title": "Second phase of the green smelting works is under construction",
                "stage": "under_construction",
                "theme": "green-transition",
                "state": "confirmed",
            },
            "url": "#",
            "evidence": "?evidence=1",
        },
        {
            "entry": base
            | {
                "lane": "disclosure",
                "date": date(2025, 3, 31),
                "title": "示例集团召开一季度经营分析会",
                "language": "zh",
                "grade": "B",
            },
            "url": "#",
        },
        {
            "entry": base
            | {
                "lane": "policy",
                "date": date(2025, 1, 1),
                "date_precision": "year",
                "title": "Quotas for mining and separation published in two batches",
                "voice": "third_party",
                "origin_kind": "government",
                "grade": "A",
                "stage": "approved",
                "state": "corrected",
            },
            "url": "#",
            "evidence": "?evidence=1",
        },
        {
            "entry": base
            | {
                "lane": "signal",
                "date": None,
                "title": "Rail link to Europe to be certified",
                "stage": "setback",
                "state": "second_look",
            },
            "url": "#",
            "evidence": "?evidence=1",
        },
    ]


def filters() -> list[dict[str, Any]]:
    def choices(kind: words.Words, chosen: str, counts: tuple[int, ...]) -> list[dict[str, Any]]:
        return [
            {"value": key, "label": label, "count": count, "chosen": key == chosen}
            for (key, label), count in zip(kind.items(), counts, strict=False)
        ]

    return [
        {"name": "voice", "label": _("Voice"), "active": 1, "choices": choices(words.VOICES, "company", (318, 42, 96))},
        {
            "name": "stage",
            "label": _("Stage"),
            "active": 0,
            "choices": choices(words.STAGES, "", (21, 44, 9, 4, 0, 17, 2, 31, 60, 3, 1)),
        },
        {"name": "state", "label": _("Review"), "active": 0, "choices": choices(words.STATES, "", (401, 38, 12, 5))},
        {
            "name": "origin",
            "label": _("Origin"),
            "active": 0,
            "choices": choices(words.ORIGINS, "", (260, 71, 30, 22, 40, 8, 25)),
        },
    ]


def heat() -> dict[str, Any]:
    months = [date(2025, month, 1) for month in range(1, 13)]
    lines = []
    for label, seed in (
        ("Green transition", 3),
        ("Capacity expansion", 5),
        ("Price setting", 2),
        ("Party alignment", 7),
        ("Export control", 1),
    ):
        counts = [max(0, (seed * month * month) % 23 - 6) for month in range(1, 13)]
        lines.append(
            {
                "label": label,
                "cells": [
                    {"count": count, "url": "#heat", "label": f"{label}, {month:%B %Y}"}
                    for count, month in zip(counts, months, strict=True)
                ],
            }
        )
    return {
        "columns": [{"label": f"{month:%b}", "long": f"{month:%B %Y}"} for month in months],
        "table_rows": lines,
        "peak": 16,
    }


def sources(now: datetime) -> list[dict[str, Any]]:
    reasons = {
        "failing": "answered 503 three times in a row",
        "blocked": "robots.txt refuses the listing",
        "late": "usually every 2 days, silent for 6 days",
        "shape_changed": "31 titles found where 5 to 20 are usual",
        "empty": "the list came back without items",
        "healthy": "4 new items in the last run",
        "paused": "paused by an editor: site is being rebuilt",
        "new": "not run yet",
    }
    counts = [(day * 7) % 5 if day % 6 else 0 for day in range(30)]
    return [
        {
            "source": {
                "name": f"Example newsroom {number}",
                "state": state,
                "state_reason": reason,
                "grade": "CBDAFCCF"[number],
                "next_run_at": now + timedelta(hours=2),
                "last_success_at": now - timedelta(hours=3 + 20 * number) if state != "new" else None,
                "last_item_at": now - timedelta(days=1 + number) if state != "new" else None,
            },
            "counts": counts if state != "new" else [],
        }
        for number, (state, reason) in enumerate(reasons.items())
    ]


def chart() -> dict[str, Any]:
    quarters = ["2024-05-15", "2024-08-15", "2024-11-15", "2025-02-15", "2025-05-15", "2025-08-15", "2025-11-15"]
    values = [16792, 16741, 17782, 18618, 18825, 19109, 26205]
    return {
        "id": "chart-price",
        "data_id": "chart-price-data",
        "evidence_url": "?evidence=KEY",
        "title": "Concentrate price, 50 % REO",
        "subtitle": "yuan per tonne, before tax, by quarter",
        "summary": "Seven quarters, from 16,792 to 26,205 yuan per tonne; the last point is unconfirmed.",
        "source_line": "Source: exchange filings. Includes 1 unconfirmed point.",
        "figure": {
            "data": [
                {
                    "type": "scatter",
                    "mode": "lines+markers",
                    "name": "Example Group",
                    "x": quarters,
                    "y": values,
                    "customdata": [f"{number}" for number in range(7)],
                    "text": [f"¥{value:,}/t" for value in values],
                    "marker": {"symbol": ["circle"] * 6 + ["circle-open"]},
                    "meta": {"series": 1},
                }
            ],
            "layout": {"yaxis": {"rangemode": "tozero", "tickprefix": "¥"}},
        },
    }


def tree() -> list[dict[str, Any]]:
    daughters = [{"entity": DAUGHTER, "url": "#", "stake": "≈ 48 %"}]
    return [
        {
            "entity": OWNER,
            "url": "#",
            "children": [
                {"entity": COMPANY, "self": True, "stake": "100 %", "as_of": date(2025, 6, 30), "children": daughters}
            ],
        }
    ]


COLOURS = [
    "paper",
    "raised",
    "sunken",
    "ink",
    "muted",
    "hairline",
    "edge",
    "accent",
    "mark",
    "voice-company",
    "voice-publisher",
    "voice-third-party",
    "state-confirmed",
    "state-corrected",
    "state-contradicted",
    "heat-1",
    "heat-2",
    "heat-3",
    "heat-4",
    "heat-5",
    "series-1",
    "series-2",
    "series-3",
    "series-4",
    "series-5",
    "series-6",
]
