"""What people say about whole documents: that they went through one from end to end, so that misses can be counted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from reex_site.lib.roles import has_role
from signals.models import Disclosure


@transaction.atomic
def mark_fully_reviewed(user: Any, disclosure_id: int, done: bool) -> Disclosure:
    """Recall is counted over documents with this mark: every figure in them was judged or entered."""
    if not has_role(user, "editor"):
        raise PermissionDenied
    disclosure = Disclosure.objects.select_for_update().filter(pk=disclosure_id).exclude(current_version=None).first()
    if disclosure is None:
        raise Http404
    disclosure.fully_reviewed_at = timezone.now() if done else None
    disclosure.save(update_fields=["fully_reviewed_at"])
    return disclosure
