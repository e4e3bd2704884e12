"""Pages of oversight: the list, one record with attendance and what followed, writing one, and asking for rectification."""
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaign import oversight_permissions as permissions
from campaign.domain import oversights
from campaign.domain.campaigns import current_campaign
from campaign.domain.collisions import collisions_of_items
from campaign.domain.rectifications import DAYS_TO_MEND
from campaign.forms.oversights import FollowUpForm, OversightFilterForm, OversightForm
from campaign.models import Oversight, Paper
from campaign.views.looking_out import warn
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from units.domain.record_history import history_of
from units.list_exports import list_page
from units.models import Organization
from units.submissions import once
from units.views.organization_choice import choose_organization

PAGE = 20


@require_safe
def oversight_list(request):
    """Newest first, with how many came and what followed."""
    form = OversightFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = Oversight.objects.visible_to(request.user).select_related("organization")
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    if chosen.get("q"):
        rows = rows.filter(Q(title__icontains=chosen["q"]) | Q(organization__name__icontains=chosen["q"]))
    rows = rows.annotate(
        asked=Count("presences", distinct=True), came=Count("presences", filter=Q(presences__came=True), distinct=True),
        followed=Count("follow_ups", distinct=True),
    )
    page = Paginator(rows.newest_first(), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "is_filtered": any(chosen.values()),
        "may_write": permissions.can_record_oversight(request.user),
    }
    return list_page(request, "campaign/oversight_list.html", context)


@require_http_methods(["GET", "POST"])
def oversight_new(request):
    """Without ?organization= it asks whose record it is."""
    require(permissions.can_record_oversight(request.user))
    up_url = reverse("oversight_list")
    if not request.GET.get("organization"):
        return choose_organization(request, heading=_("记督导"), up=_("督导"), up_url=up_url)
    organizations = Organization.objects.visible_to(request.user).active()
    organization = get_object_or_404(organizations, pk=key_of(request.GET["organization"]))
    require(permissions.can_record_oversight(request.user, organization))
    campaign, on = current_campaign(request.user), clock.today()
    if campaign is None:
        messages.error(request, _("现在没有进行中的活动，不能记督导。"))
        return redirect("oversight_list")
    below = organization if not organization.is_leaf else organization.parent or organization
    askable = organizations.within(below).filter(depth=below.depth + 1).in_institutional_order()
    form = OversightForm(request.POST or None, organizations=askable, initial={"held_on": on})
    if request.method == "POST" and form.is_valid():
        try:
            return once(request, lambda: oversights.record_oversight(
                campaign=campaign, organization=organization, **form.cleaned_data, by=request.user, at=clock.now(), on=on
            ))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/oversight_form.html", {"form": form, "organization": organization})


def _oversight_or_404(request, pk):
    rows = Oversight.objects.visible_to(request.user).select_related("organization", "campaign", "recorded_by")
    return get_object_or_404(rows, pk=pk)


@require_safe
def oversight_detail(request, pk):
    """What was heard and seen, who came, and what has to be put right."""
    oversight = _oversight_or_404(request, pk)
    context = {
        "oversight": oversight,
        "presences": oversight.presences.select_related("organization").order_by("organization__path"),
        "follow_ups": oversight.follow_ups.select_related("rectification__organization").order_by("pk"),
        "papers": [
            row.paper for row in oversight.oversight_papers.filter(paper__in=Paper.objects.visible_to(request.user))
            .select_related("paper__organization").order_by("pk")
        ],
        "link": permissions.can_link_papers(request.user, oversight),
        "follow": permissions.can_follow_up(request.user, oversight),
        "history": history_of([oversight]),
    }
    return render(request, "campaign/oversight_detail.html", context)


@require_http_methods(["GET", "POST"])
def oversight_follow(request, pk):
    """Ask one of its organisations to put something right."""
    oversight = _oversight_or_404(request, pk)
    require(permissions.can_follow_up(request.user, oversight))
    asked = oversight.presences.values("organization")
    concerned = Organization.objects.visible_to(request.user).filter(Q(pk__in=asked) | Q(pk=oversight.organization_id))
    initial = {"organization": oversight.organization, "due_on": clock.today() + timedelta(days=DAYS_TO_MEND)}
    form = FollowUpForm(request.POST or None, organizations=concerned.in_institutional_order(), initial=initial)
    if request.method == "POST" and form.is_valid():
        def follow():
            item = oversights.follow_up(
                oversight, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today()
            )
            warn(request, collisions_of_items([item], on=clock.today()))
            return oversight

        try:
            return once(request, follow)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/oversight_follow.html", {"form": form, "oversight": oversight})
