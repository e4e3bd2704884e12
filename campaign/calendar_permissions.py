"""Who keeps the working-day calendar, like `campaign.permissions`."""
from django.utils.translation import gettext_lazy as _

from config.kit.verdict import ALLOWED, denied
from units.enums import Role


def can_keep_calendar(user):
    """The office; everybody else may read it."""
    if user.has_role(Role.OFFICE):
        return ALLOWED
    return denied(_("节假日安排由领导小组办公室登记。"))
