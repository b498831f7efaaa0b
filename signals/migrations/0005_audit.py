"""Triggers that write down each change of what people answer for, with the person and the request behind it."""

from django.db import migrations

# What the person and the request are, django-pghistory's middleware tells each writing statement.
FUNCTION = """
CREATE OR REPLACE FUNCTION signals_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    told jsonb := NULLIF(current_setting('pghistory.context_metadata', true), '')::jsonb;
    quiet text[] := string_to_array(TG_ARGV[2], ',');
    secret text[] := string_to_array(TG_ARGV[3], ',');
    was jsonb := '{}';
    became jsonb := '{}';
    changed text;
    subject text;
BEGIN
    IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - quiet; END IF;
    IF TG_OP <> 'DELETE' THEN became := to_jsonb(NEW) - quiet; END IF;
    subject := COALESCE(became ->> TG_ARGV[1], was ->> TG_ARGV[1]);
    IF TG_OP = 'UPDATE' THEN
        FOR changed IN SELECT key FROM jsonb_each(became) LOOP
            IF was -> changed = became -> changed THEN
                was := was - changed;
                became := became - changed;
            END IF;
        END LOOP;
        IF became = '{}' THEN RETURN NULL; END IF;
    END IF;
    FOREACH changed IN ARRAY secret LOOP
        IF was ? changed THEN was := jsonb_set(was, ARRAY[changed], '"(kept secret)"'); END IF;
        IF became ? changed THEN became := jsonb_set(became, ARRAY[changed], '"(kept secret)"'); END IF;
    END LOOP;
    INSERT INTO signals_auditentry ("at", "table", object, operation, actor, request, url, before, after)
    VALUES (clock_timestamp(), TG_ARGV[0], subject, lower(TG_OP), (told ->> 'user')::bigint,
            NULLIF(current_setting('pghistory.context_id', true), '')::uuid, COALESCE(told ->> 'url', ''), was, became);
    RETURN NULL;
END $$;
"""

JUDGED = ["state", "subject_id", "voice", "superseded", "lost", "entered_by_id"]
FIGURE = ["metric", "product", "measure", "comparator", "value", "value_high", "unit", "period_label", "modality", "note"]
HEALTH = (
    "state,state_reason,state_since,next_run_at,last_run_at,last_success_at,last_item_at,validators,consecutive_failures,"
    "backed_off"
)

# table → name in the log, column that names the row, columns left out, columns never shown
WHOLE = {
    "companies_entity": ("entity", "key", "", ""),
    "companies_entityname": ("entity name", "entity_id", "id", ""),
    "companies_ownership": ("ownership", "child_id", "id", ""),
    "signals_source": ("source", "key", HEALTH, ""),
    "signals_proposal": ("proposal", "id", "", ""),
    "signals_annotation": ("annotation", "id", "", ""),
    "auth_user": ("user", "id", "last_login", "password"),
    "auth_user_groups": ("user role", "user_id", "id", ""),
    "auth_group": ("role", "id", "", ""),
}


def watch(table: str, events: str, told: tuple[str, ...], when: str = "") -> migrations.RunSQL:
    arguments = ", ".join(f"'{each}'" for each in told)
    return migrations.RunSQL(
        f"CREATE TRIGGER audit AFTER {events} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION signals_audit({arguments});",
        f"DROP TRIGGER audit ON {table};",
    )


def differ(columns: list[str]) -> str:
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return f"WHEN (({old}) IS DISTINCT FROM ({new}))"


class Migration(migrations.Migration):
    dependencies = [
        ("signals", "0004_review"),
        ("companies", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION signals_audit();"),
        *[watch(table, "INSERT OR UPDATE OR DELETE", told) for table, told in WHOLE.items()],
        watch("signals_decision", "INSERT", ("decision", "finding_key", "id", "")),
        watch("signals_indicatorcurrent", "UPDATE", ("figure", "key", "indicator_id,state_at", ""), differ(JUDGED + FIGURE)),
        watch("signals_signalcurrent", "UPDATE", ("signal", "key", "signal_id,state_at", ""), differ([*JUDGED, "theme", "stage"])),
        watch(
            "signals_disclosure", "UPDATE", ("disclosure", "id", "search,counted", ""),
            differ(["fully_reviewed_at", "withdrawn_at", "duplicate_of_id"]),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER keep_as_written BEFORE UPDATE OR DELETE ON signals_auditentry "
            "FOR EACH ROW EXECUTE FUNCTION signals_keep_as_written();",
            "DROP TRIGGER keep_as_written ON signals_auditentry;",
        ),
    ]
