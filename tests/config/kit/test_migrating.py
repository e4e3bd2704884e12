"""All tables of an app in one operation: the same tables, rendered once."""
import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState, StateApps
from django.db.migrations.writer import OperationWriter

from config.kit.migrating import CreateTables

KEY = ("id", models.BigAutoField(primary_key=True))


def pair():
    """Two models that refer to each other, one with an index and a constraint."""
    bridge = CreateModel("Bridge", [KEY, ("built_by", models.ForeignKey("units.Builder", models.CASCADE))], options={
        "indexes": [models.Index(fields=["id", "built_by"], name="bridge_built")],
        "constraints": [models.UniqueConstraint(fields=["built_by"], name="bridge_once")],
    })
    return [bridge, CreateModel("Builder", [KEY, ("best", models.ForeignKey("units.Bridge", models.CASCADE, null=True))])]


@pytest.mark.django_db(transaction=True)
def test_tables_that_refer_to_each_other_are_made_and_unmade(monkeypatch):
    rendered, render = [], StateApps.render_multiple
    monkeypatch.setattr(StateApps, "render_multiple", lambda self, states: (rendered.append(1), render(self, states)))
    before, after, operation = ProjectState(), ProjectState(), CreateTables(operations=pair())
    assert after.apps  # what was rendered before must not stay
    rendered.clear()
    operation.state_forwards("units", after)
    assert rendered == []
    with connection.schema_editor() as editor:
        operation.database_forwards("units", editor, before, after)
    assert rendered == [1]
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "units_bridge")
        assert {"bridge_built", "bridge_once"} <= set(found)
        assert ("units_builder", "id") in {one["foreign_key"] for one in found.values()}
        assert connection.introspection.get_relations(cursor, "units_builder")["best_id"][1] == "units_bridge"
    with connection.schema_editor() as editor:
        operation.database_backwards("units", editor, after, before)
    assert not {"units_bridge", "units_builder"} & set(connection.introspection.table_names())


def test_it_is_written_and_told():
    operation = CreateTables(operations=pair())
    lines, imports = OperationWriter(operation).serialize()
    written = [line.strip() for line in lines.splitlines()]
    assert written[:3] == ["config.kit.migrating.CreateTables(", "operations=[", "migrations.CreateModel("]
    assert "import config.kit.migrating" in imports and operation.describe() == "Create 2 tables"
