"""One list page: asked for politely, kept apart from what it lists. Runs and previews go through here alike."""

import time
from dataclasses import dataclass
from typing import Any

from signals import sources
from signals.ingest import client, store
from signals.models import Capture, Source
from signals.services import hosts

MAX_SIZE = 20 * 1024 * 1024  # bytes of a list page


@dataclass(slots=True)
class Asked:
    """What became of one request: a listing, "unchanged" (304), or an error."""

    request: sources.Request
    milliseconds: int
    status: int | None = None
    answer: client.Answer | None = None
    listing: sources.Listing | None = None
    error: client.FetchError | None = None

    def as_json(self) -> dict[str, Any]:
        """The line of the run's log."""
        return {
            "url": self.request.url,
            "method": self.request.method,
            "status": self.status,
            "size": len(self.answer.body) if self.answer else None,
            "milliseconds": self.milliseconds,
            "items": len(self.listing.items) if self.listing else None,
            "outcome": self.outcome,
            "error": str(self.error) if self.error else "",
        }

    @property
    def outcome(self) -> str:
        """ok, unchanged, empty, no_match, shape_changed, blocked or failed."""
        if self.error is not None:
            refused = self.error.code == "robots" or self.error.status in (401, 403, 407, 429, 451)
            return "blocked" if refused else "failed"
        return self.listing.outcome if self.listing else "unchanged"


def spec_of(source: Source) -> sources.Spec:
    """The source's definition. Raises SpecError when it no longer holds."""
    return sources.build({**source.definition, "key": source.key}, f"source {source.key}")


def ask(spec: sources.Spec, request: sources.Request, validators: dict[str, str] | None = None) -> Asked:
    """Ask for a list page and read it; never raises for what a server does."""
    started = time.monotonic()
    try:
        answer = client.get(
            request.url, method=request.method, headers=request.headers, data=request.form or None,
            validators=validators if request.method == "GET" else None, max_size=MAX_SIZE, permit=hosts.permit,
        )  # fmt: skip
    except client.FetchError as error:
        if error.retry_after:
            hosts.back_off(request.url, error.retry_after)
        return Asked(request, _since(started), status=error.status, error=error)
    if answer.status == 304:
        return Asked(request, _since(started), status=304)
    asked = Asked(request, _since(started), status=answer.status, answer=answer)
    asked.listing = sources.parse(spec, request, answer.body, answer.url, answer.headers.get("content-type", ""))
    return asked


def kept(spec: sources.Spec, request: sources.Request, capture_id: object) -> sources.Listing | None:
    """The list as it was last answered, read anew from its kept bytes; None when they are not at hand."""
    found = Capture.objects.filter(pk=capture_id).first() if isinstance(capture_id, int) else None
    if found is None:
        return None
    try:
        data = store.load(found.snapshot_id)
    except store.SnapshotMissingError:
        return None
    return sources.parse(spec, request, data, found.url, found.headers.get("content-type", ""))


def _since(started: float) -> int:
    return int((time.monotonic() - started) * 1000)
