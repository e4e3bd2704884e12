"""Linked bodies (群团组织: 工会、共青团、妇女组织) of an organisation, and what they and their people were honoured for."""
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, FactQuerySet
from units import scope
from units.enums import HonourHolder, HonourLevel, LinkedBodyKind


class LinkedBodyQuerySet(models.QuerySet):
    """Reads in the words of the organisation that leads them."""

    def visible_to(self, user):
        """Whoever reads the organisation's records."""
        return self.filter(scope.within_any(user.reading_paths(), "organization__"))

    def active(self):
        return self.filter(ended_on__isnull=True)

    def leading_to(self, organization):
        """Bodies of `organization` and of those above it: a branch does things with the unit's trade union."""
        line = [organization.path[:end] for end in range(scope.STEP, len(organization.path) + 1, scope.STEP)]
        return self.filter(organization__path__in=line)

    def in_order(self):
        """The lowest organisation first, then by kind as listed."""
        kinds = [models.When(kind=kind, then=place) for place, kind in enumerate(LinkedBodyKind.values)]
        return self.order_by("-organization__path", models.Case(*kinds, default=9), "pk")


class LinkedBody(models.Model):
    """`organization` leads the body of a `kind` from `founded_on` to the day before `ended_on`. Its chair is a name, and
    the member of that name where the roster knows exactly one."""

    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="linked_bodies")
    kind = models.CharField(_("种类"), max_length=10, choices=LinkedBodyKind.choices)
    name = models.CharField(_("名称"), max_length=40)
    chair_name = models.CharField(_("负责人"), max_length=30, blank=True)
    chair = models.ForeignKey("units.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    size = models.PositiveIntegerField(_("人数"), default=0)
    founded_on = models.DateField(_("成立日期"))
    ended_on = models.DateField(_("撤销日期"), null=True, blank=True)

    objects = LinkedBodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "name"], condition=Q(ended_on__isnull=True), name="units_linkedbody_name_unique",
                violation_error_message=_("本组织已经有同名的群团组织。"),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("founded_on")),
                name="units_linkedbody_ends_after_it_starts",
                violation_error_message=_("撤销日期不能早于成立日期。"),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("linked_body_list", args=[self.organization_id])


class BodyHonourQuerySet(FactQuerySet):
    def visible_to(self, user):
        return self.filter(scope.within_any(user.reading_paths(), "body__organization__"))

    def below(self, organization):
        """Of the bodies of `organization` and of everything below it."""
        return self.filter(scope.within(organization.path, "body__organization__"))


class BodyHonour(Fact):
    """The body itself (集体), or `person` of it (个人), was given `title` on `happened_on`."""

    body = models.ForeignKey(LinkedBody, on_delete=models.PROTECT, related_name="honours")
    holder = models.CharField(_("给谁"), max_length=10, choices=HonourHolder.choices)
    person = models.CharField(_("姓名"), max_length=30, blank=True)
    level = models.CharField(_("级别"), max_length=10, choices=HonourLevel.choices)
    title = models.CharField(_("荣誉称号"), max_length=60)
    happened_on = models.DateField(_("授予日期"))
    document = models.CharField(_("文号"), max_length=60, blank=True)

    objects = BodyHonourQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(holder=HonourHolder.COLLECTIVE, person="")
                | Q(holder=HonourHolder.INDIVIDUAL) & ~Q(person=""),
                name="units_bodyhonour_person_fits_holder",
                violation_error_message=_("给个人的写姓名，给集体的不写。"),
            ),
            models.UniqueConstraint(
                fields=["body", "person", "title", "happened_on"], condition=Q(superseded_at__isnull=True),
                name="units_bodyhonour_once", violation_error_message=_("这一天的这个荣誉已经登记过。"),
            ),
        ]

    def __str__(self):
        return f"{self.person or self.body.name} {self.title}"
