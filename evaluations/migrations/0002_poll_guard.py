"""The database itself keeps a poll anonymous: no UPDATE of `is_anonymous` passes, whoever sends it (4-trust §2)."""
from django.db import migrations

MESSAGE = "is_anonymous of a poll cannot be changed"
SQLITE = f"""
CREATE TRIGGER evaluations_poll_stays_anonymous BEFORE UPDATE OF is_anonymous ON evaluations_poll
WHEN NEW.is_anonymous IS NOT OLD.is_anonymous
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION evaluations_poll_stays_anonymous() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.is_anonymous IS DISTINCT FROM OLD.is_anonymous THEN
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evaluations_poll_stays_anonymous BEFORE UPDATE ON evaluations_poll
FOR EACH ROW EXECUTE FUNCTION evaluations_poll_stays_anonymous();
"""


def guard(apps, schema_editor):
    schema_editor.execute(POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE)


def unguard(apps, schema_editor):
    on_table = " ON evaluations_poll" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER evaluations_poll_stays_anonymous{on_table}")
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION evaluations_poll_stays_anonymous()")


class Migration(migrations.Migration):
    replaces = [("evaluations", "0004_poll_guard")]
    dependencies = [("evaluations", "0001_tables")]
    operations = [migrations.RunPython(guard, unguard)]
