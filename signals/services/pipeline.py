"""A fetch on its whole way: asked for, kept, read, withdrawn or restored. Tasks and commands go through here alike."""

import logging
from collections.abc import Callable, Sequence

from django.db import InterfaceError, OperationalError

from signals.services import extraction, fetch, withdrawal

log = logging.getLogger(__name__)


def take(fetch_id: int) -> str:
    """Obtain the fetch's bytes and read them. Returns the state it has come to; ``""`` when there was nothing to do."""
    state = _guarded(fetch.obtain, fetch_id)
    if state in ("gone", "back"):
        withdrawal.settle(fetch_id, state)
    return read(fetch_id) if state == "kept" else state


def read(fetch_id: int) -> str:
    """Read a kept fetch. Returns the state it has come to; ``""`` when there was nothing to do."""
    return _guarded(extraction.read, fetch_id)


def read_all(fetch_ids: Sequence[int]) -> dict[int, str]:
    """Read kept fetches together; when one of them breaks something, each is read alone and only that one bears it."""
    try:
        return extraction.read_all(fetch_ids)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("%d fetches read together", len(fetch_ids))
        return {one: read(one) for one in fetch_ids}


def _guarded(step: Callable[[int], str], fetch_id: int) -> str:
    """Do a step; an error in it is kept with the fetch, which is tried again and at last parked.

    A lost database is not the item's fault: it leaves the row as it was.
    """
    try:
        return step(fetch_id)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("fetch %s", fetch_id)
        return fetch.fail(fetch_id, f"{type(error).__name__}: {error}")
