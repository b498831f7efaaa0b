"""Extensions, and triggers that keep the past as it was: rows that record it are added, never changed or removed."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

IMMUTABLE = ["snapshot", "capture", "disclosureversion", "extraction", "indicator", "signal", "mention", "sloganuse", "decision"]

FUNCTION = """
CREATE OR REPLACE FUNCTION signals_keep_as_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted, only superseded', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


def guard(table: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER keep_as_written BEFORE UPDATE OR DELETE ON signals_{table} "
        "FOR EACH ROW EXECUTE FUNCTION signals_keep_as_written();",
        f"DROP TRIGGER keep_as_written ON signals_{table};",
    )


class Migration(migrations.Migration):
    dependencies = [("signals", "0001_initial")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION signals_keep_as_written();"),
        *[guard(table) for table in IMMUTABLE],
    ]
