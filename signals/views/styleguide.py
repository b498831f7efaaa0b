"""Every part of the site in every state: where design is looked at, and tested."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from signals.formatting import words
from signals.formatting.quotes import Highlight, pieces
from signals.selectors.absence import Absence
from signals.selectors.company import Point
from signals.views import styleguide_promises
from signals.views import styleguide_samples as samples


def styleguide(request: HttpRequest) -> HttpResponse:
    """The parts, their states, the marks and the colours."""
    now = datetime.now(UTC)
    text = (
        "Example Group said that revenue rose by more than 15% and that new quality productive forces would guide "
        "the second phase."
    )
    marks = [
        Highlight(0, 13, "entity", "e1"),
        Highlight(24, 53, "indicator", "i1"),
        Highlight(63, 92, "slogan", "s1"),
        Highlight(58, 121, "signal", "g1"),
    ]
    figure = samples.figure(state="confirmed")
    context = {
        "figures": samples.figures(),
        "figure": figure,
        "chinese": samples.figure(**samples.CHINESE),
        "hostile": samples.figure(**samples.HOSTILE),
        "key_figures": [
            (item, values)
            for (_label, item), values in zip(
                samples.figures()[:4], ([4, 7, 6, 9, None, 12, 15], [1, 2, 3, 3, 5], [2, 2], [90, 85]), strict=True
            )
        ],
        "voices": words.VOICES,
        "states": words.STATES,
        "modalities": words.MODALITIES,
        "stages": words.STAGES,
        "lanes": words.LANES,
        "health": words.HEALTH,
        "entries": samples.entries(now),
        "cluster": {
            "count": 5,
            "date": date(2025, 4, 1),
            "date_precision": "month",
            "label": _("5 entries in April 2025"),
        },
        "filters": samples.filters(),
        "heat": samples.heat(),
        "sources": samples.sources(now),
        "chart": samples.chart(),
        "tree": samples.tree(),
        "tabs": [
            {"label": label, "url": "?tab=" + str(number), "current": number == 0, "count": count}
            for number, (label, count) in enumerate(
                ((_("Timeline"), 412), (_("Indicators"), 96), (_("Disclosures"), 230), (_("Language"), None))
            )
        ],
        "promises": styleguide_promises.promises(),
        "absent": _absent(),
        "saved_views": [
            {"row": {"pk": 1, "name": _("Quotas this year")}, "kind": _("Search"), "new": "3"},
            {"row": {"pk": 2, "name": _("Margins of the four")}, "kind": _("Compare"), "new": "0"},
        ],
        "steps": [
            {
                "state": "announced",
                "on": date(2024, 3, 1),
                "quote": "the second phase will be finished within two years",
                "language": "en",
            },
            {"state": "under_way", "on": date(2024, 10, 12), "quote": "二期工程全面推进", "language": "zh"},
        ],
        "proposal": _("Example Group’s revenue rose by at least 15 % on the year in Q1 2025"),
        "pieces": pieces(text, marks),
        "diff": [
            {"op": "same", "text": "一季度营业收入同比增长"},
            {"op": "removed", "text": "15%以上"},
            {"op": "added", "text": "约12%"},
            {"op": "same", "text": "，利润同比增长35%以上。"},
            {"op": "skipped", "text": _("4 unchanged paragraphs")},
        ],
        "chain": [
            {"label": "Example newsroom", "kind": "own_reporting", "url": "#"},
            {"label": "Example Group", "kind": "company"},
        ],
        "competing": [samples.figure(value=Decimal("14.1"), comparator="=", state="contradicted", voice="third_party")],
        "checks": [
            {"ok": True, "text": "17,782 + 836 = 18,618"},
            {"ok": False, "text": "+56.53 % fits Q3 2024, not the year before"},
        ],
        "decisions": [{"verdict": _("confirmed"), "by": "li.wei", "at": now - timedelta(hours=5), "note": ""}],
        "version": {
            "number": 2,
            "fetched_at": now,
            "sha256": "9f2c" * 16,
            "url": "https://www.example.org/news/1",
            "engine": "1.0",
        },
        "colours": samples.COLOURS,
        "columns": [{"label": _("Period")}, {"label": _("As written")}, {"label": _("Value"), "figure": True}],
        "lines": [
            [{"text": "Q1 2025"}, {"text": "18,618 yuan/t"}, {"text": "¥18,618/t", "figure": True}],
            [{"text": "Q2 2025"}, {"text": "18825元/吨"}, {"text": "¥18,825/t", "figure": True}],
            [{"text": "Q3 2025"}, {"text": "19,109"}, {"text": "¥19,109/t", "figure": True}],
        ],
    }
    return render(request, "signals/styleguide.html", context)


def _absent() -> Absence:
    last = Point(
        "f", "f" * 64, "example-group", "price", "concentrate", "level", "CNY/t", date(2025, 7, 1), date(2025, 9, 30),
        Decimal(19109), "=", date(2025, 10, 10), "2025Q3",
    )  # fmt: skip
    ends = date(2025, 10, 1), date(2025, 12, 31)
    return Absence("example-group", "price", "concentrate", 3, 7, *ends, date(2026, 1, 31), last, date(2026, 1, 5))
