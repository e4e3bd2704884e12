"""Documents beside an activity (PDF, DOCX): optional, never scored, served as attachments only."""
from django.db import models
from django.db.models import Q
from django.urls import reverse

from campaign.models.part import ActivityPart
from units import scope


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The scope's own, and those of joint activities in which an organisation of the scope had a part."""
        shown = ActivityDocument.objects.filter(activity__in=ActivityPart.objects.visible_to(user).values("activity"))
        return self.filter(scope.within_any(user.scope_paths(), "organization__") | Q(pk__in=shown.values("document")))


class Document(models.Model):
    """One stored file as it came, with the name that its author gave it."""

    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="documents")
    file = models.FileField(upload_to="documents/%Y%m/")
    name = models.CharField(max_length=100)
    byte_size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("document", args=[self.pk])


class ActivityDocument(models.Model):
    """A document of one version of an activity."""

    activity = models.ForeignKey("campaign.Activity", on_delete=models.CASCADE, related_name="activity_documents")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="activity_documents")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "document"], name="campaign_activitydocument_once")]

    def __str__(self):
        return f"{self.activity_id} {self.document_id}"
