"""Commitments (公开承诺): 提诺 → 审诺 → 公诺 → 践诺 → 评诺, and the facts of how each was judged."""
from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.enums import (
    COMMITMENT_EDITABLE,
    COMMITMENT_PUBLIC,
    CommitmentKind,
    CommitmentOutcomeKind,
    CommitmentShown,
    CommitmentState,
)
from config.kit.facts import Fact, FactQuerySet
from config.kit.quarter import quarter_of
from units import scope
from units.enums import SPEAKS_FOR_OWN, Role

LEFT_BEFORE_DUE = Q(member__left_on__lt=F("due_on"))  # as `Commitment.was_left` says of one row
QUARTER_DAYS = 30  # a quarter with less of a promise in it asks for no progress


class CommitmentQuerySet(models.QuerySet):
    """Reads in the words of the office."""

    def visible_to(self, user):
        """Published ones to everybody in the scope; once handed in, to those who read the subtree; before that only to
        those who write them: the member, and whoever speaks for the organisation."""
        writes_for = [g.organization_id for g in user.current_grants if g.role in SPEAKS_FOR_OWN]
        return self.filter(
            Q(state__in=COMMITMENT_PUBLIC) & scope.within_any(user.scope_paths(), "organization__")
            | ~Q(state=CommitmentState.DRAFT) & scope.within_any(user.reading_paths(), "organization__")
            | Q(organization__in=writes_for)
            | Q(member__isnull=False, member=user.member_id or 0)
        )

    def for_display(self):
        """With the rows that every list shows."""
        return self.select_related("organization", "member")

    def within(self, organization):
        return self.filter(scope.within(organization.path, "organization__"))

    def in_progress(self):
        """Public, not judged, neither carried on nor handed over, and not of a member who had left when it came due."""
        carried = Exists(Commitment.objects.filter(carried_from=OuterRef("pk")))
        return self.filter(state=CommitmentState.PUBLISHED).exclude(carried).exclude(LEFT_BEFORE_DUE)

    def open_to_all(self):
        """Those that the level above has let anybody read, without an account."""
        carried = Exists(Commitment.objects.filter(carried_from=OuterRef("pk")))
        open_now = self.filter(state__in=COMMITMENT_PUBLIC).exclude(shown=CommitmentShown.INSIDE).exclude(carried)
        return open_now.exclude(Q(state=CommitmentState.PUBLISHED) & LEFT_BEFORE_DUE)

    def overdue(self, *, on):
        return self.in_progress().filter(due_on__lt=on)

    def untold(self, *, on):
        """Public ones of which nothing was told in the quarter of day `on`, though it counts for them
        (`commitment_quarters.counts`)."""
        quarter, days = quarter_of(on), timedelta(days=QUARTER_DAYS - 1)
        told = CommitmentProgress.objects.filter(commitment=OuterRef("pk"), happened_on__range=(quarter.first, quarter.last))
        open_now = self.in_progress().filter(published_at__date__lte=quarter.last - days, due_on__gte=quarter.first + days)
        return open_now.filter(~Exists(told))

    def waiting(self):
        """Handed in, by somebody who is still there."""
        return self.filter(state=CommitmentState.SUBMITTED, member__left_on__isnull=True)

    def reviewed_by(self, user):
        """Those that `user` may judge fit, and judge at the end (`commitment_permissions.stands_above` says the same of one)."""
        acts = SPEAKS_FOR_OWN | {Role.OFFICE}
        paths = [grant.organization.path for grant in user.current_grants if grant.role in acts and grant.organization]
        spoken = [grant.organization_id for grant in user.current_grants if grant.role in SPEAKS_FOR_OWN]
        persons = [one.member_id for one in (user, user.acting_for) if one and one.member_id]
        own = Q(member__in=persons) | Q(member__isnull=True, organization__in=spoken)
        return self.filter(scope.within_any(paths, "organization__")).exclude(own)

    def counted(self):
        """Those that stand: neither withdrawn nor a mere draft."""
        return self.exclude(state__in=[CommitmentState.DRAFT, CommitmentState.WITHDRAWN])


class Commitment(models.Model):
    """What an organisation (`member` null) or a member promised: from where, to where, by when.

    It becomes a fact when published (`published_at`); its content never changes after that.
    """

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="commitments")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="commitments")
    member = models.ForeignKey(
        "units.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="commitments", verbose_name=_("承诺人")
    )
    kind = models.CharField(_("类别"), max_length=8, choices=CommitmentKind.choices)
    text = models.CharField(_("承诺事项"), max_length=200)
    baseline = models.CharField(_("现在的情况"), max_length=120)
    target = models.CharField(_("要做到什么"), max_length=120)
    due_on = models.DateField(_("完成期限"))
    state = models.CharField(max_length=10, choices=CommitmentState.choices, default=CommitmentState.DRAFT)
    moved_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    shown = models.CharField(
        _("公开范围"), max_length=8, choices=CommitmentShown.choices, default=CommitmentShown.INSIDE
    )
    return_note = models.CharField(_("退回意见"), max_length=200, blank=True)
    answers = models.ForeignKey(
        "campaign.Rectification", on_delete=models.SET_NULL, null=True, blank=True, related_name="commitments",
        verbose_name=_("回应的整改"),
    )
    created_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, related_name="+")
    carried_from = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="carried_to", verbose_name=_("结转自")
    )
    carried_on = models.DateField(_("结转日期"), null=True, blank=True)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "judged"]) | Q(published_at__isnull=False),
                name="campaign_commitment_published_has_time",
            ),
            models.CheckConstraint(
                condition=Q(shown="inside") | Q(state__in=["published", "judged"]),
                name="campaign_commitment_shown_after_publishing",
                violation_error_message=_("公示以后才能对外公开。"),
            ),
            models.CheckConstraint(
                condition=Q(carried_from__isnull=True, carried_on__isnull=True)
                | Q(carried_from__isnull=False, carried_on__isnull=False),
                name="campaign_commitment_carried_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "due_on"], name="campaign_commitment_due"),
            models.Index(fields=["member", "due_on"], name="campaign_commitment_member"),
            models.Index(
                fields=["campaign", "due_on", "state"], name="campaign_commitment_public",
                condition=Q(published_at__isnull=False),
            ),
            models.Index(
                fields=["organization"], name="campaign_commitment_board", condition=~Q(shown=CommitmentShown.INSIDE)
            ),
            models.Index(  # what waits for a review is asked for on every page
                fields=["organization"], name="campaign_commitment_waiting", condition=Q(state=CommitmentState.SUBMITTED)
            ),
        ]

    def __str__(self):
        return self.text

    def get_absolute_url(self):
        return reverse("commitment_detail", args=[self.pk])

    @property
    def successor(self):
        """The row of a later campaign that this one goes on in, or None."""
        return getattr(self, "carried_to", None)

    @property
    def was_left(self):
        """Whether its member had gone before it came due: it is neither judged nor counted (`in_progress` says the same)."""
        gone_on = self.member.left_on if self.member else None
        return self.state != CommitmentState.JUDGED and gone_on is not None and gone_on < self.due_on

    @property
    def is_editable(self):
        return self.state in COMMITMENT_EDITABLE

    @property
    def is_open(self):
        """Whether anybody may read it without an account."""
        return self.shown != CommitmentShown.INSIDE and not self.was_left

    @property
    def promiser(self):
        """The member or organisation that promised."""
        return self.member or self.organization


class CommitmentProgress(models.Model):
    """What was done for a commitment (践诺), told by its promiser."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="progress")
    text = models.CharField(_("进展"), max_length=200)
    happened_on = models.DateField(_("日期"))
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self):
        return self.text


class CommitmentOutcome(Fact):
    """How a commitment was judged (评诺), on which day and why; by somebody other than the promiser."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="outcomes")
    outcome = models.CharField(_("结果"), max_length=8, choices=CommitmentOutcomeKind.choices)
    explanation = models.CharField(_("说明"), max_length=200, blank=True)
    evidence = models.CharField(_("依据"), max_length=200)
    happened_on = models.DateField(_("评定日期"))

    objects = FactQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(superseded_at__isnull=True),
                name="campaign_commitmentoutcome_once",
                violation_error_message=_("这条承诺已经评定。"),
            ),
            models.CheckConstraint(
                condition=~Q(outcome="excused") | ~Q(explanation=""),
                name="campaign_commitmentoutcome_excuse_explained",
                violation_error_message=_("因客观原因未兑现的，请写明原因。"),
            ),
        ]

    def __str__(self):
        return self.get_outcome_display()


class OutcomePhoto(models.Model):
    """A photo that the judge keeps as evidence; never required."""

    outcome = models.ForeignKey(CommitmentOutcome, on_delete=models.CASCADE, related_name="outcome_photos")
    photo = models.ForeignKey("campaign.Photo", on_delete=models.PROTECT, related_name="outcome_photos")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "photo"], name="campaign_outcomephoto_once")]

    def __str__(self):
        return f"{self.outcome_id} {self.photo_id}"


class OutcomeDocument(models.Model):
    """A document that the judge keeps as evidence."""

    outcome = models.ForeignKey(CommitmentOutcome, on_delete=models.CASCADE, related_name="outcome_documents")
    document = models.ForeignKey("campaign.Document", on_delete=models.PROTECT, related_name="outcome_documents")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["outcome", "document"], name="campaign_outcomedocument_once")]

    def __str__(self):
        return f"{self.outcome_id} {self.document_id}"
