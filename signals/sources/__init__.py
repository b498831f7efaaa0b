"""Where to look: source definitions, and what a source's list page lists. Plain Python: no Django, no network.

``load_catalog()`` reads the reviewed files of ``catalog/``; ``first_requests(spec, today)`` says what to ask for;
``parse(spec, request, answer bytes, …)`` says which items the answer lists and what to ask for next.
"""

from signals.sources.catalog import dump, load_catalog
from signals.sources.parsers import parse
from signals.sources.records import Item, Listing, Request
from signals.sources.requests import first_requests
from signals.sources.selection import select
from signals.sources.spec import Spec, SpecError, build

__all__ = [
    "Item",
    "Listing",
    "Request",
    "Spec",
    "SpecError",
    "build",
    "dump",
    "first_requests",
    "load_catalog",
    "parse",
    "select",
]
