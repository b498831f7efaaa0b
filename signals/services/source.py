"""Sources: registering, changing, pausing them and asking for their runs. People may do so only as admins."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from companies.models import Entity
from reex_site.lib.roles import has_role
from signals.formatting.reasons import Reason, reason
from signals.ingest import client
from signals.models import Source
from signals.services import health, runs
from signals.sources import Spec, build, load_catalog
from signals.sources.schedule import jitter
from signals.sources.spec import ASKED

WATCH_KEY, MANUAL_KEY = "watch-folder", "manual"
FIRST_RUN = timedelta(minutes=1)


class NotNowError(Exception):
    """What was asked for is not possible at the moment; the message says why."""


def ensure(key: str, **fields: Any) -> Source:
    """The source with this key, made with ``fields`` when it is new."""
    source, _ = Source.objects.get_or_create(key=key, defaults=fields)
    return source


def watch_source() -> Source:
    return ensure(
        WATCH_KEY, name="Watch folder", kind="watch", enabled=True, cadence_minutes=1, grade="C",
        state="healthy", **_said(reason("looked_at")), definition={"origin": "unknown"},
    )  # fmt: skip


def manual_source() -> Source:
    return ensure(
        MANUAL_KEY, name="Added by hand", kind="manual", enabled=True, grade="C",
        state="healthy", **_said(reason("by_hand")), definition={"origin": "unknown"},
    )  # fmt: skip


def require_admin(user: User) -> None:
    """Raises PermissionDenied for everybody else."""
    if not has_role(user, "admin"):
        raise PermissionDenied("Only admins may change sources.")


def load(folder: Path | None = None) -> tuple[int, int]:
    """Bring the catalog's definitions in; returns how many were made and how many changed.

    What an admin has edited, paused or switched on stays as the admin left it.
    """
    made = changed = 0
    for key, spec in load_catalog(folder or Path(settings.SOURCE_CATALOG_DIR)).items():
        source = Source.objects.filter(key=key).first()
        if source is None:
            save(spec, origin_file=f"{key}.yml")
            made += 1
        elif source.origin_file and source.definition != spec.as_json():
            save(spec, origin_file=f"{key}.yml", enabled=source.enabled)
            changed += 1
    return made, changed


def save(spec: Spec, *, by: User | None = None, origin_file: str = "", enabled: bool | None = None) -> Source:
    """Make or change the source of a definition. With ``by`` it is a person's act: admins only, and noted in the log."""
    if by is not None:
        require_admin(by)
    on = (spec.enabled if enabled is None else enabled) or spec.kind not in ASKED  # what people bring is always welcome
    with transaction.atomic():
        old = Source.objects.select_for_update().filter(key=spec.key).first()
        fields = _fields(spec) | {"enabled": on, "origin_file": origin_file}
        if old is None or (on and not old.enabled) or old.cadence_minutes != spec.minutes or old.cron != spec.cron:
            fields["next_run_at"] = _first_run(spec) if on and spec.kind in ASKED else None
        if not on and (old is None or old.enabled):
            fields |= {"state": "paused", **_said(reason("switched_off"))}
        elif on and (old is None or not old.enabled):
            fields |= {
                "state": "new" if spec.kind in ASKED else "healthy",
                "paused_reason": "",
                **_said(reason("not_run" if spec.kind in ASKED else "by_hand")),
            }
        source, created = Source.objects.update_or_create(key=spec.key, defaults=fields)
        if by is not None:
            health.tell(source, "edited", reason("added") if created else _difference(old, spec), by)
    return source


def _fields(spec: Spec) -> dict[str, Any]:
    entity = Entity.objects.filter(pk=spec.publisher_entity).first() if spec.publisher_entity else None
    return {
        "name": spec.name, "kind": spec.kind, "homepage": spec.homepage, "definition": spec.as_json(),
        "publisher": spec.publisher or spec.name, "publisher_entity": entity, "state_ownership": spec.state_ownership,
        "language": spec.language, "time_zone": spec.time_zone, "grade": spec.grade, "tier": spec.tier,
        "cadence_minutes": spec.minutes, "cron": spec.cron,
    }  # fmt: skip


def _first_run(spec: Spec) -> Any:
    return timezone.now() + FIRST_RUN + jitter(spec.key, spec.minutes)


def _said(told: Reason) -> dict[str, Any]:
    return {"state_reason": str(told), "state_said": told.as_json()}


def _difference(old: Source | None, spec: Spec) -> Reason:
    before, after = (old.definition if old else {}), spec.as_json()
    names = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return reason("edited", names=", ".join(names).replace("_", " ")) if names else reason("saved")


def pause(source: Source, by: User, why: str = "") -> None:
    """Stop polling until somebody resumes it."""
    require_admin(by)
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=source.pk)
        told = reason("told", text=why.strip()[:500]) if why.strip() else reason("paused_by", who=by.get_username())
        source.enabled, source.paused_reason = False, str(told)
        source.state, source.state_since = "paused", timezone.now()
        source.state_reason, source.state_said = source.paused_reason, told.as_json()
        source.save(update_fields=["enabled", "paused_reason", "state", "state_reason", "state_said", "state_since"])
        health.tell(source, "paused", reason("paused", reason=told), by)


def resume(source: Source, by: User) -> None:
    """Poll again, beginning shortly. Raises SpecError when the definition cannot be used."""
    require_admin(by)
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=source.pk)
        if source.kind in ASKED:
            from_definition(source, enabled=True)
        source.enabled, source.paused_reason, source.next_run_at = (
            True,
            "",
            timezone.now() if source.kind in ASKED else None,
        )
        told = reason("resumed")
        source.state, source.state_since = "due" if source.kind in ASKED else "healthy", timezone.now()
        source.state_reason, source.state_said = str(told), told.as_json()
        source.save(
            update_fields=[
                "enabled", "paused_reason", "next_run_at", "state", "state_reason", "state_said", "state_since",
            ]
        )  # fmt: skip
        health.tell(source, "resumed", reason("going_on"), by)


def run_now(source: Source, by: User) -> str:
    """Ask for a run at once; returns its schedule slot. Raises NotNowError with the reason when there can be none."""
    require_admin(by)
    if source.kind not in ASKED:
        raise NotNowError("This source has no list to ask for; it takes what people or folders bring.")
    if not settings.FETCH_ENABLED:
        raise NotNowError(client.why_off())
    if source.runs.filter(finished_at=None, started_at__gt=timezone.now() - timedelta(hours=1)).exists():
        raise NotNowError("A run is under way; its numbers appear in the log below.")
    health.tell(source, "asked", reason("asked"), by)
    return runs.ask(source)


def from_definition(source: Source, **changes: Any) -> Spec:
    """The source's definition, checked, with some fields changed. Raises SpecError."""
    return build({**source.definition, "key": source.key, **changes}, f"source {source.key}")
