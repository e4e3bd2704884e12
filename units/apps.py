"""units: Party organisations and members, posts, roles, and the record of who did what."""
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "units"
    verbose_name = _("党组织与党员")

    def ready(self):
        from units.domain.exports import register
        from units.domain.roster_export import write_roster

        register("roster", write_roster)

        from units import permission_rows, permission_table

        permission_table.register(*permission_rows.ROWS)

        from units.domain.ledger_back import KIND as LEDGER_BACK
        from units.domain.ledger_back import write_ledger_back

        register(LEDGER_BACK, write_ledger_back)

        from units.list_columns import register_lists
        from units.list_exports import KIND, write_list

        register(KIND, write_list)
        register_lists()
