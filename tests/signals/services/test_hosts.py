"""Why a host's robots.txt could not be read, in words that an administrator can act on."""

import socket

import pytest
from django.utils import timezone
from django.utils.translation import override

from signals.formatting import errors
from signals.ingest import client
from signals.models import Host
from signals.services import hosts

pytestmark = pytest.mark.django_db


def refusal(url):
    with pytest.raises(client.FetchError) as raised:
        hosts.permit(url)
    assert not raised.value.permanent
    return str(raised.value)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_error_is_named(settings, httpserver, status):
    settings.FETCH_ALLOW = [f"localhost:{httpserver.port}"]
    hosts.forget()
    httpserver.expect_request("/robots.txt").respond_with_data("User-agent: *\nDisallow: /", status=status)
    said = refusal(httpserver.url_for("/news"))
    assert said.startswith("robots.txt of localhost cannot be read at the moment")
    assert said.endswith(f": The server answered {status}.")


def test_a_closed_door_is_named_and_remembered_for_other_workers(settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/news"
        settings.FETCH_ALLOW = ["127.0.0.1"]
        hosts.forget()
        said = refusal(url)
        assert "The connection failed: " in said
        hosts.forget()  # another process
        assert refusal(url) == said


def test_a_certificate_that_is_not_trusted_is_named(settings, httpserver):
    settings.FETCH_ALLOW = [f"localhost:{httpserver.port}"]
    hosts.forget()
    said = refusal(f"https://localhost:{httpserver.port}/news")  # it speaks no TLS at all
    assert "SSL" in said


def test_the_reason_is_told_in_chinese_too(settings, httpserver):
    settings.FETCH_ALLOW = [f"localhost:{httpserver.port}"]
    hosts.forget()
    httpserver.expect_request("/robots.txt").respond_with_data("", status=502)
    said = refusal(httpserver.url_for("/news"))
    with override("zh-hans"):
        told = errors.worded(said)
    assert "502" in told
    assert "cannot" not in told


def test_what_was_kept_before_the_reason_was_is_told_without_one(settings, httpserver):
    url = httpserver.url_for("/news")
    hosts.forget()
    hosts.claim(url, 0)
    Host.objects.update(robots="", robots_status=0, robots_at=timezone.now())
    assert refusal(url).endswith("so nothing is asked there.")
