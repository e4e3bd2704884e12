"""The monthly summary of the opinion box: the public page, and the office's page that publishes the next one."""
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from config.kit import clock
from config.kit.qr import picture
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import opinion_permissions as permissions
from evaluations.domain.opinion_months import mended_since, next_period, publish_month
from evaluations.forms.opinions import MonthForm
from evaluations.models import OpinionMonth
from units.models import Organization
from units.submissions import once

PAGE = 12


@require_safe
def opinion_months(request):
    """For everybody: what came in, how far it is, and what was changed by it."""
    page = Paginator(OpinionMonth.objects.newest_first(), PAGE).get_page(request.GET.get("page"))
    rows = [(month, month.total - sum(number for _word, number in month.kinds)) for month in page]
    return render(request, "evaluations/opinion_months.html", {"page": page, "rows": rows, "large": request.GET.get("large", "")})


opinion_months.public = True


@require_http_methods(["GET", "POST"])
def opinion_summary(request):
    """Look at what would be published, write what was changed, publish."""
    require(permissions.can_publish_months(request.user))
    roots = Organization.objects.visible_to(request.user).filter(parent__isnull=True)
    root, on = get_object_or_404(roots.order_by("path")[:1]), clock.today()
    form, period = MonthForm(request.POST or None), next_period(root, on=on)
    if request.method == "POST" and form.is_valid():
        def publish():
            publish_month(root, **form.cleaned_data, by=request.user, at=clock.now(), on=on)
            return reverse("opinion_list")

        try:
            return once(request, publish)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "form": form, "period": period,
        "mended": mended_since(root, period) if period else [],
        "rest": period.total - sum(number for _word, number in period.kinds) if period else 0,
    }
    return render(request, "evaluations/opinion_summary.html", context)


@require_safe
def opinion_poster(request, pk):
    """A page to print and hang up: the address of the box with this organisation already chosen, as words and as a picture."""
    organization = get_object_or_404(Organization.objects.visible_to(request.user).active(), pk=pk)
    address = request.build_absolute_uri(reverse("opinion_write"))
    named = address if organization.is_root else f"{address}?unit={organization.pk}"
    context = {
        "organization": organization, "address": address, "named": named, "picture": picture(named),
    }
    return render(request, "evaluations/opinion_poster.html", context)
