"""Nominations: whom a branch meeting puts forward, with its count of votes and the story."""
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from evaluations.enums import AwardKind, NominationState
from units import scope


class NominationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(scope.within_any(user.reading_paths(), "organization__"))

    def standing(self):
        return self.exclude(state=NominationState.WITHDRAWN)


class Nomination(models.Model):
    """`nominating_organization` puts forward `organization` itself (member null), or `member` of `organization`."""

    round = models.ForeignKey("evaluations.AwardRound", on_delete=models.CASCADE, related_name="nominations")
    kind = models.CharField(_("奖项"), max_length=14, choices=AwardKind.choices)
    nominating_organization = models.ForeignKey(
        "units.Organization", on_delete=models.PROTECT, related_name="nominations_made", verbose_name=_("推荐单位")
    )
    organization = models.ForeignKey(
        "units.Organization", on_delete=models.PROTECT, related_name="nominations", verbose_name=_("党组织")
    )
    member = models.ForeignKey(
        "units.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="nominations", verbose_name=_("党员")
    )
    meeting_on = models.DateField(_("会议日期"))
    expected = models.PositiveIntegerField(_("应到"))
    present = models.PositiveIntegerField(_("实到"))
    approving = models.PositiveIntegerField(_("赞成"))
    story = models.CharField(_("主要事迹"), max_length=500)
    state = models.CharField(max_length=12, choices=NominationState.choices, default=NominationState.SUBMITTED)
    check_note = models.CharField(_("审核意见"), max_length=200, blank=True)
    # Ledgers give posts without dates, so the branch says since when; the office checks it against the papers.
    party_work_since = models.DateField(_("从事党务工作起始"), null=True, blank=True)
    # What the discipline side answered: null until somebody asked, with who asked and when.
    has_sanction = models.BooleanField(_("处分情况"), null=True)
    sanction_note = models.CharField(_("处分说明"), max_length=200, blank=True)
    sanction_checked_by = models.ForeignKey(
        "units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sanction_checked_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField()
    nominated_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField()

    objects = NominationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "kind", "member"],
                condition=~Q(state="withdrawn"),
                name="evaluations_nomination_once_per_member",
                violation_error_message=_("已经推荐过了。"),
            ),
            models.UniqueConstraint(
                fields=["round", "kind", "organization"],
                condition=Q(member__isnull=True) & ~Q(state="withdrawn"),
                name="evaluations_nomination_once",
                violation_error_message=_("已经推荐过了。"),
            ),
            models.CheckConstraint(
                condition=Q(approving__lte=F("present")) & Q(present__lte=F("expected")),
                name="evaluations_nomination_votes_fit",
                violation_error_message=_("赞成不能多于实到，实到不能多于应到。"),
            ),
            models.CheckConstraint(
                condition=Q(has_sanction__isnull=True, sanction_checked_at__isnull=True)
                | Q(has_sanction__isnull=False, sanction_checked_at__isnull=False),
                name="evaluations_nomination_sanction_check_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind="organization", member__isnull=True) | (~Q(kind="organization") & Q(member__isnull=False)),
                name="evaluations_nomination_subject_fits_kind",
            ),
        ]

    def __str__(self):
        return str(self.member or self.organization)

    def get_absolute_url(self):
        return reverse("nomination_detail", args=[self.pk])
