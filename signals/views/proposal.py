"""`/proposals/`: what editors would teach the lexicon, what it would change, and what admins make of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reex_site.lib.htmx import render_page
from signals import tasks
from signals.models import Proposal
from signals.selectors import proposal as selector
from signals.services import audit, lexicon, proposal_effect
from signals.services import proposals as service
from signals.views.permissions import role_required


@role_required("editor")
@require_GET
def proposals(request: HttpRequest) -> HttpResponse:
    return _page(request, selector.suggested(request.GET.get("decision", "")))


@role_required("editor")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    given = {
        name: request.POST.get(name, "").replace("\x00", "")
        for name in ("kind", "target", "phrase", "reason", "decision")
    }
    number = given["decision"]
    try:
        made = service.propose(
            request.user, given["kind"], given["target"], given["phrase"], given["reason"],
            int(number) if number.isdigit() and len(number) < 19 else None,
        )  # fmt: skip
        _measure(request, made.pk)
    except ValidationError as refused:
        return _page(request, given, refused.messages, 422)
    messages.success(request, _("Proposed. A worker measures its effect on the kept texts; see below."))
    return HttpResponseRedirect(reverse("signals:proposals"))


@role_required("editor")
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Measure anew, accept, reject or withdraw."""
    what = request.POST.get("act", "")
    try:
        if what == "measure":
            _measure(request, pk)
        else:
            service.settle(request.user, pk, what)
    except Proposal.DoesNotExist as error:
        raise Http404 from error
    except ValidationError as refused:
        return _page(request, {}, refused.messages, 422)
    return HttpResponseRedirect(reverse("signals:proposals"))


@role_required("editor")
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The accepted ones as a diff of the lexicon's files."""
    audit.exported(request.user, "lexicon.diff", request.get_full_path(), selector.accepted())
    return HttpResponse(
        service.as_diff(),
        content_type="text/plain; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="lexicon.diff"'},
    )


def _measure(request: HttpRequest, pk: int) -> None:
    asked = proposal_effect.ask(request.user, pk)
    transaction.on_commit(partial(tasks.measure_proposal.delay, asked.pk))


def _page(
    request: HttpRequest, given: dict[str, str], problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    rows = selector.newest()
    context: dict[str, Any] = {
        "rows": rows,
        "measuring": any(one.measuring and one.measuring.state != "failed" for one in rows),  # type: ignore[attr-defined]
        "given": given,
        "problems": problems or [],
        "targets": [f"names/{key}" for key in sorted(lexicon.files().kind("names"))]
        + [f"metrics/{key}" for key in sorted(lexicon.files().kind("metrics"))]
        + list(service.NO_FIGURE),
        "accepted": selector.accepted() > 0,
    }
    return render_page(request, "signals/proposals.html", context, partial=None, status=status)
