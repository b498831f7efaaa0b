"""The polite, safe HTTP client: checked addresses, conditional requests, limits while streaming, redirects re-checked."""

import os
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from django.conf import settings

from signals.ingest.addresses import ForbiddenAddressError, GuardedBackend
from signals.ingest.decoding import DecodingError, decoded

VERSION = "1"
MAX_REDIRECTS = 5
TIMEOUT = httpx.Timeout(20.0, connect=10.0)
_PATIENCE = {"timeout": TIMEOUT.as_dict()}
DEADLINE = 90.0  # seconds for a whole answer, so that a dripping server does not hold a worker
REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {400, 401, 403, 404, 405, 406, 410, 414, 415, 451}
LONGEST_WAIT = 24 * 3600  # seconds: more than this is not believed of a Retry-After


class FetchError(Exception):
    """Why an address gave nothing, in words. ``permanent`` says that trying again is of no use.

    ``code`` names the reason for programs: ``robots``, ``address``, ``off`` or an empty string.
    """

    def __init__(
        self, reason: str, *, permanent: bool = False, status: int | None = None, retry_after: int | None = None,
        code: str = "",
    ) -> None:  # fmt: skip
        super().__init__(reason)
        self.permanent = permanent
        self.status = status
        self.retry_after = retry_after
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: ``url`` is the last one after redirects, header names are lower case."""

    status: int
    url: str
    headers: dict[str, str]
    body: bytes


def why_off() -> str:
    """Why nothing is asked on this installation, in words; empty when fetching is on."""
    if settings.FETCH_ENABLED:
        return ""
    if not settings.CONTACT:
        return "Nothing is asked until REEX_CONTACT says whose installation this is."
    return "Fetching is switched off on this installation (REEX_FETCH_ENABLED=0). Nothing was asked."


def user_agent() -> str:
    contact = settings.CONTACT or "no contact configured"
    return f"REEx-Signals/{VERSION} ({contact})"


def checked(url: str) -> str:
    """The address if it may be asked for at all. Raises FetchError for other schemes, credentials and odd hosts."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"{url!r} is not an address: {error}.", permanent=True, code="address") from error
    if parts.scheme not in ("http", "https"):
        raise FetchError(
            f"Only http and https are asked, not {parts.scheme or 'nothing'!r}.", permanent=True, code="address"
        )
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise FetchError("The address carries a user name or password; take them out.", permanent=True, code="address")
    if not parts.hostname or port == 0 or any(sign in url for sign in "\\\t\r\n"):
        raise FetchError(f"{url!r} names no host.", permanent=True, code="address")
    return url


def get(
    url: str, *, max_size: int, validators: dict[str, str] | None = None, headers: dict[str, str] | None = None,
    method: str = "GET", data: dict[str, str] | None = None, permit: Callable[[str], None] | None = None,
) -> Answer:  # fmt: skip
    """Ask for ``url`` and follow its redirects; ``permit`` may raise for each address on the way.

    Raises FetchError with the reason in words.
    """
    conditional = {"if-none-match": "etag", "if-modified-since": "last-modified"}
    asked = {name: (validators or {})[kept] for name, kept in conditional.items() if (validators or {}).get(kept)}
    sent = {**(headers or {}), **asked}
    for _ in range(MAX_REDIRECTS + 1):
        if permit is not None:
            permit(checked(url))
        answer = _once(method, checked(url), sent, data, max_size)
        target = answer.headers.get("location")
        if answer.status not in REDIRECTS or not target:
            break
        url, method, data, sent = urljoin(url, target), "GET", None, {}  # what was meant for one host stays there
    else:
        raise FetchError(f"More than {MAX_REDIRECTS} redirects.", permanent=True)
    if answer.status >= 400 or answer.status in REDIRECTS:
        raise FetchError(
            f"The server answered {answer.status}.",
            permanent=answer.status in PERMANENT,
            status=answer.status,
            retry_after=seconds_of(answer.headers.get("retry-after"), datetime.now(UTC)),
        )
    return answer


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


@lru_cache(maxsize=8)
def _pool(process: int, thread: int, allowed: tuple[str, ...]) -> httpcore.ConnectionPool:
    """httpx's pool, one a thread, so that connections are used again: each of them was checked when it was opened."""
    return httpcore.ConnectionPool(
        ssl_context=_tls(), network_backend=GuardedBackend(allowed), retries=0, max_connections=20,
        max_keepalive_connections=4, keepalive_expiry=20.0,
    )  # fmt: skip


def _once(method: str, url: str, headers: dict[str, str], data: dict[str, str] | None, max_size: int) -> Answer:
    """One request and its answer. Past httpx's client, whose models of an answer cost more than the answer; no cookies."""
    named = {
        "user-agent": user_agent(),
        "accept": "*/*",
        "accept-encoding": "gzip, deflate",
        "connection": "keep-alive",
    }
    try:
        to, told = _asked(method, url, {**named, **headers}, data)
        pool = _pool(os.getpid(), threading.get_ident(), tuple(settings.FETCH_ALLOW))
        if not to.raw_host:
            raise httpx.InvalidURL("it names no host")
        answer = pool.handle_request(
            httpcore.Request(
                method, httpcore.URL(scheme=to.raw_scheme, host=to.raw_host, port=to.port, target=to.raw_path),
                **told, extensions=_PATIENCE,
            )
        )  # fmt: skip
        try:
            received = _read_headers(answer.headers)
            length = received.get("content-length", "")
            if length.isdigit() and int(length) > max_size:
                raise DecodingError(f"The answer is larger than {max_size // 1_000_000} MB")
            body = b"".join(decoded(_parts(answer), received.get("content-encoding", ""), max_size))
            return Answer(answer.status, url, received, body)
        finally:
            answer.close()
    except DecodingError as error:
        raise FetchError(f"{error}.", permanent=True) from error
    except ForbiddenAddressError as error:
        raise FetchError(f"Refused: {error}.", permanent=True, code="address") from error
    except (httpx.InvalidURL, httpcore.UnsupportedProtocol, UnicodeError, ValueError) as error:
        raise FetchError(f"{url!r} is not an address: {error}.", permanent=True, code="address") from error
    except httpcore.TimeoutException as error:
        raise FetchError("The server did not answer in time.") from error
    except (httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchError(f"The connection failed: {str(error) or type(error).__name__}.") from error


def _asked(
    method: str, url: str, headers: dict[str, str], data: dict[str, str] | None
) -> tuple[httpx.URL, dict[str, Any]]:
    """The address, and headers and body as they go over the wire; httpx's own model of a request is for those with a body."""
    if data is not None:
        asked = httpx.Request(method, url, headers=headers, data=data)
        return asked.url, {"headers": asked.headers.raw, "content": asked.read()}
    to = httpx.URL(url)
    return to, {
        "headers": [(b"host", to.netloc), *((name.encode(), value.encode("ascii")) for name, value in headers.items())]
    }


def _read_headers(raw: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """Names in lower case; a header that comes several times is one with commas."""
    received: dict[str, str] = {}
    for name, value in raw:
        key = name.decode("latin-1").lower()
        try:
            text = value.decode()
        except UnicodeDecodeError:
            text = value.decode("latin-1")
        received[key] = f"{received[key]}, {text}" if key in received else text
    return received


def _parts(answer: httpcore.Response) -> Iterator[bytes]:
    """The body as it comes over the wire, for ``DEADLINE`` at most."""
    started = time.monotonic()
    for part in answer.iter_stream():
        if time.monotonic() - started > DEADLINE:
            raise FetchError(f"The answer took longer than {DEADLINE:.0f} seconds.", status=answer.status)
        yield part


def seconds_of(text: str | None, now: datetime) -> int | None:
    """The seconds of a Retry-After header, which may also be a date; None when it says nothing to be believed."""
    if not text:
        return None
    if text.strip().isdigit():
        seconds = float(text)
    else:
        try:
            moment = parsedate_to_datetime(text)
        except (ValueError, TypeError, IndexError):
            return None
        seconds = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()
    return int(seconds) if 0 < seconds <= LONGEST_WAIT else (LONGEST_WAIT if seconds > 0 else None)
