"""A fetch on its whole way: asked for, kept, read, withdrawn or restored. Tasks and commands go through here alike."""

import logging
from collections.abc import Sequence

from django.db import InterfaceError, OperationalError

from signals.services import extraction, fetch, obtaining, withdrawal

log = logging.getLogger(__name__)


def take(fetch_id: int) -> str:
    """``take_all`` for one; ``""`` when there was nothing to do."""
    return take_all([fetch_id]).get(fetch_id, "")


def take_all(fetch_ids: Sequence[int]) -> dict[int, str]:
    """Obtain the fetches' bytes and read them. Returns the states of those that there was something to do for."""
    states = obtaining.obtain_all(fetch_ids)
    for one, state in states.items():
        if state in ("gone", "back"):
            withdrawal.settle(one, state)
    return states | read_all([one for one, state in states.items() if state == "kept"])


def read(fetch_id: int) -> str:
    """``read_all`` for one; ``""`` when there was nothing to do."""
    return read_all([fetch_id]).get(fetch_id, "")


def read_all(fetch_ids: Sequence[int]) -> dict[int, str]:
    """Read kept fetches together; when one of them breaks something, each is read alone and only that one bears it."""
    try:
        return extraction.read_all(fetch_ids)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        if len(fetch_ids) > 1:
            log.warning("%d fetches broke when read together; each is read alone", len(fetch_ids), exc_info=True)
        return {one: _alone(one) for one in fetch_ids}


def _alone(fetch_id: int) -> str:
    """Read one; an error is kept with the fetch, which is tried again and at last parked.

    A lost database is not the item's fault: it leaves the row as it was.
    """
    try:
        return extraction.read(fetch_id)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        log.exception("fetch %s", fetch_id)
        return fetch.fail(fetch_id, f"{type(error).__name__}: {error}")
