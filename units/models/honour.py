"""Honours of members (荣誉): facts with two times."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, FactQuerySet
from units import scope
from units.enums import HonourLevel


class HonourQuerySet(FactQuerySet):
    def visible_to(self, user):
        """Whoever reads the member's organisation, and the member."""
        return self.filter(
            scope.within_any(user.reading_paths(), "member__organization__") | Q(member=user.member_id or 0)
        )


class Honour(Fact):
    """`member` was given `title` on `happened_on`, by the document `document` if its number is known."""

    member = models.ForeignKey("units.Member", on_delete=models.CASCADE, related_name="honours")
    level = models.CharField(_("级别"), max_length=10, choices=HonourLevel.choices)
    title = models.CharField(_("荣誉称号"), max_length=60)
    happened_on = models.DateField(_("授予日期"))
    document = models.CharField(_("文号"), max_length=60, blank=True)

    objects = HonourQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["member", "title", "happened_on"], condition=Q(superseded_at__isnull=True), name="units_honour_once",
                violation_error_message=_("这一天的这个荣誉已经登记过。"),
            ),
        ]

    def __str__(self):
        return self.title
