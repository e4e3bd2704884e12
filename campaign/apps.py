"""campaign: the campaign frame, plans, activities, commitments, rectification, reminders."""
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignConfig(AppConfig):
    name = "campaign"
    verbose_name = _("活动")

    def ready(self):
        from functools import partial

        from campaign import due
        from campaign.domain import due_people, due_sources
        from campaign.models import Reminder
        from units.navigation import register_badge

        for kind, source in {**due_sources.SOURCES, **due_people.SOURCES}.items():
            due.register(kind, partial(source, due.DueThing))
        register_badge("inbox", lambda user: Reminder.objects.visible_to(user).unread().count())
