"""Opinions (意见箱): what one is about, how far it is, and what was written, sealed.

No row names who wrote, and none has a moment finer than the day. Keys are random, so that they tell no order.
"""
import secrets

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from evaluations.enums import OPINION_OPEN, AttachmentKind, OpinionKind, OpinionState
from units.enums import SPEAKS_FOR_OWN, Role
from units.models import Member, Organization, Post


def random_key():
    """62 random bits."""
    return secrets.randbits(62) + 1


def organizations_of(user):
    """Where the user belongs: by roles, as a member, by posts; a queryset."""
    held = Post.objects.standing().filter(member=user.member_id or 0, ends_on__isnull=True).values("organization")
    joined = Member.objects.filter(pk=user.member_id or 0).values("organization")
    granted = [grant.organization_id for grant in user.current_grants if grant.organization_id]
    return Organization.objects.filter(Q(pk__in=granted) | Q(pk__in=joined) | Q(pk__in=held))


class OpinionQuerySet(models.QuerySet):
    """Reads in the words of the office."""

    def visible_to(self, user):
        """The office's, the leaders' and the handler's, but to nobody who belongs to the unit it is about, or below it."""
        grants = user.current_grants
        tops = [grant.organization_id for grant in grants if grant.role in (Role.OFFICE, Role.LEADER)]
        handled = [grant.organization_id for grant in grants if grant.role in SPEAKS_FOR_OWN]
        theirs = Q(organization__in=tops) | Q(handler__in=handled) | Q(handler_account=user.pk)
        return self.filter(theirs).outside_the_line_of(user)

    def outside_the_line_of(self, user):
        """Without those about a unit, or something above it, to which the user belongs."""
        inside = organizations_of(user).filter(lft__gte=OuterRef("about__lft"), lft__lte=OuterRef("about__rgt"))
        return self.filter(~Exists(inside))

    def open(self):
        return self.filter(state__in=OPINION_OPEN)

    def late(self, *, on):
        return self.open().filter(due_on__lt=on)

    def oldest_first(self):
        return self.order_by("received_on", "pk")


class Opinion(models.Model):
    """One opinion. `organization` is the root whose office routes it, `about` the unit that it is about, if any.

    `handler` (an organisation) or `handler_account` deals with it. `digest` is the SHA-256 of the case code, null once the
    texts were deleted. `heard_on`: when its sender last wrote.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    organization = models.ForeignKey("units.Organization", on_delete=models.PROTECT, related_name="opinions")
    about = models.ForeignKey(
        "units.Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="opinions_about",
        verbose_name=_("关于哪个单位"),
    )
    kind = models.CharField(_("种类"), max_length=10, choices=OpinionKind.choices)
    state = models.CharField(max_length=8, choices=OpinionState.choices, default=OpinionState.RECEIVED)
    digest = models.CharField(max_length=64, unique=True, null=True, editable=False)
    handler = models.ForeignKey(
        "units.Organization", on_delete=models.PROTECT, null=True, blank=True, related_name="opinions_handled"
    )
    handler_account = models.ForeignKey(
        "units.User", on_delete=models.PROTECT, null=True, blank=True, related_name="opinions_handled"
    )
    received_on = models.DateField(_("收到日期"))
    heard_on = models.DateField()
    due_on = models.DateField(_("答复期限"))
    answered_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    purged_on = models.DateField(null=True, blank=True)
    is_settled = models.BooleanField(default=False)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=OpinionState.RECEIVED) | Q(handler__isnull=False) | Q(handler_account__isnull=False),
                name="evaluations_opinion_handled_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(handler__isnull=True) | Q(handler_account__isnull=True),
                name="evaluations_opinion_one_handler",
            ),
            models.CheckConstraint(
                condition=Q(handler__isnull=True) | Q(about__isnull=True) | ~Q(handler=F("about")),
                name="evaluations_opinion_not_handled_by_its_unit",
                violation_error_message=_("被反映的单位不能承办反映自己的意见。"),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("received_on")), name="evaluations_opinion_due_after_received",
                violation_error_message=_("答复期限不能早于收到的那天。"),
            ),
            models.CheckConstraint(
                condition=Q(digest__isnull=True, purged_on__isnull=False) | Q(digest__isnull=False, purged_on__isnull=True),
                name="evaluations_opinion_code_until_purged",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="evaluations_opinion_due")]

    def __str__(self):
        return _now("意见 %(number)s") % {"number": self.number}

    def get_absolute_url(self):
        return reverse("opinion_detail", args=[self.pk])

    @property
    def number(self):
        """Six digits by which people speak of it; they say nothing of order."""
        return f"{self.pk % 1_000_000:06d}"

    @property
    def handled_by(self):
        """The organisation or account that deals with it, or None."""
        return self.handler or self.handler_account


class OpinionMessage(models.Model):
    """One text of the thread, sealed in one size: the sender's, or (`is_answer`) an answer to it."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    opinion = models.ForeignKey(Opinion, on_delete=models.CASCADE, related_name="messages")
    position = models.PositiveSmallIntegerField()
    is_answer = models.BooleanField()
    written_on = models.DateField()
    sealed = models.BinaryField()
    is_settled = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["opinion", "position"], name="evaluations_opinionmessage_place")]

    def __str__(self):
        return str(self.position)


class OpinionAttachment(models.Model):
    """A file of the sender's, without metadata and without its name, sealed in steps of 64 KiB."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    message = models.ForeignKey(OpinionMessage, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=4, choices=AttachmentKind.choices)
    sealed = models.BinaryField()
    is_settled = models.BooleanField(default=False)

    def __str__(self):
        return self.get_kind_display()


class OpinionFollowUp(models.Model):
    """What has to be put right because of it; the item's words are the office's, never the sender's."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="follow_ups")
    rectification = models.OneToOneField(
        "campaign.Rectification", on_delete=models.PROTECT, related_name="raised_by_opinion"
    )

    def __str__(self):
        return str(self.rectification)


class OpinionCommitment(models.Model):
    """A public commitment that answers it."""

    opinion = models.ForeignKey(Opinion, on_delete=models.PROTECT, related_name="commitments")
    commitment = models.ForeignKey("campaign.Commitment", on_delete=models.PROTECT, related_name="answered_opinions")

    class Meta:
        constraints = [models.UniqueConstraint(
            fields=["opinion", "commitment"], name="evaluations_opinioncommitment_once",
            violation_error_message=_("这条承诺已经写上了。"),
        )]

    def __str__(self):
        return str(self.commitment)
