"""Accounts as an admin manages them: made, given a role, closed, opened again. Accounts are never deleted."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from reex_site.lib.roles import ROLES, give_role, has_role
from signals.services import audit


def create(by: Any, username: str, email: str, password: str, role: str) -> Any:
    """A new account. Raises PermissionDenied, or ValidationError with what is wrong."""
    _require_admin(by)
    model = get_user_model()
    if role not in ROLES:
        raise ValidationError(_("There is no such role."))
    user = model(username=username.strip(), email=email.strip())
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    with transaction.atomic():
        user.save()
        give_role(user, role)
    return user


@transaction.atomic
def change(by: Any, user_id: int, *, role: str | None = None, active: bool | None = None) -> Any:
    """Give another role, close or open an account. Nobody takes their own rights away, so one admin always stays."""
    _require_admin(by)
    user = get_user_model().objects.select_for_update().get(pk=user_id)
    if user.pk == by.pk:
        raise ValidationError(_("Another admin changes your own account."))
    if role is not None:
        if role not in ROLES:
            raise ValidationError(_("There is no such role."))
        give_role(user, role)
    if active is not None:
        user.is_active = active
        user.save(update_fields=["is_active"])
    if active is False:
        audit.sign_out_everywhere(user)
    return user


def _require_admin(user: Any) -> None:
    if not has_role(user, "admin"):
        raise PermissionDenied
