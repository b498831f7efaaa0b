"""What triggers cannot see, written into the same log: exports. And who is signed in where."""

from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from signals.models import AuditEntry, SignIn


def exported(user: Any, what: str, url: str, rows: int) -> None:
    """Note that somebody took records out. ``what`` names them, e.g. "revenue.csv"."""
    AuditEntry.objects.create(
        table="export", object=what[:200], operation="export", actor=user.pk if user.is_authenticated else None,
        url=url[:2000], after={"rows": rows},
    )  # fmt: skip


def signed_in(user: Any, session_key: str, address: str, agent: str) -> None:
    """Remember a session that has just begun."""
    SignIn.objects.update_or_create(
        session_key=session_key,
        defaults={"user": user, "address": address[:60], "agent": agent[:300], "ended_at": None},
    )


def sign_out(user: Any, sign_in_ids: list[int]) -> int:
    """End these sessions of ``user``; others' are left alone. Returns how many ended."""
    with transaction.atomic():
        rows = SignIn.objects.select_for_update().filter(user=user, pk__in=sign_in_ids, ended_at=None)
        keys = list(rows.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        return rows.update(ended_at=timezone.now())


def sign_out_everywhere(user: Any) -> int:
    """End all sessions of ``user``."""
    return sign_out(user, list(SignIn.objects.filter(user=user, ended_at=None).values_list("pk", flat=True)))


def sign_out_elsewhere(user: Any, session_key: str) -> int:
    """End all sessions of ``user`` but this one."""
    others = SignIn.objects.filter(user=user, ended_at=None).exclude(session_key=session_key)
    return sign_out(user, list(others.values_list("pk", flat=True)))
