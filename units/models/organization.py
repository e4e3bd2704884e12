"""Party organisations, their tree, and the dated facts about whom they belong to."""
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.kit.facts import Fact, SpanQuerySet
from units import scope
from units.enums import Category, OrganizationKind


class OrganizationQuerySet(models.QuerySet):
    """Reads in the words of the office; every list starts with `visible_to`."""

    def visible_to(self, user):
        """The subtrees of the user's roles."""
        return self.filter(scope.within_any(user.scope_paths()))

    def within(self, organization):
        """The organisation and everything below it."""
        return self.filter(scope.within(organization.path))

    def above(self, organization):
        """The line from the root down to, and without, the organisation."""
        steps = range(scope.STEP, len(organization.path), scope.STEP)
        return self.filter(path__in=[organization.path[:end] for end in steps])

    def within_tree(self, organization):
        """Everything below the same root."""
        return self.filter(scope.within(organization.path[: scope.STEP]))

    def active(self):
        return self.filter(dissolved_on__isnull=True)

    def in_institutional_order(self):
        """机关 → 事业单位 → 社会组织, then the ledger's own order (the path carries it)."""
        return self.order_by("path")

    def units(self):
        """Organisations directly under a root: the units of the three categories."""
        return self.filter(depth=2)


class Organization(models.Model):
    """One Party organisation as it stands today. `parent` is the truth of the tree; `path`, `depth`, `lft` and `rgt`
    follow it and are written by units.domain.organizations only."""

    code = models.CharField(_("组织代码"), max_length=20, unique=True)
    name = models.CharField(_("党组织名称"), max_length=60)
    kind = models.CharField(_("组织类型"), max_length=20, choices=OrganizationKind.choices)
    category = models.CharField(_("单位类别"), max_length=20, choices=Category.choices, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("上级党组织")
    )
    position = models.PositiveIntegerField(_("排列顺序"), default=0)
    path = models.CharField(max_length=64, unique=True, editable=False)
    depth = models.PositiveSmallIntegerField(editable=False)
    lft = models.PositiveIntegerField(editable=False, default=0, db_index=True)
    rgt = models.PositiveIntegerField(editable=False, default=0)
    founded_on = models.DateField(_("成立时间"), null=True, blank=True)
    dissolved_on = models.DateField(_("撤销时间"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_in", verbose_name=_("并入")
    )
    note = models.CharField(_("备注"), max_length=200, blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                condition=Q(dissolved_on__isnull=True),
                name="units_organization_name_unique",
                violation_error_message=_("已经有同名的党组织。"),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="units_organization_not_own_parent",
                violation_error_message=_("党组织不能是自己的上级。"),
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(founded_on__isnull=True) | Q(dissolved_on__gte=F("founded_on")),
                name="units_organization_dissolved_after_founded",
                violation_error_message=_("撤销时间不能早于成立时间。"),
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | (Q(dissolved_on__isnull=False) & ~Q(merged_into=F("id"))),
                name="units_organization_merged_is_dissolved",
                violation_error_message=_("并入别的党组织的，要写撤销时间。"),
            ),
        ]
        indexes = [models.Index(fields=["category", "depth"], name="units_org_category")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organization_detail", args=[self.pk])

    def contains(self, other):
        """Whether `other` is this organisation or below it."""
        return other.path.startswith(self.path)

    @property
    def is_root(self):
        return self.parent_id is None

    @property
    def is_leaf(self):
        """Whether nothing is below it."""
        return self.rgt == self.lft + 1


class Affiliation(Fact):
    """What an organisation was called, what it was and to whom it belonged during some days (the tree of a past day)."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="affiliations")
    parent = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=OrganizationKind.choices)
    category = models.CharField(max_length=20, choices=Category.choices, blank=True)
    position = models.PositiveIntegerField(default=0)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = SpanQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="units_affiliation_ends_after_it_starts",
                violation_error_message=_("结束日期不能早于开始日期。"),
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.starts_on}"
