"""An example made from real answers: the files that `tests/examples/` holds for a source, its expected result included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from signals.sources.parsers import parse
from signals.sources.records import Item, Request
from signals.sources.requests import first_requests
from signals.sources.selection import select
from signals.sources.spec import Spec

SUFFIX = {"json": "json", "xml": "xml", "rss": "xml", "atom": "xml", "pdf": "pdf", "html": "html"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a list page gave: the address that was asked for, the bytes, and the header that names their type."""

    url: str
    data: bytes
    content_type: str = ""


def example(spec: Spec, answers: Sequence[Answer], today: date) -> dict[str, bytes]:
    """Files by name: the answers in the order in which they are asked for, and `expected.yml` with what is read today.

    Only the first list and what follows from it, as the examples have it. Read the result before you believe it.
    """
    by_url = {one.url: one for one in answers}
    request = first_requests(spec, today)[0]
    files: dict[str, bytes] = {}
    steps: list[dict[str, Any]] = []
    items: list[Item] = []
    answer = by_url.get(request.url, answers[0] if answers else None)
    while answer is not None and len(steps) < 20:
        name = f"{len(steps) + 1}-{request.step}.{_suffix(answer)}"
        listing = parse(spec, request, answer.data, answer.url, answer.content_type)
        files[name] = answer.data
        steps.append(_step(name, answer, listing.outcome, listing.notes, listing.items, listing.more))
        items += listing.items
        request = listing.more[0] if listing.more else request
        answer = by_url.get(request.url) if listing.more else None
    expected = {"steps": steps, "taken": len(select(spec, items).taken)}
    head = f"# Recorded from {spec.name} on {today.isoformat()}. Check each line against the answer before it becomes a promise.\n"
    text = yaml.safe_dump(expected, allow_unicode=True, sort_keys=False, width=200)
    return {**files, "expected.yml": (head + text).encode()}


def _step(
    name: str, answer: Answer, outcome: str, notes: list[str], items: Sequence[Any], more: Sequence[Request]
) -> dict[str, Any]:
    step: dict[str, Any] = {"file": name, "content_type": answer.content_type, "outcome": outcome}
    if notes:
        step["notes"] = notes
    if items:
        step["items"] = [{"url": one.url, "title": one.title, "published_on": one.published_on} for one in items]
    if more:
        step["more"] = [one.url for one in more]
    return step


def _suffix(answer: Answer) -> str:
    told = answer.content_type.lower()
    return next((suffix for word, suffix in SUFFIX.items() if word in told), "txt")
