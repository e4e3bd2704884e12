"""Questionnaires (问卷): what is asked, frozen when answers begin to come in; answers are in answer_sheet.py."""
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config.kit.jobs import Job
from evaluations.enums import (
    QUESTIONNAIRE_COUNTED,
    Audience,
    QuestionKind,
    QuestionnaireAccess,
    QuestionnaireState,
)
from evaluations.models.sealed import SMALLEST_GROUP, Sealed, SealedQuerySet

HOURLY_CAP = 120  # answers that an open questionnaire takes in one hour, from everybody together


class QuestionnaireQuerySet(SealedQuerySet):
    def counted(self):
        return self.filter(state__in=QUESTIONNAIRE_COUNTED)


class Questionnaire(Sealed):
    """One questionnaire of an organisation; always anonymous, its results are shown and never scored.

    An open one is found by `slug`, a closed one by the codes of its groups.
    """

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="questionnaires")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="questionnaires")
    about = models.CharField(_("开头的话"), max_length=200, blank=True)
    access = models.CharField(_("谁可以答"), max_length=6, choices=QuestionnaireAccess.choices)
    slug = models.CharField(max_length=12, unique=True)
    ends_on = models.DateField(_("答到哪天"))
    state = models.CharField(max_length=10, choices=QuestionnaireState.choices, default=QuestionnaireState.DRAFT)
    hourly_cap = models.PositiveIntegerField(
        _("每小时最多收几份"), default=HOURLY_CAP, validators=[MinValueValidator(10), MaxValueValidator(5000)]
    )

    objects = QuestionnaireQuerySet.as_manager()

    class Meta(Sealed.Meta):
        indexes = [models.Index(fields=["organization", "state"], name="evaluations_questionnaire_org")]

    def get_absolute_url(self):
        return reverse("questionnaire_detail", args=[self.pk])

    @property
    def is_counted(self):
        return self.state in QUESTIONNAIRE_COUNTED

    @property
    def is_open_to_all(self):
        return self.access == QuestionnaireAccess.OPEN

    @property
    def is_trial(self):
        return self.state == QuestionnaireState.REHEARSAL


class QuestionnaireGroup(models.Model):
    """Who answers: an audience that gets codes, or everybody (`audience` empty) for an open questionnaire."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="groups")
    audience = models.CharField(max_length=10, choices=Audience.choices, blank=True)
    issued = models.PositiveIntegerField(_("发几份"), default=0)
    returned = models.PositiveIntegerField(_("收回"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "audience"], name="evaluations_questionnairegroup_once"),
            models.CheckConstraint(
                condition=Q(returned__isnull=True) | Q(audience="") | Q(returned__lte=F("issued")),
                name="evaluations_questionnairegroup_returned_within_issued",
            ),
        ]

    def __str__(self):
        return str(self.get_audience_display() or _("不限"))


class Question(models.Model):
    """One question, or the heading of a section, at its place from 0.

    `options` are the words to choose from, `rows` what a matrix judges; `smallest` to `largest` bound a number. With
    `shown_after` it is asked only of those who chose one of the places `shown_for` there.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("题型"), max_length=8, choices=QuestionKind.choices)
    title = models.CharField(_("题目"), max_length=120)
    hint = models.CharField(_("补充说明"), max_length=200, blank=True)
    options = models.JSONField(default=list, blank=True)
    rows = models.JSONField(default=list, blank=True)
    smallest = models.IntegerField(_("最小"), null=True, blank=True)
    largest = models.IntegerField(_("最大"), null=True, blank=True)
    shown_after = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, blank=True, related_name="followers")
    shown_for = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "position"], name="evaluations_question_place"),
            models.CheckConstraint(
                condition=Q(smallest__isnull=True) | Q(largest__isnull=True) | Q(smallest__lt=F("largest")),
                name="evaluations_question_bounds",
                violation_error_message=_("最大的数要大于最小的数。"),
            ),
        ]

    def __str__(self):
        return self.title


class SheetCount(Job):
    """The counting of one questionnaire, as a job row."""

    questionnaire = models.OneToOneField(Questionnaire, on_delete=models.CASCADE, related_name="count")

    def __str__(self):
        return f"{self.questionnaire} {self.get_job_state_display()}"


class QuestionnaireCell(models.Model):
    """One published cell, written once at the release: a group's answers to one question (of a matrix: to one row).

    `answered` answers lie in it, at least the questionnaire's smallest group. `counts` has one number for each option, or
    for each range of a number; `total` is the sum of the numbers. A text has neither: its texts may be read.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="cells")
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    row = models.PositiveSmallIntegerField(default=0)
    audience = models.CharField(max_length=10, choices=Audience.choices, blank=True)
    answered = models.PositiveIntegerField(validators=[MinValueValidator(SMALLEST_GROUP)])
    counts = models.JSONField(default=list)
    total = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "row", "audience"], name="evaluations_questionnairecell_once"),
            models.CheckConstraint(
                condition=Q(answered__gte=SMALLEST_GROUP), name="evaluations_questionnairecell_not_small"
            ),
        ]

    def __str__(self):
        return f"{self.question} {self.audience or _('全体')}"
