"""No request reaches a private address, by whatever name, notation, redirect or second answer of a name server."""

import socket
from collections.abc import Iterator

import pytest

from signals.ingest import addresses, client

METADATA = "169.254.169.254"
# Every one of these must be refused or fail before a connection is opened.
FORBIDDEN = [
    # IPv4: private, loopback, link-local, shared, reserved, documentation, multicast, broadcast
    "http://127.0.0.1/", "http://127.0.0.2/", "http://127.255.255.254/", "http://0.0.0.0/", "http://0.1.2.3/",
    "http://10.0.0.1/", "http://10.255.255.255/", "http://172.16.0.1/", "http://172.31.255.254/", "http://192.168.0.1/",
    "http://192.168.255.255/", "http://169.254.0.1/", f"http://{METADATA}/latest/meta-data/", "http://100.64.0.1/",
    "http://100.100.100.200/", "http://100.127.255.254/", "http://192.0.0.1/", "http://192.0.0.192/", "http://192.0.2.1/",
    "http://198.18.0.1/", "http://198.51.100.1/", "http://203.0.113.1/", "http://224.0.0.1/", "http://239.255.255.255/",
    "http://240.0.0.1/", "http://255.255.255.255/", "http://168.63.129.16/metadata",
    # other notations: decimal, octal, hexadecimal, short, mixed, with leading zeros
    "http://2130706433/", "http://017700000001/", "http://0x7f000001/", "http://0x7f.0x0.0x0.0x1/", "http://0177.0.0.1/",
    "http://127.1/", "http://127.0.1/", "http://0x7f.1/", "http://0177.1/", "http://2852039166/", "http://0xa9fea9fe/",
    "http://0251.0376.0251.0376/", "http://169.254.43518/", "http://0xA9.0xFE.0xA9.0xFE/", "http://3232235521/", "http://167772161/",
    "http://0/", "http://00/", "http://0x0/", "http://127.000.000.001/", "http://127.0.0.1./",
    # IPv6: loopback, unspecified, link-local, unique local, multicast, documentation, and IPv4 inside it
    "http://[::1]/", "http://[::]/", "http://[0:0:0:0:0:0:0:1]/", "http://[fe80::1]/", "http://[fc00::1]/", "http://[fd00:ec2::254]/",
    "http://[ff02::1]/", "http://[2001:db8::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
    "http://[::ffff:a9fe:a9fe]/", "http://[::ffff:10.0.0.1]/", "http://[::127.0.0.1]/", "http://[::ffff:0:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::169.254.169.254]/", "http://[64:ff9b:1::7f00:1]/", "http://[2002:7f00:1::]/",
    "http://[2002:a9fe:a9fe::]/", "http://[2002:c0a8:1::1]/", "http://[2001:0:7f00:1::]/", "http://[100::1]/", "http://[fec0::1]/",
    "http://[fe80::1%25eth0]/", "http://[::1%25lo]/", "http://[0:0:0:0:0:ffff:7f00:0001]/",
    # names
    "http://localhost/", "http://LOCALHOST/", "http://localhost./", "http://localhost.localdomain/", "http://foo.localhost/",
    "http://ip6-localhost/", "http://metadata/", "http://metadata.google.internal/computeMetadata/v1/", "http://METADATA.GOOGLE.INTERNAL./",
    "http://instance-data/latest/", "http://instance-data.ec2.internal/", "http://kubernetes.default.svc.cluster.local/",
    "http://printer.local/", "http://router.lan/", "http://wiki.corp/", "http://nas.home.arpa/",
    # Unicode dots and digits, which a browser or resolver would fold
    "http://127。0。0。1/", "http://127．0．0．1/", "http://127｡0｡0｡1/", "http://①②⑦.⓪.⓪.①/", "http://１２７.０.０.１/", "http://ⓛocalhost/",
    "http://169。254。169。254/", "http://localhost。/",
    # user info, odd separators, other schemes
    "http://press.example@127.0.0.1/", "http://127.0.0.1@press.example/", "http://user:secret@press.example/", "http://press.example:80@127.0.0.1/",
    "http://press.example\\@127.0.0.1/", "http://127.0.0.1\\.press.example/", "http:\\\\127.0.0.1/", "http:127.0.0.1/", "http:///127.0.0.1/",
    "http://127.0.0.1:0/", "http://:80/", "http://", "//127.0.0.1/", "file:///etc/passwd", "gopher://127.0.0.1:70/_x", "ftp://127.0.0.1/",
    "dict://127.0.0.1:11211/", "ldap://127.0.0.1/", "data:text/html,x", "javascript:alert(1)", "unix:///run/docker.sock", "http+unix://%2Frun%2Fdocker.sock/",
    "http://127.0.0.1%00.press.example/", "http://127.0.0.1%2f.press.example/", "http://127.0.0.1%09/", "http://127.0.0.1\t/", "http://127.0.0.1\r\nHost: x/",
    "http://[127.0.0.1]/", "http://[::1/", "http://[]/", "http://1.2.3.4.5/", "http://256.256.256.256/", "http://127.0.0.1:99999/",
]  # fmt: skip
OUTSIDE = "93.184.216.34"


@pytest.fixture
def connections(monkeypatch) -> Iterator[list[str]]:
    """The addresses that a connection was opened to; opening one is what must never happen."""
    opened: list[str] = []

    class Watched:
        def connect_tcp(self, host, *args, **kwargs):
            opened.append(host)
            raise AssertionError(f"a connection to {host} was opened")

        def sleep(self, seconds):
            raise AssertionError

    monkeypatch.setattr(addresses.httpcore, "SyncBackend", Watched)
    client._pool.cache_clear()
    yield opened
    client._pool.cache_clear()


def test_there_are_enough_of_them():
    assert len(set(FORBIDDEN)) >= 80


@pytest.mark.parametrize("url", FORBIDDEN)
def test_refused_before_any_connection(connections, url):
    with pytest.raises(client.FetchError):
        client.get(url, max_size=1000)
    assert connections == []


def answers(*found: str):
    """A name server that gives these addresses, one a question."""
    queue = list(found)

    def resolve(host, port, **kwargs):
        address = queue.pop(0) if len(queue) > 1 else queue[0]
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    return resolve


@pytest.mark.parametrize(
    "inner", ["127.0.0.1", METADATA, "10.1.2.3", "::1", "::ffff:192.168.1.1", "fd00::1", "0.0.0.0"]
)
def test_a_public_name_that_leads_inside_is_refused(connections, monkeypatch, inner):
    monkeypatch.setattr(socket, "getaddrinfo", answers(inner))
    with pytest.raises(client.FetchError, match="not a public address"):
        client.get("http://press.example/", max_size=1000)
    assert connections == []


def test_one_inner_address_among_public_ones_is_enough_to_refuse(monkeypatch):
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *a, **k: answers(OUTSIDE)(*a, **k) + answers("127.0.0.1")(*a, **k)
    )
    with pytest.raises(addresses.ForbiddenAddressError):
        addresses.resolve("press.example", 80)


def test_the_connection_goes_to_the_address_that_was_checked(monkeypatch):
    """A name that answers differently the second time (rebinding) is only asked once."""
    asked, opened = [], []
    second = answers(OUTSIDE, "127.0.0.1")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *a, **k: asked.append(a[0]) or second(*a, **k))

    class Inner:
        def connect_tcp(self, host, *args):
            opened.append(host)
            raise addresses.httpcore.ConnectError("not really")

    backend = addresses.GuardedBackend()
    backend.inner = Inner()
    with pytest.raises(addresses.httpcore.ConnectError):
        backend.connect_tcp("press.example", 80)
    assert (asked, opened) == (["press.example"], [OUTSIDE])


TARGETS = ["http://127.0.0.1:{closed}/", "http://localhost:{closed}/", f"http://{METADATA}/latest/", "http://[::1]:{closed}/", "http://2130706433:{closed}/", "http://0x7f.1:{closed}/", "file:///etc/passwd", "//127.0.0.1:{closed}/", "http://user@127.0.0.1:{closed}/"]  # fmt: skip


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A listener inside that nobody may reach."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("target", TARGETS)
def test_redirects_inside_are_refused(settings, httpserver, listener, target, status):
    settings.FETCH_ALLOW = [f"127.0.0.1:{httpserver.port}"]
    place = target.format(closed=listener.getsockname()[1])
    httpserver.expect_request("/go").respond_with_data("", status=status, headers={"Location": place})
    with pytest.raises(client.FetchError):
        client.get(httpserver.url_for("/go").replace("localhost", "127.0.0.1"), max_size=1000)
    with pytest.raises(TimeoutError):
        listener.accept()


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:{}/", "http://localhost:{}/", "http://2130706433:{}/", "http://[::ffff:127.0.0.1]:{}/"]
)
def test_a_listener_inside_is_never_reached(settings, listener, url):
    settings.FETCH_ALLOW = []
    with pytest.raises(client.FetchError):
        client.get(url.format(listener.getsockname()[1]), max_size=1000)
    with pytest.raises(TimeoutError):
        listener.accept()


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_stay_reachable(address):
    assert addresses.is_public(address)


@pytest.mark.parametrize(
    ("allowed", "host", "port", "open_"),
    [
        (["127.0.0.1:8000"], "127.0.0.1", 8000, True),
        (["127.0.0.1:8000"], "127.0.0.1", 8001, False),
        (["localhost"], "localhost", 81, True),
        (["10.1.0.0/16"], "10.1.7.7", 80, True),
        (["10.1.0.0/16"], "10.2.7.7", 80, False),
        ([], "127.0.0.1", 80, False),
    ],
)
def test_the_allow_list_opens_what_it_names_and_no_more(allowed, host, port, open_):
    if open_:
        assert addresses.resolve(host, port, allowed)
    else:
        with pytest.raises(addresses.ForbiddenAddressError):
            addresses.resolve(host, port, allowed)
