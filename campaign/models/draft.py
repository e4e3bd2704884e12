"""Drafts of activities: what was typed so far; a draft is no fact and no one else sees it."""
import uuid

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _


class ActivityDraftQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(author=user)


class ActivityDraft(models.Model):
    """The typed fields of one unsent form of one author; `data` is {field: [values]} as a form sends them."""

    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey("units.User", on_delete=models.CASCADE, related_name="activity_drafts")
    organization = models.ForeignKey("units.Organization", on_delete=models.CASCADE, related_name="+")
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    objects = ActivityDraftQuerySet.as_manager()

    def __str__(self):
        return self.first("title") or self.first("text")[:20] or _("还没有写内容")

    def get_absolute_url(self):
        return f"{reverse('activity_new')}?draft={self.token}"

    def first(self, name):
        """The field's value, or its first one; "" when nothing was typed."""
        return (self.data.get(name) or [""])[0]
