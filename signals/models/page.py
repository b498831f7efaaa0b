"""What pages read: timeline entries, monthly counts, and each reader's last visit. Rebuildable from the rest."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class TimelineEntry(models.Model):
    """One mark on an entity's timeline. ``date`` is null for an undated item; ``end`` closes an interval.

    Made of rows whose references are checked, twenty for a page, so its own are not checked again.
    """

    LANES = ["figure", "signal", "disclosure", "policy"]

    entity = models.ForeignKey(
        "companies.Entity", on_delete=models.CASCADE, related_name="timeline", db_index=False, db_constraint=False
    )
    lane = models.CharField(max_length=12)
    date = models.DateField(null=True, blank=True)
    date_precision = models.CharField(max_length=8, blank=True)
    end = models.DateField(null=True, blank=True)
    disclosure = models.ForeignKey(
        "signals.Disclosure", on_delete=models.CASCADE, related_name="timeline", db_constraint=False
    )
    finding_key = models.CharField(max_length=64, blank=True)
    title = models.TextField()
    theme = models.CharField(max_length=40, blank=True)
    metric = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=20, blank=True)
    voice = models.CharField(max_length=12, blank=True)
    origin_kind = models.CharField(max_length=20, default="unknown")
    source = models.ForeignKey(
        "signals.Source", on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=12, default="unreviewed")
    weight = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["entity_id", "-date", "-id"]
        verbose_name_plural = "timeline entries"
        constraints = [
            models.CheckConstraint(
                name="timeline_lane", condition=Q(lane__in=["figure", "signal", "disclosure", "policy"])
            ),
            models.UniqueConstraint(fields=["entity", "lane", "disclosure", "finding_key"], name="timeline_entry_once"),
        ]
        indexes = [
            # wide, so that any combination of filters is counted and tried inside the index, without the rows
            models.Index(
                fields=[
                    "entity",
                    "-date",
                    "-id",
                    "lane",
                    "theme",
                    "stage",
                    "voice",
                    "origin_kind",
                    "source",
                    "state",
                    "language",
                ],
                name="timeline_by_entity",
            ),
            models.Index(
                fields=["entity", "-weight", "-date"],
                name="timeline_flags",
                condition=Q(lane__in=["policy", "signal"], stage__in=["done", "approved", "setback", "agreed"]),
            ),
        ]

    def __str__(self) -> str:
        return self.title[:80]


class Rollup(models.Model):
    """How often an entity's disclosures carried a theme or a slogan in a month."""

    entity = models.ForeignKey("companies.Entity", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, help_text="theme or slogan")
    key = models.CharField(max_length=100)
    month = models.DateField(help_text="first day of the month")
    count = models.PositiveIntegerField(default=0)
    as_of = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "kind", "key", "month"], name="rollup_once"),
            models.CheckConstraint(name="rollup_kind", condition=Q(kind__in=["theme", "slogan"])),
        ]
        indexes = [models.Index(fields=["kind", "month"], name="rollup_month")]


class Reader(models.Model):
    """When a user came last, for "new since my last visit"; and which item of the review desk they have open."""

    user = models.OneToOneField("auth.User", on_delete=models.CASCADE, related_name="reader")
    last_visit_at = models.DateTimeField(null=True, blank=True)
    previous_visit_at = models.DateTimeField(null=True, blank=True)
    looking_at = models.CharField(max_length=64, blank=True, db_default="")
    looking_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["looking_at"], name="reader_looking", condition=~Q(looking_at="")),
        ]


class SavedView(models.Model):
    """A page's address that a reader wants to find again; ``opened_at`` is when they last saw what it shows."""

    user = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=120)
    url = models.CharField(max_length=1000)
    at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_once")]


class Heartbeat(models.Model):
    """The last sign of life of a part (worker, beat), written through the part itself."""

    part = models.CharField(primary_key=True, max_length=40)
    at = models.DateTimeField()
