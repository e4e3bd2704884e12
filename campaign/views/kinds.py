"""Pages of the kinds of activity: the list, and one kind with what it asks for."""
from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaign import permissions
from campaign.domain import kinds
from campaign.forms.kinds import KindFieldForm, KindForm
from campaign.models import ActivityKind, KindField
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units.list_exports import list_page
from units.submissions import once


@require_http_methods(["GET", "POST"])
def activity_kind_list(request):
    """The kinds with what each asks for; a new one is added below."""
    require(permissions.can_manage_kinds(request.user))
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _added(request, form))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    asked = KindField.objects.filter(retired_at__isnull=True).order_by("position", "pk")
    rows = ActivityKind.objects.visible_to(request.user).in_order().prefetch_related(Prefetch("fields", asked, to_attr="asked"))
    used = Count("activities", filter=Q(activities__superseded_at__isnull=True))
    rows = list(rows.annotate(used=used))
    return list_page(request, "campaign/activity_kind_list.html", {"form": form, "rows": rows}, rows=rows)


def _added(request, form):
    kind = kinds.add_kind(form.cleaned_data["title"], by=request.user, at=clock.now())
    messages.success(request, _("已加类型“%(kind)s”，记活动时可以选了。") % {"kind": kind})
    return kind


@require_http_methods(["GET", "POST"])
def activity_kind(request, pk):
    """One kind: its name, and what it asks for."""
    kind = _kind_or_404(request, pk)
    form = KindForm(request.POST or None, initial={"title": kind.title})
    if request.method == "POST" and form.is_valid():
        try:
            kinds.rename_kind(kind, form.cleaned_data["title"], by=request.user, at=clock.now())
            messages.success(request, _("已改名称。"))
            return redirect(kind)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return _page(request, kind, form=form)


@require_POST
def kind_field_new(request, pk):
    kind = _kind_or_404(request, pk)
    form = KindFieldForm(request.POST)
    if form.is_valid():
        try:
            return once(request, lambda: _asked(request, kind, form))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return _page(request, kind, field_form=form)


def _asked(request, kind, form):
    field = kinds.add_field(kind, **form.cleaned_data, by=request.user, at=clock.now())
    messages.success(request, _("以后记“%(kind)s”会问“%(label)s”。") % {"kind": kind, "label": field.label})
    return kind


@require_POST
def kind_field_retire(request, pk, field):
    kind = _kind_or_404(request, pk)
    row = get_object_or_404(kind.fields, pk=field)
    return done(
        request, kind, lambda: kinds.retire_field(row, by=request.user, at=clock.now()), _("以后不再问，填过的还看得到。")
    )


@require_POST
def activity_kind_retire(request, pk):
    kind = _kind_or_404(request, pk)
    return done(
        request, kind, lambda: kinds.retire_kind(kind, by=request.user, at=clock.now()), _("已停用，记活动时不再列出。")
    )


@require_POST
def activity_kind_restore(request, pk):
    kind = _kind_or_404(request, pk)
    return done(request, kind, lambda: kinds.restore_kind(kind, by=request.user, at=clock.now()), _("已恢复。"))


def _kind_or_404(request, pk):
    kind = get_object_or_404(ActivityKind.objects.visible_to(request.user), pk=pk)
    require(permissions.can_manage_kinds(request.user))
    return kind


def _page(request, kind, *, form=None, field_form=None):
    context = {
        "kind": kind,
        "form": form or KindForm(initial={"title": kind.title}),
        "field_form": field_form or KindFieldForm(),
        "fields": kind.fields.order_by("retired_at", "position", "pk"),
        "most_fields": kinds.MOST_FIELDS,
    }
    return render(request, "campaign/activity_kind.html", context)
