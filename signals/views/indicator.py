"""`/indicators/`: metrics, charts across companies, the evidence of one figure, and files to take away."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reex_site.lib.htmx import render_page
from reex_site.lib.roles import has_role
from signals import exports
from signals.models import IndicatorCurrent
from signals.selectors import evidence as evidence_selector
from signals.selectors import indicator, reading
from signals.services import audit
from signals.views.metric_charts import Charts, metric_charts

MAX_LINES = 6


def index(request: HttpRequest) -> HttpResponse:
    metrics = indicator.by_metric(indicator.metrics())
    lines = [
        {"metric": name, "counts": counts, "total": sum(count.facts for count in counts)}
        for name, counts in metrics.items()
    ]
    return render_page(request, "signals/indicators.html", {"metrics": metrics, "lines": lines}, partial=None)


def metric(request: HttpRequest, metric: str) -> HttpResponse:
    subjects = indicator.subjects(metric)
    if not subjects:
        raise Http404(_("No figures of this metric are known."))
    products = [count for count in indicator.metrics() if count.metric == metric]
    product = request.GET.get("product", products[0].product if products else "")
    asked = [key for key in request.GET.getlist("company") if key]
    shown = asked[:MAX_LINES] or [row["subject"] for row in subjects[:3]]
    tab = request.GET.get("tab", "chart")
    base = urlencode([*(("company", key) for key in shown), ("product", product)])
    listed = indicator.LISTED
    rows = (
        indicator.rows(metric, entities=shown, product=product, every=tab == "sources", most=listed + 1)
        if tab != "chart"
        else []
    )
    made = metric_charts(metric, shown, product, span=request.GET.get("span", "")) if tab == "chart" else Charts()
    context = {
        "metric": metric,
        "product": product,
        "products": products,
        "subjects": choices(subjects, shown),
        "shown": shown,
        "tab": tab,
        "made": made,
        "rows": rows[:listed],
        "only_first": listed if len(rows) > listed else 0,
        "base": base,
        "table_url": f"?{base}&tab=table",
        "export": base.replace("company=", "subject="),
    }
    return render_page(request, "signals/metric.html", context, partial="whole")


def choices(subjects: list[dict[str, Any]], chosen: list[str]) -> list[dict[str, Any]]:
    """Entities to choose from, named in the reader's language."""
    chinese = (get_language() or "en").startswith("zh")
    return [
        {
            "subject": row["subject"],
            "n": row["n"],
            "chosen": row["subject"] in chosen,
            "label": (row["subject__short_zh"] if chinese else row["subject__short_en"]) or row["subject__short_en"],
        }
        for row in subjects
    ]


def evidence(request: HttpRequest, key: str) -> HttpResponse:
    row = evidence_selector.find(key)
    if row is None:
        raise Http404(_("This figure is not in the text any more."))
    alone = has_role(request.user, "editor") and reading.alone(request.user, row.disclosure_id)
    context = evidence_selector.evidence(row, alone=alone)
    context["citation"] = exports.citation(row) if isinstance(row, IndicatorCurrent) else ""
    template = "signals/evidence.html" if isinstance(row, IndicatorCurrent) else "signals/evidence_signal.html"
    return render_page(request, template, context, partial="panel")


def export(request: HttpRequest, metric: str, kind: str) -> HttpResponseBase:
    """CSV or JSON of a metric, whole: as shown (one figure a fact) or all statements; never an empty file."""
    every = request.GET.get("every") == "1"
    subjects = [key for key in request.GET.getlist("subject") if key] or None
    count, rows = indicator.stream(metric, entities=subjects, product=request.GET.get("product"), every=every)
    if not count:
        return render_page(request, "signals/export_empty.html", {"metric": metric}, partial=None, status=404)
    name = f"reex-{metric}{'-all' if every else ''}.{kind}"
    audit.exported(request.user, name, request.get_full_path(), count)
    return StreamingHttpResponse(
        exports.as_csv(rows) if kind == "csv" else exports.as_json(metric, rows),
        content_type="text/csv; charset=utf-8" if kind == "csv" else "application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
