"""Party members: who there is; where a member belongs is a membership with dates."""
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.kit.dates import years_after
from units import scope
from units.enums import Departure, Gender, MemberStatus


class MemberQuerySet(models.QuerySet):
    """Reads in the words of the office."""

    def visible_to(self, user):
        """Members of the subtrees that the user's roles read, and always oneself."""
        return self.filter(scope.within_any(user.reading_paths(), "organization__") | Q(pk=user.member_id))

    def present(self):
        """Those who belong to an organisation today."""
        return self.filter(left_on__isnull=True)

    def within(self, organization):
        """Those who belong to the organisation, or to one below it, today."""
        return self.present().filter(scope.within(organization.path, "organization__"))

    def left(self, organization):
        """Those who belonged to it, or to one below it, last and are gone."""
        return self.filter(scope.within(organization.path, "organization__"), left_on__isnull=False)

    def full(self):
        return self.filter(status=MemberStatus.FULL)

    def by_strokes(self):
        """按姓氏笔画为序."""
        return self.order_by("stroke_key", "pk")


class Member(models.Model):
    """One member. Dates that the ledger gives by the month stand on its first day."""

    name = models.CharField(_("姓名"), max_length=30)
    stroke_key = models.CharField(max_length=200, editable=False, db_index=True)
    gender = models.CharField(_("性别"), max_length=6, choices=Gender.choices)
    ethnicity = models.CharField(_("民族"), max_length=20, default="汉族")
    native_place = models.CharField(_("籍贯"), max_length=40, blank=True)
    born_on = models.DateField(_("出生年月"), null=True, blank=True)
    education = models.CharField(_("学历"), max_length=20, blank=True)
    work_started_on = models.DateField(_("参加工作时间"), null=True, blank=True)
    joined_on = models.DateField(_("入党时间"), null=True, blank=True)
    full_on = models.DateField(_("转正时间"), null=True, blank=True)
    status = models.CharField(_("党员类别"), max_length=12, choices=MemberStatus.choices)
    administrative_post = models.CharField(_("行政职务"), max_length=40, blank=True)
    is_exempt = models.BooleanField(_("可不参加"), default=False)
    exempt_reason = models.CharField(_("原因"), max_length=40, blank=True)
    probation_extended_to = models.DateField(_("预备期延长到"), null=True, blank=True)
    left_on = models.DateField(_("离开日期"), null=True, blank=True)
    left_as = models.CharField(_("离开原因"), max_length=10, choices=Departure.choices, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    id_number_sealed = models.BinaryField(null=True, blank=True, editable=False)
    id_number_digest = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    # The standing membership's organisation, kept by units.domain.memberships for lists and scope; of those who left, the last.
    organization = models.ForeignKey(
        "units.Organization", on_delete=models.PROTECT, related_name="members", verbose_name=_("所在支部")
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_exempt=False) | ~Q(exempt_reason=""),
                name="units_member_exempt_has_reason",
                violation_error_message=_("可不参加的党员要写明原因。"),
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, left_as="") | (Q(left_on__isnull=False) & ~Q(left_as="")),
                name="units_member_left_has_reason",
                violation_error_message=_("离开的党员要写明日期和原因。"),
            ),
        ]
        indexes = [
            models.Index(fields=["name"], name="units_member_name"),
            models.Index(fields=["id"], name="units_member_exempt", condition=Q(is_exempt=True)),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("member_detail", args=[self.pk])

    @property
    def is_full(self):
        return self.status == MemberStatus.FULL

    @property
    def is_present(self):
        return self.left_on is None

    @property
    def probation_ends_on(self):
        """The day on which the probation is over (1 year after joining, or as extended); None when that is not known."""
        if self.is_full or self.joined_on is None:
            return None
        return self.probation_extended_to or years_after(self.joined_on, 1)
