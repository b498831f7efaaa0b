"""The page of an unexpected error: a database that is away is told as such, anything else is our mistake."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

RETRY_AFTER = "30"  # seconds; PostgreSQL is back from a restart by then


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """503 with `Retry-After` while the database is out of reach, else 500. Called by Django while it handles the exception."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponse(render_to_string("500.html"), status=500)
