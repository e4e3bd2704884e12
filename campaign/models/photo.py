"""Photos: always optional, never scored; re-encoded copies without their metadata."""
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaign.models.part import ActivityPart
from units import scope

NO_SMALL = "-"


class PhotoQuerySet(models.QuerySet):
    def without_small(self):
        """Those whose small copy nobody has tried to make yet."""
        return self.filter(small="")

    def visible_to(self, user):
        """Where one reads, all; as a plain member those of activities and of how promises were judged; besides, those of joint
        activities in which an organisation of the scope had a part, and those of what is one's own: uploaded by oneself, of
        the progress of an item one owns, of a visit one makes. So a photo is seen by whoever sees its record."""
        joint = ActivityPhoto.objects.filter(activity__in=ActivityPart.objects.visible_to(user).values("activity"))
        of_all = self._with(activity_photos__isnull=False) | self._with(outcome_photos__isnull=False)
        own = (
            Q(uploaded_by=user) | self._with(rectification_photos__progress__rectification__owner=user.member_id or 0)
            | self._with(finding_photos__answer__visit__inspectors__user=user)
        )
        return self.filter(
            scope.within_any(user.reading_paths(), "organization__")
            | scope.within_any(user.scope_paths(), "organization__") & of_all
            | Q(pk__in=joint.values("photo")) | own
        )

    def _with(self, **record):
        """Whether the photo belongs to such a record: a look by key, however many photos there are."""
        return Q(Exists(Photo.objects.filter(pk=OuterRef("pk"), **record)))


class Photo(models.Model):
    """One stored picture; `taken_on` is kept apart from the file for the author's own check, the place is not kept."""

    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="photos")
    file = models.FileField(upload_to="photos/%Y%m/")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    byte_size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    taken_on = models.DateField(null=True, blank=True)
    uploaded_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    # The name of the small copy that a job makes; "" waits for it, NO_SMALL could not be made.
    small = models.CharField(max_length=100, blank=True, db_index=True)

    objects = PhotoQuerySet.as_manager()

    def __str__(self):
        return self.file.name

    def get_absolute_url(self):
        return reverse("photo", args=[self.pk])

    @property
    def small_url(self):
        """Where lists take it from; until the small copy is made, the photo itself is served there."""
        return f"{self.get_absolute_url()}?size=small"

    @property
    def has_small(self):
        return self.small not in ("", NO_SMALL)


class StagedPhotoQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(photo__uploaded_by=user)


class StagedPhoto(models.Model):
    """A photo that came with a form which was shown again; it waits for its author to submit, a day at most."""

    photo = models.OneToOneField(Photo, on_delete=models.CASCADE, primary_key=True, related_name="staged")
    staged_at = models.DateTimeField()

    objects = StagedPhotoQuerySet.as_manager()

    def __str__(self):
        return str(self.photo)


class ActivityPhoto(models.Model):
    """A photo in its place within one version of an activity."""

    activity = models.ForeignKey("campaign.Activity", on_delete=models.CASCADE, related_name="activity_photos")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, related_name="activity_photos")
    caption = models.CharField(_("说明"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "photo"], name="campaign_activityphoto_once")]

    def __str__(self):
        return self.caption
