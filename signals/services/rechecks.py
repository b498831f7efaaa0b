"""When pages that are known are asked again, so that silent edits, withdrawals and corrections are noticed.

Edits come early or not at all, so the pauses grow with the age of a page. A page that has left its list is asked more seldom
than one that is still on it, and only some of them with each run.
"""

import json
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from signals.models import Fetch, FetchRun

# Age up to which a pause holds, and the pause; past the last line a page is left alone.
LISTED = [
    (timedelta(days=3), timedelta()),
    (timedelta(days=30), timedelta(hours=23)),
    (timedelta(days=3650), timedelta(days=7)),
]
UNLISTED = [
    (timedelta(days=3), timedelta(days=1)),
    (timedelta(days=30), timedelta(days=5)),
    (timedelta(days=120), timedelta(days=20)),
    (timedelta(days=730), timedelta(days=60)),
]
MOST = 20  # pages off the list that one run asks for


def due(last: Fetch, first_seen: datetime, modified: str | None, now: datetime) -> bool:
    """Is a listed page due for another look: its list says that it was changed, or enough time has passed?"""
    if last.state in [*Fetch.OPEN, "parked"]:
        return False
    if modified and last.hints.get("modified") and modified != last.hints["modified"]:
        return True
    age, since = now - first_seen, now - (last.finished_at or last.created_at)
    return any(age <= young and since >= pause for young, pause in LISTED)


def unlisted(run: FetchRun, now: datetime) -> list[Fetch]:
    """Unsaved fetches for disclosures of the run's source that nobody has asked for lately, the longest forgotten first.

    What their list once said of them is carried along, since a page may not say its own date.
    """
    pause = " ".join(
        f"WHEN d.first_seen_at > %s - interval '{age.days} days' THEN interval '{wait.days} days'"
        for age, wait in UNLISTED
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT d.canonical_url, last.hints FROM signals_disclosure d CROSS JOIN LATERAL (
                SELECT f.state, f.hints, f.source_id, coalesce(f.finished_at, f.created_at) AS at
                FROM signals_fetch f WHERE f.url = d.canonical_url ORDER BY f.id DESC LIMIT 1) last
            WHERE d.source_id = %s AND last.source_id = d.source_id AND d.first_seen_at > %s AND d.canonical_url LIKE 'http%%'
              AND last.state NOT IN ('waiting', 'kept', 'failed', 'parked') AND last.at < %s - CASE {pause} END
            ORDER BY last.at, d.id LIMIT %s
            """,
            [run.source_id, now - UNLISTED[-1][0], now, *[now] * len(UNLISTED), MOST],
        )
        found: list[tuple[str, Any]] = cursor.fetchall()
    return [
        Fetch(
            source_id=run.source_id, run=run, url=url, queued_at=now,
            hints={**(json.loads(hints) if isinstance(hints, str) else hints), "recheck": True, "unlisted": True},
        )
        for url, hints in found
    ]  # fmt: skip
