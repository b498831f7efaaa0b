"""`/`: what is new, what it rests on, what is wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from reex_site.lib.htmx import render_page
from reex_site.lib.roles import has_role
from signals.formatting import names, words
from signals.formatting.periods import month_heads, show_date
from signals.selectors import commitment, saved
from signals.selectors import overview as selector
from signals.services import readers


def overview(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    last_visit = readers.last_visit(request.user) if request.user.is_authenticated else None
    window = request.GET.get("since", "visit" if last_visit else "24h")
    start = selector.since(window, last_visit, now)
    today = timezone.localdate(now)
    themes = selector.themes(today)
    companies, absences = selector.companies(today)
    settled, due = commitment.news(today, limit=4)
    lang = get_language() or "en"
    context = {
        "window": window,
        "windows": [(name, name == window) for name in (["visit"] if last_visit else []) + list(selector.WINDOWS)],
        "start": start,
        "empty": selector.empty(),
        "news": selector.news(start),
        "signals": selector.telling_signals(start),
        "figures": selector.new_figures(start),
        "companies": companies,
        "absences": absences,
        "themes": themes,
        "theme_columns": month_heads(themes["months"], lang),
        "theme_rows": [_theme_row(row, lang) for row in themes["rows"]],
        "contradictions": selector.contradictions(),
        "settled": settled,
        "due": due,
        "today": today,
        "voices": words.VOICES,
        "states": ["confirmed", "corrected", "unreviewed"],
        "health": selector.health(),
        "saved_views": saved.of(request.user) if has_role(request.user, "analyst") else [],
    }
    return render_page(request, "signals/overview.html", context, partial=None)


def _theme_row(row: dict[str, Any], lang: str) -> dict[str, Any]:
    return {
        "label": names.name("themes", row["key"], lang),
        "cells": [
            {
                "count": count,
                "url": f"/search/?mode=signals&theme={row['key']}&month={month:%Y-%m}",
                "label": show_date(month, "month", lang),
            }
            for month, count in row["cells"]
        ],
    }
