"""What has to be put right because of the answers to a question of a released questionnaire."""
from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionFollowUp(models.Model):
    """Links a question to the one rectification item that it raised."""

    question = models.OneToOneField(
        "evaluations.Question", on_delete=models.PROTECT, related_name="follow_up",
        error_messages={"unique": _("这一题已经转为整改。")},
    )
    rectification = models.OneToOneField(
        "campaign.Rectification", on_delete=models.PROTECT, related_name="raised_by_question"
    )

    def __str__(self):
        return str(self.rectification)
