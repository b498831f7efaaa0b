import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("signals", "0014_measurements"),
    ]

    operations = [
        migrations.AddField(
            model_name="fullreview",
            name="begun_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.AlterField(
            model_name="fullreview",
            name="at",
            field=models.DateTimeField(blank=True, help_text="when they were through", null=True),
        ),
        migrations.AlterModelOptions(name="fullreview", options={"ordering": ["at", "begun_at"]}),
        migrations.RunSQL("UPDATE signals_fullreview SET begun_at = at", migrations.RunSQL.noop),
    ]
