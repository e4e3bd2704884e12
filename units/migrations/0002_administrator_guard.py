"""The database itself keeps administrators apart from business: no account holds a role of both sides at once (4-trust §3).

The account's row is locked first, so that of two grants at once the second sees the first one.
"""
from django.db import migrations

MESSAGE = "units_rolegrant_administrators_without_business"
SIDES = "('system', 'security', 'audit')"
OTHER = f"""
SELECT 1 FROM units_rolegrant other
WHERE other.user_id = NEW.user_id AND other.revoked_at IS NULL AND other.id <> COALESCE(NEW.id, 0)
AND (other.role IN {SIDES}) <> (NEW.role IN {SIDES})
"""
SQLITE = """
CREATE TRIGGER units_rolegrant_one_side_{when} {event} ON units_rolegrant
WHEN NEW.revoked_at IS NULL AND EXISTS ({other})
BEGIN SELECT RAISE(ABORT, '{message}'); END
"""
POSTGRESQL = f"""
CREATE FUNCTION units_rolegrant_one_side() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.revoked_at IS NULL THEN
        PERFORM 1 FROM units_user WHERE id = NEW.user_id FOR UPDATE;
        IF EXISTS ({OTHER}) THEN
            RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER units_rolegrant_one_side BEFORE INSERT OR UPDATE ON units_rolegrant
FOR EACH ROW EXECUTE FUNCTION units_rolegrant_one_side();
"""


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for when, event in (("made", "BEFORE INSERT"), ("changed", "BEFORE UPDATE")):
        schema_editor.execute(SQLITE.format(when=when, event=event, other=OTHER, message=MESSAGE))


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER units_rolegrant_one_side ON units_rolegrant")
        schema_editor.execute("DROP FUNCTION units_rolegrant_one_side()")
        return
    for when in ("made", "changed"):
        schema_editor.execute(f"DROP TRIGGER units_rolegrant_one_side_{when}")


class Migration(migrations.Migration):
    replaces = [("units", "0012_administrator_guard")]
    dependencies = [("units", "0001_tables")]
    operations = [migrations.RunPython(guard, unguard)]
