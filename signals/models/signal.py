"""Something that is done, planned or said, and matters."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from signals.models.finding import Current, Finding

STAGES = [
    "slogan", "target", "proposed", "approved", "agreed", "under_construction", "trial", "done", "reported", "setback", "negated",
]  # fmt: skip


class Signal(Finding):
    theme = models.CharField(max_length=40)
    stage = models.CharField(max_length=20)

    class Meta:
        constraints = [
            *Finding.checks("signal"),
            models.CheckConstraint(name="signal_stage", condition=Q(stage__in=STAGES)),
        ]
        indexes = [models.Index(fields=["key"], name="signal_key")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.theme} {self.stage}"


class SignalCurrent(Current):
    theme = models.CharField(max_length=40)
    stage = models.CharField(max_length=20)
    weight = models.PositiveSmallIntegerField(default=0, help_text="how telling: for the overview's order")
    signal = models.ForeignKey(
        Signal, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        constraints = [models.CheckConstraint(name="signal_current_stage", condition=Q(stage__in=STAGES))]
        indexes = [
            models.Index(fields=["subject", "theme", "-published_on"], name="signal_subject_theme"),
            models.Index(fields=["-first_seen_at", "-weight"], name="signal_newest", condition=Q(superseded=False)),
            models.Index(
                fields=["confidence", "key"],
                name="signal_waiting",
                condition=Q(state="unreviewed", superseded=False),
            ),
            models.Index(
                fields=["-first_seen_at", "-disclosure", "key"],
                name="signal_fresh",
                condition=Q(state="unreviewed", superseded=False),
            ),
            models.Index(fields=["state", "-first_seen_at"], name="signal_state"),
            # wide, so that search counts and filters inside the index, without the rows
            models.Index(
                F("published_on").desc(nulls_last=True),
                *map(F, ["key", "theme", "stage", "voice", "state", "language", "subject"]),
                name="signal_published",
                condition=Q(superseded=False),
            ),
            GinIndex(fields=["search"], name="signal_search"),
            models.Index("subject", F("published_on").desc(nulls_last=True), F("key"), name="signal_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.theme} {self.stage}"
