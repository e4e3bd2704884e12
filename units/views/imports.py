"""Imports of the ledgers: upload, watch the check, look at the preview, confirm, take back."""
import io

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.kit import clock, jobs
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import job_page, refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain import imports
from units.domain.import_preview import ledger_words
from units.domain.import_undo import can_still_undo, undo_import
from units.domain.import_wrong_rows import write_wrong_rows
from units.domain.imports import KINDS
from units.domain.ledger_back import KIND as LEDGER_BACK
from units.domain.ledger_back import check_can_give_back
from units.domain.ledger_template import write_template
from units.enums import ImportStage
from units.forms.imports import AnswerForm, ConfirmForm, ImportForm
from units.list_exports import list_page
from units.models import Organization, RosterImport
from units.submissions import once
from units.tasks import run_import
from units.views.exports import start_export
from units.views.import_preview import preview_context, steps_of

PAGE = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _import_of(request, pk):
    """The import in the visitor's scope, or 404; then the permission."""
    roster_import = get_object_or_404(RosterImport.objects.visible_to(request.user), pk=pk)
    require(permissions.can_import(request.user))
    return roster_import


@require_safe
def import_list(request):
    """What was imported, newest first."""
    rows = RosterImport.objects.visible_to(request.user).select_related("requested_by").order_by("-requested_at", "-pk")
    require(permissions.can_import(request.user))
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return list_page(request, "units/import_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request):
    """Upload one or both ledgers; a double click uploads once."""
    require(permissions.can_import(request.user))
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        try:
            return once(request, lambda: _start(form.files_by_ledger(), request.user))
        except imports.NothingToImport as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "steps": steps_of(None), "has_organizations": Organization.objects.active().exists()}
    return render(request, "units/import_new.html", context)


def _start(files, by):
    roster_import = imports.start_import(files, by=by, at=clock.now())
    jobs.nudge(run_import, roster_import.pk)
    return roster_import


@require_safe
def import_template(request, ledger):
    """A blank ledger to fill in."""
    require(permissions.can_import(request.user))
    if ledger not in ledger_words():
        raise Http404
    target = io.BytesIO()
    return _download(target, write_template(ledger, target))


def _download(target, name):
    target.seek(0)
    response = FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def import_detail(request, pk):
    """How far an import is: the running job, the preview, or what it did."""
    roster_import = _import_of(request, pk)
    return job_page(request, _page(request, roster_import), roster_import)


def _page(request, roster_import, **extra):
    can_undo = can_still_undo(roster_import, at=clock.now())
    context = {
        "import": roster_import,
        "steps": steps_of(roster_import, can_undo=can_undo),
        "can_undo": can_undo, "backs": _backs(roster_import),
        "is_preview": roster_import.stage == ImportStage.PREVIEW,
    }
    if roster_import.stage in (ImportStage.PREVIEW, ImportStage.APPLIED, ImportStage.UNDONE):
        context |= preview_context(request, roster_import)
    return render(request, "units/import_detail.html", {**context, **extra})


@require_POST
def import_answer(request, pk):
    """Say how the columns in question are to be read, or only ask for another check."""
    roster_import = _import_of(request, pk)
    questions = roster_import.questions if "check" not in request.POST else []
    form = AnswerForm(request.POST, questions=questions)
    if not form.is_valid():
        messages.error(request, _("请给每个问题选一个答案。"))
        return redirect(roster_import)
    return _queued(request, roster_import, lambda: imports.answer_questions(
        roster_import, form.answers(), by=request.user, at=clock.now()))


def _queued(request, roster_import, call):
    """Run `call` once for this form, nudge a worker, and go to the page of the import."""

    def queue():
        call()
        jobs.nudge(run_import, roster_import.pk)
        return roster_import

    try:
        return once(request, queue)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(roster_import)


@require_POST
def import_confirm(request, pk):
    """Write the rows without errors and the ticked corrections; with `keep` only remember the ticks of this page."""
    roster_import = _import_of(request, pk)
    form = ConfirmForm(request.POST)
    if roster_import.stage == ImportStage.PREVIEW:
        shown, ticked = ([key_of(key) for key in request.POST.getlist(name)] for name in ("shown", "row"))
        imports.keep_ticks(roster_import, shown=shown, ticked=ticked)
    if "keep" in request.POST:
        messages.success(request, _("勾选已记下。"))
        return redirect(f"{roster_import.get_absolute_url()}?show=changed&page={key_of(request.POST.get('page')) or 1}")
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        return once(request, lambda: _confirm(request, roster_import, reason))
    except imports.ReasonMissing as refusal:
        return _page(request, roster_import, reason=reason, reason_error=refusal.message)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(roster_import)


def _confirm(request, roster_import, reason):
    imports.confirm_import(roster_import, reason=reason, by=request.user, at=clock.now())
    jobs.nudge(run_import, roster_import.pk)
    return roster_import


@require_safe
def import_wrong_rows(request, pk):
    """The workbook of only the wrong rows of one ledger."""
    roster_import = _import_of(request, pk)
    target = io.BytesIO()
    try:
        name = write_wrong_rows(
            roster_import, request.GET.get("ledger", ""), target, on=clock.today(), demo=clock.is_demo())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(roster_import)
    return _download(target, name)


def _backs(roster_import):
    """[(ledger, name of the file, why it cannot be given back or "")] of what was uploaded."""
    if roster_import.stage not in (ImportStage.PREVIEW, ImportStage.APPLIED):
        return []
    found = []
    for ledger in KINDS:
        if name := getattr(roster_import, f"{ledger}_name"):
            try:
                check_can_give_back(roster_import, ledger)
            except Refusal as refusal:
                found.append((ledger, name, refusal.message))
            else:
                found.append((ledger, name, ""))
    return found


@require_POST
def import_back(request, pk):
    """The uploaded workbook with its cells corrected to what the system holds now, as an export."""
    roster_import = _import_of(request, pk)
    ledger = request.POST.get("ledger", "")
    try:
        check_can_give_back(roster_import, ledger)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(roster_import)
    parameters = {"import": roster_import.pk, "ledger": ledger, "on": clock.today().isoformat()}
    title = _("更正后的%(name)s") % {"name": getattr(roster_import, f"{ledger}_name")}
    return once(request, lambda: start_export(LEDGER_BACK, title=title, parameters=parameters, by=request.user))


@require_http_methods(["GET", "HEAD", "POST"])
def import_undo(request, pk):
    """Ask before an import is taken back, and take it back."""
    roster_import = _import_of(request, pk)
    if request.method != "POST":
        written = roster_import.summary.get("written", {"new": 0, "changed": 0})
        consequences = [words % written for key, words in (
            ("new", _("新增的 %(new)d 行会删去。")), ("changed", _("更正的 %(changed)d 行恢复原来的内容。")),
        ) if written[key]]
        consequences.append(_("这些记录如果后来又用到了，就不能撤销，会说明是哪些。"))
        return render(request, "units/import_undo.html", {"import": roster_import, "consequences": consequences})
    try:
        undo_import(roster_import, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("导入已撤销。"))
    return redirect(roster_import)
