"""What to ask for first: the list pages of a definition, with their placeholders filled."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from signals.sources.records import Request
from signals.sources.spec import Spec

WP_TYPES = "/wp-json/wp/v2/types"


def first_requests(spec: Spec, today: date) -> list[Request]:
    """One request an address and variant. ``today`` is the source's own day; it bounds the window asked for."""
    dates = {"end": today.isoformat(), "start": (today - timedelta(days=spec.window_days)).isoformat(), "page": "1"}
    variants = [{**dates, **variant} for variant in spec.variants or [{}]]
    if spec.kind == "wp_json":
        return _wordpress(spec)
    if spec.lookup:
        return [_lookup(spec, values) for values in variants]
    return [list_request(spec, url, values) for values in variants for url in spec.urls]


def list_request(spec: Spec, url: str, values: dict[str, str], page: int | None = None) -> Request:
    """The request for one page of one list."""
    number = page if page is not None else int(spec.paging.get("first", 1))
    values = {**values, "page": str(number)}
    step = "index" if spec.kind == "sitemap" else "list"
    return Request(
        fill(url, values),
        spec.method,
        fill_all(spec.headers, values),
        fill_all(spec.form, values),
        step,
        number,
        values,
    )


def following(spec: Spec, request: Request, link: str | None = None) -> list[Request]:
    """The next page of the same list, while the definition allows more pages."""
    first = int(spec.paging.get("first", 1))
    if request.page - first + 1 >= int(spec.paging.get("pages", 1)):
        return []
    page = request.page + 1
    values = {**request.values, "page": str(page)}
    if link:
        return [Request(link, "GET", request.headers, {}, request.step, page, values)]
    if pattern := spec.paging.get("url"):
        return [
            Request(
                fill(pattern, values),
                request.method,
                request.headers,
                fill_all(spec.form, values),
                request.step,
                page,
                values,
            )
        ]
    if name := spec.paging.get("parameter"):
        if request.method == "POST":
            return [
                Request(
                    request.url, "POST", request.headers, {**request.form, name: str(page)}, request.step, page, values
                )
            ]
        return [Request(_with(request.url, name, page), "GET", request.headers, {}, request.step, page, values)]
    return []


def fill(text: str, values: dict[str, str]) -> str:
    """``{name}`` replaced by its value; unknown names stay, so that the mistake shows in the address."""
    return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], match[0]), text)


def fill_all(texts: dict[str, Any], values: dict[str, str]) -> dict[str, str]:
    return {name: fill(str(text), values) for name, text in texts.items()}


def _wordpress(spec: Spec) -> list[Request]:
    """The list of a custom type is only known to the site: its types are asked first."""
    return [Request(url.rstrip("/") + WP_TYPES, headers=dict(spec.headers), step="types") for url in spec.urls]


def _lookup(spec: Spec, values: dict[str, str]) -> Request:
    lookup = spec.lookup
    headers = fill_all(lookup.get("headers") or spec.headers, values)
    return Request(
        fill(lookup["url"], values),
        lookup.get("method", "GET"),
        headers,
        fill_all(lookup.get("form") or {}, values),
        "lookup",
        1,
        values,
    )


def _with(url: str, name: str, page: int) -> str:
    pattern = re.compile(rf"([?&]{re.escape(name)}=)[^&]*")
    if pattern.search(url):
        return pattern.sub(rf"\g<1>{page}", url)
    return f"{url}{'&' if '?' in url else '?'}{name}={page}"
