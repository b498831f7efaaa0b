"""What a page says: one disclosure an address, numbered versions of its text, and who really said it."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q


class Origin(models.Model):
    """Who really said it: the ultimate origin that several disclosures may relay."""

    KINDS = ["company", "filing", "government", "association", "own_reporting", "analyst", "unknown"]

    key = models.CharField(max_length=200, unique=True, help_text="identity used to count witnesses")
    kind = models.CharField(max_length=20)
    entity = models.ForeignKey("companies.Entity", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    url = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="origin_kind_known",
                condition=Q(
                    kind__in=["company", "filing", "government", "association", "own_reporting", "analyst", "unknown"]
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Disclosure(models.Model):
    """One canonical address. Three dates are kept apart, each with its precision; an unknown date stays null."""

    canonical_url = models.TextField(unique=True)
    source = models.ForeignKey("signals.Source", on_delete=models.PROTECT, related_name="disclosures", db_index=False)
    publisher = models.CharField(max_length=200, blank=True)
    title = models.TextField(blank=True)
    language = models.CharField(max_length=10)
    happened_on = models.DateField(null=True, blank=True)
    happened_precision = models.CharField(max_length=8, blank=True)
    published_on = models.DateField(null=True, blank=True)
    published_precision = models.CharField(max_length=8, blank=True)
    first_seen_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.TextField(blank=True)
    duplicate_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies")
    origin = models.ForeignKey(Origin, on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures")
    main_entity = models.ForeignKey(
        "companies.Entity", on_delete=models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    origin_quote = models.TextField(blank=True, help_text="the sentence that shows the origin")
    current_version = models.OneToOneField(
        "signals.DisclosureVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="current_of"
    )
    indicator_count = models.PositiveIntegerField(default=0)
    signal_count = models.PositiveIntegerField(default=0)
    fully_reviewed_at = models.DateTimeField(null=True, blank=True)
    counted = models.JSONField(default=list, help_text="cells of the monthly counts that this disclosure added to")
    is_sample = models.BooleanField(default=False)
    search = SearchVectorField(null=True, editable=False)

    class Meta:
        ordering = ["-published_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="disclosure_published_has_precision",
                condition=(Q(published_on__isnull=True) & Q(published_precision=""))
                | (Q(published_on__isnull=False) & Q(published_precision__in=["day", "month", "quarter", "year"])),
            ),
            models.CheckConstraint(
                name="disclosure_happened_has_precision",
                condition=(Q(happened_on__isnull=True) & Q(happened_precision=""))
                | (Q(happened_on__isnull=False) & Q(happened_precision__in=["day", "month", "quarter", "year"])),
            ),
            models.CheckConstraint(name="disclosure_not_its_own_copy", condition=~Q(duplicate_of=models.F("id"))),
        ]
        indexes = [
            models.Index(F("published_on").desc(nulls_last=True), F("id").desc(), name="disclosure_newest"),
            models.Index(fields=["source", "-first_seen_at"], name="disclosure_by_source"),
            models.Index(fields=["-first_seen_at"], name="disclosure_first_seen"),
            GinIndex(fields=["search"], name="disclosure_search"),
        ]

    def __str__(self) -> str:
        return self.title or self.canonical_url

    def get_absolute_url(self) -> str:
        return f"/disclosures/{self.pk}/"


class DisclosureVersion(models.Model):
    """A numbered reading of a disclosure's text; immutable. ``cause`` is first, edited (by the source) or reread (by a newer engine)."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    cause = models.CharField(max_length=10, default="first")
    capture = models.ForeignKey("signals.Capture", on_delete=models.PROTECT, related_name="versions")
    title = models.TextField(blank=True)
    text = models.TextField()
    sections = models.JSONField(default=list)
    blocks = models.JSONField(default=list, help_text="[kind, start, end, section] in reading order")
    charset = models.CharField(max_length=40, blank=True)
    repairs = models.JSONField(default=list)
    offsets = models.JSONField(default=list, help_text="[clean, original] pairs where the distance changes")
    text_hash = models.CharField(max_length=64, help_text="SHA-256 of the clean text")
    paragraph_hashes = models.JSONField(default=list)
    sketch = models.JSONField(default=list, help_text="MinHash of character 5-grams, for near duplicates")
    engine = models.CharField(max_length=40)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["disclosure_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "number"], name="version_number_once"),
            models.CheckConstraint(name="version_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="version_cause_known", condition=Q(cause__in=["first", "edited", "reread"])),
        ]
        indexes = [models.Index(fields=["text_hash"], name="version_text_hash")]

    def __str__(self) -> str:
        return f"{self.disclosure_id} v{self.number}"


class SketchBand(models.Model):
    """One band of a version's MinHash: an index for finding near duplicates without comparing all pairs."""

    band = models.BigIntegerField()
    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="bands", db_constraint=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["band", "disclosure"], name="sketch_band_once")]
