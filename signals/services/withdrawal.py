"""Withdrawn by the source: a page that is gone, or that says so itself. Nothing is deleted; it no longer counts."""

from django.db import transaction
from django.utils import timezone

from signals.formatting import reasons
from signals.models import Disclosure, Fetch
from signals.services import health, locks, read_models
from signals.services.notices import notice_in


def withdraw(url: str, reason: str) -> bool:
    """Mark the disclosure of an address as withdrawn and take its findings out of all counts; True when there is one."""
    with transaction.atomic():
        locks.one_writer()
        disclosure = read_models.locked().filter(canonical_url=url).exclude(current_version=None).first()
        if disclosure is None:
            return False
        if disclosure.withdrawn_at is None:
            disclosure.withdrawn_at, disclosure.withdrawn_reason = timezone.now(), reason
            disclosure.save(update_fields=["withdrawn_at", "withdrawn_reason"])
            read_models.refresh(disclosure)
            health.tell(disclosure.source, "withdrawn", reasons.reason("withdrawn", text=disclosure.title or url))
        return True


def restore(url: str) -> bool:
    """The address answers again: its disclosure counts again; True when it was withdrawn."""
    if not Disclosure.objects.filter(canonical_url=url, withdrawn_at__isnull=False).exists():
        return False
    with transaction.atomic():
        locks.one_writer()
        disclosure = read_models.locked().get(canonical_url=url)
        version = disclosure.current_version
        if disclosure.withdrawn_at is None or (version is not None and notice_in(version.text)):
            return False
        disclosure.withdrawn_at, disclosure.withdrawn_reason = None, ""
        disclosure.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        read_models.refresh(disclosure)
        health.tell(disclosure.source, "restored", reasons.reason("restored", text=disclosure.title or url))
        return True


def settle(fetch_id: int, state: str) -> None:
    """End a fetch that found a disclosure's page ``gone`` or ``back``, together with what that means for it."""
    with transaction.atomic():
        fetch = Fetch.objects.select_for_update().get(pk=fetch_id)
        if fetch.state not in ("waiting", "failed"):
            return
        if state == "gone":
            withdraw(fetch.url, f"Its source answers {fetch.status} since {timezone.now():%Y-%m-%d}.")
            fetch.state, fetch.error = (
                "rejected",
                f"The server answered {fetch.status}: marked as withdrawn by its source; nothing is deleted.",
            )
        else:
            restore(fetch.url)
            fetch.state, fetch.status = "unchanged", 304
        fetch.claimed_at, fetch.finished_at = None, timezone.now()
        fetch.save()
