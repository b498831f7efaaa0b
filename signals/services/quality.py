"""What people say about whole documents: that they went through one from end to end, so that misses can be counted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Min
from django.http import Http404

from reex_site.lib.roles import has_role
from signals.models import Disclosure, FullReview


@transaction.atomic
def mark_fully_reviewed(user: Any, disclosure_id: int, done: bool) -> Disclosure:
    """Recall is counted over documents that somebody went through: every figure in them was judged or entered.

    Everybody sets and takes back their own mark; the document counts from the first one that stands.
    """
    if not has_role(user, "editor"):
        raise PermissionDenied
    disclosure = Disclosure.objects.select_for_update().filter(pk=disclosure_id).exclude(current_version=None).first()
    if disclosure is None:
        raise Http404
    if done:
        FullReview.objects.get_or_create(disclosure=disclosure, user=user)
    else:
        FullReview.objects.filter(disclosure=disclosure, user=user).delete()
    disclosure.fully_reviewed_at = FullReview.objects.filter(disclosure=disclosure).aggregate(first=Min("at"))["first"]
    disclosure.save(update_fields=["fully_reviewed_at"])
    return disclosure
