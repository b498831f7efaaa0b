"""Who speaks and who is spoken of: entities, their names and owners, each true for a span of time.

The rows mirror the reviewed files in ``companies/data``; an entity is retired, never deleted.
"""

from django.db import models
from django.db.models import F, Q


def _valid_range(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lte=F("valid_to")),
    )


class Entity(models.Model):
    """A group, listed company, subsidiary, institute, exchange, regulator, mine, place, person or publisher."""

    key = models.SlugField(primary_key=True, max_length=80)
    kind = models.CharField(max_length=40)
    name_en = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True)
    short_en = models.CharField(max_length=200, blank=True, help_text="what people call it")
    short_zh = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=40, blank=True, help_text="ownership level: central, provincial, municipal, none"
    )
    website = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    tracked = models.BooleanField(default=False, help_text="has a page of its own in the list of companies")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["key"]
        verbose_name_plural = "entities"

    def __str__(self) -> str:
        return self.short_en or self.name_en or self.name_zh or self.key

    def get_absolute_url(self) -> str:
        return f"/companies/{self.key}/"


class EntityName(models.Model):
    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=20, help_text="official, short, former, misspelling, damaged, ticker")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    ambiguous = models.BooleanField(default=False)
    source_url = models.URLField(max_length=1000, blank=True)

    class Meta:
        ordering = ["entity_id", "language", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "name", "language", "valid_from"], name="entity_name_once", nulls_distinct=False
            ),
            _valid_range("entity_name_valid_range"),
        ]
        indexes = [models.Index(fields=["name"])]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """A ticker or register number, valid for a time."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20)
    value = models.CharField(max_length=60)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["entity_id", "scheme", "value"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value", "entity"], name="identifier_once"),
            _valid_range("identifier_valid_range"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.value}"


class Ownership(models.Model):
    """One statement about who owns whom; conflicting statements are both kept, each with its source."""

    parent = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="holdings")
    child = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="owners")
    relation = models.CharField(max_length=40)
    stake = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True, help_text="per cent")
    stake_comparator = models.CharField(max_length=6, default="=")
    as_of = models.DateField(null=True, blank=True)
    as_of_precision = models.CharField(max_length=6, default="day")
    source_url = models.URLField(max_length=1000, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["child_id", "parent_id", "as_of"]
        constraints = [
            models.CheckConstraint(
                name="ownership_stake_is_a_share",
                condition=Q(stake__isnull=True) | (Q(stake__gte=0) & Q(stake__lte=100)),
            ),
            models.CheckConstraint(name="ownership_not_of_itself", condition=~Q(parent=F("child"))),
            models.UniqueConstraint(
                fields=["parent", "child", "relation", "as_of", "source_url"],
                name="ownership_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parent_id} {self.relation} {self.child_id}"


class Role(models.Model):
    person = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="roles")
    organisation = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="people")
    title = models.CharField(max_length=200)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source_url = models.URLField(max_length=1000, blank=True)

    class Meta:
        ordering = ["organisation_id", "person_id", "valid_from"]
        constraints = [_valid_range("role_valid_range")]

    def __str__(self) -> str:
        return f"{self.person_id}, {self.title}"
