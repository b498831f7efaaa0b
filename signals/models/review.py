"""What people say about findings: decisions (append-only), annotations, proposals for the lexicon."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

REASONS = {
    "indicator": [
        "wrong_number", "wrong_unit", "wrong_period", "wrong_company", "not_a_figure", "duplicate", "wrong_metric",
    ],
    "signal": ["wrong_theme", "wrong_stage", "wrong_company", "nothing_said", "duplicate"],
}  # fmt: skip


class Decision(models.Model):
    """A person's verdict on a finding's key. Never changed: undoing is a further decision with verdict ``undo``."""

    VERDICTS = ["accept", "correct", "reject", "defer", "second_look", "undo"]

    finding_kind = models.CharField(max_length=10, default="indicator")
    finding_key = models.CharField(max_length=64)
    verdict = models.CharField(max_length=12)
    reason = models.CharField(max_length=40, blank=True)
    note = models.TextField(blank=True)
    corrected = models.JSONField(default=dict, blank=True, help_text="field → value as the person set it")
    seen = models.JSONField(default=dict, blank=True, help_text="field → value the person was shown")
    reviewer = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="decisions")
    extraction = models.ForeignKey(
        "signals.Extraction", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seconds = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    batch = models.UUIDField(null=True, blank=True, help_text="decisions made as one act are undone as one")
    asks_second = models.BooleanField(default=False, help_text="another person must judge it as well")
    blind_to = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="judged_again",
        help_text="the first verdict, which this second person was not shown",
    )  # fmt: skip
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="undone_by")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="decision_verdict",
                condition=Q(verdict__in=["accept", "correct", "reject", "defer", "second_look", "undo"]),
            ),
            models.CheckConstraint(name="decision_kind", condition=Q(finding_kind__in=["indicator", "signal"])),
            models.CheckConstraint(
                name="decision_undo_names_one",
                condition=(Q(verdict="undo") & Q(undoes__isnull=False)) | (~Q(verdict="undo") & Q(undoes__isnull=True)),
            ),
            models.CheckConstraint(name="decision_reject_has_reason", condition=~Q(verdict="reject") | ~Q(reason="")),
        ]
        indexes = [
            models.Index(fields=["finding_key", "-id"], name="decision_by_finding"),
            models.Index(fields=["reviewer", "-at"], name="decision_by_reviewer"),
            models.Index(fields=["batch"], name="decision_by_batch", condition=Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.finding_key[:8]}"


class FullReview(models.Model):
    """One person goes through a disclosure from end to end; two of them can be compared.

    Without ``at`` they are still at it, on their own: what others marked and decided in it is hidden from them.
    """

    disclosure = models.ForeignKey("signals.Disclosure", on_delete=models.CASCADE, related_name="full_reviews")
    user = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(null=True, blank=True, help_text="when they were through")

    class Meta:
        ordering = ["at", "begun_at"]
        constraints = [models.UniqueConstraint(fields=["disclosure", "user"], name="full_review_once")]

    def __str__(self) -> str:
        return f"{self.disclosure_id} by {self.user_id}"


class Annotation(models.Model):
    """Selected text with a body, stored as W3C Web Annotation selectors (quote and position) against a version."""

    KINDS = ["figure", "signal", "company", "slogan", "comment"]

    version = models.ForeignKey("signals.DisclosureVersion", on_delete=models.PROTECT, related_name="annotations")
    kind = models.CharField(max_length=10)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    body = models.JSONField(default=dict, blank=True)
    reply_to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    author = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="annotations")
    finding_key = models.CharField(max_length=64, blank=True, help_text="of the figure or signal that it added")
    lost = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["version_id", "start"]
        constraints = [
            models.CheckConstraint(name="annotation_span", condition=Q(end__gt=models.F("start"))),
            models.CheckConstraint(
                name="annotation_kind", condition=Q(kind__in=["figure", "signal", "company", "slogan", "comment"])
            ),
        ]


class Proposal(models.Model):
    """A change to the lexicon that an editor asks for; accepted ones lie over the YAML files from the next extraction on."""

    STATES = ["open", "accepted", "rejected", "withdrawn"]

    kind = models.CharField(max_length=20, help_text="alias, metric, not_a_figure")
    target = models.CharField(max_length=100, help_text="lexicon kind and key, e.g. names/northern-rare-earth")
    language = models.CharField(max_length=10)
    phrase = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    from_decision = models.ForeignKey(
        Decision, on_delete=models.SET_NULL, null=True, blank=True, related_name="proposals"
    )
    effect = models.JSONField(
        default=dict, blank=True, help_text="gained, lost, changed, as measured before switching on"
    )
    state = models.CharField(max_length=10, default="open")
    proposed_by = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="proposals")
    decided_by = models.ForeignKey("auth.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["target", "language", "phrase"],
                name="proposal_once",
                condition=Q(state__in=["open", "accepted"]),
            ),
            models.CheckConstraint(
                name="proposal_state", condition=Q(state__in=["open", "accepted", "rejected", "withdrawn"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phrase} → {self.target}"


class Measurement(models.Model):
    """How far the measuring of a proposal has come; its outcome goes to the proposal's ``effect``."""

    STATES = ["waiting", "running", "done", "failed"]

    proposal = models.OneToOneField(Proposal, on_delete=models.CASCADE, related_name="measurement")
    state = models.CharField(max_length=8, default="waiting")
    texts = models.PositiveIntegerField(default=0, help_text="kept texts that have the words")
    read = models.PositiveIntegerField(default=0)
    last = models.BigIntegerField(default=0, help_text="the version read last")
    gained = models.PositiveIntegerField(default=0)
    lost = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    examples = models.JSONField(default=list)
    error = models.TextField(blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="measurement_state", condition=Q(state__in=["waiting", "running", "done", "failed"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id}: {self.read} of {self.texts}"
