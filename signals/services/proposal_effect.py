"""What a proposal would change, measured on every kept text that has its words: gained, lost, changed.

A worker reads some texts a message and notes how far it came, so it may be killed at any text, and the page shows progress.
"""

import time
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from reex_site.lib.roles import has_role
from signals.extraction import extract
from signals.extraction.lexicon import Lexicon
from signals.ingest import store
from signals.models import DisclosureVersion, Measurement, Proposal
from signals.services import lexicon

EXAMPLES = 12
SECONDS = 60.0  # of reading a message, well within a task's time
NOTED = 5  # texts after which the progress is written down
CLAIM = timedelta(minutes=5)
FIELDS = ("metric", "product", "subject", "measure", "comparator", "value", "unit", "modality", "voice")


@transaction.atomic
def ask(user: Any, proposal_id: int) -> Measurement:
    """Put the measuring on the list of work; one that was under way begins anew. The worker counts the texts."""
    if not has_role(user, "editor"):
        raise PermissionDenied
    proposal = Proposal.objects.select_for_update().get(pk=proposal_id)
    Measurement.objects.filter(proposal=proposal).delete()
    return Measurement.objects.create(proposal=proposal, texts=0)


def left_behind() -> list[int]:
    """Measurements that nobody works on: their message or their worker was lost."""
    stale = timezone.now() - CLAIM
    waiting = Measurement.objects.exclude(state__in=["done", "failed"]).filter(
        asked_at__lt=timezone.now() - timedelta(seconds=30)
    )
    return list(waiting.filter(Q(claimed_at=None) | Q(claimed_at__lt=stale)).values_list("pk", flat=True))


def go_on(measurement_id: int, seconds: float = SECONDS) -> bool:
    """Read some texts with and without the proposal; True when there are more to read."""
    now = timezone.now()
    free = Measurement.objects.filter(pk=measurement_id, state__in=["waiting", "running"]).filter(
        Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM)
    )
    if not free.update(claimed_at=now, state="running"):
        return False
    effect = Measurement.objects.select_related("proposal").get(pk=measurement_id)
    try:
        return _read(effect, time.monotonic() + seconds)
    except Exception as error:  # whoever waits for it must hear of it
        effect.state, effect.error = "failed", f"{type(error).__name__}: {error}"[:500]
        effect.save()
        raise


def _read(effect: Measurement, stop: float) -> bool:
    proposal = effect.proposal
    if not effect.texts:
        effect.texts = _texts(proposal).count()
        effect.save(update_fields=["texts"])
    before = lexicon.current()
    after = before.with_overlay([lexicon.entry(proposal)]) if proposal.state != "accepted" else before
    rest = _texts(proposal).filter(pk__gt=effect.last).select_related("disclosure", "capture").order_by("pk")
    for version in rest.iterator(chunk_size=20):
        if time.monotonic() > stop:
            effect.claimed_at = None
            effect.save()
            return True
        _compare(version, _answers(version, before), _answers(version, after), effect)
        effect.read, effect.last = effect.read + 1, version.pk
        if effect.read % NOTED == 0:
            effect.claimed_at = timezone.now()
            effect.save()
    effect.state, effect.texts = "done", effect.read
    with transaction.atomic():
        effect.save()
        proposal.effect = {
            name: getattr(effect, name) for name in ("texts", "read", "gained", "lost", "changed", "examples")
        }
        proposal.save(update_fields=["effect"])
    return False


def _texts(proposal: Proposal) -> Any:
    return DisclosureVersion.objects.filter(text__icontains=proposal.phrase).exclude(current_of=None)


def _answers(version: DisclosureVersion, known: Lexicon) -> dict[tuple[int, int, int], tuple[Any, ...]]:
    """Figures by place (and order at that place), as one lexicon reads them."""
    disclosure = version.disclosure
    answer = extract(
        store.load(version.capture.snapshot_id), known,
        url=disclosure.canonical_url if disclosure.canonical_url.startswith("http") else None,
        published_on=str(disclosure.published_on) if disclosure.published_on else None, language=None,
    )  # fmt: skip
    found: dict[tuple[int, int, int], tuple[Any, ...]] = {}
    for one in answer.indicators:
        order = 0
        while (*one.figure, order) in found:
            order += 1
        label = one.period.label if one.period else ""
        found[(*one.figure, order)] = (
            *(getattr(one, name) for name in FIELDS),
            label,
            answer.reading.text[one.span[0] : one.span[1]],
        )
    return found


def _compare(
    version: DisclosureVersion,
    before: dict[tuple[int, int, int], Any],
    after: dict[tuple[int, int, int], Any],
    effect: Measurement,
) -> None:
    for place in sorted(before.keys() | after.keys()):
        was, becomes = before.get(place), after.get(place)
        if was == becomes:
            continue
        told = becomes or was
        assert told is not None  # they differ, so one of them says something
        what = "gained" if was is None else "lost" if becomes is None else "changed"
        setattr(effect, what, getattr(effect, what) + 1)
        if len(effect.examples) < EXAMPLES:
            effect.examples.append(
                {
                    "what": what,
                    "disclosure": version.disclosure_id,
                    "quote": told[-1][:300],
                    "was": _said(was),
                    "becomes": _said(becomes),
                }
            )


def _said(answer: tuple[Any, ...] | None) -> str:
    """An answer as one line: what is neither empty nor the quote."""
    return " · ".join(str(part) for part in answer[:-1] if part not in (None, "", "=")) if answer else ""
