"""What an anonymous answer leaves behind: a spent code, a sealed envelope, and after closing answers without any order.

No row here has a person, a moment, an address or a device; a house test keeps every path to one closed (4-trust §2).
"""
from django.db import models


class PollCode(models.Model):
    """One slip from the bag: SHA-256 of its code, the group it was printed for, and whether it was used."""

    group = models.ForeignKey("evaluations.PollGroup", on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True)
    is_spent = models.BooleanField(default=False)

    def __str__(self):
        return "✓" if self.is_spent else "○"


class Envelope(models.Model):
    """One ballot sealed to the poll's public key, padded to the poll's one size; destroyed when the poll is counted."""

    poll = models.ForeignKey("evaluations.Poll", on_delete=models.CASCADE, related_name="envelopes")
    sealed = models.BinaryField()

    def __str__(self):
        return f"{len(self.sealed)}"


class Receipt(models.Model):
    """A receipt that was in one of the envelopes; written in alphabetical order, it proves that a ballot was counted."""

    poll = models.ForeignKey("evaluations.Poll", on_delete=models.CASCADE, related_name="receipts")
    code = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "code"], name="evaluations_receipt_once")]

    def __str__(self):
        return self.code


class Answer(models.Model):
    """One answer of somebody of a group to one question about one subject, apart from the other answers of that ballot.

    `choice` is the place of the option chosen, null for 弃权.
    """

    group = models.ForeignKey("evaluations.PollGroup", on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey("evaluations.PollQuestion", on_delete=models.CASCADE, related_name="+")
    subject = models.ForeignKey("evaluations.PollSubject", on_delete=models.CASCADE, related_name="+")
    choice = models.PositiveSmallIntegerField(null=True)

    def __str__(self):
        return str(self.choice)
