"""Party groups (党小组) inside a branch, and who belongs to which one on which days."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, SpanQuerySet
from units import scope


class PartyGroupQuerySet(models.QuerySet):
    """Reads in the words of a branch."""

    def visible_to(self, user):
        """Whoever reads the members of the branch."""
        return self.filter(scope.within_any(user.reading_paths(), "branch__"))

    def active(self):
        return self.filter(dissolved_on__isnull=True)


class PartyGroup(models.Model):
    """One group of a branch from `founded_on` to the day before `dissolved_on`."""

    branch = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="party_groups")
    name = models.CharField(_("党小组名称"), max_length=40)
    founded_on = models.DateField(_("成立日期"))
    dissolved_on = models.DateField(_("撤销日期"), null=True, blank=True)

    objects = PartyGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["branch", "name"],
                condition=Q(dissolved_on__isnull=True),
                name="units_partygroup_name_unique",
                violation_error_message=_("本支部已经有同名的党小组。"),
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gte=F("founded_on")),
                name="units_partygroup_dissolved_after_founded",
                violation_error_message=_("撤销日期不能早于成立日期。"),
            ),
        ]

    def __str__(self):
        return self.name


class GroupPlace(Fact):
    """`member` belongs to `group`, or leads it, from `starts_on` to `ends_on`."""

    group = models.ForeignKey(PartyGroup, on_delete=models.PROTECT, related_name="places")
    member = models.ForeignKey("units.Member", on_delete=models.CASCADE, related_name="group_places")
    is_leader = models.BooleanField(_("组长"), default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="units_groupplace_ends_after_it_starts",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(superseded_at__isnull=True, ends_on__isnull=True),
                name="units_groupplace_one_open",
                violation_error_message=_("一名党员同时只能在一个党小组。"),
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(superseded_at__isnull=True, ends_on__isnull=True, is_leader=True),
                name="units_groupplace_one_leader",
                violation_error_message=_("一个党小组同时只有一名组长。"),
            ),
        ]

    def __str__(self):
        return f"{self.member_id} → {self.group_id}"
