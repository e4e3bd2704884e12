"""Accounts: made, given a first password, stopped and started; what an account may do is another administrator's matter."""
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.names import tidy
from config.kit.refusal import Refusal
from units.domain.history import record, record_many
from units.domain.passwords import first_password
from units.enums import LEADS_BRANCH
from units.models import Member, Post, User


class UsernameTaken(Refusal):
    """Another account has this name."""

    field = "username"


class NoSuchMember(Refusal):
    """The organisation has no member of this name and month of birth, or two of them."""

    field = "organization"


class MemberHasAccount(Refusal):
    """One person, one account."""

    field = "organization"


class AlreadyLinked(Refusal):
    """The account is a member's already."""


class MemberGone(Refusal):
    """Who belongs to no organisation any more has no account."""


class OwnAccount(Refusal):
    """Nobody stops the own account: there would be nobody to start it again."""


@transaction.atomic
def create_account(*, username, name, organization=None, born_on=None, email="", by, at):
    """Make an account; with `organization` it is linked to its only member of that name, of two to the one born in the month
    of `born_on`. Returns (User, password).

    Raises UsernameTaken, NoSuchMember, MemberHasAccount.
    """
    member = _member_called(name, organization, born_on) if organization else None
    password = first_password()
    try:
        with transaction.atomic():
            user = User.objects.create_user(
                username, password, name=tidy(name), email=email, member=member, must_change_password=True
            )
    except IntegrityError as reason:
        raise UsernameTaken(_("这个账号已经用过。")) from reason
    record(user, "create_account", by=by, at=at, organization=organization)
    return user, password


@transaction.atomic
def link_account(user, *, organization, born_on=None, by, at):
    """Link an account that was made without a member to the one of its name. Returns the Member.

    Raises AlreadyLinked, NoSuchMember, MemberHasAccount.
    """
    member = _member_called(user.name, organization, born_on)
    try:
        with transaction.atomic():
            linked = User.objects.filter(pk=user.pk, member__isnull=True).update(member=member)
    except IntegrityError as reason:
        raise MemberHasAccount(_("这名党员已经有账号。")) from reason
    if not linked:
        raise AlreadyLinked(_("这个账号已经和名册上的党员对应。"))
    record(user, "link_member", by=by, at=at, detail={"note": f"{member.name} · {organization}"}, organization=organization)
    return member


def _member_called(name, organization, born_on):
    words = {"name": tidy(name)}
    members = list(Member.objects.present().filter(organization=organization, name=words["name"]))
    if not members:
        raise NoSuchMember(_("这个党组织没有叫“%(name)s”的党员。") % words)
    if len(members) > 1 and not born_on:
        raise NoSuchMember(_("这个党组织不止一名党员叫“%(name)s”，请写出生年月。") % words, field="born_on")
    if born_on:
        same = (born_on.year, born_on.month)
        members = [one for one in members if one.born_on and (one.born_on.year, one.born_on.month) == same]
    if not members:
        raise NoSuchMember(_("名册上叫“%(name)s”的党员不是这个月出生的，请核对。") % words, field="born_on")
    if len(members) > 1:
        raise NoSuchMember(_("不止一名叫“%(name)s”的党员是这个月出生的，分不清是谁，请不写所在党组织。") % words)
    if User.objects.filter(member=members[0]).exists():
        raise MemberHasAccount(_("这名党员已经有账号。"))
    return members[0]


@transaction.atomic
def create_secretary_accounts(*, by, at):
    """Accounts for all secretaries on the roster who have none, called after their organisation's code.

    Returns [(User, password, Organization)] in institutional order; the passwords exist nowhere else.
    """
    waiting = Member.objects.filter(posts__kind__in=LEADS_BRANCH, account__isnull=True)
    held = Member.objects.filter(pk__in=waiting.values("pk")).select_for_update()
    list(held.order_by("pk").values_list("pk"))  # of two presses at once the second sees what the first has made
    taken, made = set(User.objects.values_list("username", flat=True)), []
    for post in secretaries_without_account():
        username = _free_name(post.organization.code.lower(), taken)
        user = User(username=username, name=post.member.name, member=post.member, must_change_password=True)
        password = first_password()
        user.set_password(password)
        made.append((user, password, post.organization))
    User.objects.bulk_create([user for user, _password, _organization in made])
    record_many([(user, "create_account", {}, organization) for user, _password, organization in made], by=by, at=at)
    return made


def secretaries_without_account():
    """[Post] of the secretaries on the roster who have no account, in institutional order; each person once."""
    posts = (
        Post.objects.standing()
        .filter(kind__in=LEADS_BRANCH, ends_on__isnull=True, organization__dissolved_on__isnull=True)
        .filter(member__account__isnull=True)
        .select_related("member", "organization")
        .order_by("organization__path")
    )
    first = {}  # secretary of two organisations: one person, one account
    for post in posts:
        first.setdefault(post.member_id, post)
    return list(first.values())


def _free_name(wanted, taken):
    """`wanted`, or with the next free number behind it; takes it."""
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    taken.add(name)
    return name


@transaction.atomic
def reset_password(user, *, by, at):
    """Give the account a new first password; whoever is signed in with the old one is signed out. Returns the password."""
    password = first_password()
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record(user, "reset_password", by=by, at=at)
    return password


@transaction.atomic
def set_active(user, active, *, by, at):
    """Stop or start an account. Raises OwnAccount, MemberGone."""
    if user.pk == by.pk:
        raise OwnAccount(_("不能停用自己的账号。"))
    if active and user.member_id and not user.member.is_present:
        raise MemberGone(_("%(name)s已经离开，账号不能恢复。") % {"name": user.member.name})
    if User.objects.filter(pk=user.pk).exclude(is_active=active).update(is_active=active):
        record(user, "enable" if active else "disable", by=by, at=at)
    user.is_active = active
    return user
