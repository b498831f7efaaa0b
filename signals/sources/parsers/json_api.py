"""JSON interfaces by a mapping: where the entries are, and which of their fields say what.

A path reads ``data.list``; alternatives ``title|title_text``; a template ``https://host/{art_code}.pdf``.
"""

from __future__ import annotations

import json
import re
from typing import Any

from signals.sources.addresses import canonical
from signals.sources.dates import day_of
from signals.sources.parsers.text import decode, plain, title_of
from signals.sources.records import Item, Listing, Request
from signals.sources.requests import fill, following, list_request
from signals.sources.spec import Spec

_CALLBACK = re.compile(r"^\s*[\w$.]{1,80}\s*\((.*)\)\s*;?\s*$", re.S)


class NotJsonError(ValueError):
    """The answer is no JSON; the message says what it looks like."""


def parse(spec: Spec, request: Request, data: bytes, url: str, content_type: str) -> Listing:
    """The entries under ``mapping.items``, or what a lookup found out for the next request."""
    try:
        answer = loads(decode(data, content_type))
    except NotJsonError as error:
        return Listing("shape_changed", notes=[str(error)])
    if request.step == "lookup":
        return _looked_up(spec, request, answer)
    rules = spec.mapping
    entries = dig(answer, str(rules.get("items", "")))
    if entries is None or entries == "":
        return Listing("no_match" if not _has_path(answer, rules) else "empty", notes=[_nothing(answer, rules)])
    if isinstance(entries, dict):
        entries = list(entries.values())
    if not isinstance(entries, list):
        return Listing("shape_changed", notes=[f"{rules.get('items')!r} is no list but {type(entries).__name__}."])
    if not entries:
        return Listing("empty", notes=["The list came back without items."])
    listing = Listing("ok")
    for entry in entries:
        for one in entry if isinstance(entry, list) else [entry]:  # SSE nests the announcements of a day
            item = _item(one, rules, url, spec.time_zone)
            if item:
                listing.items.append(item)
    if not listing.items:
        return Listing("no_match", notes=[f"None of {len(entries)} entries has an address under {rules.get('url')!r}."])
    if len(listing.items) < len(entries):
        listing.notes.append(
            f"{len(entries) - len(listing.items)} of {len(entries)} entries have no address and were left out."
        )
    undated = sum(item.published_on is None for item in listing.items)
    if undated:
        listing.notes.append(
            f"{undated} of {len(listing.items)} entries have no date under {rules.get('date')!r}; it stays unknown."
        )
    listing.more = following(spec, request)
    return listing


def loads(text: str) -> Any:
    """JSON, with or without a callback around it. Raises NotJsonError."""
    text = text.lstrip("\ufeff \t\r\n")
    if match := _CALLBACK.match(text):
        text = match[1]
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        if text[:1] == "<":
            raise NotJsonError(
                "A web page came in place of JSON; the site may ask for a sign-in or block robots."
            ) from error
        raise NotJsonError(f"What came is no JSON: {str(error)[:120]}") from error


def dig(value: Any, path: str) -> Any:
    """The value at ``a.b.c`` (numbers index lists); of alternatives joined by ``|`` the first that holds something."""
    for alternative in path.split("|"):
        found = value
        for name in filter(None, alternative.strip().split(".")):
            if isinstance(found, dict):
                found = found.get(name)
            elif isinstance(found, list) and name.isdigit() and int(name) < len(found):
                found = found[int(name)]
            else:
                found = None
        if found not in (None, ""):
            return found
    return None


def _item(entry: Any, rules: dict[str, str], url: str, zone: str) -> Item | None:
    if rules.get("each"):
        entry = dig(entry, rules["each"])
    if not isinstance(entry, dict):
        return None
    where = rules["url"]
    if "{" in where:
        values = {name: str(value) for name, value in entry.items() if isinstance(value, str | int)}
        link = fill(where, values)
        link = "" if "{" in link else link
    else:
        link = str(dig(entry, where) or "")
    address = canonical(link, rules.get("url_base") or url) if link.strip() else None
    if not address:
        return None
    formats = [rules["date_format"]] if rules.get("date_format") else []
    written = dig(entry, rules["date"]) if rules.get("date") else None
    summary = dig(entry, rules["summary"]) if rules.get("summary") else ""
    return Item(
        address,
        title_of(str(dig(entry, rules["title"]) or "")),
        day_of(written, zone, formats),
        None,
        plain(str(summary or ""), 600),
    )


def _looked_up(spec: Spec, request: Request, answer: Any) -> Listing:
    """The values that a lookup gives, and the list request that needs them."""
    lookup = spec.lookup
    entries = dig(answer, str(lookup.get("items", ""))) if lookup.get("items") else answer
    entries = entries if isinstance(entries, list) else [entries]
    wanted = {name: fill(str(value), request.values) for name, value in (lookup.get("match") or {}).items()}
    for entry in entries:
        if isinstance(entry, dict) and all(str(dig(entry, name)) == value for name, value in wanted.items()):
            taken = {name: str(dig(entry, path) or "") for name, path in (lookup.get("take") or {}).items()}
            if all(taken.values()):
                return Listing("ok", more=[list_request(spec, url, {**request.values, **taken}) for url in spec.urls])
    shown = ", ".join(f"{name} {value}" for name, value in wanted.items())
    return Listing("no_match", notes=[f"The lookup gives no entry with {shown or 'what is needed'}."])


def _has_path(answer: Any, rules: dict[str, str]) -> bool:
    """Is the key there, though it holds nothing (``null`` where others write ``[]``)?"""
    path, _, name = str(rules.get("items", "")).rpartition(".")
    holder = dig(answer, path) if path else answer
    return isinstance(holder, dict) and name in holder


def _nothing(answer: Any, rules: dict[str, str]) -> str:
    keys = ", ".join(list(answer)[:8]) if isinstance(answer, dict) else type(answer).__name__
    return f"There is nothing under {rules.get('items')!r}; the answer holds: {keys}."
