"""The client against a real server: manners, limits, and words for what goes wrong."""

import gzip
import zlib
from datetime import UTC, datetime

import pytest
from werkzeug import Request, Response

from signals.ingest import client
from signals.ingest.decoding import DecodingError, decoded


@pytest.fixture
def server(settings, httpserver):
    settings.FETCH_ALLOW = [f"{httpserver.host}:{httpserver.port}"]
    settings.CONTACT = "desk@example.org"
    return httpserver


def get(server, path="/", **more):
    return client.get(server.url_for(path), **{"max_size": 1_000_000, **more})


def test_it_says_who_asks_and_how_to_reach_them(server):
    server.expect_request("/").respond_with_handler(lambda request: Response(request.headers["User-Agent"]))
    assert get(server).body == b"REEx-Signals/1 (desk@example.org)"


def test_it_keeps_no_cookies(server):
    server.expect_request("/a").respond_with_data("", headers={"Set-Cookie": "id=1"})
    server.expect_request("/b").respond_with_handler(lambda request: Response(request.headers.get("Cookie", "none")))
    get(server, "/a")
    assert get(server, "/b").body == b"none"


def test_headers_that_come_twice_are_one_and_no_byte_of_them_is_an_error(server):
    told = Response("", headers=[("Link", "<a>"), ("LINK", "<b>"), ("X-Title", "R\u00e9sum\u00e9")])
    server.expect_request("/").respond_with_response(told)
    headers = get(server).headers
    assert (headers["link"], headers["x-title"]) == ("<a>, <b>", "R\u00e9sum\u00e9")


def test_a_form_is_sent_as_one(server):
    server.expect_request("/", method="POST").respond_with_handler(lambda request: Response(str(dict(request.form))))
    assert get(server, method="POST", data={"q": "稀土", "page": "2"}).body.decode() == "{'q': '稀土', 'page': '2'}"


def test_it_asks_only_for_what_has_changed(server):
    def answer(request: Request) -> Response:
        same = request.headers.get("If-None-Match") == '"7"' and "If-Modified-Since" in request.headers
        return Response("", 304) if same else Response("new", headers={"ETag": '"7"'})

    server.expect_request("/").respond_with_handler(answer)
    assert get(server).headers["etag"] == '"7"'
    assert get(server, validators={"etag": '"7"', "last-modified": "Tue, 14 Oct 2025 02:00:00 GMT"}).status == 304


def test_redirects_are_followed_and_the_last_address_is_told(server):
    server.expect_request("/a").respond_with_data("", 302, headers={"Location": "/b"})
    server.expect_request("/b").respond_with_data("there")
    answer = get(server, "/a", headers={"Referer": "https://press.example/"})
    assert (answer.url, answer.body) == (server.url_for("/b"), b"there")
    assert "Referer" not in server.log[-1][0].headers


def test_a_circle_of_redirects_ends(server):
    server.expect_request("/a").respond_with_data("", 301, headers={"Location": "/a"})
    with pytest.raises(client.FetchError, match="redirects"):
        get(server, "/a")


def test_each_address_on_the_way_needs_leave(server):
    server.expect_request("/a").respond_with_data("", 301, headers={"Location": "/b"})
    asked = []
    server.expect_request("/b").respond_with_data("x")
    get(server, "/a", permit=asked.append)
    assert asked == [server.url_for("/a"), server.url_for("/b")]


@pytest.mark.parametrize(
    ("status", "permanent"), [(404, True), (410, True), (403, True), (500, False), (503, False), (429, False)]
)
def test_errors_say_whether_to_try_again(server, status, permanent):
    server.expect_request("/").respond_with_data("", status, headers={"Retry-After": "77"})
    with pytest.raises(client.FetchError, match=str(status)) as caught:
        get(server)
    assert (caught.value.permanent, caught.value.status, caught.value.retry_after) == (permanent, status, 77)


def test_large_answers_are_cut_off(server):
    server.expect_request("/").respond_with_data(b"x" * 3_000_000)
    with pytest.raises(client.FetchError, match="larger than 1 MB"):
        get(server)


@pytest.mark.parametrize("packed", [gzip.compress(b"\0" * 300_000_000, 9)], ids=["300 MB of zeros"])
def test_a_bomb_is_stopped_at_the_limit(server, packed):
    server.expect_request("/").respond_with_data(packed, headers={"Content-Encoding": "gzip"})
    with pytest.raises(client.FetchError, match="larger than 1 MB"):
        get(server)


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda data: zlib.compress(data)[2:-4]),
        ("", bytes),
        ("identity", bytes),
    ],
)
def test_packed_answers_are_unpacked(server, encoding, pack):
    text = "稀土 rare earths ".encode() * 5000
    server.expect_request("/").respond_with_data(
        pack(text), headers={"Content-Encoding": encoding} if encoding else None
    )
    assert get(server).body == text


@pytest.mark.parametrize(
    ("encoding", "data", "words"),
    [
        ("gzip", b"not packed", "not packed as it says"),
        ("br", b"x", "not asked for"),
        ("gzip, gzip", b"x", "several times"),
        ("gzip", gzip.compress(b"x" * 9999, mtime=0)[:-20], "breaks off"),
    ],
)
def test_wrongly_packed_answers_are_told(encoding, data, words):
    with pytest.raises(DecodingError, match=words):
        list(decoded([data], encoding, 10_000))


def test_nobody_there(server):
    with pytest.raises(client.FetchError, match="connection failed"):
        from django.conf import settings

        settings.FETCH_ALLOW = ["127.0.0.1"]
        client.get("http://127.0.0.1:1/", max_size=10)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120),
        ("0", None),
        ("", None),
        (None, None),
        ("soon", None),
        ("-5", None),
        ("99999999", 86_400),
        ("Sun, 01 Mar 2026 00:01:00 GMT", 60),
        ("Sat, 28 Feb 2026 00:00:00 GMT", None),
    ],
)
def test_retry_after_in_seconds_or_as_a_date(text, seconds):
    assert client.seconds_of(text, datetime(2026, 3, 1, tzinfo=UTC)) == seconds
