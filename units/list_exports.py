"""Any list on screen as a workbook: the very view of the page is asked for its rows, so scope, filters and order are the page's.

A list joins in with two lines: `register_list` beside its view says the columns, and the view ends in `list_page` instead of
`render` (docs/development.md). The export runs as a job of kind "list"; its parameters are the page's address in plain data.
"""
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from config.kit.refusal import Refusal
from config.kit.xlsx import Column, Sheet, write_xlsx

KIND = "list"
CHUNK = 500
SLICE = 2_000  # of what is no queryset: each slice may cost the whole query again
MOST_ROWS = 50_000


class ListGone(Refusal):
    """The list is outside the owner's scope by now, or is much too long."""


@dataclass(frozen=True)
class ListExport:
    """`told(items)` gives one tuple, as long as `columns`, for each item of a chunk of the page's rows."""

    title: str | Promise
    columns: tuple
    told: Callable | None


_lists = {}


def register_list(url_name, title, columns=(), told=None):
    """Let the list at `url_name` be exported. `columns` are (header, width) or (header, width, kind) of config.kit.xlsx.

    Without them the page brings a ListExport of its own as `shape` of `list_page`: its title says a day, a half-year or a run,
    or its columns depend on what it is of.
    """
    _lists[url_name] = ListExport(title, tuple(columns), told)


def listed(url_name):
    """Whether the address may be asked for rows: it has a registered list, under its own name or as one of several."""
    return url_name in _lists


def list_page(request, template, context, *, rows=None, name="", shape=None):
    """Render a list's page with the button that exports it; an export gets the rows instead: all of them, not the page's.

    `rows` are those of context["page"] unless said: a queryset, a list, or what has a length and gives slices. `name` is the
    registered list where the address has several; `shape` the ListExport where the page brings its own.
    """
    paginator = context["page"].paginator if rows is None else None
    rows = paginator.object_list if paginator else rows
    collect = getattr(request, "collect_rows", None)
    match = request.resolver_match
    shape = shape or _lists.get(name or match.url_name)
    if collect is not None:
        collect((rows, shape))
        return HttpResponse()
    if shape:
        total = paginator.count if paginator else len(rows)
        known = {"name": match.url_name, "kwargs": match.captured_kwargs, "total": total, "shape": shape}
        context = context | {"list_export": known}
    return render(request, template, context)


def rows_of(user, url_name, kwargs, query):
    """(what the page at this address lists for `user`: a queryset or a list, its ListExport).

    Raises ListGone where the page would say 403 or 404, or lists nothing.
    """
    try:
        path = reverse(url_name, kwargs=kwargs)
    except NoReverseMatch as reason:  # keys that no page of this list has
        raise ListGone(_("这份列表现在看不到了，不能导出。")) from reason
    match, found = resolve(path), []
    request = HttpRequest()
    request.method, request.path, request.GET, request.user = "GET", path, QueryDict(query), user
    request.htmx, request.session, request.resolver_match, request.collect_rows = False, {}, match, found.append
    try:
        match.func(request, *match.args, **match.kwargs)
    except (Http404, PermissionDenied) as reason:
        raise ListGone(_("这份列表现在看不到了，不能导出。")) from reason
    if not found:
        raise ListGone(_("这份列表现在是空的，没有可以导出的行。"))
    return found[0]


def write_list(target, *, parameters, user, demo, progress):
    """Export kind `list`: {"list": URL name, "kwargs": …, "query": …, "grant": the role that the owner had chosen}."""
    user.chosen_grant_id = parameters.get("grant")
    if user.chosen_grant_id and not any(grant.pk == user.chosen_grant_id for grant in user.held_grants):
        raise ListGone(_("这份列表现在看不到了，不能导出。"))
    rows, known = rows_of(user, parameters["list"], parameters["kwargs"], parameters["query"])
    total = _count(rows)
    if total > MOST_ROWS:
        raise ListGone(_("这份列表超过 %(most)s 行，请先筛选再导出。") % {"most": f"{MOST_ROWS:,}"})
    name = str(known.title)
    columns = (Column(_("序号"), 6, "number"), *(Column(str(header), *more) for header, *more in known.columns))
    write_xlsx(target, [Sheet(name, columns, _told(known, rows, total, progress), titles=(name,))], demo=demo)
    return f"{name}.xlsx"


def _count(rows):
    """How many there are, by the database where it can."""
    return rows.count() if isinstance(rows, QuerySet) else len(rows)


def _chunks(rows, total):
    """The rows in lists: a queryset is streamed, anything else is sliced."""
    if isinstance(rows, QuerySet):
        waiting = rows.iterator(chunk_size=CHUNK)
        while chunk := list(islice(waiting, CHUNK)):
            yield chunk
    else:
        for first in range(0, total, SLICE):
            yield rows[first:first + SLICE]


def _told(known, rows, total, progress):
    """Rows chunk by chunk, numbered."""
    number = 0
    for chunk in _chunks(rows, total):
        for told in known.told(chunk):
            number += 1
            yield (number, *told)
        progress(number, total)

