"""`/audit/`: who changed what, when, by which request; filterable, exportable, and its export is in it."""

from __future__ import annotations

import csv
import io
import json
import uuid
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from reex_site.lib.htmx import render_page
from signals.exports import FORMULA
from signals.models import AuditEntry
from signals.selectors import audit as selector
from signals.selectors.state import address
from signals.services import audit as service
from signals.views.permissions import role_required

TEXTS = ("table", "operation", "object_key", "actor")


@role_required("admin")
@require_GET
def audit(request: HttpRequest) -> HttpResponse:
    chosen = _filters(request)
    before = request.GET.get("before", "")
    lines, older = selector.page(
        selector.entries(**chosen), int(before) if before.isdigit() and len(before) < 19 else None
    )
    context = {
        "lines": lines,
        "chosen": chosen,
        "tables": selector.tables(),
        "operations": AuditEntry.OPERATIONS,
        "older_url": address(request.path, request.GET, before=str(older)) if older else "",
        "newer_url": address(request.path, request.GET, before=None) if before else "",
        "export_url": address(f"{request.path}export.csv", request.GET, before=None),
    }
    return render_page(request, "signals/audit.html", context, partial="rows")


@role_required("admin")
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    rows = list(selector.entries(**_filters(request))[: selector.MOST_EXPORTED])
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(["id", "at", "table", "object", "operation", "actor", "request", "url", "before", "after"])
    for line in selector.lines(rows):
        one = line.entry
        cells = [
            one.pk,
            one.at.isoformat(),
            one.table,
            one.object,
            one.operation,
            line.actor,
            one.request or "",
            one.url,
        ]
        cells += [json.dumps(one.before, ensure_ascii=False), json.dumps(one.after, ensure_ascii=False)]
        out.writerow([f"'{cell}" if str(cell).startswith(FORMULA) else cell for cell in cells])
    service.exported(request.user, "audit.csv", request.get_full_path(), len(rows))
    return HttpResponse(
        text.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="reex-audit.csv"'},
    )


def _filters(request: HttpRequest) -> dict[str, Any]:
    chosen: dict[str, Any] = {name: request.GET.get(name, "").replace("\x00", "").strip() for name in TEXTS}
    chosen |= {name: _day(request.GET.get(name, "")) for name in ("since", "until")}
    try:
        chosen["request"] = str(uuid.UUID(request.GET["request"])) if request.GET.get("request") else ""
    except ValueError:
        chosen["request"] = ""
    return chosen


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
