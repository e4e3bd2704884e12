"""What has changed in an organisation since a day, usually since the reader last looked."""
from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from campaign.domain.campaigns import chosen_campaign
from config.kit import clock
from evaluations.domain.changes import changes_since, told
from evaluations.forms.organization import ChangesFilterForm
from units.list_exports import list_page
from units.models import Organization

PAGE = 30
USUAL_DAYS = 7  # when neither the address nor a filter says a day


@require_safe
def organization_changes(request, pk):
    """?since= is the first day, a week back when it is missing or unreadable."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user), pk=pk)
    campaign, form = chosen_campaign(request.user), ChangesFilterForm(request.GET or None)
    day = form.cleaned_data.get("since") if form.is_valid() else None
    day = day or clock.today() - timedelta(days=USUAL_DAYS)
    rows = changes_since(organization, request.user, campaign=campaign, day=day)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "organization": organization, "day": day, "page": page, "changes": told(page.object_list),
        "form": form if form.is_bound else ChangesFilterForm(initial={"since": day}),
    }
    return list_page(request, "evaluations/organization_changes.html", context)
