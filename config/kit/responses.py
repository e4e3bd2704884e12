"""What views answer with after a domain call."""
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from config.kit.refusal import Refusal


def done(request, target, call, message):
    """Run `call`; say `message`, or the refusal's own words, and go to `target` (a model, URL or URL name)."""
    try:
        call()
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, message)
    return redirect(target)


def refuse_on_form(form, refusal):
    """Show a refusal where it belongs: at its field, or above the form."""
    form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)


def job_page(request, response, job):
    """The page of a job, fetched again and again while it runs: once it has ended, htmx loads the page anew as a whole."""
    if request.htmx and job.job_ended:
        response["HX-Refresh"] = "true"
    return response


def pdf_response(pages, name):
    """The PDF, shown in the browser and kept by nobody on the way."""
    response = HttpResponse(pages, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
