"""The duty board of reviews: coverage by category, and the names behind each figure."""
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaign.domain.campaigns import chosen_campaign
from config.kit import clock
from config.kit.half_year import half_year_of, half_years
from config.kit.verdict import require
from evaluations import review_permissions as permissions
from evaluations.domain.duty_board import KINDS, STATES, DutyList, board, kinds_in
from evaluations.domain.review_duties import DutyReading
from evaluations.forms.review_duties import DutyFilterForm
from evaluations.list_columns import duties_shape
from units.enums import Category, Role
from units.list_exports import list_page

PAGE = 20


@require_safe
def review_duties(request):
    """Figures that open to names; who owes reviews sees the own ones first."""
    require(permissions.can_see_duties(request.user))
    user, on, campaign = request.user, clock.today(), chosen_campaign(request.user)
    if campaign is None:
        return render(request, "evaluations/review_duties.html", {})
    halves = half_years(campaign.starts_on, min(on, campaign.ends_on))
    form = DutyFilterForm(request.GET, halves=halves)
    chosen = form.cleaned_data if form.is_valid() else {}
    half = next((half for half in halves if half.code == chosen.get("half")), half_year_of(min(on, campaign.ends_on)))
    reading = DutyReading(campaign.pk, half, on, clock.now())
    whose = chosen.get("whose") or ("all" if user.has_role(Role.OFFICE, Role.INSPECTOR) else "mine")
    duties = DutyList(reading, user, mine=whose == "mine")
    if not chosen.get("whose") and not duties.counts():
        whose, duties = "all", DutyList(reading, user)
    only = {name: chosen.get(name) for name in ("kind", "category", "state")}
    only["state"] = only["state"] or "due"
    context = {
        "form": form, "half": half, "halves": halves, "whose": whose, "table": board(duties.counts()),
        "kinds": [KINDS[kind] for kind in kinds_in(duties.counts())],
        "page": Paginator(duties.only(**only), PAGE).get_page(request.GET.get("page")), "only": only,
        "title": " · ".join(str(words) for words in (
            KINDS.get(only["kind"]), dict(Category.choices).get(only["category"]), STATES[only["state"]],
        ) if words),
        "days_left": (half.last - on).days, "may_divide": user.has_role(Role.OFFICE), "root": campaign.organization_id,
        "can_write": permissions.gives_reviews(user),
    }
    shape = duties_shape(_("点评责任：%(half)s · %(what)s") % {"half": half.title, "what": context["title"]})
    return list_page(request, "evaluations/review_duties.html", context, shape=shape)
