"""Setting up, switching off and resetting a second factor is written down, as is each backup code that is used up."""

from django.db import migrations

QUIET = "id,persistent_id,last_t,drift,throttling_failure_count,throttling_failure_timestamp,last_used_at"
WATCHED = [
    ("otp_totp_totpdevice", "INSERT OR UPDATE OR DELETE", f"'second factor', 'user_id', '{QUIET}', 'key'"),
    ("otp_static_statictoken", "DELETE", "'backup code', 'device_id', 'id', 'token'"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("signals", "0010_desk_places"),
        ("otp_totp", "0003_add_timestamps"),
        ("otp_static", "0003_add_timestamps"),
    ]

    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER audit AFTER {events} ON {table} FOR EACH ROW EXECUTE FUNCTION signals_audit({told});",
            f"DROP TRIGGER audit ON {table};",
        )
        for table, events, told in WATCHED
    ]
