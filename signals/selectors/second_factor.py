"""How far somebody's second factor is: none, waiting for its first code, or on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice


@dataclass(frozen=True, slots=True)
class State:
    """``waiting`` is the device whose secret may still be shown; ``left`` counts unused backup codes."""

    on: bool
    waiting: TOTPDevice | None
    since: datetime | None
    left: int


def state(user: Any) -> State:
    devices = {device.confirmed: device for device in TOTPDevice.objects.devices_for_user(user)}
    on = devices.get(True)
    left = StaticToken.objects.filter(device__user=user, device__confirmed=True).count() if on else 0
    return State(on is not None, None if on else devices.get(False), on.created_at if on else None, left)


def owners() -> set[int]:
    """Who has a second factor."""
    return set(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True))
