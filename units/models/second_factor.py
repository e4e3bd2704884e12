"""The second step of signing in (4-trust §3): a secret that a phone counts codes with, and codes on paper for when it is lost."""
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SecondFactor(models.Model):
    """One account's TOTP secret (RFC 6238), sealed. `last_step` is the last 30-second step whose code was taken: none is taken
    twice. After too many wrong codes nothing is asked before `locked_until`."""

    user = models.OneToOneField("units.User", on_delete=models.CASCADE, related_name="second_factor")
    secret = models.BinaryField()
    enrolled_at = models.DateTimeField()
    last_step = models.BigIntegerField(default=0)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.BigIntegerField(default=0)  # seconds of real time, like the codes

    def __str__(self):
        return str(self.user_id)


class RecoveryCode(models.Model):
    """One code on paper, stored as a password is; it works once."""

    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="codes")
    hash = models.CharField(max_length=128)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["factor"], condition=Q(used_at__isnull=True), name="units_recoverycode_left")]
        verbose_name = _("恢复码")

    def __str__(self):
        return str(self.pk)
