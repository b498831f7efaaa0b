"""`/disclosures/add/`: a text or files that somebody has at hand, and what became of them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from reex_site.lib.htmx import render_page
from signals import tasks
from signals.bringing_form import BringingForm
from signals.selectors import source as selector
from signals.services import bringing, progress
from signals.views.permissions import role_required


@role_required("editor")
def add(request: HttpRequest) -> HttpResponse:
    sources = bringing.open_sources()
    if request.method != "POST":
        asked = request.GET.get("source", "")
        form = BringingForm(sources, initial={"source": asked or sources[0].key})
        return render_page(request, "signals/disclosure_add.html", {"form": form}, partial=None)
    form = BringingForm(sources, request.POST, request.FILES)
    if not form.is_valid():
        return render_page(request, "signals/disclosure_add.html", {"form": form}, partial=None, status=422)
    assert isinstance(request.user, User)  # ``role_required`` let nobody else in
    try:
        made = bringing.bring(request.user, form.chosen_source, form.documents, form.told)
    except OSError as error:  # a full disk: what was typed must not be lost
        form.add_error(
            "text", _("It could not be kept: %(why)s. Nothing was saved.") % {"why": error.strerror or error}
        )
        return render_page(request, "signals/disclosure_add.html", {"form": form}, partial=None, status=507)
    tasks.send(tasks.read_fetches, made)
    place = reverse("signals:disclosures_added")
    return HttpResponseRedirect(f"{place}?{urlencode([('id', pk) for pk in made])}")


@role_required("editor")
def added(request: HttpRequest) -> HttpResponse:
    """What became of what was added, as it is read."""
    ids = [int(one) for one in request.GET.getlist("id") if one.isascii() and one.isdigit() and len(one) < 18]
    rows = selector.brought(ids)
    context = {
        "rows": rows,
        "over": not any(row.fetch.state in row.fetch.OPEN for row in rows),
        "worker": progress.worker_alive(),
        "here": f"{request.path}?{urlencode([('id', pk) for pk in ids])}",
    }
    return render_page(request, "signals/disclosures_added.html", context, partial="live")
