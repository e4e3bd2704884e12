"""units: Party organisations and members, posts, roles, and the record of who did what."""
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = _("党组织与党员")
