"""Who may do what about discussion meetings: role × scope × action, like `evaluations.permissions`."""
from django.utils.translation import gettext_lazy as _

from config.kit.verdict import ALLOWED, denied
from units.enums import Role

WRITES = (Role.SECRETARY, Role.COMMITTEE, Role.OFFICE)


def can_record_symposium(user, organization=None):
    """The secretary or committee of the organisation or above it, or the office; the same ones answer."""
    if user.has_role_over(organization, *WRITES) if organization else user.has_role(*WRITES):
        return ALLOWED
    return denied(_("座谈会由书记、单位党委或办公室记录和答复。"))
