"""The linked bodies of an organisation: listed, registered, changed, ended, honoured."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain import linked_bodies
from units.domain.record_history import history_of
from units.edits import guarded
from units.forms.linked_body import (
    BodyEndForm,
    BodyHonourFilterForm,
    BodyHonourForm,
    BodyHonourTakeBackForm,
    LinkedBodyForm,
)
from units.list_exports import list_page
from units.models import BodyHonour, LinkedBody, Organization
from units.submissions import once

PAGE = 20


@require_safe
def linked_body_list(request, pk):
    """The bodies of one organisation with their honours, and those that exist no more."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    require(permissions.can_read_members(request.user, organization))
    bodies, ended = linked_bodies.bodies_of(organization)
    context = {
        "organization": organization, "bodies": bodies, "ended": ended, "history": history_of([*bodies, *ended]),
        "arrange": permissions.can_arrange_bodies(request.user, organization),
    }
    return list_page(request, "units/linked_body_list.html", context, rows=[*bodies, *ended])


@require_safe
def body_honour_list(request, pk):
    """The advanced collectives and individuals of the bodies of an organisation and of everything below it."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    require(permissions.can_read_members(request.user, organization))
    form = BodyHonourFilterForm(request.GET or None)
    honours = BodyHonour.objects.visible_to(request.user).standing().below(organization).select_related("body__organization")
    page = Paginator(form.applied_to(honours), PAGE).get_page(request.GET.get("page"))
    context = {
        "organization": organization, "page": page, "form": form if form.is_bound else BodyHonourFilterForm(),
        "has_filter": bool(request.GET),
    }
    return list_page(request, "units/body_honour_list.html", context)


@require_http_methods(["GET", "POST"])
def linked_body_new(request, pk):
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    require(permissions.can_arrange_bodies(request.user, organization))
    form = LinkedBodyForm(request.POST or None)

    def call():
        return linked_bodies.register_body(
            organization, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today()
        )

    return _page(request, organization, form, call, title=_("登记群团组织"), word=_("登记"), told=_("已登记群团组织。"))


@require_http_methods(["GET", "POST"])
def linked_body_edit(request, pk):
    body = _body_or_404(request, pk)
    names = ("kind", "name", "chair_name", "size", "founded_on")
    form = LinkedBodyForm(request.POST or None, initial={name: getattr(body, name) for name in names})
    guarded(request, form)

    def call():
        return linked_bodies.change_body(body, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())

    return _page(request, body.organization, form, call, title=body.name, word=_("保存"), told=_("已保存。"), body=body)


@require_http_methods(["GET", "POST"])
def linked_body_end(request, pk):
    body = _body_or_404(request, pk)
    form = BodyEndForm(request.POST or None, initial={"happened_on": clock.today()})

    def call():
        return linked_bodies.end_body(body, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())

    title = _("撤销%(name)s") % {"name": body.name}
    return _page(
        request, body.organization, form, call, title=title, word=_("撤销"), told=_("已撤销，一起开展过的活动和荣誉都留着。")
    )


@require_http_methods(["GET", "POST"])
def body_honour_new(request, pk):
    """The body, or somebody in it, was honoured."""
    body = _body_or_404(request, pk)
    form = BodyHonourForm(request.POST or None)

    def call():
        linked_bodies.honour_body(body, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())
        return body

    title = _("登记荣誉：%(name)s") % {"name": body.name}
    return _page(request, body.organization, form, call, title=title, word=_("登记"), told=_("已登记荣誉。"))


@require_http_methods(["GET", "POST"])
def body_honour_take_back(request, pk):
    rows = BodyHonour.objects.visible_to(request.user).standing().select_related("body__organization")
    honour = get_object_or_404(rows, pk=pk)
    require(permissions.can_arrange_bodies(request.user, honour.body.organization))
    form = BodyHonourTakeBackForm(request.POST or None)

    def call():
        linked_bodies.take_back_honour(honour, **form.cleaned_data, by=request.user, at=clock.now())
        return honour.body

    title = _("撤销“%(what)s”") % {"what": honour}
    return _page(request, honour.body.organization, form, call, title=title, word=_("撤销"), told=_("已撤销。"))


def _body_or_404(request, pk):
    bodies = LinkedBody.objects.visible_to(request.user).active().select_related("organization")
    body = get_object_or_404(bodies, pk=pk)
    require(permissions.can_arrange_bodies(request.user, body.organization))
    return body


def _page(request, organization, form, call, *, title, word, told, body=None):
    if request.method == "POST" and form.is_valid():
        def written():
            target = call()
            messages.success(request, told)
            return target.get_absolute_url()

        try:
            return once(request, written)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "organization": organization, "title": title, "word": word, "body": body}
    return render(request, "units/linked_body_form.html", context)
