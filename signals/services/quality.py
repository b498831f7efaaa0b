"""What people say about whole documents: that they go through one from end to end, so that misses can be counted."""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from reex_site.lib.roles import has_role
from signals.models import Disclosure, FullReview


@transaction.atomic
def read_alone(user: Any, disclosure_id: int) -> Disclosure:
    """Begin to go through a document without seeing what others marked and decided in it."""
    disclosure = _locked(user, disclosure_id)
    FullReview.objects.get_or_create(disclosure=disclosure, user=user)
    return disclosure


@transaction.atomic
def mark_fully_reviewed(user: Any, disclosure_id: int, done: bool) -> Disclosure:
    """Recall is counted over documents that somebody went through: every figure in them was judged or entered.

    Everybody sets and takes back their own mark; the document counts from the first one that stands. Under four eyes a
    second person's mark means something only when they read on their own: ValidationError without ``read_alone``.
    """
    disclosure = _locked(user, disclosure_id)
    marks = FullReview.objects.filter(disclosure=disclosure)
    unnamed = disclosure.fully_reviewed_at  # of the days before the house kept who did it
    if marks.filter(at=unnamed).exists():
        unnamed = None
    mine = marks.filter(user=user).first()
    if not done:
        marks.filter(user=user).delete()
    elif mine is None:
        if settings.FOUR_EYES and marks.exclude(at=None).exists():
            raise ValidationError(_("Somebody has been through it: begin a reading of your own first."))
        FullReview.objects.create(disclosure=disclosure, user=user, at=timezone.now())
    elif mine.at is None:
        marks.filter(pk=mine.pk).update(at=timezone.now())
    kept = [at for at in (unnamed, *marks.values_list("at", flat=True)) if at is not None]
    disclosure.fully_reviewed_at = min(kept, default=None)
    disclosure.save(update_fields=["fully_reviewed_at"])
    return disclosure


def reads_alone(user: Any, disclosure_id: int) -> bool:
    """Whether this person is going through the document without seeing others' marks."""
    return FullReview.objects.filter(disclosure=disclosure_id, user=user.pk, at=None).exists()


def _locked(user: Any, disclosure_id: int) -> Disclosure:
    if not has_role(user, "editor"):
        raise PermissionDenied
    disclosure = Disclosure.objects.select_for_update().filter(pk=disclosure_id).exclude(current_version=None).first()
    if disclosure is None:
        raise Http404
    return disclosure
