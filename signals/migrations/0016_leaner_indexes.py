"""Indexes and checks that nothing asks for, on the tables that are written at every document that is read."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Beside each index of a text column Django makes a second one for LIKE, which nothing here asks of keys and addresses.
WITHOUT_LIKE = ["disclosure", "fact", "indicatorcurrent", "mention", "rollup", "signalcurrent", "snapshot"]
DROP = """
DO $$
DECLARE
    name text;
BEGIN
    FOR name IN SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename IN ({tables})
                AND indexname LIKE '%\\_like'
    LOOP
        EXECUTE format('DROP INDEX %I', name);
    END LOOP;
END $$;
""".format(tables=", ".join(f"'signals_{name}'" for name in WITHOUT_LIKE))


class Migration(migrations.Migration):

    dependencies = [
        ('companies', '0002_short_names'),
        ('signals', '0015_readings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='disclosure',
            name='source',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='disclosures', to='signals.source'),
        ),
        migrations.AlterField(
            model_name='disclosureversion',
            name='disclosure',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='signals.disclosure'),
        ),
        migrations.AlterField(
            model_name='extraction',
            name='version',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='extractions', to='signals.disclosureversion'),
        ),
        migrations.AlterField(
            model_name='fact',
            name='subject',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='companies.entity'),
        ),
        migrations.AlterField(
            model_name='indicator',
            name='extraction',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='signals.extraction'),
        ),
        migrations.AlterField(
            model_name='indicator',
            name='subject',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.entity'),
        ),
        migrations.AlterField(
            model_name='indicatorcurrent',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='indicatorcurrent',
            name='indicator',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signals.indicator'),
        ),
        migrations.AlterField(
            model_name='indicatorcurrent',
            name='subject',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.entity'),
        ),
        migrations.AlterField(
            model_name='mention',
            name='extraction',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='signals.extraction'),
        ),
        migrations.AlterField(
            model_name='signal',
            name='extraction',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='signals.extraction'),
        ),
        migrations.AlterField(
            model_name='signal',
            name='subject',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.entity'),
        ),
        migrations.AlterField(
            model_name='signalcurrent',
            name='entered_by',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='signalcurrent',
            name='signal',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signals.signal'),
        ),
        migrations.AlterField(
            model_name='signalcurrent',
            name='subject',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.entity'),
        ),
        migrations.AlterField(
            model_name='sketchband',
            name='disclosure',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='bands', to='signals.disclosure'),
        ),
        migrations.AlterField(
            model_name='sloganuse',
            name='extraction',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='slogan_uses', to='signals.extraction'),
        ),
        migrations.AlterField(
            model_name='timelineentry',
            name='disclosure',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='timeline', to='signals.disclosure'),
        ),
        migrations.AlterField(
            model_name='timelineentry',
            name='entity',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='timeline', to='companies.entity'),
        ),
        migrations.AlterField(
            model_name='timelineentry',
            name='source',
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='signals.source'),
        ),
        migrations.RunSQL(DROP, migrations.RunSQL.noop),
    ]
