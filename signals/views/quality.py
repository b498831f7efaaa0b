"""`/quality/`: how well the machine reads, open to every reader; and the mark that a document was read from end to end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from reex_site.lib.htmx import render_page
from signals.selectors import agreement as two
from signals.selectors import disclosure as documents
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

GROUPS = {
    "different": _("Read differently"),
    "only_one": _("Only the first judged it"),
    "only_other": _("Only the second judged it"),
    "agreed": _("Agreed"),
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
@require_GET
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """What two people made of one document that both went through: the first two, or those asked for."""
    disclosure = documents.get(pk)
    if disclosure is None:
        raise Http404
    people = [mark.user for mark in two.reviewers(disclosure)]
    chosen = [_among(people, request.GET.get(name, ""), at) for at, name in enumerate(("one", "other"))]
    context: dict[str, Any] = {"disclosure": disclosure, "people": people, "chosen": chosen}
    if None not in chosen and chosen[0] != chosen[1]:
        groups = two.compared(disclosure, *(user.pk for user in chosen))
        context["groups"] = [(name, label, groups[name]) for name, label in GROUPS.items()]
        context["agreed"], context["every"] = len(groups["agreed"]), sum(map(len, groups.values()))
    return render_page(request, "signals/agreement.html", context, partial=None)


def _among(people: list[Any], number: str, at: int) -> Any:
    default = people[at] if len(people) > at else None
    return next((user for user in people if str(user.pk) == number), default)


@role_required("editor")
@require_POST
def fully_reviewed(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin to read a document on one's own, mark it as read from end to end, or take the mark back."""
    done = request.POST.get("done", "")
    try:
        if done == "begin":
            service.read_alone(request.user, pk)
        else:
            service.mark_fully_reviewed(request.user, pk, done == "1")
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    return HttpResponseRedirect(reverse("signals:disclosure", args=[pk]))
