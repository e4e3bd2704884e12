"""Transfers of a member between two organisations of the system: the sender proposes, the receiver answers."""
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from units import scope
from units.enums import TransferState


class TransferQuerySet(models.QuerySet):
    """Reads in the words of the office."""

    def visible_to(self, user):
        """Both sides see it: whoever reads the sender's or the receiver's subtree."""
        paths = user.reading_paths()
        return self.filter(scope.within_any(paths, "sender__") | scope.within_any(paths, "receiver__"))

    def waiting(self):
        return self.filter(state=TransferState.PROPOSED)

    def for_display(self):
        return self.select_related("member", "sender", "receiver", "proposed_by", "answered_by")


class Transfer(models.Model):
    """`member` is to go from `sender` to `receiver`; `moves_on`, set by the receiver, is the first day there."""

    member = models.ForeignKey("units.Member", on_delete=models.PROTECT, related_name="transfers")
    sender = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("转出支部"))
    receiver = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="+", verbose_name=_("接收支部"))
    reason = models.CharField(_("转接原因"), max_length=200)
    state = models.CharField(max_length=10, choices=TransferState.choices, default=TransferState.PROPOSED)
    proposed_by = models.ForeignKey("units.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    answered_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(_("意见"), max_length=200, blank=True)
    moves_on = models.DateField(_("转入日期"), null=True, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state="proposed"),
                name="units_transfer_one_waiting",
                violation_error_message=_("这名党员已经有一条等待接收的转接，请先等对方答复或撤回。"),
            ),
            models.CheckConstraint(
                condition=~Q(sender=F("receiver")),
                name="units_transfer_to_another",
                violation_error_message=_("转出支部和接收支部不能是同一个。"),
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", moves_on__isnull=False) | (~Q(state="accepted") & Q(moves_on__isnull=True)),
                name="units_transfer_accepted_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(answer=""),
                name="units_transfer_declined_has_answer",
                violation_error_message=_("不接收要写一句原因。"),
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "state"], name="units_transfer_sender"),
            models.Index(fields=["receiver", "state"], name="units_transfer_receiver"),
        ]

    def __str__(self):
        return str(self.member)

    def get_absolute_url(self):
        return reverse("transfer_detail", args=[self.pk])

    @property
    def is_waiting(self):
        return self.state == TransferState.PROPOSED
