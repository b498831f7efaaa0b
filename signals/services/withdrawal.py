"""Withdrawn by the source: a page that is gone, or that says so itself. Nothing is deleted; it no longer counts."""

import re

from django.db import transaction
from django.utils import timezone

from signals.models import Disclosure, Fetch
from signals.services import extraction, health, locks

# Words with which outlets take a text back; only looked for at its head, where such notices stand.
_HEAD = 600  # characters
_NOTICES = [
    re.compile(
        r"\b(?:this|the) (?:article|story|report|post|announcement|page|notice) (?:has been|was|is) "
        r"(?:withdrawn|retracted|removed|taken down|unpublished|superseded)\b[^\n.]{0,200}", re.I,
    ),
    re.compile(r"^\s*(?:retraction|retracted|withdrawn|correction notice)\b\s*[:：—–-][^\n]{0,200}", re.I | re.M),
    re.compile(r"(?:本文|此文|该文|本公告|该公告|本报道|此报道)(?:已|现已|已经)(?:被)?(?:撤回|撤稿|删除|作废|撤销|下架|失效)[^\n。]{0,80}"),
    re.compile(r"^\s*(?:撤稿|撤回|更正)(?:声明|公告|启事|说明)[^\n]{0,120}", re.M),
]  # fmt: skip


def notice_in(text: str) -> str:
    """The sentence with which a page takes itself back, or an empty string."""
    head = text[:_HEAD]
    for pattern in _NOTICES:
        match = pattern.search(head)
        if match:
            return match.group().strip()
    return ""


def withdraw(url: str, reason: str) -> bool:
    """Mark the disclosure of an address as withdrawn and take its findings out of all counts; True when there is one."""
    with transaction.atomic():
        locks.one_writer()
        disclosure = extraction.locked().filter(canonical_url=url).exclude(current_version=None).first()
        if disclosure is None:
            return False
        if disclosure.withdrawn_at is None:
            disclosure.withdrawn_at, disclosure.withdrawn_reason = timezone.now(), reason
            disclosure.save(update_fields=["withdrawn_at", "withdrawn_reason"])
            extraction.refresh_pages(disclosure)
            health.tell(disclosure.source, "withdrawn", f"Withdrawn by the source: {disclosure.title or url}. {reason}")
        return True


def restore(url: str) -> bool:
    """The address answers again: its disclosure counts again; True when it was withdrawn."""
    if not Disclosure.objects.filter(canonical_url=url, withdrawn_at__isnull=False).exists():
        return False
    with transaction.atomic():
        locks.one_writer()
        disclosure = extraction.locked().get(canonical_url=url)
        version = disclosure.current_version
        if disclosure.withdrawn_at is None or (version is not None and notice_in(version.text)):
            return False
        disclosure.withdrawn_at, disclosure.withdrawn_reason = None, ""
        disclosure.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        extraction.refresh_pages(disclosure)
        health.tell(disclosure.source, "restored", f"Answers again: {disclosure.title or url}")
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


def look(fetch_id: int) -> bool:
    """Does the page that was just read take itself back? Then mark it; running it twice changes nothing."""
    fetch = Fetch.objects.filter(pk=fetch_id, version__isnull=False).select_related("version__disclosure").first()
    if fetch is None or fetch.version is None or fetch.version.disclosure.withdrawn_at is not None:
        return False
    said = notice_in(fetch.version.text)
    return bool(said) and withdraw(fetch.version.disclosure.canonical_url, f"Its page says: {said}")
