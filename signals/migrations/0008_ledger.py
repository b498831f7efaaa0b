"""The follow-through ledger in its first filled shape; the tables before it were never written to."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

STEPS = ["announced", "revised", "under_way", "done", "missed", "slipped", "dropped"]
SETTLED = ["done", "missed", "dropped"]


class Migration(migrations.Migration):
    dependencies = [("companies", "0001_initial"), ("signals", "0007_reading_order")]

    operations = [
        migrations.DeleteModel(name="CommitmentStep"),
        migrations.DeleteModel(name="Commitment"),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                ("kind", models.CharField(max_length=8)),
                ("project", models.CharField(blank=True, max_length=60)),
                ("phase", models.CharField(blank=True, max_length=8)),
                ("metric", models.CharField(blank=True, max_length=60)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("opened_on", models.DateField(blank=True, null=True)),
                ("state", models.CharField(max_length=12)),
                ("state_on", models.DateField(blank=True, null=True)),
                ("settled", models.BooleanField(default=False)),
                (
                    "entity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="commitments", to="companies.entity"
                    ),
                ),
                (
                    "promise",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="signals.indicatorcurrent",
                    ),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="signals.indicatorcurrent",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "id"],
                "indexes": [
                    models.Index(fields=["entity", "due_on"], name="commitment_by_entity"),
                    models.Index(fields=["due_on", "id"], name="commitment_due", condition=Q(settled=False)),
                ],
                "constraints": [
                    models.CheckConstraint(name="commitment_kind", condition=Q(kind__in=["figure", "project"])),
                    models.CheckConstraint(name="commitment_state", condition=Q(state__in=STEPS)),
                    models.CheckConstraint(
                        name="commitment_settled",
                        condition=Q(settled=True, state__in=SETTLED) | (Q(settled=False) & ~Q(state__in=SETTLED)),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("state", models.CharField(max_length=12)),
                ("on", models.DateField(blank=True, null=True)),
                ("finding_key", models.CharField(max_length=64)),
                ("origin_kind", models.CharField(default="unknown", max_length=20)),
                ("language", models.CharField(max_length=10)),
                ("quote", models.TextField()),
                (
                    "carriers",
                    models.PositiveIntegerField(default=1, help_text="articles that tell it after the same origin"),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="signals.commitment"
                    ),
                ),
                (
                    "disclosure",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="signals.disclosure"
                    ),
                ),
            ],
            options={
                "ordering": ["commitment_id", "on", "id"],
                "constraints": [
                    models.CheckConstraint(name="commitment_step_state", condition=Q(state__in=STEPS)),
                    models.CheckConstraint(
                        name="commitment_step_quoted", condition=~Q(quote="") & ~Q(finding_key="")
                    ),
                ],
            },
        ),
    ]
