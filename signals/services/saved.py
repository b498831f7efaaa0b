"""Saved views: a reader's own names for addresses. Nobody touches another's."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from signals.models import SavedView

MOST = 60
NAME = 120


class SavedViewError(ValueError):
    """The view cannot be kept; ``args[0]`` is empty_name, name_taken, no_such_page or too_many."""


@transaction.atomic
def save(user: Any, name: str, address: str) -> SavedView:
    """Keep an address under a name; saving under a name that the reader has already moves it. Raises SavedViewError."""
    if not address:
        raise SavedViewError("no_such_page")
    name = _name(name)
    known = SavedView.objects.filter(user=user, name=name).exists()
    if not known and SavedView.objects.filter(user=user).count() >= MOST:
        raise SavedViewError("too_many")
    row, _new = SavedView.objects.update_or_create(
        user=user, name=name, defaults={"url": address, "opened_at": timezone.now()}
    )
    return row


def rename(user: Any, pk: int, name: str) -> None:
    """Give one of the reader's views another name. Raises SavedView.DoesNotExist, SavedViewError."""
    row = SavedView.objects.get(user=user, pk=pk)
    name = _name(name)
    if SavedView.objects.filter(user=user, name=name).exclude(pk=pk).exists():
        raise SavedViewError("name_taken")
    row.name = name
    row.save(update_fields=["name"])


def delete(user: Any, pk: int) -> None:
    """Raises SavedView.DoesNotExist."""
    SavedView.objects.get(user=user, pk=pk).delete()


def address(user: Any, pk: int) -> str:
    """Where one of the reader's views leads. Raises SavedView.DoesNotExist."""
    return SavedView.objects.get(user=user, pk=pk).url


def opened(user: Any, pk: int) -> str:
    """Note that the reader sees the view now; its address. Raises SavedView.DoesNotExist."""
    row = SavedView.objects.get(user=user, pk=pk)
    row.opened_at = timezone.now()
    row.save(update_fields=["opened_at"])
    return row.url


def _name(text: str) -> str:
    name = " ".join(text.replace("\0", "").split())[:NAME]
    if not name:
        raise SavedViewError("empty_name")
    return name
