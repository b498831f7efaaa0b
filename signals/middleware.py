"""Notes a signed-in reader's visit after a page was answered, so that no page waits for it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from signals.services import readers


class VisitMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            request.user.is_authenticated
            and response.status_code == 200
            and request.headers.get("HX-Request") != "true"
        ):
            readers.visit(request.user)
        return response
