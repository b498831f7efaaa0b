"""What was promised and what became of it: the seam for the follow-through ledger."""

from django.db import models
from django.db.models import Q

STEPS = ["announced", "under_way", "done", "slipped", "dropped", "gone_quiet", "overdue"]


class Commitment(models.Model):
    """A promise: who, what, due when. Its state is that of its latest step."""

    key = models.CharField(max_length=64, unique=True)
    entity = models.ForeignKey("companies.Entity", on_delete=models.PROTECT, related_name="commitments")
    theme = models.CharField(max_length=40)
    what = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    due_precision = models.CharField(max_length=8, blank=True)
    opened_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["entity", "due_on"], name="commitment_due")]

    def __str__(self) -> str:
        return self.what[:80]


class CommitmentStep(models.Model):
    """A later sentence about a promise, with its quote; ``inferred`` when silence or a passed date speaks instead."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12)
    on = models.DateField(null=True, blank=True)
    finding_key = models.CharField(max_length=64, blank=True)
    quote = models.TextField(blank=True)
    inferred = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["commitment_id", "on", "id"]
        constraints = [
            models.CheckConstraint(name="commitment_step_state", condition=Q(state__in=STEPS)),
            models.CheckConstraint(name="commitment_step_quote_or_inferred", condition=Q(inferred=True) | ~Q(quote="")),
        ]
