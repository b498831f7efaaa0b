"""`/promises/` and the Promises tab of a company: what was promised, and what became of it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reex_site.lib.htmx import render_page
from signals.selectors import commitment
from signals.selectors.state import address
from signals.views.company import company_page, entity_or_404

STATES = [("", _("All")), ("due", _("Due or overdue")), ("open", _("Open")), ("settled", _("With an outcome"))]
KINDS = [("", _("All kinds")), ("figure", _("Figures")), ("project", _("Projects"))]


def commitments(request: HttpRequest) -> HttpResponse:
    """Every company's promises."""
    asked = {name: request.GET.get(name, "") for name in ("state", "kind")}
    promises = commitment.listing(timezone.localdate(), asked)
    choices = {
        name: [(label, address(request.path, request.GET, **{name: value or None}), asked[name] == value) for value, label in options]
        for name, options in (("state", STATES), ("kind", KINDS))
    }  # fmt: skip
    context = {**_context(promises), "choices": choices, "narrowed": any(asked.values())}
    return render_page(request, "signals/commitments.html", context, partial=None)


def of_company(request: HttpRequest, key: str) -> HttpResponse:
    entity = entity_or_404(key)
    promises = commitment.of_company(key, timezone.localdate())
    context = {"entity": entity, **_context(promises)}
    return company_page(request, key, "promises", context, "signals/company_promises.html")


def _context(promises: list[commitment.Promise]) -> dict[str, object]:
    return {
        "groups": commitment.grouped(promises),
        "tally": commitment.tally(promises),
        "full": len(promises) >= commitment.LIMIT,
        "limit": commitment.LIMIT,
    }
