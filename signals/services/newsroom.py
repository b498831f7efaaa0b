"""The sample newsroom: pages that ship with the project, taken in through the same path as everything else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from signals.ingest import store
from signals.models import Capture, Fetch, Source
from signals.services import fetch

FOLDER = Path(__file__).resolve().parent.parent / "newsroom"


def sources() -> dict[str, Source]:
    """The sample sources by key, made when they are new."""
    return {spec["key"]: _source(spec["key"], spec) for spec in _list("sources.yml")}


def _source(key: str, spec: dict[str, Any]) -> Source:
    source, _ = Source.objects.update_or_create(
        key=key,
        defaults={
            "name": spec["name"],
            "kind": "sample",
            "publisher": spec.get("publisher", ""),
            "language": spec.get("language", ""),
            "time_zone": spec.get("timezone", "Asia/Shanghai"),
            "state_ownership": spec.get("state_ownership", "unknown"),
            "grade": spec.get("grade", "C"),
            "definition": {"origin": spec.get("origin", "unknown")},
            "enabled": True,
            "state": "healthy",
            "state_reason": "sample pages that ship with the project",
        },
    )
    return source


def pages() -> list[dict[str, Any]]:
    return _list("manifest.yml")


def _list(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return found


def keep(*, second_versions: bool) -> Iterator[int]:
    """Keep the pages that are not kept yet and give their fetch ids; later versions of a page come in a second round."""
    by_key = sources()
    for page in pages():
        if bool(page.get("version_of")) is not second_versions:
            continue
        data = (FOLDER / page["file"]).read_bytes()
        url = page["version_of"] if second_versions else page["url"]
        kept = Capture.objects.filter(url=url, snapshot_id=store.digest(data))
        if kept.exists():  # an earlier load that was cut off may have left it unread
            yield from Fetch.objects.filter(capture__in=kept, state__in=Fetch.OPEN).values_list("pk", flat=True)
            continue
        hints = {name: page[name] for name in ("publisher", "published_on", "language") if page.get(name)}
        yield fetch.keep(by_key[page["source"]], url, data, hints={**hints, "url": url})
