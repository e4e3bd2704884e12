"""Drafts of activities: what was typed so far; a draft is no fact and no one else sees it."""
import uuid

from django.db import models


class ActivityDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(author=user)


class ActivityDraft(models.Model):
    """The typed fields of one unsent form of one author."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey("units.User", on_delete=models.CASCADE, related_name="activity_drafts")
    organization = models.ForeignKey("units.Organization", on_delete=models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = ActivityDraftQuerySet.as_manager()

    def __str__(self):
        return self.data.get("title") or str(self.token)
