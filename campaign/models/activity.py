"""Activities: what a branch did, on which day, with whom; submitted facts that are corrected by new versions only."""
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaign.models.part import ActivityPart
from config.kit.facts import Fact, FactQuerySet
from units import scope
from units.enums import LinkedBodyKind


class ActivityQuerySet(FactQuerySet):
    """Reads in the words of the office."""

    def visible_to(self, user, *, joint=False):
        """The scope's own; with `joint` also those in which one of its organisations had a part: for single records, a long
        list is read by an index that knows of no parts."""
        own = scope.within_any(user.scope_paths(), "organization__")
        parts = ActivityPart.objects.visible_to(user).values("activity")
        return self.filter(own | Q(pk__in=parts) if joint else own)

    def within(self, organization):
        return self.filter(scope.within(organization.path, "organization__"))

    def between(self, first, last):
        return self.filter(happened_on__gte=first, happened_on__lte=last)

    def in_phase(self, phase):
        return self.between(phase.starts_on, phase.ends_on)

    def serving(self, code):
        """Activities that serve the criterion `code`."""
        return self.filter(criteria__code=code)

    def mentioning(self, words):
        """Activities whose name, text or place holds every one of the words."""
        found = self
        for word in words.split():
            found = found.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(place__icontains=word))
        return found

    def with_first_record(self):
        """Each with `first_recorded_at`, the moment of the first version: a correction does not make a record late."""
        first = Activity.objects.filter(lineage=OuterRef("lineage")).order_by("recorded_at", "pk")
        return self.annotate(first_recorded_at=Subquery(first.values("recorded_at")[:1]))

    def together_with(self, body):
        """Activities in which the linked body took part."""
        return self.filter(linked_bodies=body)

    def last_versions(self):
        """One row for each activity: the version that stands, or the last one of a withdrawn activity."""
        return self.filter(corrected_by__isnull=True)

    def for_page(self):
        """With what the page of one activity shows."""
        return self.with_first_record().select_related("organization", "campaign", "kind", "task__plan", "recorded_by")

    def for_list(self):
        """With what a row of a list shows."""
        return self.with_first_record().select_related("organization", "kind").prefetch_related("criteria")

    def newest_first(self):
        return self.order_by("-happened_on", "-recorded_at", "-pk")


class Activity(Fact):
    """One version of one activity. `expected` and `present` count members; `has_roster` says that the names are known
    (participation rows stand for exactly `expected` members). `bodies` are LinkedBodyKinds of bodies that nobody has
    registered; registered ones are `linked_bodies`. `extras` is {KindField.code: text or number}."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="activities")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="activities")
    kind = models.ForeignKey("campaign.ActivityKind", on_delete=models.PROTECT, related_name="activities", verbose_name=_("类型"))
    task = models.ForeignKey(
        "campaign.Task", on_delete=models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("任务")
    )
    title = models.CharField(_("名称"), max_length=60)
    text = models.CharField(_("做了什么，有什么变化"), max_length=300)
    place = models.CharField(_("地点"), max_length=60, blank=True)
    happened_on = models.DateField(_("日期"))
    expected = models.PositiveIntegerField(_("应到党员"))
    present = models.PositiveIntegerField(_("参加党员"))
    masses = models.PositiveIntegerField(_("参加群众"), default=0)
    served = models.PositiveIntegerField(_("服务群众"), default=0)
    bodies = models.JSONField(_("一起参加的"), default=list)
    extras = models.JSONField(default=dict)
    has_roster = models.BooleanField(default=False)
    linked_bodies = models.ManyToManyField("units.LinkedBody", through="campaign.ActivityBody", related_name="activities")
    photos = models.ManyToManyField("campaign.Photo", through="campaign.ActivityPhoto", related_name="activities")

    objects = ActivityQuerySet.as_manager()

    class Meta(Fact.Meta):
        constraints = [
            *Fact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(present__lte=F("expected")),
                name="campaign_activity_present_within_expected",
                violation_error_message=_("参加的人数不能多于应到的人数。"),
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "happened_on"], name="campaign_activity_org_day"),
            models.Index(fields=["campaign", "happened_on"], name="campaign_activity_camp_day"),
            models.Index(  # the dashboard reads nothing but the index
                fields=["organization", "campaign", "happened_on"], name="campaign_activity_standing",
                condition=Q(superseded_at__isnull=True),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("activity_detail", args=[self.lineage])

    @property
    def body_words(self):
        """The linked bodies that took part, in words."""
        return told_bodies(self.linked_bodies.all(), self.bodies)

    @property
    def days_late(self):
        """Days from the event to the first record of it (of this version, where the query did not ask for the first)."""
        recorded_at = getattr(self, "first_recorded_at", None) or self.recorded_at
        return (timezone.localdate(recorded_at) - self.happened_on).days


class ActivityCriterion(models.Model):
    """A criterion (by its code) that an activity serves."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=4)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "code"], name="campaign_activitycriterion_once")]
        indexes = [models.Index(fields=["code", "activity"], name="campaign_actcriterion_code")]

    def __str__(self):
        return self.code


class ActivityBody(models.Model):
    """A registered linked body that took part in a version of an activity."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="body_rows")
    body = models.ForeignKey("units.LinkedBody", on_delete=models.PROTECT, related_name="activity_rows")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "body"], name="campaign_activitybody_once")]

    def __str__(self):
        return f"{self.body_id}"


def told_bodies(linked, kinds):
    """Names of registered bodies, then the words of kinds without a registered one."""
    words = dict(LinkedBodyKind.choices)
    return [body.name for body in linked] + [str(words.get(kind, kind)) for kind in kinds]
