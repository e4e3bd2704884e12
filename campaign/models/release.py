"""What a unit offers to show (典型、图片展、成果): written by the unit, published by the office, shown for its time."""
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from campaign.enums import RELEASE_EDITABLE, ReleaseState
from units import scope
from units.enums import SPEAKS_FOR_OWN, Role


class ReleaseQuerySet(models.QuerySet):
    """Reads in the words of the office."""

    def visible_to(self, user):
        """Published ones to everybody under the same root; handed in to those who read the subtree; drafts to the unit."""
        roots = sorted({path[: scope.STEP] for path in user.scope_paths()})
        writes_for = [grant.organization_id for grant in user.current_grants if grant.role in SPEAKS_FOR_OWN | {Role.OFFICE}]
        return self.filter(
            Q(state=ReleaseState.PUBLISHED) & scope.within_any(roots, "organization__")
            | ~Q(state=ReleaseState.DRAFT) & scope.within_any(user.reading_paths(), "organization__")
            | Q(organization__in=writes_for)
            | Q(created_by=user)
        )

    def on_show(self, *, on):
        """Published, and its time not over on day `on`."""
        return self.filter(Q(expires_on__isnull=True) | Q(expires_on__gte=on), state=ReleaseState.PUBLISHED)

    def ending(self, *, first, last):
        """Published, and shown until a day between `first` and `last`."""
        return self.filter(expires_on__range=(first, last), state=ReleaseState.PUBLISHED)

    def open_to_all(self, *, on):
        """What may be seen without an account."""
        return self.on_show(on=on).filter(is_open=True)

    def waiting(self):
        return self.filter(state=ReleaseState.SUBMITTED)

    def newest_first(self):
        return self.order_by(F("published_at").desc(nulls_first=True), "-pk")


class Release(models.Model):
    """The part that all of them share. The words never change once handed in; a published one is taken down or shown longer,
    not edited."""

    campaign = models.ForeignKey("campaign.Campaign", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("标题"), max_length=60)
    state = models.CharField(max_length=10, choices=ReleaseState.choices, default=ReleaseState.DRAFT)
    is_open = models.BooleanField(_("可以对外公开"), default=False)
    expires_on = models.DateField(_("展示到"), null=True, blank=True)
    created_by = models.ForeignKey("units.User", on_delete=models.PROTECT, null=True, related_name="+")
    moved_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    return_note = models.CharField(_("退回意见"), max_length=200, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False), name="%(app_label)s_%(class)s_published_has_time"
            ),
        ]
        indexes = [models.Index(fields=["campaign", "state"], name="%(app_label)s_%(class)s_state")]

    def __str__(self):
        return self.title

    @property
    def is_editable(self):
        return self.state in RELEASE_EDITABLE

    @property
    def shows_somebody(self):
        """Whether a person is shown, who has to agree."""
        return False
