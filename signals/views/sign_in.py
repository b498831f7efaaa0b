"""Signing in: the password first, then a code where the account has a second factor. Nobody is signed in between the two."""

from __future__ import annotations

import time
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model, login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from reex_site.lib.htmx import render_page
from signals.services import second_factor

PENDING = "sign_in_pending"
PATIENCE = 300  # seconds between password and code
TRIES = 5  # wrong codes before the password is asked again


class SignIn(LoginView):
    """The first step, and the only one for accounts without a second factor."""

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user: Any = form.get_user()
        if not second_factor.needed(user):
            return super().form_valid(form)
        self.request.session.cycle_key()
        self.request.session[PENDING] = {
            "user": user.pk, "backend": user.backend, "password": user.get_session_auth_hash(), "at": time.time(),
            "tries": 0, "next": self.get_redirect_url(),
        }  # fmt: skip
        return HttpResponseRedirect(reverse("login_code"))


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
def login_code(request: HttpRequest) -> HttpResponse:
    """The second step."""
    pending = request.session.get(PENDING) or {}
    user = _waiting(pending)
    if user is None:
        request.session.pop(PENDING, None)
        return HttpResponseRedirect(reverse("login"))
    if request.method == "GET":
        return render_page(request, "registration/login_code.html", partial=None)
    if second_factor.fits(user, request.POST.get("code", "")):
        request.session.pop(PENDING)
        login(request, user, backend=pending["backend"])
        return HttpResponseRedirect(pending["next"] or resolve_url(settings.LOGIN_REDIRECT_URL))
    pending["tries"] += 1
    request.session[PENDING] = pending
    if pending["tries"] >= TRIES:
        del request.session[PENDING]
        messages.error(request, _("Too many wrong codes. Begin again with the password."))
        return HttpResponseRedirect(reverse("login"))
    return render_page(request, "registration/login_code.html", {"wrong": True}, partial=None, status=422)


def _waiting(pending: dict[str, Any]) -> Any:
    """Whose password was right a moment ago, if neither it nor the account has changed since."""
    if not pending or not 0 <= time.time() - pending["at"] <= PATIENCE:
        return None
    user = get_user_model().objects.filter(pk=pending["user"], is_active=True).first()
    return user if user and constant_time_compare(user.get_session_auth_hash(), pending["password"]) else None
