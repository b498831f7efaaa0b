"""Who may do what: analysts read and keep their own views, editors also review, admins also run the site.

A role is a group of that name, so that the admin pages can hand it out; a superuser is an admin without it. Where the house
asks admins for a second factor (`REEX_ADMIN_SECOND_FACTOR`), an admin without one may do what editors may.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django_otp.plugins.otp_totp.models import TOTPDevice

ROLES = ("analyst", "editor", "admin")


def role_of(user: Any) -> str:
    """The highest role a person may act in; an empty string for a stranger."""
    if not user.is_authenticated or not user.is_active:
        return ""
    return "editor" if lacks_second_factor(user) else given_role(user)


def lacks_second_factor(user: Any) -> bool:
    """Whether this is an admin who has yet to set up the second factor that the house asks for."""
    if not settings.ADMIN_SECOND_FACTOR or not user.is_authenticated or given_role(user) != "admin":
        return False
    return not TOTPDevice.objects.devices_for_user(user, confirmed=True).exists()


def given_role(user: Any) -> str:
    """The highest role that was given to a person, whether their account is open or closed."""
    if user.is_superuser:
        return "admin"
    given = getattr(user, "_role_names", None)
    if given is None:  # asked by view, service and page of one request
        given = user._role_names = {group.name for group in user.groups.all()}  # may be fetched before
    return next((role for role in reversed(ROLES) if role in given), "analyst")


def has_role(user: Any, role: str) -> bool:
    """Whether a person has at least this role."""
    own = role_of(user)
    return bool(own) and ROLES.index(own) >= ROLES.index(role)


def give_role(user: Any, role: str) -> None:
    """Make this the person's only role; an admin may also use Django's admin pages."""
    if role not in ROLES:
        raise ValueError(f"{role!r} is no role; known are {', '.join(ROLES)}")
    user.groups.remove(*user.groups.filter(name__in=ROLES))
    user.groups.add(Group.objects.get_or_create(name=role)[0])
    user._role_names = None
    user.is_staff = user.is_superuser = role == "admin"
    user.save(update_fields=["is_staff", "is_superuser"])
