"""Where disclosures come from: a source, each run of it, each address or file that a run handled."""

from django.contrib.postgres.indexes import HashIndex
from django.db import models
from django.db.models import Q

DATE_PRECISIONS = ["day", "month", "quarter", "year", "minute"]


class Source(models.Model):
    """A place we read: feed, listing, JSON interface, watch folder, pasted text or the sample newsroom.

    ``definition`` is the validated specification (from a catalog file or the form). ``state`` is derived by the
    source-health service and always comes with ``state_reason`` in words.
    """

    STATES = ["new", "healthy", "due", "late", "empty", "no_match", "shape_changed", "blocked", "failing", "paused"]

    key = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=30, help_text="rss, wp_json, html_list, sitemap, json_api, watch, manual, sample"
    )
    homepage = models.URLField(max_length=500, blank=True)
    definition = models.JSONField(default=dict, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    publisher_entity = models.ForeignKey(
        "companies.Entity", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state_ownership = models.CharField(
        max_length=20, default="unknown", help_text="central, provincial, municipal, none, unknown"
    )
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=60, default="Asia/Shanghai")
    grade = models.CharField(max_length=1, default="F", help_text="reliability A to F (Admiralty code)")
    tier = models.PositiveSmallIntegerField(default=3)
    enabled = models.BooleanField(default=False)
    paused_reason = models.TextField(blank=True)
    cadence_minutes = models.PositiveIntegerField(default=1440)
    cron = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=20, default="new")
    state_reason = models.TextField(default="not run yet", help_text="in English, for commands and logs")
    state_said = models.JSONField(default=dict, blank=True, help_text="the same as a code with its parameters")
    state_since = models.DateTimeField(null=True, blank=True)
    next_run_at = models.DateTimeField(null=True, blank=True)
    last_run_at = models.DateTimeField(null=True, blank=True)
    last_success_at = models.DateTimeField(null=True, blank=True)
    last_item_at = models.DateTimeField(null=True, blank=True)
    validators = models.JSONField(default=dict, blank=True, help_text="ETag and Last-Modified by address")
    consecutive_failures = models.PositiveIntegerField(default=0)
    backed_off = models.BooleanField(default=False, help_text="asked once a day only, until it answers again")
    origin_file = models.CharField(max_length=120, blank=True, help_text="catalog file that it was loaded from")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(name="source_grade_a_to_f", condition=Q(grade__in=list("ABCDEF"))),
            models.CheckConstraint(
                name="source_state_known",
                condition=Q(
                    state__in=[
                        "new",
                        "healthy",
                        "due",
                        "late",
                        "empty",
                        "no_match",
                        "shape_changed",
                        "blocked",
                        "failing",
                        "paused",
                    ]
                ),
            ),
        ]
        indexes = [models.Index(fields=["enabled", "next_run_at"], name="source_due")]

    def __str__(self) -> str:
        return self.name


class FetchRun(models.Model):
    """One run of a source; a schedule slot runs once (``source`` and ``scheduled_for`` are unique together)."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="runs")
    scheduled_for = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(
        max_length=20, blank=True, help_text="ok, unchanged, empty, no_match, shape_changed, blocked, failed, missed"
    )
    found = models.PositiveIntegerField(default=0)
    new = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    duplicate = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    notes = models.JSONField(default=list, blank=True, help_text="what the reader of the list wants to tell")
    requests = models.JSONField(
        default=list, blank=True, help_text="list pages asked for: url, status, size, milliseconds, items, capture"
    )
    worker = models.CharField(max_length=120, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    slot_at = models.DateTimeField(
        null=True, blank=True, help_text="the moment reserved with the host for the next request"
    )
    todo = models.JSONField(default=list, blank=True, help_text="list pages that are still to be asked for")

    class Meta:
        ordering = ["-scheduled_for"]
        constraints = [models.UniqueConstraint(fields=["source", "scheduled_for"], name="fetch_run_slot_once")]
        indexes = [models.Index(fields=["source", "-scheduled_for"], name="fetch_run_log")]

    def __str__(self) -> str:
        return f"{self.source_id} at {self.scheduled_for:%Y-%m-%d %H:%M}"


class Fetch(models.Model):
    """One address, file or pasted text on its way through the pipeline: the unit of work and its state.

    waiting → kept (bytes are in the store) → done | unchanged | duplicate; failed (will be tried again), parked (given up
    after ``MAX_ATTEMPTS``; an admin may retry), rejected (refused with a reason, e.g. too large or filtered out).
    A worker claims a row by a conditional update of ``claimed_at``; a sweeper frees claims that were left behind.
    """

    STATES = ["waiting", "kept", "done", "unchanged", "duplicate", "failed", "parked", "rejected"]
    OPEN = ["waiting", "kept", "failed"]
    MAX_ATTEMPTS = 4

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="fetches")
    run = models.ForeignKey(FetchRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="fetches")
    url = models.TextField(help_text="canonical address, or file: name for a dropped file")
    hints = models.JSONField(
        default=dict, blank=True, help_text="what the list page or manifest said: title, published_on, language"
    )
    state = models.CharField(max_length=12, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True, help_text="when a message for it was last sent")
    not_before = models.DateTimeField(null=True, blank=True)
    capture = models.ForeignKey(
        "signals.Capture", on_delete=models.PROTECT, null=True, blank=True, related_name="fetches"
    )
    version = models.ForeignKey(
        "signals.DisclosureVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="fetches"
    )
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    size = models.PositiveIntegerField(null=True, blank=True)
    milliseconds = models.PositiveIntegerField(null=True, blank=True)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "fetches"
        constraints = [
            models.CheckConstraint(
                name="fetch_state_known",
                condition=Q(
                    state__in=["waiting", "kept", "done", "unchanged", "duplicate", "failed", "parked", "rejected"]
                ),
            ),
            models.CheckConstraint(
                name="fetch_kept_has_capture",
                condition=~Q(state__in=["kept", "done", "unchanged"]) | Q(capture__isnull=False) | Q(status=304),
            ),
        ]
        indexes = [
            models.Index(
                fields=["state", "not_before"], name="fetch_open", condition=Q(state__in=["waiting", "kept", "failed"])
            ),
            models.Index(fields=["source", "-id"], name="fetch_by_source"),
            HashIndex(fields=["url"], name="fetch_by_url"),
        ]

    def __str__(self) -> str:
        return self.url


class SourceEvent(models.Model):
    """One line of a source's log: a change of state, a back-off, a recovery, an admin's act. Added, never changed."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(
        max_length=16, help_text="state, backed_off, recovered, missed, paused, resumed, edited, asked"
    )
    text = models.TextField(help_text="in English")
    said = models.JSONField(default=dict, blank=True, help_text="the same as a code with its parameters")
    by = models.ForeignKey("auth.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["source", "-id"], name="source_event_log")]

    def __str__(self) -> str:
        return self.text[:80]


class Host(models.Model):
    """How we treat one server, shared by all workers: when it may be asked again, and its robots.txt.

    ``free_at`` is claimed by a conditional update before each request; ``queue_at`` spreads those that came too early.
    """

    name = models.CharField(primary_key=True, max_length=300, help_text="scheme://host:port")
    free_at = models.DateTimeField()
    queue_at = models.DateTimeField()
    robots = models.TextField(blank=True)
    robots_status = models.PositiveSmallIntegerField(null=True, blank=True, help_text="0 when it could not be asked")
    robots_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class SourcePreview(models.Model):
    """A source tried out before it is saved: asked for by a person, done by a worker, nothing of it is kept as evidence."""

    definition = models.JSONField(default=dict)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, null=True, blank=True, related_name="previews")
    asked_by = models.ForeignKey("auth.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, default="waiting", help_text="waiting, running, done, failed")
    claimed_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    step = models.TextField(blank=True, help_text="what is being done now, in words")
    result = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-id"]
