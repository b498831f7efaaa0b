"""`/account/`: one's own role, sessions and recent decisions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from reex_site.lib.htmx import render_page
from reex_site.lib.roles import lacks_second_factor, role_of
from signals.selectors import account as selector
from signals.selectors import second_factor
from signals.services import audit
from signals.views.permissions import role_required


@receiver(user_logged_in, dispatch_uid="signals.sign_in")
def note_sign_in(sender: Any, request: HttpRequest | None, user: Any, **_more: Any) -> None:
    """Remember the session. A test client signs in without a request's address."""
    if request is None or not request.session.session_key:
        return
    meta = request.META
    audit.signed_in(user, request.session.session_key, meta.get("REMOTE_ADDR", ""), meta.get("HTTP_USER_AGENT", ""))


@role_required("analyst")
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    context = {
        "role": role_of(request.user),
        "second_factor": second_factor.state(request.user).on,
        "asked_for": lacks_second_factor(request.user),
        "sessions": selector.sessions(request.user),
        "this_session": request.session.session_key,
        "decisions": selector.decisions(request.user),
    }
    return render_page(request, "signals/account.html", context, partial=None)


@role_required("analyst")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the ticked sessions of one's own."""
    ids = [int(each) for each in request.POST.getlist("session") if each.isdigit() and len(each) < 19]
    ended = audit.sign_out(request.user, ids)
    messages.success(request, _("%(n)s sessions ended.") % {"n": ended})
    return HttpResponseRedirect(reverse("signals:account"))
