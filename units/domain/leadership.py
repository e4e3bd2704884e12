"""The leading group and its office: who sits in it from which day to which day."""
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.dates import chinese_date
from config.kit.facts import supersede
from config.kit.names import tidy
from config.kit.refusal import Refusal
from units.domain.history import record
from units.domain.organization_endings import version_of
from units.enums import SINGLE_LEADERSHIP_ROLES, LeadershipRole
from units.models import LeadershipPost

ORDER = {role: place for place, role in enumerate(LeadershipRole.values)}


class WrongDay(Refusal):
    """Who sits in the group now began by today, and ended no earlier than begun."""

    field = "starts_on"


class SeatTaken(Refusal):
    """One head at a time, and nobody twice in the same role."""

    field = "role"


class OrganizationEnded(Refusal):
    """Nobody leads what exists no more."""


class PostEnded(Refusal):
    """An ended post does not end again."""


def leadership_of(organization, *, on):
    """[LeadershipPost] of a day, the head first, in the order of appointment inside a role. One query."""
    rows = LeadershipPost.objects.standing().on(on).filter(organization=organization).order_by("starts_on", "pk")
    return sorted(rows, key=lambda post: ORDER[post.role])


@transaction.atomic
def appoint(organization, *, role, name, duty="", starts_on, by, at, on):
    """Let somebody sit in the leading group of `organization`, or in its office. Returns the post.

    Raises OrganizationEnded, WrongDay, SeatTaken.
    """
    if organization.dissolved_on:
        raise OrganizationEnded(_("已经撤销的党组织不再登记领导小组。"))
    if starts_on > on:
        raise WrongDay(_("日期不能晚于今天。"))
    post = LeadershipPost(
        organization=organization, role=role, name=tidy(name), duty=duty.strip(), starts_on=starts_on, recorded_at=at,
        recorded_by=by,
    )
    there = LeadershipPost.objects.standing().filter(organization=organization, role=role, ends_on__isnull=True)
    if there.filter(name=post.name).exists():
        raise SeatTaken(_("%(name)s已经是%(role)s。") % {"name": post.name, "role": post.get_role_display()})
    _check_before(post)
    try:
        post.validate_constraints()
        with transaction.atomic():
            post.save()
    except ValidationError as reason:
        raise SeatTaken(reason.messages[0]) from reason
    except IntegrityError as reason:
        raise SeatTaken(_("刚有人登记了%(role)s，请刷新页面再看。") % {"role": post.get_role_display()}) from reason
    record(organization, "appoint", by=by, at=at, organization=organization, detail={"note": f"{starts_on.isoformat()} {post}"})
    return post


def _check_before(post):
    """Who sat there before had left by the day: one head at a time, and nobody twice, on past days too."""
    before = LeadershipPost.objects.standing().filter(
        organization=post.organization, role=post.role, ends_on__gte=post.starts_on
    )
    if post.role not in SINGLE_LEADERSHIP_ROLES:
        before = before.filter(name=post.name)
    if last := before.order_by("-ends_on").first():
        raise WrongDay(_("%(name)s任%(role)s到%(day)s，日期要晚于那一天。") % {
            "name": last.name, "role": last.get_role_display(), "day": chinese_date(last.ends_on)})


@transaction.atomic
def end_post(post, *, ends_on, by, at, on):
    """Write the last day of a post. Returns the new version. Raises PostEnded, WrongDay, FactSuperseded."""
    if post.ends_on:
        raise PostEnded(_("这一任已经结束。"))
    if ends_on > on:
        raise WrongDay(_("日期不能晚于今天。"), field="ends_on")
    if ends_on < post.starts_on:
        raise WrongDay(_("结束日期不能早于开始日期。"), field="ends_on")
    ended = supersede(post, at=at, replacement=version_of(post, by=by, ends_on=ends_on))
    record(
        post.organization, "step_down", by=by, at=at, organization=post.organization,
        detail={"note": f"{ends_on.isoformat()} {post}"},
    )
    return ended
