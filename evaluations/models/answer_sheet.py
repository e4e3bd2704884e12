"""What an answered questionnaire leaves behind: a spent code, a sealed sheet, and after the count answers without any order.

No row here has a person, a moment, an address or a device; a house test keeps every path to one closed (4-trust §2).
"""
from django.db import models


class AnswerCode(models.Model):
    """SHA-256 of a code and whether it was used. A closed questionnaire prints it on a slip; an open one writes it when a
    sheet comes in, so that the same sheet sent twice counts once."""

    group = models.ForeignKey("evaluations.QuestionnaireGroup", on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    is_spent = models.BooleanField(default=False)

    def __str__(self):
        return "✓" if self.is_spent else "○"


class AnswerGate(models.Model):
    """Whether an open questionnaire takes answers: gone once it is counted. `hour` and `taken` are how many came in the
    last hour in which any came, of everybody together; earlier hours are not kept."""

    questionnaire = models.OneToOneField("evaluations.Questionnaire", on_delete=models.CASCADE, related_name="gate")
    hour = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)

    def __str__(self):
        return f"{self.taken}"


class SealedSheet(models.Model):
    """One answered sheet, sealed and padded to one size; destroyed when the questionnaire is counted. `is_trial`: filled in
    to try the questionnaire out, destroyed unread when the rehearsal ends."""

    questionnaire = models.ForeignKey("evaluations.Questionnaire", on_delete=models.CASCADE, related_name="sealed_sheets")
    sealed = models.BinaryField()
    is_trial = models.BooleanField(default=False)

    def __str__(self):
        return f"{len(self.sealed)}"


class SheetReceipt(models.Model):
    """A receipt that was in one of the sheets; written in alphabetical order, it proves that a sheet was counted."""

    questionnaire = models.ForeignKey("evaluations.Questionnaire", on_delete=models.CASCADE, related_name="receipts")
    code = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["questionnaire", "code"], name="evaluations_sheetreceipt_once")]

    def __str__(self):
        return self.code


class SheetAnswer(models.Model):
    """One answer of somebody of a group to one question, apart from the other answers of that sheet.

    `row` is the row of a matrix, or the option of a multiple choice, where `choice` is 1 for chosen and 0 for not.
    """

    group = models.ForeignKey("evaluations.QuestionnaireGroup", on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey("evaluations.Question", on_delete=models.CASCADE, related_name="+")
    row = models.PositiveSmallIntegerField(default=0)
    choice = models.PositiveSmallIntegerField(null=True)
    number = models.IntegerField(null=True)
    text = models.CharField(max_length=300, blank=True)

    def __str__(self):
        return self.text or str(self.number if self.number is not None else self.choice)
