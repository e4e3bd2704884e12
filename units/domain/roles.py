"""Role grants: who may do what where; never given to oneself, and the three administrators stay apart."""
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from units.domain.history import record, record_many
from units.enums import ADMINISTRATORS, LEADS_BRANCH, Role
from units.models import Post, RoleGrant, User


class RoleRefused(Refusal):
    """A rule of the database forbids the grant; the message is the rule's own."""


class AdministratorsStayApart(Refusal):
    """An administrator's account has no business role, so that nobody can both keep the doors and walk through them."""


class GrantEnded(Refusal):
    """The grant was revoked before."""


class OwnGrant(Refusal):
    """Nobody changes the own rights."""


@transaction.atomic
def grant_role(user, role, organization, *, starts_on, ends_on=None, by, at, on):
    """Let `user` act as `role` over the subtree of `organization` (None for an administrator). Returns the RoleGrant.

    Raises RoleRefused with the words of the constraint, AdministratorsStayApart.
    """
    if ends_on and ends_on < on:
        raise RoleRefused(_("结束日期不能早于今天。"), field="ends_on")
    User.objects.select_for_update().get(pk=user.pk)  # of two grants at once the second sees the first
    close_ended([user], at=at, on=on)
    grant = RoleGrant(
        user=user, role=role, organization=organization, starts_on=starts_on, ends_on=ends_on, granted_by=by, granted_at=at
    )
    try:
        grant.validate_constraints()
    except ValidationError as reason:
        raise RoleRefused(reason.messages[0]) from reason
    others = user.grants.filter(revoked_at__isnull=True)
    mixed = others.exclude(role__in=ADMINISTRATORS) if role in ADMINISTRATORS else others.filter(role__in=ADMINISTRATORS)
    if mixed.exists():
        raise AdministratorsStayApart(_("三员的账号不能再有业务角色，请另开账号。"))
    try:
        with transaction.atomic():
            grant.save()
    except IntegrityError as reason:
        raise RoleRefused(_("刚有人做了同样的授权，请刷新页面再看。")) from reason
    record(user, "grant", by=by, at=at, detail=_told(role, organization, ends_on), organization=organization)
    return grant


def close_ended(users, *, at, on):
    """Revoke what has run out, so that it stands in the way of no new role; grants that count are left alone."""
    RoleGrant.objects.filter(user__in=users, revoked_at__isnull=True, ends_on__lt=on).update(revoked_at=at)


@transaction.atomic
def revoke_role(grant, *, by, at):
    """End a grant now. Raises OwnGrant, GrantEnded."""
    if grant.user_id == by.pk:
        raise OwnGrant(_("不能撤销自己的角色。"))
    if not RoleGrant.objects.filter(pk=grant.pk, revoked_at__isnull=True).update(revoked_at=at):
        raise GrantEnded(_("这个角色已经撤销。"))
    record(
        grant.user, "revoke", by=by, at=at, detail=_told(grant.role, grant.organization, None),
        organization=grant.organization,
    )


def revoke_all(grants, *, by, at):
    """End those of `grants` (a queryset) that nobody has ended: what they were given for is no more. Returns them."""
    grants = list(grants.filter(revoked_at__isnull=True).select_related("user", "organization").order_by("pk"))
    RoleGrant.objects.filter(pk__in=[grant.pk for grant in grants]).update(revoked_at=at)
    record_many(
        [(grant.user, "revoke", _told(grant.role, grant.organization, None), grant.organization) for grant in grants],
        by=by, at=at,
    )
    return grants


@transaction.atomic
def grant_secretaries(*, by, at, on):
    """The role of secretary over their organisation for all accounts whose member holds that post and has it not yet.

    Returns the grants made. One's own account is left out: nobody grants to oneself.
    """
    posts = _secretary_posts(by=by, on=on)
    accounts = User.objects.filter(member__in=posts.values("member"))
    list(accounts.select_for_update().order_by("pk").values_list("pk"))  # of two presses at once the second sees the first
    close_ended(accounts, at=at, on=on)
    RoleGrant.objects.filter(  # somebody who stood in is now the secretary
        role=Role.SECRETARY, delegated_from__isnull=False, revoked_at__isnull=True, organization__in=posts.values("organization"),
        user__member__in=posts.values("member"),
    ).update(revoked_at=at)
    grants = [
        RoleGrant(
            user=post.member.account, role=Role.SECRETARY, organization=post.organization, starts_on=on, granted_by=by,
            granted_at=at,
        )
        for post in secretaries_without_role(by=by, on=on)
    ]
    RoleGrant.objects.bulk_create(grants)
    record_many(
        [(grant.user, "grant", _told(grant.role, grant.organization, None), grant.organization) for grant in grants],
        by=by, at=at,
    )
    return grants


def _secretary_posts(*, by, on):
    """The posts of secretaries with an account that may be given the role by `by`, in institutional order."""
    return (
        Post.objects.standing().on(on)
        .filter(kind__in=LEADS_BRANCH, organization__dissolved_on__isnull=True, member__account__is_active=True)
        .exclude(member__account=by)
        .exclude(member__account__grants__in=RoleGrant.objects.filter(role__in=ADMINISTRATORS, revoked_at__isnull=True))
        .select_related("organization", "member__account")
        .order_by("organization__path")
    )


def secretaries_without_role(*, by, on):
    """[Post] of those secretaries who have the role not, or not of their own; what `grant_secretaries` would give it to."""
    held = RoleGrant.objects.in_force(on=on) | RoleGrant.objects.filter(revoked_at__isnull=True, starts_on__gt=on)
    there = set(
        held.filter(role=Role.SECRETARY, delegated_from__isnull=True).values_list("user", "organization")
    )
    return [post for post in _secretary_posts(by=by, on=on) if (post.member.account.pk, post.organization_id) not in there]


def _told(role, organization, ends_on):
    """What the history says of a grant."""
    words = str(Role(role).label) + (f" · {organization}" if organization else "")
    return {"role": str(role), "note": words + (_("，到 %(day)s") % {"day": ends_on.isoformat()} if ends_on else "")}
