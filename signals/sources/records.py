"""What passes between a definition, the client and the parsers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

# ok: items were listed · empty: the right kind of document, without items · no_match: a page in which the selectors or
# the mapping find nothing · shape_changed: not the kind of document that was expected
Outcome = Literal["ok", "empty", "no_match", "shape_changed"]


@dataclass(frozen=True, slots=True)
class Request:
    """One list page to ask for. ``values`` fill the placeholders of what follows from it."""

    url: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    step: str = "list"  # lookup, types, index or list
    page: int = 1
    values: dict[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """For keeping in a row between two steps of a run."""
        return {name: getattr(self, name) for name in ("url", "method", "headers", "form", "step", "page", "values")}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: the canonical address of a disclosure, and what the list says about it.

    ``published_on`` is an ISO day in the source's time zone, ``modified`` whatever stamp tells one state of the page from
    the next; both are None where the list does not say.
    """

    url: str
    title: str = ""
    published_on: str | None = None
    modified: str | None = None
    summary: str = ""
    language: str = ""


@dataclass(slots=True)
class Listing:
    """The items of one list page, remarks in words, and what to ask for next."""

    outcome: Outcome
    items: list[Item] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    more: list[Request] = field(default_factory=list)
