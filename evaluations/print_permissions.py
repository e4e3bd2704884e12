"""Who may print slips with codes: whoever holds the poll or builds the questionnaire."""
from evaluations import permissions, questionnaire_permissions
from evaluations.models import Poll


def may_print(user, asked):
    """`asked` is a Poll or a Questionnaire."""
    if isinstance(asked, Poll):
        return permissions.can_hold_poll(user, asked.organization)
    return questionnaire_permissions.can_build(user, asked.organization)
