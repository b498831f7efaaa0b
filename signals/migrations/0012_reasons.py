"""Reasons as codes with parameters beside their English words; the audit log leaves them out, as it does the words."""

from importlib import import_module

from django.db import migrations, models

audit = import_module("signals.migrations.0005_audit")
TOLD = ("source", "key", f"{audit.HEALTH},state_said", "")


def again(told: tuple[str, ...]) -> str:
    arguments = ", ".join(f"'{each}'" for each in told)
    return (
        "DROP TRIGGER audit ON signals_source; CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON signals_source "
        f"FOR EACH ROW EXECUTE FUNCTION signals_audit({arguments});"
    )


class Migration(migrations.Migration):
    dependencies = [("signals", "0011_audit_second_factor")]

    operations = [
        migrations.AddField(
            "source", "state_said",
            models.JSONField(blank=True, default=dict, help_text="the same as a code with its parameters"),
        ),
        migrations.AlterField(
            "source", "state_reason",
            models.TextField(default="not run yet", help_text="in English, for commands and logs"),
        ),
        migrations.AddField(
            "sourceevent", "said",
            models.JSONField(blank=True, default=dict, help_text="the same as a code with its parameters"),
        ),
        migrations.AlterField("sourceevent", "text", models.TextField(help_text="in English")),
        migrations.RunSQL(again(TOLD), again(audit.WHOLE["signals_source"])),
    ]  # fmt: skip
