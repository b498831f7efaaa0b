"""`/compare/`: several companies on one metric, as of a date; what changed between two dates."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from companies.models import Entity
from reex_site.lib.htmx import render_page
from signals import charts
from signals.formatting import names
from signals.selectors import compare as selector
from signals.selectors import indicator
from signals.views.indicator import choices

DEFAULT_METRIC = "revenue"


def compare(request: HttpRequest) -> HttpResponse:
    metric = request.GET.get("metric", DEFAULT_METRIC)
    counts = indicator.metrics()
    products = [count for count in counts if count.metric == metric]
    product = request.GET.get("product", products[0].product if products else "")
    subjects = indicator.subjects(metric)
    asked = [key for key in request.GET.getlist("company") if key]
    chosen = asked[: selector.MAX_COMPANIES] or [row["subject"] for row in subjects[:3]]
    as_of = _day(request.GET.get("as_of", ""))
    found = selector.compare(
        chosen,
        metric,
        product=product,
        span=request.GET.get("span", ""),
        measure=request.GET.get("measure", ""),
        as_of=as_of,
    )
    lang = get_language() or "en"
    drawn = (
        charts.chart(
            "compare", names.name("metrics", metric, lang), found.series, lang, by_subject=True, subjects=chosen
        )
        if found.series
        else None
    )
    start, end = _day(request.GET.get("start", "")), _day(request.GET.get("end", ""))
    today = timezone.localdate()
    changes = None
    if chosen and (start or end):
        changes = [
            {"entity": entity, **selector.between(entity.pk, start or today - timedelta(days=90), end or today)}
            for entity in Entity.objects.filter(pk__in=chosen).order_by("pk")
        ]
    context = {
        "metric": metric,
        "metrics": list(indicator.by_metric(counts)),
        "product": product,
        "products": products,
        "subjects": choices(subjects, chosen),
        "lines": [
            {"series": one, "last": one.facts[-1].best, "values": [fact.best.value for fact in one.facts[-16:]]}
            for one in found.series
        ],
        "found": found,
        "chart": drawn,
        "as_of": as_of,
        "start": start,
        "end": end,
        "changes": changes,
        "measure": request.GET.get("measure", ""),
        "span": request.GET.get("span", ""),
        "spans": sorted({one.span for one in [*found.series, *(one for one, _reason in found.refused)]}),
        "measures": sorted({one.measure for one in [*found.series, *(one for one, _reason in found.refused)]}),
        "full": len(asked) > selector.MAX_COMPANIES,
        "limit": selector.MAX_COMPANIES,
    }
    return render_page(request, "signals/compare.html", context, partial="whole")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
