"""What of supervision waits for whom: a spot check to draw, a visit to make."""
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.domain.calendar_days import year_to_fill
from campaign.domain.due_sources import grants_of
from campaign.domain.spot_lines import possible_operators
from campaign.models import SpotCheck, VisitInspector
from units import scope
from units.enums import Role


def draws_waiting(make, *, on, user=None):
    """Spot checks whose public number is out, for those of the office who may draw; where nobody may, for all of it: the
    page says why and what can be done."""
    offices = grants_of([Role.OFFICE], on=on, user=user)
    ready = offices and list(SpotCheck.objects.ready_to_draw(on=on).select_related("campaign__organization").order_by("pk"))
    for check in ready:
        path, operators = check.campaign.organization.path, {account.pk for account in possible_operators(check, on=on)}
        for grant in offices:
            here = grant.organization.path[: scope.STEP] == path[: scope.STEP]
            if here and (grant.user_id in operators or not operators):
                yield make(
                    grant.user_id, "draw", f"draw:{check.pk}", _("%(title)s可以抽取了") % {"title": check.title},
                    _("查到号码（%(source)s），写上就抽。") % {"source": check.seed_source},
                    reverse("spot_check_draw", args=[check.pk]), _("抽取"), None,
                )


def visits_waiting(make, *, on, user=None):
    """Visits that nobody has recorded, for each inspector who goes."""
    if user and not user.has_role(Role.INSPECTOR, Role.OFFICE):
        return  # nobody else is named for a visit
    rows = VisitInspector.objects.filter(visit__recorded_at__isnull=True, user__is_active=True)
    rows = rows.filter(user=user) if user else rows
    for pk, account, name, title in rows.values_list("visit", "user", "visit__organization__name", "visit__check_of__title"):
        yield make(
            account, "visit", f"visit:{pk}", _("到%(name)s检查") % {"name": name}, title,
            reverse("spot_visit_detail", args=[pk]), _("看清单"), None,
        )


def calendar_to_fill(make, *, on, user=None):
    """A year that begins soon whose public holidays nobody has told the system, for the office."""
    offices = grants_of([Role.OFFICE], on=on, user=user)
    year = year_to_fill(on=on) if offices else None
    if year is None:
        return
    for account in dict.fromkeys(grant.user_id for grant in offices):
        yield make(
            account, "calendar", f"calendar:{year}", _("%(year)s 年的节假日安排还没有登记") % {"year": year},
            _("先按星期一到星期五算工作日。"), reverse("calendar_day_list"), _("去登记"), None,
        )


SOURCES = {"calendar": calendar_to_fill, "draw": draws_waiting, "visit": visits_waiting}
