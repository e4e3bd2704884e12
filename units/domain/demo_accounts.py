"""Accounts for looking around a demo: one per role, with passwords made at that moment and stored only as hashes."""
import unicodedata
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from units.domain.history import record
from units.domain.passwords import first_password
from units.enums import ADMINISTRATORS, OrganizationKind, PostKind, Role
from units.models import Member, Organization, Post, RoleGrant, User

USERNAMES = {role.value: role for role in Role}  # each demo account is called like its role
SMALLEST_BRANCH = 8


class NothingToShow(Refusal):
    """There are no organisations that the accounts could belong to."""


@dataclass(frozen=True)
class Made:
    """One account as it is told to the person at the terminal; `password` exists nowhere else."""

    role: str
    username: str
    password: str
    holder: str


@transaction.atomic
def create_missing(*, at):
    """Make the accounts that do not exist yet, without passwords: `hand_out` gives them. Raises NothingToShow."""
    there = set(User.objects.filter(username__in=USERNAMES).values_list("username", flat=True))
    wanted = [role for role in Role if role.value not in there]
    if wanted:
        places = _places()
        for role in wanted:
            _create(role, *places[role], at=at)


@transaction.atomic
def hand_out(*, at):
    """Give a password to every demo account that has none yet. Returns [Made] in the order of the roles."""
    return [_renew(user, at=at) for user in _accounts() if not user.has_usable_password()]


@transaction.atomic
def reset(*, at):
    """Give every demo account a new password, and make those that are missing. Returns [Made]. Raises NothingToShow."""
    create_missing(at=at)
    return [_renew(user, at=at) for user in _accounts()]


def _accounts():
    order = list(USERNAMES)
    return sorted(User.objects.filter(username__in=USERNAMES), key=lambda user: order.index(user.username))


def _renew(user, *, at):
    password = first_password()
    user.set_password(password)
    user.is_active = True
    user.save(update_fields=["password", "is_active"])
    record(user, "reset_password", by=None, at=at)
    return Made(str(USERNAMES[user.username].label), user.username, password, user.name)


def table(made):
    """The accounts as lines of aligned text; Chinese characters count as two columns."""
    rows = [[str(_("角色")), str(_("账号")), str(_("密码")), str(_("姓名"))]]
    rows += [[account.role, account.username, account.password, account.holder] for account in made]
    widths = [max(_columns(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join(cell + " " * (width - _columns(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in rows]


def _columns(text):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _create(role, organization, member, *, at):
    name = member.name if member else str(_("演示：%(role)s") % {"role": role.label})
    user = User.objects.create_user(role.value, None, name=name, member=member)
    RoleGrant.objects.create(
        user=user, role=role, organization=organization, starts_on=timezone.localdate(at), granted_at=at
    )
    record(user, "create_account", by=None, at=at, detail={"role": role.value, "demo": True}, organization=organization)


def _places():
    """{role: (organisation, member)}: one branch with a secretary, the unit above it, and the root of the tree."""
    root = Organization.objects.in_institutional_order().first()
    if root is None:
        raise NothingToShow(_("还没有党组织，请先装入演示数据。"))
    branch, secretary = _branch()
    branch = branch or root
    unit = Organization.objects.above(branch).units().first() or branch
    free = Member.objects.within(branch).full().filter(account__isnull=True)
    plain = free.exclude(pk=secretary.pk if secretary else None).exclude(
        pk__in=Post.objects.standing().filter(ends_on__isnull=True).values("member")
    ).by_strokes().first()
    places = {
        Role.SECRETARY: (branch, secretary),
        Role.COMMITTEE: (unit, None),
        Role.OFFICE: (root, None),
        Role.LEADER: (root, None),
        Role.INSPECTOR: (root, None),
        Role.MEMBER: (branch, plain),
    }
    return places | dict.fromkeys(ADMINISTRATORS, (None, None))


def _branch():
    """The first branch of some size whose secretary is on the roster and has no account: (organisation, member)."""
    post = (
        Post.objects.standing()
        .filter(kind=PostKind.SECRETARY, ends_on__isnull=True, organization__kind=OrganizationKind.BRANCH)
        .filter(member__account__isnull=True)
        .annotate(people=Count("organization__members"))
        .filter(people__gte=SMALLEST_BRANCH)
        .order_by("organization__path")
        .select_related("organization", "member")
        .first()
    )
    return (post.organization, post.member) if post else (None, None)
