"""Sign-ins: when an account was signed in to, or somebody tried, and with what kind of browser; no network address."""
from django.conf import settings
from django.db import models

from units.enums import SignInOutcome


class SignInQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Always one's own."""
        return self.filter(user=user)

    def newest_first(self):
        return self.order_by("-at", "-pk")

    def failed(self):
        return self.exclude(outcome__in=[SignInOutcome.DONE, SignInOutcome.HALF])


class SignIn(models.Model):
    """One try. `browser` is in words (config/kit/browsers.py); rows go after units.domain.sign_ins.KEPT_FOR."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins")
    at = models.DateTimeField(db_index=True)
    outcome = models.CharField(max_length=8, choices=SignInOutcome.choices)
    browser = models.CharField(max_length=40)

    objects = SignInQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="units_signin_of_user")]

    def __str__(self):
        return f"{self.user_id} {self.outcome}"
