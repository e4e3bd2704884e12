"""Organisations change: one page per verb, first what it would do, then done; and the course of one organisation."""
import hashlib

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units import permissions, scope
from units.domain import organization_changes as changes
from units.domain import organization_preview as previews
from units.domain.affiliations import course_of
from units.domain.record_history import history_of
from units.enums import Role
from units.forms.organization_changes import DissolveForm, FoundForm, MergeForm, MoveForm, RenameForm
from units.list_exports import list_page
from units.models import Organization
from units.submissions import once


def _organization_or_404(request, pk):
    return get_object_or_404(Organization.objects.visible_to(request.user).select_related("parent"), pk=pk)


def _to_choose(user):
    """Active organisations below which the user may put others."""
    paths = [g.organization.path for g in user.current_grants if g.role in (Role.OFFICE, Role.COMMITTEE)]
    within = Organization.objects.visible_to(user).active().filter(scope.within_any(paths))
    return within.in_institutional_order()


@require_safe
def organization_course(request, pk):
    """What the organisation was called and to whom it belonged, and what may be done with it now."""
    organization = _organization_or_404(request, pk)
    taken_in = Organization.objects.visible_to(request.user).filter(merged_into=organization).order_by("dissolved_on", "pk")
    course = course_of(organization)
    context = {
        "organization": organization, "course": course, "taken_in": taken_in,
        "found": permissions.can_found_below(request.user, organization),
        "change": permissions.can_reorganize(request.user, organization),
        "history": history_of([organization]),
    }
    return list_page(request, "units/organization_course.html", context, rows=course)


@require_http_methods(["GET", "POST"])
def organization_found(request):
    parents = _to_choose(request.user)
    wanted = parents.filter(pk=key_of(request.GET.get("parent"))).first() or parents.first()
    require(permissions.can_found_below(request.user, wanted) if wanted else permissions.founds(request.user))
    form = FoundForm(request.POST or None, parents=parents, initial={"parent": wanted, "happened_on": clock.today()})
    return _page(
        request, form, title=_("成立党组织"), word=_("成立"), up=wanted, preview=previews.preview_found,
        change=changes.found_below, told=_("党组织已成立。"),
    )


@require_http_methods(["GET", "POST"])
def organization_rename(request, pk):
    organization = _changeable_or_404(request, pk)
    initial = {"name": organization.name, "kind": organization.kind, "happened_on": clock.today()}
    form = RenameForm(request.POST or None, organization=organization, initial=initial)
    return _page(
        request, form, organization, title=_("更名、改建"), word=_("更名"), preview=previews.preview_rename,
        change=changes.rename_organization, told=_("名称已更改。"),
    )


@require_http_methods(["GET", "POST"])
def organization_move(request, pk):
    organization = _changeable_or_404(request, pk)
    form = MoveForm(
        request.POST or None, others=_others(request.user, organization), initial={"happened_on": clock.today()}
    )
    return _page(
        request, form, organization, title=_("改变隶属关系"), word=_("移动"), preview=previews.preview_move,
        change=changes.move_organization, told=_("隶属关系已改变。"),
    )


@require_http_methods(["GET", "POST"])
def organization_merge(request, pk):
    organization = _changeable_or_404(request, pk)
    form = MergeForm(
        request.POST or None, others=_others(request.user, organization), initial={"happened_on": clock.today()}
    )
    return _page(
        request, form, organization, title=_("合并"), word=_("并入"), preview=previews.preview_merge,
        change=changes.merge_organization, told=_("已并入，党员的组织关系和没有办完的事一并转了过来。"), is_final=True,
    )


@require_http_methods(["GET", "POST"])
def organization_dissolve(request, pk):
    organization = _changeable_or_404(request, pk)
    form = DissolveForm(request.POST or None, initial={"happened_on": clock.today()})
    return _page(
        request, form, organization, title=_("撤销党组织"), word=_("撤销"), preview=previews.preview_dissolve,
        change=changes.dissolve_organization, told=_("党组织已撤销。"), is_final=True,
        stops=previews.preview_dissolve(organization, happened_on=clock.today(), on=clock.today()).stops,
    )


def _changeable_or_404(request, pk):
    organization = _organization_or_404(request, pk)
    require(permissions.can_reorganize(request.user, organization))
    return organization


def _others(user, organization):
    return _to_choose(user).exclude(pk__in=Organization.objects.within(organization).values("pk"))


def _page(
    request, form, organization=None, *, title, word, preview, change, told, up=None, is_final=False, stops=""
):
    """Ask, show what it would do, and do it only when what was shown is what is sent."""
    on, subject, shown, mark = clock.today(), [organization] if organization else [], None, ""
    if request.method == "POST" and form.is_valid():
        mark = _mark_of(form.values)
        if request.POST.get("confirm") and form.cleaned_data["previewed"] == mark:
            def call():
                changed = change(*subject, **form.values, by=request.user, at=clock.now(), on=on)
                messages.success(request, told)
                return reverse("organization_course", args=[changed.pk])

            try:
                return once(request, call)
            except Refusal as refusal:
                refuse_on_form(form, refusal)
        else:
            shown = _previewed(form, preview, subject, on)
    context = {
        "form": form, "organization": organization, "title": title, "word": word, "up": organization or up,
        "preview": shown, "mark": mark, "is_final": is_final, "stops": stops,
    }
    return render(request, "units/organization_change.html", context)


def _previewed(form, preview, subject, on):
    """What would be done, or None with the refusal on the form: a day that cannot be is said at once."""
    try:
        changes.check_day_and_reason(form.values["happened_on"], form.values["reason"], on)
    except Refusal as refusal:
        return refuse_on_form(form, refusal)
    return preview(*subject, **form.values, on=on)


def _mark_of(values):
    """What a preview was shown for, so that something else is not confirmed with it."""
    said = [f"{name}={getattr(value, 'pk', value)}" for name, value in sorted(values.items())]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()
