"""Slips as PDF: a few at once; many as a job with a page of its own, where only the asking browser fetches them, once."""
import base64

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.kit import clock, jobs
from config.kit.refusal import Refusal
from config.kit.responses import job_page, pdf_response
from config.kit.verdict import require
from evaluations.domain import slip_prints
from evaluations.models import SlipPrint
from evaluations.print_permissions import may_print
from evaluations.tasks import print_slips

FILE = "slips.pdf"
KEY_KEPT = 2 * 3600  # seconds; longer than a queue and the half hour that pages wait


def print_slips_of(request, asked, *, start_url):
    """The PDF of a Poll or Questionnaire that the user may print, or the page of the job that makes it."""
    how = {"start_url": start_url, "by": request.user, "at": clock.now()}
    try:
        if slip_prints.slips_to_print(asked) > slip_prints.AT_ONCE:
            return _start(*slip_prints.request_print(asked, **how))
        pages = slip_prints.print_now(asked, **how)
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(asked)
    if pages is None:
        messages.info(request, _("应交的都已经交了，没有要打印的。"))
        return redirect(asked)
    return pdf_response(pages, FILE)


def _start(made, key):
    """Send a worker, and put the key where only this browser has it: no session, for sessions are rows of the database."""
    jobs.nudge(print_slips, made.pk)
    response = redirect(made)
    response.set_cookie(
        _cookie(made), base64.urlsafe_b64encode(key).decode(), max_age=KEY_KEPT, path=made.get_absolute_url(),
        secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict",
    )
    return response


def unfinished_print(request, asked):
    """The user's print that is on its way, for the page of what is asked."""
    return slip_prints.unfinished_of(asked, request.user, at=clock.now())


@require_safe
def slip_print_detail(request, pk):
    """How far a print is, and the one button that fetches it."""
    job = _own_print(request, pk)
    context = {
        "job": job, "asked": job.asked, "has_key": _cookie(job) in request.COOKIES,
        "fetchable": SlipPrint.objects.filter(pk=pk).fetchable(at=clock.now()).exists(),
    }
    return job_page(request, render(request, "evaluations/slip_print_detail.html", context), job)


@require_POST
def slip_print_fetch(request, pk):
    """The pages, for the first and last time."""
    job = _own_print(request, pk)
    try:
        pages = slip_prints.fetch_pages(job, _key(request, job), by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(job)
    response = pdf_response(pages, FILE)
    response.delete_cookie(_cookie(job), path=job.get_absolute_url(), samesite="Strict")
    return response


def _own_print(request, pk):
    """Only whoever asked for it, and only as long as they may print; 404 and 403."""
    rows = SlipPrint.objects.visible_to(request.user).select_related("poll__organization", "questionnaire__organization")
    job = get_object_or_404(rows, pk=pk)
    require(may_print(request.user, job.asked))
    return job


def _cookie(job):
    return f"cx_slips_{job.pk}"


def _key(request, job):
    try:
        return base64.urlsafe_b64decode(request.COOKIES.get(_cookie(job), ""))
    except ValueError:
        return b""
