"""What of the judging side waits for whom: rectification, appraisals to confirm, nominations, questions to answer."""
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from campaign.domain.due_sources import LOOK_AHEAD, accounts_of_organizations, grants_of, narrowed
from campaign.models import Rectification
from evaluations.domain.coverage import MEASURES
from evaluations.domain.listening import questionnaires_over, symposiums_waiting
from evaluations.enums import InquiryState, PollSheet, PollState, RoundState
from evaluations.models import Appraisal, AwardRound, Inquiry, Poll
from units.enums import SPEAKS_FOR_OWN, Role


def late_rectifications(make, *, on, user=None):
    """Items past their day in a leader's scope, as one thing per leader and day on which the newest became late."""
    leaders = grants_of([Role.LEADER], on=on, user=user)
    items = Rectification.objects.late(on=on).order_by("due_on", "pk")
    late = leaders and list(items.values_list("organization__path", "organization__name", "due_on"))
    for grant in leaders:
        mine = [(name, due_on) for path, name, due_on in late if path.startswith(grant.organization.path)]
        if not mine:
            continue
        words = [_("%(name)s逾期 %(n)s 天") % {"name": name, "n": (on - due_on).days} for name, due_on in mine[:2]]
        yield make(
            grant.user_id, "rectification", f"rectification:late:{grant.pk}:{mine[-1][1].isoformat()}",
            _("%(n)s 项整改超过期限") % {"n": len(mine)}, "，".join(words) + (_("等") if len(mine) > 2 else "") + "。",
            reverse("rectification_list") + "?due=late", _("查看整改"), mine[0][1],
        )


def appraisals_to_confirm(make, *, on, user=None):
    """Typed-in appraisals that a second person has to check, for the office."""
    offices = grants_of([Role.OFFICE], on=on, user=user)
    waiting = offices and list(
        Appraisal.objects.standing()
        .filter(confirmed_at__isnull=True)
        .values_list("lineage", "title", "organization__path", "organization__name", "recorded_by_id")
    )
    for grant in offices:
        for lineage, title, path, name, typist in waiting:
            if path.startswith(grant.organization.path) and typist != grant.user_id:
                yield make(
                    grant.user_id, "appraisal", f"appraisal:{lineage}", _("%(name)s的评议待核对") % {"name": name}, title,
                    reverse("appraisal_detail", args=[lineage]), _("核对"),
                )


def polls_waiting(make, *, on, user=None):
    """Polls whose next step is their holder's: counted and not released, or a yearly one without grades."""
    if user is not None and not user.has_role(Role.SECRETARY, Role.COMMITTEE, Role.OFFICE):
        return
    rows = Poll.objects.filter(
        Q(state=PollState.CLOSED) | Q(state=PollState.RELEASED, sheet=PollSheet.YEARLY, grades__isnull=True),
        made_by__is_active=True, campaign__state="open",
    )
    if user is not None:
        rows = rows.filter(made_by=user)
    for pk, title, state, holder in rows.order_by("pk").values_list("pk", "title", "state", "made_by_id"):
        if state == PollState.CLOSED:
            said, url, step = _("计票完成，等您公布结果。"), reverse("poll_detail", args=[pk]), _("公布结果")
        else:
            said, url, step = _("结果已公布，等您评定等次。"), reverse("poll_grades", args=[pk]), _("评定等次")
        yield make(holder, "poll", f"poll:{pk}:{state}", title, said, url, step)


def nominations_due(make, *, on, user=None):
    """Open award rounds whose day for nominations is near, for secretaries and committees."""
    grants = grants_of([Role.SECRETARY, Role.COMMITTEE], on=on, user=user)
    rounds = grants and list(
        AwardRound.objects.filter(state=RoundState.OPEN, nominations_due_on__range=(on, on + LOOK_AHEAD)).select_related(
            "campaign__organization"
        )
    )
    for grant in grants:
        for award in rounds:
            if award.campaign.organization.contains(grant.organization):
                yield make(
                    grant.user_id, "nomination", f"nomination:{award.pk}:{award.nominations_due_on.isoformat()}",
                    _("%(title)s：推荐即将截止") % {"title": award.title}, _("过期没有报的，按放弃处理。"),
                    award.get_absolute_url(), _("去推荐"), award.nominations_due_on,
                )


def inquiries_to_answer(make, *, on, user=None):
    """Questions about a figure that wait for a sentence of the unit; the urged ones once more."""
    accounts = accounts_of_organizations(SPEAKS_FOR_OWN, on=on, user=user)
    waiting = accounts and narrowed(Inquiry.objects.waiting(), accounts, user).select_related("asked_by")
    for inquiry in waiting or ():
        words = _("%(name)s督促：%(measure)s") if inquiry.state == InquiryState.URGED else _("%(name)s询问：%(measure)s")
        for account in accounts.get(inquiry.organization_id, ()):
            yield make(
                account, "inquiry", f"inquiry:{inquiry.pk}:{inquiry.state}",
                words % {"name": inquiry.asked_by.display_name, "measure": MEASURES[inquiry.measure]},
                _("%(situation)s。写一句现在的情况，有困难也写上。") % {"situation": inquiry.situation},
                inquiry.get_absolute_url(), _("答复"),
            )


SOURCES = {
    "late_rectification": late_rectifications,
    "appraisal": appraisals_to_confirm,
    "poll": polls_waiting,
    "nomination": nominations_due,
    "inquiry": inquiries_to_answer,
    "questionnaire": questionnaires_over,
    "symposium": symposiums_waiting,
}
