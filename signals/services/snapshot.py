"""Keep bytes before anyone reads them."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime

from signals.ingest import store
from signals.models import Capture, Snapshot


def media_type_of(data: bytes) -> str:
    """By content, not by name."""
    head = data[:1024].lstrip()
    if data[:5] == b"%PDF-":
        return "application/pdf"
    if head[:1] in (b"{", b"["):
        return "application/json"
    return "text/html" if b"<" in head and b">" in data[:4096] else "text/plain"


@dataclass(frozen=True, slots=True)
class Taken:
    """Bytes as an address or a file gave them."""

    data: bytes
    url: str
    at: datetime
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    kept: "Future[tuple[str, str]] | None" = None  # when its writing to the store has begun already


def capture(
    data: bytes, url: str, fetched_at: datetime, *, status: int | None = None, headers: dict[str, str] | None = None
) -> Capture:
    """``capture_all`` for one."""
    return capture_all([Taken(data, url, fetched_at, status, headers or {})])[0]


def capture_all(taken: Sequence[Taken]) -> list[Capture]:
    """The bytes go to the store first, then the rows are written; a row never names a file that is not there."""
    kept = [one.kept.result() if one.kept is not None else store.keep(one.data) for one in taken]
    rows = {
        sha256: Snapshot(sha256=sha256, size=len(one.data), media_type=media_type_of(one.data), path=path)
        for one, (sha256, path) in zip(taken, kept, strict=True)
    }
    Snapshot.objects.bulk_create(rows.values(), ignore_conflicts=True)
    return Capture.objects.bulk_create(
        [
            Capture(snapshot_id=sha256, url=one.url, fetched_at=one.at, status=one.status, headers=one.headers)
            for one, (sha256, _) in zip(taken, kept, strict=True)
        ]
    )
