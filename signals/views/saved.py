"""`/saved/`: the reader's own saved views."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from reex_site.lib.htmx import render_page
from signals.models import SavedView
from signals.selectors import saved as selector
from signals.services import saved
from signals.views.permissions import role_required

PROBLEMS = {
    "empty_name": gettext_lazy("A view needs a name. Nothing was saved."),
    "name_taken": gettext_lazy("Another of your views has this name already. Nothing was changed."),
    "no_such_page": gettext_lazy("Only timelines, indicators, comparisons and searches can be saved."),
    "too_many": gettext_lazy("You have as many views as can be kept. Delete one first."),
}


@role_required("analyst")
@require_GET
def views(request: HttpRequest) -> HttpResponse:
    return render_page(request, "signals/saved.html", {"views": selector.of(request.user)}, partial=None)


@role_required("analyst")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Save the address that the form carries and go back to it."""
    address = selector.savable(request.POST.get("url", ""))
    try:
        row = saved.save(request.user, request.POST.get("name", ""), address)
    except saved.SavedViewError as problem:
        messages.error(request, PROBLEMS[problem.args[0]])
        return HttpResponseRedirect(address or reverse("signals:saved"))
    messages.success(request, _("Saved as “%(name)s”.") % {"name": row.name})
    return HttpResponseRedirect(row.url)


@role_required("analyst")
@require_http_methods(["GET", "POST"])
def open_view(request: HttpRequest, pk: int) -> HttpResponse:
    """To the view itself; by POST, from now on nothing behind it is new. What fetches links ahead changes nothing."""
    try:
        seen = request.method == "POST"
        return HttpResponseRedirect(saved.opened(request.user, pk) if seen else saved.address(request.user, pk))
    except SavedView.DoesNotExist as error:
        raise Http404(_("There is no such view of yours.")) from error


@role_required("analyst")
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename or delete, as the pressed button says."""
    try:
        if "delete" in request.POST:
            saved.delete(request.user, pk)
        else:
            saved.rename(request.user, pk, request.POST.get("name", ""))
    except SavedView.DoesNotExist as error:
        raise Http404(_("There is no such view of yours.")) from error
    except saved.SavedViewError as problem:
        messages.error(request, PROBLEMS[problem.args[0]])
    return HttpResponseRedirect(reverse("signals:saved"))
