"""Kept evidence: bytes under their SHA-256, and each time we captured them."""

from django.db import models
from django.db.models import Q


class Snapshot(models.Model):
    """Immutable bytes in the content-addressed store. The file is written and synced before this row exists."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField(help_text="bytes before compression")
    media_type = models.CharField(max_length=100)
    path = models.CharField(max_length=300, help_text="name in the snapshot storage")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(name="snapshot_sha256_hex", condition=Q(sha256__regex=r"^[0-9a-f]{64}$"))]

    def __str__(self) -> str:
        return self.sha256[:12]


class Capture(models.Model):
    """The moment when an address gave these bytes; the same bytes may be captured often."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="captures")
    url = models.TextField()
    fetched_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    headers = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-fetched_at"]
        indexes = [models.Index(fields=["url", "-fetched_at"], name="capture_by_url")]

    def __str__(self) -> str:
        return f"{self.url} at {self.fetched_at:%Y-%m-%d %H:%M}"
