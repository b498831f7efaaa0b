"""The polite, safe HTTP client: checked addresses, conditional requests, limits while streaming, redirects re-checked."""

import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
from django.conf import settings

from signals.ingest.addresses import ForbiddenAddressError, GuardedBackend

VERSION = "1"
MAX_REDIRECTS = 5
TIMEOUT = httpx.Timeout(20.0, connect=10.0)
DEADLINE = 90.0  # seconds for a whole answer, so that a dripping server does not hold a worker
REDIRECTS = {301, 302, 303, 307, 308}
PERMANENT = {400, 401, 403, 404, 405, 410, 414, 415, 451}


class FetchError(Exception):
    """Why an address gave nothing, in words. ``permanent`` says that trying again is of no use."""

    def __init__(
        self, reason: str, *, permanent: bool = False, status: int | None = None, retry_after: int | None = None
    ) -> None:
        super().__init__(reason)
        self.permanent = permanent
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: ``url`` is the last one after redirects, header names are lower case."""

    status: int
    url: str
    headers: dict[str, str]
    body: bytes


def user_agent() -> str:
    contact = settings.CONTACT or "no contact configured"
    return f"REEx-Signals/{VERSION} ({contact})"


def checked(url: str) -> str:
    """The address if it may be asked for at all. Raises FetchError for other schemes, credentials and odd hosts."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError(f"{url!r} is not an address: {error}.", permanent=True) from error
    if parts.scheme not in ("http", "https"):
        raise FetchError(f"Only http and https are asked, not {parts.scheme or 'nothing'!r}.", permanent=True)
    if parts.username is not None or parts.password is not None:
        raise FetchError("The address carries a user name or password; take them out.", permanent=True)
    if not parts.hostname or port == 0:
        raise FetchError(f"{url!r} names no host.", permanent=True)
    return url


def get(
    url: str, *, validators: dict[str, str] | None = None, max_size: int, headers: dict[str, str] | None = None,
    method: str = "GET", data: dict[str, str] | None = None,
) -> Answer:  # fmt: skip
    """Ask for ``url`` and follow its redirects. Raises FetchError with the reason in words."""
    conditional = {"if-none-match": "etag", "if-modified-since": "last-modified"}
    asked = {name: (validators or {})[kept] for name, kept in conditional.items() if (validators or {}).get(kept)}
    with httpx.Client(transport=_transport(), timeout=TIMEOUT, trust_env=False, follow_redirects=False) as http:
        for _ in range(MAX_REDIRECTS + 1):
            answer = _once(http, method, checked(url), {**(headers or {}), **asked}, data, max_size)
            target = answer.headers.get("location")
            if answer.status not in REDIRECTS or not target:
                break
            url, method, data = urljoin(url, target), "GET", None
        else:
            raise FetchError(f"More than {MAX_REDIRECTS} redirects.", permanent=True)
    if answer.status >= 400:
        raise FetchError(
            f"The server answered {answer.status}.",
            permanent=answer.status in PERMANENT,
            status=answer.status,
            retry_after=_seconds(answer.headers.get("retry-after")),
        )
    return answer


def _transport() -> httpx.HTTPTransport:
    transport = httpx.HTTPTransport(trust_env=False, retries=0)
    transport._pool = httpcore.ConnectionPool(
        ssl_context=httpx.create_ssl_context(trust_env=False),
        network_backend=GuardedBackend(settings.FETCH_ALLOW),
        retries=0,
    )
    return transport


def _once(
    http: httpx.Client, method: str, url: str, headers: dict[str, str], data: dict[str, str] | None, max_size: int
) -> Answer:
    started = time.monotonic()
    try:
        with http.stream(method, url, headers={"user-agent": user_agent(), **headers}, data=data) as response:
            body = bytearray()
            for part in response.iter_bytes(64 * 1024):
                body += part
                if len(body) > max_size:
                    raise FetchError(
                        f"The answer is larger than {max_size // 1_000_000} MB.",
                        permanent=True,
                        status=response.status_code,
                    )
                if time.monotonic() - started > DEADLINE:
                    raise FetchError(
                        f"The answer took longer than {DEADLINE:.0f} seconds.", status=response.status_code
                    )
            return Answer(response.status_code, url, {k.lower(): v for k, v in response.headers.items()}, bytes(body))
    except ForbiddenAddressError as error:
        raise FetchError(f"Refused: {error}.", permanent=True) from error
    except httpx.InvalidURL as error:
        raise FetchError(f"{url!r} is not an address: {error}.", permanent=True) from error
    except httpx.TimeoutException as error:
        raise FetchError("The server did not answer in time.") from error
    except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError) as error:
        raise FetchError(f"The connection failed: {str(error) or type(error).__name__}.") from error


def _seconds(text: str | None) -> int | None:
    return int(text) if text and text.isdigit() else None
