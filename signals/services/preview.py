"""A source tried out: its list and its first ten items, read by the same code as a run, and what the engine finds in them."""

import re
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils import timezone

from signals import sources
from signals.extraction import extract
from signals.extraction.reading import UnreadableError
from signals.ingest import client, limits
from signals.models import Source, SourcePreview
from signals.services import hosts, lexicon, listing
from signals.services.source import require_admin
from signals.sources.addresses import host_of
from signals.sources.detect import detect

FIRST_ITEMS = 10
MOST_LISTS = 3
PATIENCE = 100.0  # seconds to wait for a host's turn
CLAIM = timedelta(minutes=6)
QUOTES = 3


def ask(by: User, definition: dict[str, Any], source: Source | None = None) -> SourcePreview:
    """Put a preview on the list of work; ``definition`` is a whole one, or only ``{"url": …}`` to find out the kind."""
    require_admin(by)
    return SourcePreview.objects.create(asked_by=by, definition=definition, source=source, step="Waiting for a worker.")


def run(preview_id: int) -> None:
    """Do a preview that waits. Each step is written down, so that the page can show it."""
    now = timezone.now()
    free = SourcePreview.objects.filter(pk=preview_id, state__in=["waiting", "running"]).filter(
        Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    )
    if not free.update(claimed_at=now, state="running"):
        return
    preview = SourcePreview.objects.get(pk=preview_id)
    try:
        if not settings.FETCH_ENABLED:
            raise client.FetchError(client.why_off())
        _run(preview)
        _end(preview, "done")
    except (client.FetchError, sources.SpecError) as error:
        _end(preview, "failed", str(error))
    except Exception as error:  # whatever it was, the person who waits must hear of it
        _end(preview, "failed", f"{type(error).__name__}: {error}")
        raise


def _end(preview: SourcePreview, state: str, error: str = "") -> None:
    preview.state, preview.error, preview.finished_at, preview.step = state, error[:2000], timezone.now(), ""
    preview.save()


def _run(preview: SourcePreview) -> None:
    definition = dict(preview.definition)
    result: dict[str, Any] = {"notes": [], "items": [], "requests": []}
    preview.result = result
    if "url" in definition:
        definition = _detected(preview, str(definition["url"]))
    result["definition"] = definition
    spec = sources.build(definition, "the definition")
    items = _list(preview, spec)
    result["found"] = len(items)
    selection = sources.select(spec, items)
    result["notes"] += [f"{count} left out: {reason}" for reason, count in selection.refused.items()]
    result["taken"] = len(selection.taken)
    for number, item in enumerate(selection.taken[:FIRST_ITEMS], 1):
        _say(preview, f"Reading item {number} of {min(len(selection.taken), FIRST_ITEMS)}: {item.title or item.url}")
        result["items"].append(_item(spec, item))
        preview.save(update_fields=["result"])


def _say(preview: SourcePreview, step: str) -> None:
    preview.step = step[:500]
    preview.save(update_fields=["step", "result"])


def _turn(url: str, pause: float) -> None:
    """Wait for our turn at the host. Raises FetchError when that would take too long."""
    client.checked(url)
    if not hosts.wait_for(hosts.reserve(url, pause), PATIENCE):
        raise client.FetchError("The host is busy with other fetches; try again in some minutes.")


def _detected(preview: SourcePreview, url: str) -> dict[str, Any]:
    """A definition to begin with, from what the address answers."""
    _say(preview, f"Asking {url}")
    _turn(url, 0)
    answer = client.get(url, max_size=listing.MAX_SIZE, permit=hosts.permit)
    found = detect(answer.body, answer.url, answer.headers.get("content-type", ""))
    preview.result["detected"] = found.words
    host = host_of(answer.url).removeprefix("www.")
    name = str(found.fields.get("name") or host)
    return {
        "key": key_for(host), "name": name[:120], "kind": found.kind, "homepage": _home(answer.url), "urls": [answer.url],
        **{key: value for key, value in found.fields.items() if value and key != "name"},
    }  # fmt: skip


def _home(url: str) -> str:
    match = re.match(r"https?://[^/?#]+", url)
    return f"{match.group()}/" if match else ""


def key_for(text: str) -> str:
    """A free key made of a name or host."""
    base = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60] or "source"
    key, number = base, 1
    while Source.objects.filter(key=key).exists():
        number += 1
        key = f"{base}-{number}"
    return key


def _list(preview: SourcePreview, spec: sources.Spec) -> list[sources.Item]:
    today = timezone.now().astimezone(ZoneInfo(spec.time_zone)).date()
    todo = sources.first_requests(spec, today)
    items: list[sources.Item] = []
    while todo and len(preview.result["requests"]) < MOST_LISTS and len(items) < FIRST_ITEMS:
        request = todo.pop(0)
        _say(preview, f"Asking for the list: {request.url}")
        _turn(request.url, spec.pause)
        asked = listing.ask(spec, request)
        preview.result["requests"].append(asked.as_json())
        if asked.error is not None:
            raise asked.error
        if asked.listing is not None:
            preview.result["notes"] += asked.listing.notes
            preview.result["outcome"] = asked.listing.outcome
            items += asked.listing.items
            todo = asked.listing.more + todo
    return items


def _item(spec: sources.Spec, item: sources.Item) -> dict[str, Any]:
    """One item as the page shows it: what the list says, and what the engine finds in it."""
    shown: dict[str, Any] = {"url": item.url, "title": item.title, "published_on": item.published_on or ""}
    try:
        _turn(item.url, spec.pause)
        answer = client.get(item.url, max_size=limits.MAX_SIZE, permit=hosts.permit)
        found = extract(
            answer.body,
            lexicon.current(),
            url=answer.url,
            published_on=item.published_on,
            language=item.language or spec.language or None,
        )
    except (client.FetchError, UnreadableError) as error:
        return {**shown, "error": str(error)}
    reading = found.reading
    return {
        **shown,
        "title": reading.title or item.title,
        "published_on": item.published_on or reading.published_on or "",
        "language": reading.language,
        "charset": reading.charset or "",
        "length": len(reading.text),
        "figures": len(found.indicators),
        "signals": len(found.signals),
        "quotes": [
            {"metric": one.metric, "text": reading.text[one.span[0] : one.span[1]][:280]}
            for one in found.indicators[:QUOTES]
        ],
        "themes": sorted({one.theme for one in found.signals})[:6],
        "warnings": [warning.message for warning in found.warnings[:3]],
    }


def left_behind() -> list[int]:
    """Previews whose message was lost or whose worker died."""
    now = timezone.now()
    rows = SourcePreview.objects.filter(state__in=["waiting", "running"], asked_at__gt=now - timedelta(hours=1))
    rows = rows.filter(asked_at__lt=now - timedelta(minutes=1)).filter(
        Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    )
    return list(rows.values_list("pk", flat=True))
