"""One figure that somebody states."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from signals.models.finding import Current, Finding

MEASURES = ["level", "change_yoy", "change_qoq", "change_mom", "change_ytd", "change"]
COMPARATORS = ["=", ">", ">=", "<", "<=", "~", "range"]
MODALITIES = ["reported", "forecast", "target", "estimate"]
# What is read into a figure, by the names that forms and decisions use.
READ = (
    "subject", "metric", "product", "measure", "comparator", "value", "value_high", "unit", "period_label", "modality", "voice",
)  # fmt: skip


class Figure(models.Model):
    """The fields of the extraction contract that say what the figure is. Decimals, never floats."""

    metric = models.CharField(max_length=60)
    product = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=12)
    comparator = models.CharField(max_length=6)
    value = models.DecimalField(max_digits=26, decimal_places=6)
    value_high = models.DecimalField(max_digits=26, decimal_places=6, null=True, blank=True)
    unit = models.CharField(max_length=20)
    converted_value = models.DecimalField(max_digits=26, decimal_places=6, null=True, blank=True)
    converted_unit = models.CharField(max_length=20, blank=True)
    period_label = models.CharField(max_length=20, blank=True)
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    modality = models.CharField(max_length=10)
    note = models.TextField(blank=True)
    as_written = models.TextField()

    class Meta:
        abstract = True

    @staticmethod
    def figure_checks(name: str) -> list[models.BaseConstraint]:
        return [
            models.CheckConstraint(name=f"{name}_measure", condition=Q(measure__in=MEASURES)),
            models.CheckConstraint(name=f"{name}_comparator", condition=Q(comparator__in=COMPARATORS)),
            models.CheckConstraint(name=f"{name}_modality", condition=Q(modality__in=MODALITIES)),
            models.CheckConstraint(
                name=f"{name}_range",
                condition=(Q(comparator="range") & Q(value_high__isnull=False) & Q(value__lte=F("value_high")))
                | (~Q(comparator="range") & Q(value_high__isnull=True)),
            ),
            models.CheckConstraint(
                name=f"{name}_period",
                condition=(Q(period_label="") & Q(period_start__isnull=True) & Q(period_end__isnull=True))
                | (~Q(period_label="") & Q(period_start__isnull=False) & Q(period_end__gte=F("period_start"))),
            ),
        ]


class Indicator(Finding, Figure):
    """The machine's record of a figure in one extraction; immutable."""

    figure_start = models.PositiveIntegerField()
    figure_end = models.PositiveIntegerField()
    also = models.JSONField(default=list, help_text="further [start, end] spans that state the same figure")
    why = models.JSONField(default=dict, help_text="the words that decided metric, period, subject, qualifier")

    class Meta:
        constraints = [*Finding.checks("indicator"), *Figure.figure_checks("indicator")]
        indexes = [models.Index(fields=["key"], name="indicator_key")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.metric} {self.as_written} {self.period_label}"


class IndicatorCurrent(Current, Figure):
    """The effective figure that pages show. ``fact_key`` groups like with like: subject, metric, product, measure, period."""

    indicator = models.ForeignKey(
        Indicator,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )
    fact_key = models.CharField(max_length=64)
    conflict = models.BooleanField(
        default=False, help_text="another figure of the same fact disagrees beyond rounding and bounds"
    )

    class Meta:
        constraints = Figure.figure_checks("indicator_current")
        indexes = [
            models.Index(fields=["subject", "metric", "measure", "product", "period_end"], name="indicator_series"),
            models.Index(fields=["metric", "measure", "product", "subject", "period_end"], name="indicator_metric"),
            models.Index(fields=["fact_key"], name="indicator_fact"),
            models.Index(fields=["-first_seen_at"], name="indicator_newest", condition=Q(superseded=False)),
            models.Index(
                fields=["confidence", "key"],
                name="indicator_waiting",
                condition=Q(state="unreviewed", superseded=False),
            ),
            models.Index(
                fields=["-first_seen_at", "-disclosure", "key"],
                name="indicator_fresh",
                condition=Q(state="unreviewed", superseded=False),
            ),
            models.Index(
                fields=["fact_key", "key"],
                name="indicator_disputed",
                condition=Q(state="unreviewed", superseded=False, conflict=True),
            ),
            models.Index(fields=["state", "-first_seen_at"], name="indicator_state"),
            # wide, so that search counts and filters inside the index, without the rows
            models.Index(
                F("published_on").desc(nulls_last=True),
                *map(F, ["key", "metric", "modality", "state", "origin_kind", "language", "subject", "period_label"]),
                name="indicator_published",
                condition=Q(superseded=False),
            ),
            GinIndex(fields=["search"], name="indicator_search"),
            models.Index("subject", F("published_on").desc(nulls_last=True), F("key"), name="indicator_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.metric} {self.as_written} {self.period_label}"


class Fact(models.Model):
    """Figures that ought to agree, as one: subject, metric, product, measure, period and modality alike.

    Read model. ``best`` is the figure that charts show; ``carriers`` counts articles, ``origins`` counts witnesses: one
    press release told five times is five carriers and one origin. ``independent`` says that one origin is not the company.
    """

    key = models.CharField(primary_key=True, max_length=64)
    subject = models.ForeignKey(
        "companies.Entity", on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False,
        db_constraint=False,
    )  # fmt: skip
    metric = models.CharField(max_length=60)
    product = models.CharField(max_length=60, blank=True)
    measure = models.CharField(max_length=12)
    modality = models.CharField(max_length=10)
    unit = models.CharField(max_length=20)
    period_label = models.CharField(max_length=20, blank=True)
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    best = models.ForeignKey(IndicatorCurrent, on_delete=models.CASCADE, related_name="+", db_constraint=False)
    carriers = models.PositiveIntegerField(default=1)
    origins = models.PositiveIntegerField(default=1)
    independent = models.BooleanField(default=False)
    conflict = models.BooleanField(default=False)
    newest_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "metric", "measure", "product", "period_end"], name="fact_series"),
            models.Index(fields=["metric", "measure", "product", "subject", "period_end"], name="fact_metric"),
            models.Index(fields=["-newest_at"], name="fact_newest", condition=Q(conflict=True)),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.metric} {self.period_label}"
