"""What people bring: pasted text and uploaded files, kept as they came and then read like everything else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from reex_site.lib.roles import has_role
from signals.formatting.reasons import reason
from signals.models import Disclosure, Source
from signals.services import fetch, health
from signals.services.source import manual_source

BY_HAND = ("manual", "watch")  # kinds of sources whose documents people bring


@dataclass(frozen=True, slots=True)
class Brought:
    """A document as somebody brought it; ``name`` is that of its file, or ``text``."""

    name: str
    data: bytes

    @property
    def url(self) -> str:
        """Its place where it names none itself: by its bytes, so that another file of the same name is another document."""
        return f"file:{hashlib.sha256(self.data).hexdigest()[:16]}/{self.name}"


def open_sources() -> list[Source]:
    """The sources that take what people bring, those added by hand first."""
    first = manual_source()
    others = Source.objects.filter(kind="manual", enabled=True).exclude(pk=first.pk)
    return [first, *others.order_by("name")]


def comes_from_elsewhere(url: str) -> Disclosure | None:
    """The disclosure that a source on the web has at this address: what is pasted must not pass for an edit of it."""
    return Disclosure.objects.filter(canonical_url=url).exclude(source__kind__in=BY_HAND).first()


def bring(by: User, source: Source, documents: Sequence[Brought], told: dict[str, str]) -> list[int]:
    """Keep what an editor brought and note it in the source's log; returns the fetches that wait to be read.

    ``told`` is what the person says of them: title, url, publisher, published_on, language. Empty and too large ones become
    rejected rows with the reason.
    """
    if not has_role(by, "editor"):
        raise PermissionDenied("Only editors may add documents.")
    hints = {name: value for name, value in told.items() if value}
    with transaction.atomic():
        made = [fetch.keep(source, one.url, one.data, hints=hints) for one in documents]
        health.tell(source, "brought", reason("brought", n=len(made)), by)
    return made
