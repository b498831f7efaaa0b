"""Who may do what: analysts read and keep their own views, editors also review, admins also run the site.

A role is a group of that name, so that the admin pages can hand it out; a superuser is an admin without it.
"""

from typing import Any

from django.contrib.auth.models import Group

ROLES = ("analyst", "editor", "admin")


def role_of(user: Any) -> str:
    """The highest role a person has; an empty string for a stranger."""
    if not user.is_authenticated or not user.is_active:
        return ""
    if user.is_superuser:
        return "admin"
    given = set(user.groups.values_list("name", flat=True))
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
    user.is_staff = user.is_superuser = role == "admin"
    user.save(update_fields=["is_staff", "is_superuser"])
