"""What indicators and signals have in common: a stable key, an anchor in a text, a confidence."""

from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Finding(models.Model):
    """Immutable answer of one extraction. ``key`` says what the source states, not what the engine thought of it, so a
    person's verdict finds the same statement again after a re-extraction."""

    extraction = models.ForeignKey("signals.Extraction", on_delete=models.PROTECT, db_index=False)  # it leads ``_once``
    key = models.CharField(max_length=64)
    subject = models.ForeignKey(
        "companies.Entity", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    voice = models.CharField(max_length=12)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField(help_text="the quote: text[start:end]")
    prefix = models.TextField(blank=True)
    suffix = models.TextField(blank=True)
    confidence = models.DecimalField(max_digits=4, decimal_places=3)
    rule = models.CharField(max_length=80)

    class Meta:
        abstract = True

    @staticmethod
    def checks(name: str) -> list[models.BaseConstraint]:
        return [
            models.UniqueConstraint(fields=["extraction", "key"], name=f"{name}_once"),
            models.CheckConstraint(name=f"{name}_span", condition=models.Q(end__gt=models.F("start"))),
            models.CheckConstraint(
                name=f"{name}_confidence", condition=models.Q(confidence__gte=0) & models.Q(confidence__lte=1)
            ),
            models.CheckConstraint(
                name=f"{name}_voice", condition=models.Q(voice__in=["company", "publisher", "third_party"])
            ),
        ]


class Current(models.Model):
    """Read model: one row a stable key with the effective values (the machine's, or a person's correction).

    Written in the same transaction as the fact that it mirrors; ``manage.py rebuild_read_models`` makes it anew. Each index
    costs at every sentence that is read, so no column has one that another index already leads with. Nor are its references
    checked again: it is made of rows whose own are checked, a dozen for a page, and ``check_integrity`` looks every night.
    """

    STATES = ["unreviewed", "confirmed", "corrected", "rejected", "deferred", "second_look", "re_review"]

    key = models.CharField(primary_key=True, max_length=64)
    disclosure = models.ForeignKey(
        "signals.Disclosure", on_delete=models.CASCADE, related_name="%(class)s_rows", db_constraint=False
    )
    source = models.ForeignKey("signals.Source", on_delete=models.PROTECT, related_name="+", db_constraint=False)
    subject = models.ForeignKey(
        "companies.Entity", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    voice = models.CharField(max_length=12)
    language = models.CharField(max_length=10)
    published_on = models.DateField(null=True, blank=True)
    first_seen_at = models.DateTimeField()
    origin_kind = models.CharField(max_length=20, default="unknown")
    origin_key = models.CharField(max_length=200, blank=True)
    grade = models.CharField(max_length=1, default="F")
    quote = models.TextField()
    confidence = models.DecimalField(max_digits=4, decimal_places=3)
    state = models.CharField(max_length=12, default="unreviewed")
    state_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        "auth.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    lost = models.BooleanField(default=False, help_text="the quote is no longer in the current version")
    superseded = models.BooleanField(default=False, help_text="withdrawn, lost, rejected or a copy: not counted")
    search = SearchVectorField(null=True, editable=False, help_text="terms of the quote")

    class Meta:
        abstract = True
