"""What the exported lists are compared by: the workbook of a list, and what its pages show."""
import re
from urllib.parse import parse_qsl, urlencode

import openpyxl
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from units.domain.exports import export_folder
from units.domain.party_groups import GroupRow
from units.models import Export
from units.tasks import run_export

# Where a page has no pager: its rows in their order, from what the template gets.
WITHOUT_PAGER = {
    "post_list": lambda seen: [*seen["posts"], *seen["past"]],
    "coverage": lambda seen: [*seen["missing"], *seen["rest"], *seen["nothing"]],
    "plan_list": lambda seen: [(plan, row.task) for plan, rows, _links in seen["plans"] for row in rows],
    "organization_list": lambda seen: [row for category in seen["categories"] for row in category.rows],
    "party_group_list": lambda seen: [
        *seen["rows"], *([GroupRow(None, members=seen["left"])] if seen["left"] else []), *map(GroupRow, seen["ended"])
    ],
    "linked_body_list": lambda seen: [*seen["bodies"], *seen["ended"]],
    "leadership": lambda seen: [
        *seen["posts"], *seen["past"], *seen["rows"], *([(None, seen["left"])] if seen["left"] else [])
    ],
    "organization_course": lambda seen: seen["course"],
    "task_branches": lambda seen: seen["carrying"].rows,
    "criterion_list": lambda seen: [
        (part["track"], entry["criterion"], *row)
        for part in seen["tracks"] for entry in part["criteria"] for row in entry["rows"]
    ],
    "refinement_list": lambda seen: [
        (track, criterion, one, *pair) for track, criteria in seen["tracks"] for criterion, entries in criteria
        for one, sentence, parts in entries for pair in parts or [(None, sentence)]
    ],
}


def workbook(client, address):
    """The rows of the exported list at `address`, without their numbers."""
    path, _mark, query = address.partition("?")
    match = resolve(path)
    answer = client.post(f"/exports/list/{match.url_name}/", {"query": query, **match.captured_kwargs})
    assert answer.status_code == 302, answer.content.decode()[:500]
    export = Export.objects.order_by("-pk").first()
    run_export(export.pk)
    export.refresh_from_db()
    assert export.job_state == "done", export.error
    sheet = openpyxl.load_workbook(export_folder() / export.stored_name).active
    rows = list(sheet.iter_rows(values_only=True))
    start = next(number for number, row in enumerate(rows) if row[0] == "序号")
    assert [row[0] for row in rows[start + 1:]] == list(range(1, len(rows) - start))
    return [row[1:] for row in rows[start + 1:]]


def shown(client, address):
    """What the pages show, walked through to the last one: what the list tells of each object, in order."""
    path, _mark, query = address.partition("?")
    first = client.get(address)
    assert first.status_code == 200
    known = first.context["list_export"]
    if "page" in first.context and first.context["page"] is not None:
        items = []
        for number in range(1, first.context["page"].paginator.num_pages + 1):
            page = client.get(f"{path}?{urlencode([*parse_qsl(query), ('page', number)])}").context["page"]
            items += list(page.object_list)
        listed = first.context["page"].paginator.object_list
        if isinstance(listed, QuerySet):
            fresh = list(listed.all())  # read anew: what a page looked up for its rows is not there
            assert fresh == items
            items = fresh
    else:
        items = list(WITHOUT_PAGER.get(known["name"], lambda seen: seen["rows"])(first.context))
    assert f"全部 {len(items)} 行" in first.content.decode()
    with CaptureQueriesContext(connection) as asked:
        told = known["shape"].told(items)
    queries = [re.sub(r"\d+", "0", query["sql"]) for query in asked]
    assert sorted(queries) == sorted(set(queries))  # what is looked up beside the rows is looked up once, not for each row
    return told


def words(row):
    """Cells as a workbook brings them back: numbers without decimals, dates and moments as days, nothing for empty ones."""
    plain = [int(cell) if isinstance(cell, float) and cell.is_integer() else cell for cell in row]
    return tuple(str(cell)[:10] if cell not in (None, "") else None for cell in plain)
