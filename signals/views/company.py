"""`/companies/<key>/` and its tabs: timeline, indicators, disclosures, language; promises are in `commitment.py`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from companies.models import Entity
from reex_site.lib.htmx import render_page
from signals import charts
from signals.formatting import names, words
from signals.formatting.periods import month_heads, show_date
from signals.selectors import absence, company, indicator, language
from signals.selectors import timeline as timeline_selector
from signals.selectors.state import address
from signals.views.metric_charts import metric_charts

KEY_FIGURES = 8
TABS = [
    ("timeline", gettext_lazy("Timeline"), "signals:company"),
    ("indicators", gettext_lazy("Indicators"), "signals:company_indicators"),
    ("disclosures", gettext_lazy("Disclosures"), "signals:company_disclosures"),
    ("promises", gettext_lazy("Promises"), "signals:company_promises"),
    ("language", gettext_lazy("Language"), "signals:company_language"),
]


def company_page(request: HttpRequest, key: str, tab: str, context: dict[str, Any], template: str) -> HttpResponse:
    entity = context["entity"]
    tabs = [{"label": label, "url": reverse(url, args=[key]), "current": name == tab} for name, label, url in TABS]
    if "key_figures" not in context:
        context |= figures_above(key)
    context |= {"heading": company.heading(entity), "tabs": tabs, "tab": tab}
    return render_page(request, template, context, partial=None)


def figures_above(key: str) -> dict[str, Any]:
    """What stands above the tabs: the key figures, and those that should be there by now and are not."""
    runs = company.runs_of([key])
    return {
        "key_figures": company.figures_of(runs, [key], most=KEY_FIGURES)[key],
        "absences": absence.absences(runs, company.last_heard([key]), timezone.localdate()),
    }


def entity_or_404(key: str) -> Entity:
    return get_object_or_404(Entity.objects.prefetch_related("names", "identifiers"), pk=key)


def timeline(request: HttpRequest, key: str) -> HttpResponse:
    entity = entity_or_404(key)
    view = timeline_selector.timeline(key, request.GET, request.path)
    strip = None
    if view.months:
        strip = {
            "id": "strip",
            "data_id": "strip-data",
            "title": _("Entries by month"),
            "subtitle": _("The larger the dot, the more entries of that month."),
            "summary": _("One dot a month and kind; the list below holds the entries."),
            "figure": charts.strip(view.months, words.LANES, get_language() or "en"),
            "source_line": "",
            "low": True,
        }
    context = {
        "entity": entity,
        "view": view,
        "strip": strip,
        "limit": timeline_selector.LIMIT,
        "counted": timeline_selector.COUNTED,
        "everything": address(request.path, request.GET, all="1", before=None),
        "clear_url": request.path if request.GET else "",
    }
    return company_page(request, key, "timeline", context, "signals/company_timeline.html")


def indicators(request: HttpRequest, key: str) -> HttpResponse:
    entity = entity_or_404(key)
    counts = indicator.metrics(key)
    metric = request.GET.get("metric", "")
    if not metric or metric not in {count.metric for count in counts}:
        metric = next(
            (name for name, _product in company.KEY_METRICS if any(count.metric == name for count in counts)),
            counts[0].metric if counts else "",
        )
    products = [count for count in counts if count.metric == metric]
    product = request.GET.get("product", products[0].product if products else "")
    rows = indicator.rows(metric, entities=[key], product=product, most=indicator.LISTED + 1) if metric else []
    above = figures_above(key)
    missing = next((one for one in above["absences"] if (one.metric, one.product) == (metric, product)), None)
    made = metric_charts(metric, [key], product, missing=missing)
    context = above | {
        "entity": entity,
        "metrics": [
            (name, {"total": sum(count.facts for count in group)})
            for name, group in indicator.by_metric(counts).items()
        ],
        "metric": metric,
        "product": product,
        "products": products,
        "charts": made.drawn,
        "once": made.once,
        "rows": rows[: indicator.LISTED],
        "only_first": indicator.LISTED if len(rows) > indicator.LISTED else 0,
        "undated": indicator.undated(metric, key, product) if metric else [],
        "export": f"subject={key}&product={product}",
    }
    return company_page(request, key, "indicators", context, "signals/company_indicators.html")


def disclosures(request: HttpRequest, key: str) -> HttpResponse:
    entity = entity_or_404(key)
    rows, mark = company.disclosures(key, request.GET.get("before", ""))
    older = address(request.path, request.GET, before=mark) if mark else ""
    return company_page(
        request,
        key,
        "disclosures",
        {"entity": entity, "rows": rows, "older": older, "newest": not request.GET.get("before")},
        "signals/company_disclosures.html",
    )


def language_page(request: HttpRequest, key: str) -> HttpResponse:
    entity = entity_or_404(key)
    lang = get_language() or "en"
    heat = language.heat(key)
    slogan = request.GET.get("slogan", "")
    month = _month(request.GET.get("month", ""))
    found = [{"use": use, **language.around(use)} for use in language.uses(key, slogan, month)] if slogan else []
    lines = [
        {
            "key": row["key"],
            "first": row["first"],
            "last": row["last"],
            "total": row["total"],
            "label": names.name("slogans", row["key"], lang),
            "other": names.name("slogans", row["key"], "en" if lang.startswith("zh") else "zh"),
            "url": address(request.path, request.GET, slogan=row["key"], month=None),
            "cells": [
                {
                    "count": count,
                    "url": address(request.path, request.GET, slogan=row["key"], month=f"{cell:%Y-%m}"),
                    "label": show_date(cell, "month", lang),
                }
                for cell, count in row["cells"]
            ],
        }
        for row in heat["rows"]
    ]
    context = {
        "entity": entity,
        "columns": month_heads(heat["months"], lang),
        "lines": lines,
        "peak": heat["peak"],
        "slogan": slogan,
        "month": month,
        "uses": found,
        "meaning": names.meaning("slogans", slogan) if slogan else "",
    }
    return company_page(request, key, "language", context, "signals/company_language.html")


def _month(text: str) -> date | None:
    try:
        month = date.fromisoformat(f"{text}-01") if text else None
        if month is not None and not 1900 < month.year < 2100:
            raise ValueError(text)
        return month
    except ValueError as error:
        raise Http404("months are written 2025-03") from error
