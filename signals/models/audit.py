"""What happened to records that people answer for, written by database triggers; and who is signed in where."""

from django.db import models


class AuditEntry(models.Model):
    """One change of one row, or one export: who, when, by which request, what it was before and after.

    Rows are written by triggers (exports by the service), so a change made past the application is recorded as well;
    ``actor`` is empty then. Added, never changed or removed.
    """

    OPERATIONS = ["insert", "update", "delete", "export"]

    at = models.DateTimeField(auto_now_add=True)
    table = models.CharField(max_length=40, help_text="indicator, signal, source, entity, user, …")
    object = models.CharField(max_length=200, help_text="primary key of the row")
    operation = models.CharField(max_length=8)
    actor = models.BigIntegerField(null=True, blank=True, help_text="primary key of the user, if a person did it")
    request = models.UUIDField(null=True, blank=True, help_text="the same for all changes of one request")
    url = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["table", "object", "-id"], name="audit_by_object"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
            models.Index(fields=["request"], name="audit_by_request"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.table} {self.object[:12]}"


class SignIn(models.Model):
    """One session of a person, so that they can see where they are signed in and end it from elsewhere."""

    user = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    at = models.DateTimeField(auto_now_add=True)
    address = models.CharField(max_length=60, blank=True)
    agent = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["user", "-id"], name="sign_in_by_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.at:%Y-%m-%d %H:%M}"
