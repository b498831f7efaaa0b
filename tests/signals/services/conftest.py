"""A web server on this machine that may be asked."""

import pytest

from signals.services import hosts


@pytest.fixture
def live(settings, httpserver):
    """Fetching on, for this machine only and without pauses."""
    settings.FETCH_ENABLED, settings.FETCH_PAUSE = True, 0
    hosts.forget()
    settings.FETCH_ALLOW = [f"127.0.0.1:{httpserver.port}", f"localhost:{httpserver.port}"]
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /private/\n")
    return httpserver
