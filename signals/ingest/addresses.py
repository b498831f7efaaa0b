"""Which addresses a request may reach: public ones only, unless the allow-list names them.

The check is made on the resolved address and the connection goes to that same address, so neither another notation of an
address, nor a redirect, nor a second answer of a name server (rebinding) leads anywhere else.
"""

import ipaddress
import socket
from collections.abc import Iterable

import httpcore

NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Set aside for protocols and sites; some Python versions call parts of them global.
SET_ASIDE = (ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("fec0::/10"), ipaddress.ip_network("2001::/23"))
# Public by number, yet answered from inside a cloud's own network.
METADATA = frozenset({"168.63.129.16"})
# Names that only mean something inside a network. They are refused before anybody is asked to resolve them.
INNER_SUFFIXES = (".localhost", ".local", ".internal", ".intranet", ".lan", ".corp", ".home.arpa", ".localdomain")
INNER_NAMES = frozenset(
    {"localhost", "metadata", "instance-data", "kubernetes", "broadcasthost", "ip6-localhost", "ip6-loopback"}
)


class ForbiddenAddressError(Exception):
    """The address is private, loopback, link-local or otherwise not on the public internet."""


def is_public(address: str) -> bool:
    """Is this IP address one of the public internet's? IPv4 inside IPv6 (mapped, 6to4, Teredo, NAT64) is judged as IPv4."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF))
        if any(one is not None and not is_public(str(one)) for one in inner):
            return False
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
    if any(ip in network for network in SET_ASIDE if network.version == ip.version):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and str(ip) not in METADATA


def is_inner_name(host: str) -> bool:
    """Is this a name of a machine or service inside some network?"""
    name = host.rstrip(".").lower()
    return name in INNER_NAMES or name.endswith(INNER_SUFFIXES)


def resolve(host: str, port: int, allowed: Iterable[str] = ()) -> list[str]:
    """The addresses of ``host`` that may be connected to. Raises ForbiddenAddressError when any of them is forbidden.

    ``allowed`` holds names, ``name:port`` or networks (``10.0.0.0/8``) that an administrator trusts.
    """
    if is_inner_name(host) and not any(entry in (host, f"{host}:{port}") for entry in allowed):
        raise ForbiddenAddressError(f"{host} is a name of an inner network")
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise httpcore.ConnectError(f"the name {host} cannot be resolved") from error
    addresses = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    for address in addresses:
        if not is_public(address) and not _trusted(host, port, address, allowed):
            raise ForbiddenAddressError(f"{host} leads to {address}, which is not a public address")
    return addresses


def _trusted(host: str, port: int, address: str, allowed: Iterable[str]) -> bool:
    for entry in allowed:
        if entry in (host, f"{host}:{port}", f"{address}:{port}"):
            return True
        try:
            if ipaddress.ip_address(address.split("%", 1)[0]) in ipaddress.ip_network(entry, strict=False):
                return True
        except ValueError:
            continue
    return False


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only. TLS still verifies the name that was asked for."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self.allowed = tuple(allowed)
        self.inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in resolve(host, port, self.allowed)[:4]:
            try:
                return self.inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def connect_unix_socket(self, *args: object, **options: object) -> httpcore.NetworkStream:
        raise ForbiddenAddressError("a socket on this machine is not a public address")

    def sleep(self, seconds: float) -> None:
        self.inner.sleep(seconds)
