"""Who may read: everybody, or only who has signed in (`REEX_PUBLIC=0`); and addresses that can name nothing."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

OPEN_PATHS = ("/accounts/", "/healthz", "/static/", "/i18n/", "/admin/login/")


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
