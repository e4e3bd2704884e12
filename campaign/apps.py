"""campaign: the campaign frame, plans, activities, commitments, rectification, reminders."""
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = _("活动")

    def ready(self):
        from functools import partial

        from campaign import due
        from campaign.domain import (
            agenda_sources,
            due_commitments,
            due_people,
            due_releases,
            due_sources,
            due_supervision,
            plan_reminders,
            rectification_ladder,
        )
        from campaign.domain.agenda import register_agenda
        from campaign.domain.collisions import milestone_collisions
        from campaign.domain.commitments import commitment_behind
        from campaign.domain.frame_effects import register_probe
        from campaign.domain.origins import register_origin
        from campaign.domain.oversights import oversight_behind
        from campaign.domain.spot_visits import visit_behind
        from campaign.models import Reminder
        from units.navigation import register_badge

        own = (due_sources, due_commitments, due_people, due_releases, due_supervision, rectification_ladder, plan_reminders)
        for module in own:
            for kind, source in module.SOURCES.items():
                due.register(kind, partial(source, due.DueThing))
        for kind, source in agenda_sources.SOURCES.items():
            register_agenda(kind, source)
        register_probe(milestone_collisions)
        register_origin("oversight", oversight_behind)
        register_origin("inspection", visit_behind)
        register_origin("commitment", commitment_behind)
        from campaign.list_columns import register_lists

        register_lists()
        register_badge("inbox", lambda user: Reminder.objects.visible_to(user).unread().count())

        _take_part_in_successions()
        from campaign import permission_rows
        from units import permission_table

        permission_table.register(*permission_rows.ROWS)


def _take_part_in_successions():
    """What an organisation that ends leaves open goes over to its heir; a transferred member's promises go along."""
    from campaign.domain import successions
    from units.domain.successions import Estate, register_estate

    register_estate("campaign", Estate(successions.foresee, successions.settle))
