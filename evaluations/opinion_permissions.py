"""Who may do what about opinions: role × scope × action, like `evaluations.permissions`. Whom a case is hidden from, even
though the role would fit, `Opinion.objects.visible_to` says."""
from django.utils.translation import gettext_lazy as _

from config.kit.verdict import ALLOWED, denied
from evaluations.enums import OPINION_MOVES, OpinionState
from units.enums import SPEAKS_FOR_OWN, Role


def can_see_opinions(user):
    """The office and leaders; others for what they were given."""
    if user.has_role(Role.OFFICE, Role.LEADER, Role.INSPECTOR, *SPEAKS_FOR_OWN):
        return ALLOWED
    return denied(_("意见由领导小组办公室转办，承办的单位和人看得到。"))


def can_route_opinion(user, opinion):
    """The office over the whole tree."""
    if user.has_role_over(opinion.organization, Role.OFFICE):
        return ALLOWED
    return denied(_("意见由领导小组办公室转办和办结。"))


def can_read_opinion(user, opinion):
    """The texts: the office, and whoever deals with it; a leader sees how far it is."""
    if can_route_opinion(user, opinion) or _handles(user, opinion):
        return ALLOWED
    return denied(_("原文只有领导小组办公室和承办的人看得到。"))


def can_assign_opinion(user, opinion):
    if opinion.state not in OPINION_MOVES["assign"][0]:
        return denied(_("已经答复的意见不用再转办。"))
    return can_route_opinion(user, opinion)


def can_answer_opinion(user, opinion):
    if opinion.state == OpinionState.CLOSED:
        return denied(_("已经办结；来信人再写信时会重新打开。"))
    if can_read_opinion(user, opinion):
        return ALLOWED
    return denied(_("由承办的人或领导小组办公室答复。"))


def can_close_opinion(user, opinion):
    if opinion.state != OpinionState.ANSWERED:
        return denied(_("答复以后才能办结。"))
    return can_route_opinion(user, opinion)


def can_mend_opinion(user, opinion):
    """Rectification and commitments belong to the office, because their words are seen by the unit complained of."""
    if opinion.state == OpinionState.CLOSED:
        return denied(_("已经办结。"))
    return can_route_opinion(user, opinion)


def can_publish_months(user):
    if any(grant.role == Role.OFFICE and grant.organization.is_root for grant in user.current_grants):
        return ALLOWED
    return denied(_("意见箱的月度情况由领导小组办公室公布。"))


def _handles(user, opinion):
    return opinion.handler_account_id == user.pk or any(
        grant.role in SPEAKS_FOR_OWN and grant.organization_id == opinion.handler_id for grant in user.current_grants
    )
