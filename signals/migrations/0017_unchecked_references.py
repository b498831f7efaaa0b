"""Read rows are made of rows whose references are checked; checking theirs too cost as much again at every document."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('companies', '0002_short_names'),
        ('signals', '0016_leaner_indexes'),
    ]

    operations = [
        migrations.RunSQL("DROP INDEX IF EXISTS signals_capture_snapshot_id_a9c5834e_like", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='fact',
            name='best',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='signals.indicatorcurrent'),
        ),
        migrations.AlterField(
            model_name='fact',
            name='subject',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='companies.entity'),
        ),
        migrations.AlterField(
            model_name='indicatorcurrent',
            name='disclosure',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)s_rows', to='signals.disclosure'),
        ),
        migrations.AlterField(
            model_name='indicatorcurrent',
            name='indicator',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signals.indicator'),
        ),
        migrations.AlterField(
            model_name='indicatorcurrent',
            name='source',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signals.source'),
        ),
        migrations.AlterField(
            model_name='indicatorcurrent',
            name='subject',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.entity'),
        ),
        migrations.AlterField(
            model_name='signalcurrent',
            name='disclosure',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='%(class)s_rows', to='signals.disclosure'),
        ),
        migrations.AlterField(
            model_name='signalcurrent',
            name='signal',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signals.signal'),
        ),
        migrations.AlterField(
            model_name='signalcurrent',
            name='source',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='signals.source'),
        ),
        migrations.AlterField(
            model_name='signalcurrent',
            name='subject',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='companies.entity'),
        ),
    ]
