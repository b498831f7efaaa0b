"""The state of a page as its address has it: filters, window, page mark. One reading for every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

Labels = Mapping[str, Any] | Callable[[str], Any]  # what to call the values of a filter


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter with how many items have it."""

    value: str
    label: Any
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    label: Any
    choices: list[Choice]

    @property
    def active(self) -> int:
        return sum(choice.chosen for choice in self.choices)


def chosen(query: QueryDict, names: Iterable[str]) -> dict[str, list[str]]:
    """The chosen values of each named filter; empty values are dropped."""
    return {name: [value for value in query.getlist(name) if value] for name in names}


def address(path: str, query: QueryDict, **changes: str | None) -> str:
    """The same address with some parameters set, or taken away (None)."""
    kept = [(name, value) for name, values in query.lists() for value in values if name not in changes and value]
    kept += [(name, value) for name, value in changes.items() if value]
    return f"{path}?{urlencode(kept)}" if kept else path


def choices(counts: Mapping[str, int], labels: Labels, active: Iterable[str]) -> list[Choice]:
    """Choices with counts, most frequent first; a chosen value stays even when nothing has it."""
    on = set(active)
    values = sorted(set(counts) | on, key=lambda value: (-counts.get(value, 0), value))
    called = labels if callable(labels) else lambda value: labels.get(value, value)
    return [Choice(value, called(value), counts.get(value, 0), value in on) for value in values if value]
