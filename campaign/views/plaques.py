"""The plaque of a post or window, to print and hang up."""
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from campaign.models import Designation


@require_safe
def designation_plaque(request, pk):
    """Only of one that is awarded now: what was taken back is not printed any more."""
    rows = Designation.objects.visible_to(request.user).select_related("organization", "holder")
    designation = get_object_or_404(rows, pk=pk)
    if not designation.is_awarded:
        raise Http404
    return render(request, "campaign/designation_plaque.html", {"designation": designation})
