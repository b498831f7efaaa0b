"""What was promised and what became of it: the follow-through ledger. Rebuildable from the findings."""

from django.db import models
from django.db.models import Q

# What sentences say of a promise. That a day has passed or that nobody speaks of it any more is no sentence:
# `signals/selectors/commitment.py` infers it when the ledger is read.
STEPS = ["announced", "revised", "under_way", "done", "missed", "slipped", "dropped"]
SETTLED = ["done", "missed", "dropped"]
KINDS = ["figure", "project"]


class Commitment(models.Model):
    """A promise: who, what, due when. ``state`` is that of its latest step.

    A *figure* promise is a target or forecast of a company for a period (``promise`` its latest telling, ``outcome`` the
    figure reported for the same thing); a *project* promise is one phase of a project of ``companies/projects.yml``.
    """

    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=8)
    entity = models.ForeignKey("companies.Entity", on_delete=models.CASCADE, related_name="commitments")
    project = models.CharField(max_length=60, blank=True)
    phase = models.CharField(max_length=8, blank=True)
    metric = models.CharField(max_length=60, blank=True)
    promise = models.ForeignKey(
        "signals.IndicatorCurrent", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    outcome = models.ForeignKey(
        "signals.IndicatorCurrent", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=12)
    state_on = models.DateField(null=True, blank=True)
    settled = models.BooleanField(default=False)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(name="commitment_kind", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(name="commitment_state", condition=Q(state__in=STEPS)),
            models.CheckConstraint(
                name="commitment_settled",
                condition=Q(settled=True, state__in=SETTLED) | (Q(settled=False) & ~Q(state__in=SETTLED)),
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "due_on"], name="commitment_by_entity"),
            models.Index(fields=["due_on", "id"], name="commitment_due", condition=Q(settled=False)),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.project or self.metric} {self.state}"


class CommitmentStep(models.Model):
    """One sentence about a promise, with its quote."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12)
    on = models.DateField(null=True, blank=True)
    finding_key = models.CharField(max_length=64)
    disclosure = models.ForeignKey("signals.Disclosure", on_delete=models.CASCADE, related_name="+")
    origin_kind = models.CharField(max_length=20, default="unknown")
    language = models.CharField(max_length=10)
    quote = models.TextField()
    carriers = models.PositiveIntegerField(default=1, help_text="articles that tell it after the same origin")

    class Meta:
        ordering = ["commitment_id", "on", "id"]
        constraints = [
            models.CheckConstraint(name="commitment_step_state", condition=Q(state__in=STEPS)),
            models.CheckConstraint(name="commitment_step_quoted", condition=~Q(quote="") & ~Q(finding_key="")),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.state} {self.on}"
