"""Who may read: everybody, or only who has signed in (`REEX_PUBLIC=0`); and addresses that can name nothing."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from reex_site.lib.roles import has_role, lacks_second_factor

OPEN_PATHS = ("/accounts/", "/healthz", "/static/", "/i18n/", "/admin/login/")
ADMIN = "/admin/"


class ReadingMiddleware:
    """Sends strangers to the sign-in page when reading is not public; a fragment request is told to go there whole."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.PUBLIC_READING or request.user.is_authenticated or request.path.startswith(OPEN_PATHS):
            return self.get_response(request)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": reverse(settings.LOGIN_URL)})
        return redirect_to_login(request.get_full_path())


class NulMiddleware:
    """Answers 404 to an address with a NUL character: PostgreSQL has no text with one, so it can name nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404
        return self.get_response(request)


class AdminMiddleware:
    """Django's own admin pages have no door of their own: sign in like everywhere else, with the second factor where there is one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(ADMIN) or has_role(request.user, "admin"):
            return self.get_response(request)
        if lacks_second_factor(request.user):
            return redirect(reverse("signals:second_factor"))
        return redirect_to_login(ADMIN if request.path.startswith("/admin/login/") else request.get_full_path())
