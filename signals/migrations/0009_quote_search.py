"""Quotes found by their words, filters tried inside the index, and when a saved view was last opened."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.utils.timezone
from django.db import migrations, models
from django.db.models import F

from signals.search_terms import terms

BATCH = 2000
NEWEST = models.OrderBy(F("published_on"), descending=True, nulls_last=True)


def fill(apps, schema_editor):
    """Vectors for the quotes that are already there."""
    with schema_editor.connection.cursor() as cursor:
        for table in ("signals_indicatorcurrent", "signals_signalcurrent"):
            after = ""
            while True:
                cursor.execute(f"SELECT key, quote FROM {table} WHERE key > %s ORDER BY key LIMIT %s", [after, BATCH])
                rows = cursor.fetchall()
                if not rows:
                    break
                after = rows[-1][0]
                cursor.execute(
                    f"UPDATE {table} SET search = to_tsvector('simple', new.words) "
                    f"FROM unnest(%s::text[], %s::text[]) AS new (key, words) WHERE {table}.key = new.key",
                    [[key for key, _quote in rows], [" ".join(terms(quote)) for _key, quote in rows]],
                )


class Migration(migrations.Migration):
    dependencies = [("signals", "0008_ledger")]

    operations = [
        migrations.AddField(
            "savedview", "opened_at", models.DateTimeField(default=django.utils.timezone.now)
        ),
        migrations.AddField(
            "indicatorcurrent",
            "search",
            django.contrib.postgres.search.SearchVectorField(editable=False, help_text="terms of the quote", null=True),
        ),
        migrations.AddField(
            "signalcurrent",
            "search",
            django.contrib.postgres.search.SearchVectorField(editable=False, help_text="terms of the quote", null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RemoveIndex("indicatorcurrent", "indicator_newest"),
        migrations.RemoveIndex("indicatorcurrent", "indicator_published"),
        migrations.RemoveIndex("signalcurrent", "signal_newest"),
        migrations.RemoveIndex("signalcurrent", "signal_published"),
        migrations.RemoveIndex("timelineentry", "timeline_by_entity"),
        migrations.RemoveIndex("timelineentry", "timeline_by_lane"),
        migrations.AddIndex(
            "indicatorcurrent",
            models.Index(fields=["-first_seen_at"], name="indicator_newest", condition=models.Q(superseded=False)),
        ),
        migrations.AddIndex(
            "indicatorcurrent",
            models.Index(
                NEWEST,
                *map(F, ["key", "metric", "modality", "state", "origin_kind", "language", "subject", "period_label"]),
                name="indicator_published",
                condition=models.Q(superseded=False),
            ),
        ),
        migrations.AddIndex(
            "indicatorcurrent",
            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="indicator_search"),
        ),
        migrations.AddIndex(
            "signalcurrent",
            models.Index(
                fields=["-first_seen_at", "-weight"], name="signal_newest", condition=models.Q(superseded=False)
            ),
        ),
        migrations.AddIndex(
            "signalcurrent",
            models.Index(
                NEWEST,
                *map(F, ["key", "theme", "stage", "voice", "state", "language", "subject"]),
                name="signal_published",
                condition=models.Q(superseded=False),
            ),
        ),
        migrations.AddIndex(
            "signalcurrent",
            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="signal_search"),
        ),
        migrations.AddIndex(
            "timelineentry",
            models.Index(
                fields=[
                    "entity", "-date", "-id", "lane", "theme", "stage", "voice", "origin_kind", "source", "state", "language",
                ],
                name="timeline_by_entity",
            ),
        ),
    ]  # fmt: skip
