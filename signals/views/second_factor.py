"""`/account/second-factor/`: setting up an authenticator app, its backup codes, and switching it off again."""

from __future__ import annotations

from base64 import b32encode
from typing import Any

import segno
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from reex_site.lib.htmx import render_page
from reex_site.lib.roles import lacks_second_factor
from signals.selectors import second_factor as selector
from signals.services import second_factor as service
from signals.views.permissions import role_required


@never_cache
@role_required("analyst")
@require_GET
def second_factor(request: HttpRequest) -> HttpResponse:
    return _page(request)


@sensitive_post_parameters("password", "code")
@never_cache
@role_required("analyst")
@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Begin, confirm by a first code, make new backup codes, or switch off."""
    what, password = request.POST.get("act", ""), request.POST.get("password", "")
    try:
        if what == "begin":
            service.begin(request.user)
        elif what == "confirm":
            codes = service.confirm(request.user, request.POST.get("code", ""), request.session.session_key or "")
            return _page(request, codes)
        elif what == "codes":
            return _page(request, service.renew_codes(request.user, password))
        elif what == "disable":
            service.disable(request.user, password)
            messages.success(request, _("Signing in asks for the password alone again."))
        else:
            raise ValidationError(_("There is no such answer."))
    except ValidationError as refused:
        return _page(request, problem=refused.messages[0], status=422)
    return HttpResponseRedirect(reverse("signals:second_factor"))


def _page(request: HttpRequest, codes: list[str] | None = None, problem: str = "", status: int = 200) -> HttpResponse:
    state = selector.state(request.user)
    context: dict[str, Any] = {"state": state, "codes": codes, "problem": problem}
    context["asked_for"] = lacks_second_factor(request.user)
    if state.waiting is not None:
        secret = b32encode(state.waiting.bin_key).decode().rstrip("=")
        context["secret"] = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
        context["drawing"] = drawing(state.waiting.config_url)
    return render_page(request, "signals/second_factor.html", context, partial=None, status=status)


def drawing(text: str) -> SafeString:
    """A QR code as SVG, black on white in both themes, as cameras want it."""
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(
        scale=5, border=4, dark="#000", light="#fff", svgclass="qr-code", lineclass=None, omitsize=False
    )
    return mark_safe(svg)  # noqa: S308: drawn from modules; the text itself is not in it
