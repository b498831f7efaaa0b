"""Keep bytes before anyone reads them."""

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


def capture(
    data: bytes, url: str, fetched_at: datetime, *, status: int | None = None, headers: dict[str, str] | None = None
) -> Capture:
    """The bytes go to the store first, then the rows are written; a row never names a file that is not there."""
    sha256, path = store.keep(data)
    Snapshot.objects.bulk_create(
        [Snapshot(sha256=sha256, size=len(data), media_type=media_type_of(data), path=path)], ignore_conflicts=True
    )
    return Capture.objects.create(
        snapshot_id=sha256, url=url, fetched_at=fetched_at, status=status, headers=headers or {}
    )
