"""Polls (不记名测评): what is asked of whom, frozen before it opens. Answers are in ballot.py; nothing names a voter."""
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.kit.jobs import Job
from evaluations.enums import Audience, MemberGrade, PollSheet, PollState
from evaluations.models.sealed import Sealed


class Poll(Sealed):
    """One poll that an organisation holds. `is_anonymous` is set when the row is made; a trigger of the database keeps it as
    it is (migration poll_guard)."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="polls")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="polls")
    sheet = models.CharField(_("测评表"), max_length=14, choices=PollSheet.choices)
    state = models.CharField(max_length=10, choices=PollState.choices, default=PollState.DRAFT)
    is_anonymous = models.BooleanField(default=True)

    class Meta(Sealed.Meta):
        indexes = [models.Index(fields=["organization", "state"], name="evaluations_poll_org_state")]

    def get_absolute_url(self):
        return reverse("poll_detail", args=[self.pk])

    @property
    def is_counted(self):
        return self.state in (PollState.CLOSED, PollState.RELEASED)


class PollGroup(models.Model):
    """Who is asked: one audience of one organisation. `returned` is known after closing."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="groups")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices)
    issued = models.PositiveIntegerField(_("应投"), default=0)
    returned = models.PositiveIntegerField(_("实投"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "organization", "audience"], name="evaluations_pollgroup_once"),
            models.CheckConstraint(
                condition=Q(returned__isnull=True) | Q(returned__lte=F("issued")),
                name="evaluations_pollgroup_returned_within_issued",
            ),
        ]

    def __str__(self):
        return f"{self.organization} {self.get_audience_display()}"


class PollSubject(models.Model):
    """Whom or what a ballot judges, in the order of the ballot: the organisation (`member` null) or a member."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="subjects")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey("units.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "position"], name="evaluations_pollsubject_place"),
            models.UniqueConstraint(fields=["poll", "member"], name="evaluations_pollsubject_member_once"),
            models.UniqueConstraint(
                fields=["poll", "organization"], condition=Q(member__isnull=True),
                name="evaluations_pollsubject_organization_once",
            ),
        ]

    def __str__(self):
        return str(self.member or self.organization)


class PollQuestion(models.Model):
    """One question, asked once for each subject. `options` is the list of words to choose from; `item` names the item of
    a standard sheet, else it is empty."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=20, blank=True)
    title = models.CharField(_("题目"), max_length=120)
    options = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "position"], name="evaluations_pollquestion_place")]

    def __str__(self):
        return self.title


class Tally(Job):
    """The counting of one poll, as a job row: nothing is counted twice, and a killed worker loses nothing."""

    poll = models.OneToOneField(Poll, on_delete=models.CASCADE, related_name="tally")

    def __str__(self):
        return f"{self.poll} {self.get_job_state_display()}"


class PollCell(models.Model):
    """One published cell, written once at the release: the answers of one group to one question about one subject.

    `audience` empty is everybody; `organization` null is the whole poll. `counts` has one number for each option and
    one more for 弃权 at the end. Nothing below the poll's smallest group is ever written here (4-trust §2).
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="cells")
    question = models.ForeignKey(PollQuestion, on_delete=models.CASCADE, related_name="+")
    subject = models.ForeignKey(PollSubject, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10, choices=Audience.choices, blank=True)
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    counts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "question", "subject", "audience", "organization"], name="evaluations_pollcell_once",
                condition=Q(organization__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["poll", "question", "subject", "audience"], name="evaluations_pollcell_whole_once",
                condition=Q(organization__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.question} {self.audience or _('全体')}"


class MemberYearlyGrade(models.Model):
    """What the branch made of a member's released count; shown to the member and to the readers of the scope."""

    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="grades")
    member = models.ForeignKey("units.Member", on_delete=models.PROTECT, related_name="yearly_grades")
    grade = models.CharField(_("等次"), max_length=12, choices=MemberGrade.choices)
    settled_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "member"], name="evaluations_memberyearlygrade_once")]

    def __str__(self):
        return self.get_grade_display()
