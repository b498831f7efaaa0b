"""The canonical form of an address: what makes two links the same page."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|igshid|spm|scm|share_token|wt_mc|ref_src|_ga|isappinstalled)$",
    re.I,
)
_PORTS = {"http": 80, "https": 443}
_LONGEST = 2_000


def canonical(url: str, base: str = "") -> str | None:
    """The address without what does not tell pages apart; None when it is no web address.

    Scheme and host in lower case, no default port, no fragment, no tracking parameters; the path stays as it is, since
    servers may tell ``/a`` from ``/a/``. Relative links are resolved against ``base``.
    """
    try:
        parts = urlsplit(urljoin(base, re.sub(r"[\t\r\n]", "", url.strip())))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host or parts.username is not None or parts.password is not None:
        return None
    try:
        host = host.encode("ascii").decode() if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return None
    if not re.fullmatch(r"[a-z0-9_.:-]+", host) or host.strip(".") == "":
        return None
    host = f"[{host}]" if ":" in host else host.rstrip(".")
    place = host if port in (None, _PORTS[parts.scheme]) else f"{host}:{port}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    found = urlunsplit((parts.scheme, place, path, _query(parts.query), ""))
    return found if len(found) <= _LONGEST else None


def _query(query: str) -> str:
    query = quote(query, safe="=&%+/?:@!$'()*,;~-._[]|")
    if not any(_TRACKING.match(part.partition("=")[0]) for part in query.split("&")):
        return query
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, value) for name, value in pairs if not _TRACKING.match(name)])


def host_of(url: str) -> str:
    """The host in lower case, or an empty string."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
