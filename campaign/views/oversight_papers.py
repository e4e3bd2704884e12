"""Which papers were presented at an exchange meeting."""
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign import oversight_permissions as permissions
from campaign.domain.oversights import link_papers
from campaign.enums import ReleaseState
from campaign.forms.oversights import OversightPapersForm
from campaign.models import Oversight, Paper
from config.kit import clock
from config.kit.responses import done
from config.kit.verdict import require


@require_http_methods(["GET", "POST"])
def oversight_papers(request, pk):
    """Published papers of the same campaign, those of the meeting ticked."""
    rows = Oversight.objects.visible_to(request.user).select_related("organization", "campaign")
    oversight = get_object_or_404(rows, pk=pk)
    require(permissions.can_link_papers(request.user, oversight))
    papers = Paper.objects.visible_to(request.user).filter(campaign=oversight.campaign, state=ReleaseState.PUBLISHED)
    chosen = list(oversight.oversight_papers.values_list("paper", flat=True))
    form = OversightPapersForm(request.POST or None, papers=papers.newest_first(), initial={"papers": chosen})
    if request.method == "POST" and form.is_valid():
        picked = form.cleaned_data["papers"]
        return done(
            request, oversight, lambda: link_papers(oversight, picked, by=request.user, at=clock.now()), _("已登记交流的成果。")
        )
    return render(request, "campaign/oversight_papers.html", {"form": form, "oversight": oversight})
