"""The database itself keeps what is asked: once a questionnaire takes answers, no question is added or changed."""
from django.db import migrations

MESSAGE = "questions of a questionnaire that has begun cannot be changed"
SQLITE = [
    f"""
CREATE TRIGGER evaluations_question_frozen_{verb.lower()} BEFORE {verb} ON evaluations_question
WHEN (SELECT state FROM evaluations_questionnaire WHERE id = NEW.questionnaire_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
    for verb in ("INSERT", "UPDATE")
]
POSTGRESQL = [
    f"""
CREATE FUNCTION evaluations_question_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM evaluations_questionnaire WHERE id = NEW.questionnaire_id) <> 'draft' THEN
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evaluations_question_frozen BEFORE INSERT OR UPDATE ON evaluations_question
FOR EACH ROW EXECUTE FUNCTION evaluations_question_frozen();
"""
]


def guard(apps, schema_editor):
    for sql in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(sql)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER evaluations_question_frozen ON evaluations_question")
        schema_editor.execute("DROP FUNCTION evaluations_question_frozen()")
        return
    for verb in ("insert", "update"):
        schema_editor.execute(f"DROP TRIGGER evaluations_question_frozen_{verb}")


class Migration(migrations.Migration):
    replaces = [("evaluations", "0010_question_guard")]
    dependencies = [("evaluations", "0002_poll_guard")]
    operations = [migrations.RunPython(guard, unguard)]
