"""What one version of the engine made of one version of a text."""

from django.db import models


class Extraction(models.Model):
    """The engine's answer about a version; immutable. One is current per version."""

    version = models.ForeignKey(
        "signals.DisclosureVersion", on_delete=models.PROTECT, related_name="extractions", db_index=False
    )
    engine = models.CharField(max_length=40)
    lexicon = models.CharField(max_length=64)
    milliseconds = models.PositiveIntegerField(default=0)
    warnings = models.JSONField(default=list)
    origin = models.JSONField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["version", "engine", "lexicon"], name="extraction_once")]

    def __str__(self) -> str:
        return f"{self.version_id} by {self.engine}+{self.lexicon}"


class Mention(models.Model):
    extraction = models.ForeignKey(Extraction, on_delete=models.PROTECT, related_name="mentions", db_index=False)
    entity = models.ForeignKey("companies.Entity", on_delete=models.PROTECT, related_name="mentions")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["extraction_id", "start"]
        constraints = [
            models.UniqueConstraint(fields=["extraction", "entity", "start", "end"], name="mention_once"),
            models.CheckConstraint(name="mention_span", condition=models.Q(end__gt=models.F("start"))),
        ]


class SloganUse(models.Model):
    """A party-state slogan (提法) in a text."""

    extraction = models.ForeignKey(Extraction, on_delete=models.PROTECT, related_name="slogan_uses", db_index=False)
    slogan = models.CharField(max_length=100)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    exact = models.TextField()

    class Meta:
        ordering = ["extraction_id", "start"]
        constraints = [
            models.UniqueConstraint(fields=["extraction", "slogan", "start"], name="slogan_use_once"),
            models.CheckConstraint(name="slogan_use_span", condition=models.Q(end__gt=models.F("start"))),
        ]
        indexes = [models.Index(fields=["slogan"], name="slogan_use_by_slogan")]
