"""`/quality/`: how well the machine reads, open to every reader; and the mark that a document was read from end to end."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from reex_site.lib.htmx import render_page
from signals.selectors import quality as selector
from signals.selectors import review
from signals.services import quality as service
from signals.views.permissions import role_required

BY = {
    "metric": _("By metric"),
    "language": _("By language"),
    "source": _("By source"),
    "engine": _("By engine version"),
}


@require_GET
def quality(request: HttpRequest) -> HttpResponse:
    context = {
        "precision": selector.precision(),
        "recall": selector.recall(),
        "pace": selector.pace(),
        "drop": selector.drop(),
        "queues": review.queues("indicator", ""),
        "tables": [(name, label, selector.precision_by(name)) for name, label in BY.items()],
        "edits": selector.edits(),
        "refusals": selector.refusals(),
        "confidence": selector.confidence(),
        "agreement": selector.agreement(),
    }
    return render_page(request, "signals/quality.html", context, partial=None)


@role_required("editor")
@require_POST
def fully_reviewed(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a document as read from end to end, or take the mark back."""
    disclosure = service.mark_fully_reviewed(request.user, pk, request.POST.get("done") == "1")
    return HttpResponseRedirect(disclosure.get_absolute_url())
