"""Who may do what about oversight: role × scope × action, like `campaign.permissions`."""
from django.utils.translation import gettext_lazy as _

from campaign.enums import OversightKind
from config.kit.verdict import ALLOWED, denied
from units.enums import Role

WRITES = (Role.OFFICE, Role.COMMITTEE, Role.INSPECTOR, Role.LEADER)


def can_record_oversight(user, organization=None):
    """Whoever looks after others: the office, committees, inspectors and leaders, in their scope."""
    if user.has_role_over(organization, *WRITES) if organization else user.has_role(*WRITES):
        return ALLOWED
    return denied(_("督导由领导、领导小组办公室、督查员或单位党委记。"))


def can_follow_up(user, oversight):
    """Whoever may write such a record may ask for rectification after it."""
    return can_record_oversight(user, oversight.organization)


def can_link_papers(user, oversight):
    """Whoever may record oversight over its organisation, for an exchange meeting."""
    if oversight.kind != OversightKind.EXCHANGE:
        return denied(_("只有交流研讨才附交流的成果。"))
    return can_record_oversight(user, oversight.organization)
