"""Where a member belongs: memberships begin, move and end, and `Member.organization` follows them."""
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from config.kit.dates import chinese_date
from config.kit.facts import FactSuperseded, supersede
from config.kit.refusal import Refusal
from units.domain.organization_endings import end_before
from units.models import GroupPlace, Member, Membership, Post


class DayCannotBe(Refusal):
    """The day lies in the future, or before what it follows."""


class HasNoMembership(Refusal):
    """The member belongs to no organisation any more, or somebody else moved or removed the member first."""


def too_late(day, *, on, field, word):
    """The refusal of a day behind `on`, named by `word` at `field`; None for one that is past."""
    return DayCannotBe(_("%(word)s不能晚于今天。") % {"word": word}, field=field) if day > on else None


def must_be_past(day, *, on, field, word):
    """Refuse a day behind `on`, named by `word` at `field`."""
    if refusal := too_late(day, on=on, field=field, word=word):
        raise refusal


def open_membership(member):
    """The standing membership without an end. Raises HasNoMembership."""
    membership = Membership.objects.standing().filter(member=member, ends_on__isnull=True).first()
    if membership is None:
        raise HasNoMembership(_("%(name)s现在不在任何党组织，不能办理。") % {"name": member.name})
    return membership


def begin_membership(member, organization, *, starts_on, by, at):
    """Let `member` belong to `organization` from `starts_on`, and show it on the member. Returns the Membership."""
    Member.objects.filter(pk=member.pk).update(organization=organization, left_on=None, left_as="")
    member.organization, member.left_on, member.left_as = organization, None, ""
    return Membership.objects.create(
        member=member, organization=organization, starts_on=starts_on, recorded_at=at, recorded_by=by
    )


def end_membership(membership, *, last_day, reason, by, at):
    """Close the open membership: its next version ends on `last_day`. Returns that version.

    Raises DayCannotBe before its first day, HasNoMembership when somebody was quicker.
    """
    if last_day < membership.starts_on:
        raise DayCannotBe(
            _("组织关系是%(day)s才到这里的，日期不能更早。") % {"day": chinese_date(membership.starts_on)}, field="happened_on"
        )
    ended = Membership(
        member_id=membership.member_id, organization_id=membership.organization_id, starts_on=membership.starts_on,
        ends_on=last_day, recorded_by=by, change_reason=reason[:200],
    )
    try:
        ended = supersede(membership, at=at, replacement=ended)
    except FactSuperseded as lost:
        raise HasNoMembership(_("刚有人办了这名党员的组织关系，请刷新页面再看。")) from lost
    for place in GroupPlace.objects.standing().filter(member=membership.member_id, ends_on__isnull=True):
        end_before(place, last_day + timedelta(days=1), by=by, at=at)  # a party group is part of the branch
    return ended


def move_membership(member, organization, *, starts_on, reason, by, at):
    """End the open membership the day before `starts_on` and begin one in `organization`. Returns the new Membership."""
    end_membership(open_membership(member), last_day=starts_on - timedelta(days=1), reason=reason, by=by, at=at)
    return begin_membership(member, organization, starts_on=starts_on, by=by, at=at)


def end_posts(member, *, last_day, reason, by, at, stays_in=None):
    """End the member's posts, but those in `stays_in` and above it. Returns the posts that were ended."""
    ended = []
    for post in Post.objects.standing().filter(member=member, ends_on__isnull=True).select_related("organization"):
        if stays_in is None or not post.organization.contains(stays_in):
            end_before(post, last_day + timedelta(days=1), by=by, at=at, reason=reason[:200])
            ended.append(post)
    return ended
