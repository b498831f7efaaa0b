"""Which role a page asks for. Strangers are sent to sign in; people without the role are refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from reex_site.lib.roles import has_role

View = Callable[..., HttpResponseBase]


def role_required(role: str) -> Callable[[View], View]:
    """Let in whoever has at least this role."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if has_role(request.user, role):
                return view(request, *args, **kwargs)
            if request.user.is_authenticated:
                raise PermissionDenied
            if request.headers.get("HX-Request"):
                return HttpResponse(status=401, headers={"HX-Redirect": reverse(settings.LOGIN_URL)})
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")

        return guarded

    return guard
