"""The party groups of a branch: who is in which, a group made, arranged, dissolved."""
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
from units.domain import party_groups
from units.domain.party_groups import GroupRow
from units.domain.record_history import history_of
from units.edits import guarded
from units.forms.party_group import GroupEndForm, PartyGroupForm
from units.list_exports import list_page
from units.models import GroupPlace, Organization, PartyGroup
from units.submissions import once


@require_safe
def party_group_list(request, pk):
    """The groups of a branch with their people, who is in none of them, and the groups that exist no more."""
    branch = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    require(permissions.can_read_members(request.user, branch))
    rows, left = party_groups.groups_of(branch, on=clock.today())
    ended = PartyGroup.objects.visible_to(request.user).filter(branch=branch, dissolved_on__isnull=False)
    ended = list(ended.order_by("-dissolved_on", "-pk"))
    context = {
        "branch": branch, "rows": rows, "left": left, "ended": ended,
        "arrange": permissions.can_arrange_groups(request.user, branch),
        "found": permissions.can_found_group(request.user, branch),
        "history": history_of([*(row.group for row in rows), *ended]),
    }
    listed = [*rows, *([GroupRow(None, members=left)] if rows and left else []), *(GroupRow(group) for group in ended)]
    return list_page(request, "units/party_group_list.html", context, rows=listed)


@require_http_methods(["GET", "POST"])
def party_group_new(request, pk):
    branch = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    require(permissions.can_found_group(request.user, branch))
    form = PartyGroupForm(
        request.POST or None, branch=branch, held=_held(branch), initial={"happened_on": clock.today()}
    )

    def call():
        return party_groups.found_group(branch, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())

    return _page(request, branch, form, call, title=_("设党小组"), word=_("设立"), told=_("党小组已设立。"))


@require_http_methods(["GET", "POST"])
def party_group_edit(request, pk):
    """Name, members and leader from a day on."""
    group = _group_or_404(request, pk)
    places = list(group.places.standing().filter(ends_on__isnull=True))
    leader = next((place.member_id for place in places if place.is_leader), None)
    initial = {
        "name": group.name, "happened_on": clock.today(), "members": [place.member_id for place in places], "leader": leader
    }
    form = PartyGroupForm(request.POST or None, branch=group.branch, held=_held(group.branch, group), initial=initial)
    guarded(request, form, besides=("happened_on",))

    def call():
        return party_groups.arrange_group(group, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())

    return _page(request, group.branch, form, call, title=group.name, word=_("保存"), told=_("已保存。"), group=group)


@require_http_methods(["GET", "POST"])
def party_group_dissolve(request, pk):
    group = _group_or_404(request, pk)
    form = GroupEndForm(request.POST or None, initial={"happened_on": clock.today()})

    def call():
        return party_groups.dissolve_group(group, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today())

    title = _("撤销%(name)s") % {"name": group.name}
    return _page(request, group.branch, form, call, title=title, word=_("撤销"), told=_("党小组已撤销，党员仍在本支部。"))


def _group_or_404(request, pk):
    groups = PartyGroup.objects.visible_to(request.user).active().select_related("branch")
    group = get_object_or_404(groups, pk=pk)
    require(permissions.can_arrange_groups(request.user, group.branch))
    return group


def _held(branch, besides=None):
    """{member id: name of the group} of the branch's members in other groups."""
    places = GroupPlace.objects.standing().filter(ends_on__isnull=True, group__branch=branch).exclude(group=besides)
    return dict(places.values_list("member", "group__name"))


def _page(request, branch, form, call, *, title, word, told, group=None):
    if request.method == "POST" and form.is_valid():
        def written():
            call()
            messages.success(request, told)
            return reverse("party_group_list", args=[branch.pk])

        try:
            return once(request, written)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "branch": branch, "title": title, "word": word, "group": group}
    return render(request, "units/party_group_form.html", context)
