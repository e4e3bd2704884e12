"""When somebody last looked at an organisation's page, so that the page can say what has changed since."""
from django.conf import settings
from django.db import models


class PageView(models.Model):
    """The newest view and the one before it; older ones are forgotten. Shown to nobody but the reader."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    organization = models.ForeignKey("units.Organization", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    before = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organization"], name="units_pageview_once")]

    def __str__(self):
        return f"{self.user_id} {self.organization_id} {self.at}"
