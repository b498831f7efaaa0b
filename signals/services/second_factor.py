"""The second factor of signing in: a time-based code from an authenticator app, and backup codes for the day it is lost.

The secret is shown while it is being set up and never again; backup codes are shown once. Wrong codes are answered ever
more slowly by django-otp, a device at a time.
"""

from typing import Any

from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django_otp import verify_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from reex_site.lib.roles import has_role
from signals.services import audit

BACKUP_CODES = 10
TRIES, PAUSE = 10, 15 * 60


def begin(user: Any) -> TOTPDevice:
    """A new secret that waits for its first code; one that waited before is dropped."""
    if TOTPDevice.objects.devices_for_user(user, confirmed=True).exists():
        raise ValidationError(_("It is set up already."))
    with transaction.atomic():
        TOTPDevice.objects.devices_for_user(user, confirmed=False).delete()
        return TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def confirm(user: Any, code: str, session_key: str) -> list[str]:
    """Switch it on by a first code; returns the backup codes. Sessions begun without it end, but for ``session_key``'s."""
    device = TOTPDevice.objects.devices_for_user(user, confirmed=False).first()
    if device is None:
        raise ValidationError(_("Begin anew: there is no secret that waits for a code."))
    if not verify_token(user, device.persistent_id, _digits(code)):
        raise ValidationError(_("This code does not fit. Is the clock of your device right?"))
    with transaction.atomic():
        TOTPDevice.objects.filter(pk=device.pk).update(confirmed=True)
        codes = _new_codes(user)
    audit.sign_out_elsewhere(user, session_key)
    return codes


def renew_codes(user: Any, password: str) -> list[str]:
    """New backup codes in place of the old ones."""
    _require_password(user, password)
    if not TOTPDevice.objects.devices_for_user(user, confirmed=True).exists():
        raise ValidationError(_("Set up the app first."))
    with transaction.atomic():
        return _new_codes(user)


def disable(user: Any, password: str) -> None:
    _require_password(user, password)
    _remove(user)


def reset(by: Any, user: Any) -> None:
    """An admin takes the second factor off an account whose owner has lost it, and ends its sessions."""
    if not has_role(by, "admin"):
        raise PermissionDenied
    if by.pk == user.pk:
        raise ValidationError(_("Another admin changes your own account."))
    _remove(user)
    audit.sign_out_everywhere(user)


def fits(user: Any, code: str) -> bool:
    """Whether the code is the app's at this moment, or an unused backup code, which is used up by it."""
    digits = _digits(code)
    model: Any = TOTPDevice if len(digits) == 6 and digits.isdigit() else StaticDevice
    device = model.objects.devices_for_user(user, confirmed=True).first()
    return device is not None and verify_token(user, device.persistent_id, digits) is not None


def needed(user: Any) -> bool:
    """Whether this person must show a code to sign in."""
    return TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


def _remove(user: Any) -> None:
    with transaction.atomic():
        TOTPDevice.objects.devices_for_user(user).delete()
        StaticDevice.objects.devices_for_user(user).delete()


def _new_codes(user: Any) -> list[str]:
    StaticDevice.objects.devices_for_user(user).delete()
    device = StaticDevice.objects.create(user=user, name="backup")
    codes = [StaticToken.random_token() for _each in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def _require_password(user: Any, password: str) -> None:
    """The password again, at most ``TRIES`` wrong ones in ``PAUSE`` seconds: an open session must not be a way to guess it."""
    key = f"password-again:{user.pk}"
    wrong = cache.get(key, 0)
    if wrong >= TRIES:
        raise ValidationError(_("Too many wrong passwords. Try again in a quarter of an hour."))
    if not user.check_password(password):
        cache.set(key, wrong + 1, PAUSE)
        raise ValidationError(_("The password is not right."))
    cache.delete(key)


def _digits(code: str) -> str:
    """A code as it is typed, without the spaces that apps show and with small letters."""
    return "".join(code.split()).lower()[:20]
