"""Every page that changes a record in place shows both texts when two people edit it."""
import ast
import re

from tests.house import sources

# Records with versions compare the version that was on the page.
WITH_VERSIONS = {"member_edit", "sheet_edit", "indicator_edit", "refinement_edit"}


def edit_views():
    """{name: source} of the views behind addresses that end in _edit."""
    found = {}
    for _path, text in sources.modules(*sources.APPS):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and node.name.endswith("_edit") and node.args.args[:1]:
                if node.args.args[0].arg == "request":
                    found[node.name] = ast.get_source_segment(text, node)
    return found


def test_every_edit_is_guarded_or_has_versions():
    views = edit_views()
    assert len(views) > 12 and WITH_VERSIONS <= set(views)
    assert [name for name, text in views.items() if name not in WITH_VERSIONS and "guarded(" not in text] == []
    assert [name for name in WITH_VERSIONS if not re.search(r"seen", views[name])] == []
