"""Who may do what in units: role × scope × action, each a verdict with its reason."""
from django.utils.translation import gettext_lazy as _

from config.kit.verdict import ALLOWED, denied
from units.enums import READS_SUBTREE


def can_export_roster(user):
    """Whoever reads the members of some subtree may take their list away; each export is on record."""
    return ALLOWED if user.has_role(*READS_SUBTREE) else denied(_("您没有可以导出名册的范围。"))
