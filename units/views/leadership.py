"""The leading group, its office, and which leader is in charge of which organisation."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units import permissions
from units.domain import charges
from units.domain.leadership import appoint, end_post, leadership_of
from units.edits import guarded
from units.forms.leadership import AppointForm, ChargeForm, EndForm
from units.list_exports import list_page
from units.models import LeadershipPost, Organization
from units.submissions import once


def _organization_or_404(request, pk):
    return get_object_or_404(Organization.objects.visible_to(request.user).select_related("parent"), pk=pk)


def _below(organization):
    return organization.children.active().in_institutional_order()


@require_safe
def leadership(request, pk):
    """Who sits in the group today and sat in it before; whom each leader looks after, and what nobody does."""
    organization, on = _organization_or_404(request, pk), clock.today()
    require(permissions.can_read_leadership(request.user, organization))
    by_leader = charges.charges_by_leader(on, within=organization)
    leaders = list(charges.leaders_within(organization, on=on))
    held = {unit.pk for units in by_leader.values() for unit in units}
    past = LeadershipPost.objects.standing().filter(organization=organization, ends_on__lt=on).order_by("-ends_on", "-pk")
    posts, past = list(leadership_of(organization, on=on)), list(past)
    rows = [(leader, by_leader.get(leader.pk, [])) for leader in leaders]
    left = [unit for unit in _below(organization) if unit.pk not in held] if leaders else []
    context = {
        "organization": organization, "posts": posts, "past": past, "rows": rows, "left": left,
        "arrange": permissions.can_arrange_leadership(request.user, organization),
    }
    listed = [*posts, *past, *rows, *([(None, left)] if left else [])]
    return list_page(request, "units/leadership.html", context, rows=listed)


@require_http_methods(["GET", "POST"])
def leadership_appoint(request, pk):
    organization = _organization_or_404(request, pk)
    require(permissions.can_arrange_leadership(request.user, organization))
    form = AppointForm(request.POST or None, initial={"starts_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        def call():
            post = appoint(organization, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())
            messages.success(request, _("已登记%(name)s。") % {"name": post.name})
            return reverse("leadership", args=[organization.pk])

        try:
            return once(request, call)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return _form_page(request, form, organization, title=_("登记领导小组成员"), word=_("登记"))


@require_http_methods(["GET", "POST"])
def leadership_end(request, pk):
    seen = Organization.objects.visible_to(request.user)
    posts = LeadershipPost.objects.standing().filter(organization__in=seen, ends_on__isnull=True)
    post = get_object_or_404(posts.select_related("organization"), pk=pk)
    require(permissions.can_arrange_leadership(request.user, post.organization))
    form = EndForm(request.POST or None, initial={"ends_on": clock.today()})
    if request.method == "POST" and form.is_valid():
        def call():
            end_post(post, ends_on=form.cleaned_data["ends_on"], by=request.user, at=clock.now(), on=clock.today())
            messages.success(request, _("已写上%(name)s到哪天止。") % {"name": post.name})
            return reverse("leadership", args=[post.organization_id])

        try:
            return once(request, call)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    title = _("%(name)s（%(role)s）离任") % {"name": post.name, "role": post.get_role_display()}
    return _form_page(request, form, post.organization, title=title, word=_("保存"))


@require_http_methods(["GET", "POST"])
def charge_edit(request, pk, leader):
    """Tick the organisations right below `pk` that one leader looks after, from a day on."""
    organization, on = _organization_or_404(request, pk), clock.today()
    require(permissions.can_arrange_leadership(request.user, organization))
    leader = get_object_or_404(charges.leaders_within(organization, on=on), pk=leader)
    now = charges.charges_on(on, within=organization).filter(ends_on__isnull=True).select_related("leader")
    held = {charge.organization_id: charge.leader for charge in now}
    others = {key: holder.display_name for key, holder in held.items() if holder != leader}
    mine = [key for key, holder in held.items() if holder == leader]
    form = ChargeForm(
        request.POST or None, below=_below(organization), held=others, initial={"happened_on": on, "organizations": mine}
    )
    guarded(request, form, besides=("happened_on",))
    if request.method == "POST" and form.is_valid():
        def call():
            taken, given = charges.divide_work(
                leader, form.cleaned_data["organizations"], within=organization,
                happened_on=form.cleaned_data["happened_on"], by=request.user, at=clock.now(), on=on,
            )
            words = {"name": leader.display_name, "taken": taken, "given": given}
            messages.success(request, _("%(name)s新联系 %(taken)s 个单位，不再联系 %(given)s 个。") % words)
            return reverse("leadership", args=[organization.pk])

        try:
            return once(request, call)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    title = _("%(name)s联系的单位") % {"name": leader.display_name}
    return _form_page(request, form, organization, title=title, word=_("保存"))


def _form_page(request, form, organization, *, title, word):
    context = {"form": form, "organization": organization, "title": title, "word": word}
    return render(request, "units/leadership_form.html", context)
