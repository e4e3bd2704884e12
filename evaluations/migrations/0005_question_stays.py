"""The database itself keeps what was asked: no question of a questionnaire that has begun is deleted or moved to another."""
from django.db import migrations

MESSAGE = "questions of a questionnaire that has begun cannot be taken out"
BEGUN = "(SELECT state FROM evaluations_questionnaire WHERE id = OLD.questionnaire_id) <> 'draft'"
SQLITE = [
    f"""
CREATE TRIGGER evaluations_question_stays_{verb.split()[0].lower()} BEFORE {verb} ON evaluations_question WHEN {BEGUN}
BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
    for verb in ("DELETE", "UPDATE OF questionnaire_id")
]
POSTGRESQL = [
    f"""
CREATE FUNCTION evaluations_question_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {BEGUN} THEN
        RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER evaluations_question_stays BEFORE DELETE OR UPDATE OF questionnaire_id ON evaluations_question
FOR EACH ROW EXECUTE FUNCTION evaluations_question_stays();
"""
]


def guard(apps, schema_editor):
    for sql in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(sql)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER evaluations_question_stays ON evaluations_question")
        schema_editor.execute("DROP FUNCTION evaluations_question_stays()")
        return
    for verb in ("delete", "update"):
        schema_editor.execute(f"DROP TRIGGER evaluations_question_stays_{verb}")


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0004_review_of_members")]
    operations = [migrations.RunPython(guard, unguard)]
