"""Pages of what is shown: lists of role models, exhibits and papers, one of them, writing, handing in and publishing."""
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign import permissions
from campaign.domain import releases
from campaign.domain.campaigns import chosen_campaign, current_campaign
from campaign.forms.releases import FORMS, ReleaseFilterForm, RenewReleaseForm, ReturnReleaseForm, words_of
from campaign.views.photo import photo_answer
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units.domain.record_history import history_of
from units.edits import guarded
from units.enums import SPEAKS_FOR_OWN
from units.list_exports import list_page
from units.models import Organization
from units.submissions import once
from units.views.organization_choice import choose_organization

PAGE = 12


def release_or_404(request, kind, pk):
    """The release if the user may see it, with what its pages show."""
    rows = kind.model.objects.visible_to(request.user).select_related("campaign", "created_by", *kind.related)
    return get_object_or_404(rows, pk=pk)


@require_safe
def release_list(request, slug):
    """What is on show, newest first; whoever writes or publishes also filters by state."""
    kind, on = releases.KINDS[slug], clock.today()
    form = ReleaseFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = kind.model.objects.visible_to(request.user).filter(campaign=chosen_campaign(request.user))
    rows = rows.filter(state=chosen["state"]) if chosen.get("state") else rows.on_show(on=on)
    if chosen.get("category"):
        rows = rows.filter(organization__category=chosen["category"])
    if chosen.get("q"):
        rows = rows.filter(Q(title__icontains=chosen["q"]) | Q(organization__name__icontains=chosen["q"]))
    page = Paginator(rows.select_related(*kind.related).newest_first(), PAGE).get_page(request.GET.get("page"))
    waiting = kind.model.objects.visible_to(request.user).waiting().count() if request.user.has_role("office") else 0
    context = {
        "kind": kind, "form": form, "page": page, "is_filtered": any(chosen.values()), "waiting": waiting,
        "may_write": any(permissions.can_write_release(request.user, g.organization) for g in request.user.current_grants
                         if g.organization),
    }
    return list_page(request, "campaign/release_list.html", context)


def _organization(request):
    """Whose release it becomes: ?organization=, or the one that the user speaks for; None asks for a choice."""
    if request.GET.get("organization"):
        organizations = Organization.objects.visible_to(request.user).active()
        return get_object_or_404(organizations, pk=key_of(request.GET["organization"]))
    return next((g.organization for g in request.user.current_grants if g.role in SPEAKS_FOR_OWN), None)


@require_http_methods(["GET", "POST"])
def release_new(request, slug):
    kind, organization = releases.KINDS[slug], _organization(request)
    up = reverse(f"{kind.word}_list")
    if organization is None and request.user.has_role("office"):
        return choose_organization(request, heading=kind.add, up=kind.title, up_url=up)
    organization = organization or request.user.main_grant.organization
    require(permissions.can_write_release(request.user, organization))
    campaign = current_campaign(request.user)
    if campaign is None:
        messages.error(request, _("现在没有进行中的活动，不能提交展示。"))
        return redirect(up)
    form = FORMS[slug](request.POST or None, request.FILES or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: _write(request, kind, campaign, organization, form))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"kind": kind, "form": form, "organization": organization, "up_url": up}
    return render(request, "campaign/release_form.html", context)


def _write(request, kind, campaign, organization, form):
    """Save the draft and, unless only that is asked for, hand it in; both or neither."""
    moment = {"by": request.user, "at": clock.now()}
    with transaction.atomic():
        release = releases.draft_release(
            kind, campaign=campaign, organization=organization, words=form.words(), picture=form.picture(), **moment
        )
        if "draft" not in request.POST:
            releases.submit_release(release, **moment, on=clock.today())
    return release


@require_http_methods(["GET", "POST"])
def release_edit(request, pk, slug):
    """A draft, or what the office gave back."""
    kind = releases.KINDS[slug]
    release = release_or_404(request, kind, pk)
    require(permissions.can_change_release(request.user, release))
    more = {"has_photo": True} if hasattr(release, "photo_id") else {}
    form = FORMS[slug](
        request.POST or None, request.FILES or None, organization=release.organization, initial=words_of(FORMS[slug], release),
        **more,
    )
    guarded(request, form)
    if request.method == "POST" and form.is_valid():
        moment = {"by": request.user, "at": clock.now()}
        try:
            with transaction.atomic():
                releases.change_release(release, words=form.words(), picture=form.picture(), **moment)
                if "draft" not in request.POST:
                    releases.submit_release(release, **moment, on=clock.today())
            return redirect(release)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "kind": kind, "form": form, "organization": release.organization, "release": release,
        "up_url": reverse(f"{kind.word}_list"),
    }
    return render(request, "campaign/release_form.html", context)


@require_safe
def release_detail(request, pk, slug):
    """The whole of it, and what this user may do next."""
    kind = releases.KINDS[slug]
    release, user = release_or_404(request, kind, pk), request.user
    publish, down = permissions.can_publish_release(user, release), permissions.can_take_down_release(user, release)
    context = {
        "kind": kind, "release": release, "change": permissions.can_change_release(user, release), "publish": publish,
        "down": down, "renew": permissions.can_renew_release(user, release),
        "is_over": bool(release.expires_on and release.expires_on < clock.today()),
        "history": history_of([release]) if down else [],
    }
    return render(request, "campaign/release_detail.html", context)


@require_POST
def release_publish(request, pk, slug):
    release = release_or_404(request, releases.KINDS[slug], pk)
    require(permissions.can_publish_release(request.user, release))
    return done(request, release, lambda: releases.move_release(
        release, "release", by=request.user, at=clock.now()
    ), _("已发布。"))


@require_http_methods(["GET", "POST"])
def release_return(request, pk, slug):
    """Give it back with one sentence."""
    kind = releases.KINDS[slug]
    release = release_or_404(request, kind, pk)
    require(permissions.can_publish_release(request.user, release))
    form = ReturnReleaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            releases.return_release(release, note=form.cleaned_data["note"], by=request.user, at=clock.now())
            return redirect(release)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/release_return.html", {"kind": kind, "release": release, "form": form})


@require_http_methods(["GET", "POST"])
def release_take_down(request, pk, slug):
    """A page of its own, because it does not come back."""
    kind = releases.KINDS[slug]
    release = release_or_404(request, kind, pk)
    require(permissions.can_take_down_release(request.user, release))
    if request.method == "POST":
        return done(request, release, lambda: releases.move_release(
            release, "take_down", by=request.user, at=clock.now()
        ), _("已撤下。"))
    return render(request, "campaign/release_take_down.html", {"kind": kind, "release": release})


@require_http_methods(["GET", "POST"])
def release_renew(request, pk, slug):
    """Show it until a later day, with a new consent where somebody is shown."""
    kind = releases.KINDS[slug]
    release = release_or_404(request, kind, pk)
    require(permissions.can_renew_release(request.user, release))
    form = RenewReleaseForm(request.POST or None, release=release)
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: releases.renew_release(
                release, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today()
            ))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/release_renew.html", {"kind": kind, "release": release, "form": form})


@require_safe
def exhibit_photo(request, pk):
    """The photo of an exhibit, for everybody who may see the exhibit."""
    exhibit = release_or_404(request, releases.KINDS["exhibition"], pk)
    return photo_answer(request, exhibit.photo)


@require_safe
def exhibit_full(request, pk):
    """One exhibit over the whole screen, with the way to the one before and the one after; nothing moves by itself."""
    kind, on = releases.KINDS["exhibition"], clock.today()
    exhibit = release_or_404(request, kind, pk)
    shown = kind.model.objects.visible_to(request.user).on_show(on=on).filter(campaign=exhibit.campaign_id)
    keys = list(shown.newest_first().values_list("pk", flat=True))
    place = keys.index(exhibit.pk) if exhibit.pk in keys else None
    context = {
        "exhibit": exhibit, "number": None if place is None else place + 1, "total": len(keys),
        "before": keys[place - 1] if place else None,
        "after": keys[place + 1] if place is not None and place + 1 < len(keys) else None,
    }
    return render(request, "campaign/exhibit_full.html", context)
