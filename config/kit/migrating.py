"""An operation for first migrations: all tables of an app at once.

Django renders every model anew for each model, index and constraint that a migration adds, because each could be the last:
half a minute for a hundred tables, before the first start and before every run of the tests. Here the state is built first
and rendered once.
"""
from django.db.migrations.operations.base import Operation, OperationCategory


class CreateTables(Operation):
    """`operations` are the CreateModel of an app, with all fields, indexes and constraints; they may refer to one another."""

    category = OperationCategory.ADDITION
    serialization_expand_args = ["operations"]

    def __init__(self, operations):
        self.operations = operations

    def deconstruct(self):
        return type(self).__name__, [], {"operations": self.operations}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # what was rendered so far; asked for again, it holds the new models too
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {len(self.operations)} tables"
