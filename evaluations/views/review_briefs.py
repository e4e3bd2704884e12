"""The page to take along on a visit, and those of the next three together."""
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign.domain.campaigns import chosen_campaign
from config.kit import clock
from config.kit.verdict import require
from evaluations import review_permissions as permissions
from evaluations.domain.review_briefs import brief_of, next_visits
from units.models import Organization


@require_safe
def review_brief(request, pk):
    """One organisation on one sheet."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user).active(), pk=pk)
    require(permissions.can_review(request.user, organization))
    return _page(request, organization.name, lambda campaign, on: [organization])


@require_safe
def review_briefs(request):
    """The next three organisations to visit, a sheet each."""
    require(permissions.gives_reviews(request.user))
    return _page(request, _("接下来去的单位"), lambda campaign, on: next_visits(request.user, campaign, on=on))


def _page(request, title, chosen):
    campaign, on = chosen_campaign(request.user), clock.today()
    if campaign is None:
        return redirect("review_list")
    briefs = [brief_of(one, user=request.user, campaign=campaign, on=on) for one in chosen(campaign, on)]
    context = {"title": title, "briefs": briefs, "on": on, "now": clock.now()}
    return render(request, "evaluations/review_brief.html", context)
