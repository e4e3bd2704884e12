"""Who may do what about questionnaires: role × scope × action, like `evaluations.permissions`."""
from django.utils.translation import gettext_lazy as _

from config.kit.verdict import ALLOWED, denied
from evaluations.enums import QuestionnaireState
from units.enums import Role

BUILDS = (Role.SECRETARY, Role.COMMITTEE, Role.OFFICE)


def can_build(user, organization=None):
    """The secretary or committee of the organisation or above it, or the office; without one: whether anywhere."""
    if user.has_role_over(organization, *BUILDS) if organization else user.has_role(*BUILDS):
        return ALLOWED
    return denied(_("问卷由书记、单位党委或办公室组织。"))


def can_see_questionnaires(user):
    """Those who build them, and who reads the results of a scope."""
    if user.has_role(*BUILDS, Role.LEADER, Role.INSPECTOR):
        return ALLOWED
    return denied(_("问卷的情况由书记、单位党委、办公室、领导和督查员查看。"))


def can_export_results(user, questionnaire):
    """Whoever sees a released result may take it away; each export is on record."""
    if questionnaire.state != QuestionnaireState.RELEASED:
        return denied(_("结果公布以后才能导出。"))
    return can_see_questionnaires(user)
