"""Sources: registering them, starting their runs."""

from typing import Any

from signals.models import Source

WATCH_KEY, MANUAL_KEY = "watch-folder", "manual"


def ensure(key: str, **fields: Any) -> Source:
    """The source with this key, made with ``fields`` when it is new."""
    source, _ = Source.objects.get_or_create(key=key, defaults=fields)
    return source


def watch_source() -> Source:
    return ensure(
        WATCH_KEY, name="Watch folder", kind="watch", enabled=True, cadence_minutes=1, grade="C",
        state="healthy", state_reason="looked at every few seconds", definition={"origin": "unknown"},
    )  # fmt: skip


def manual_source() -> Source:
    return ensure(
        MANUAL_KEY, name="Added by hand", kind="manual", enabled=True, grade="C",
        state="healthy", state_reason="takes what people add", definition={"origin": "unknown"},
    )  # fmt: skip
