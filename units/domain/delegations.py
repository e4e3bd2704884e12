"""Delegation (委托): a secretary, committee or office account lets another account act in its place for some days.

The delegate acts by a role grant of its own that hangs on the delegator's: it ends by itself, or with the grant behind it. It
counts only while the delegate has chosen to act in it, so that whatever is done by it can be told apart (units.models.account).
"""
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from config.kit.dates import chinese_date
from config.kit.refusal import Refusal
from units import scope
from units.domain.history import record
from units.domain.roles import close_ended
from units.enums import ADMINISTRATORS, DELEGABLE, Role
from units.models import RoleGrant, User

MOST_DAYS = 60


class CannotDelegate(Refusal):
    """This role is not one's own to give, or is delegated already."""


class DelegateCannotBe(Refusal):
    """An administrator, oneself, somebody who cannot sign in or has the role anyway."""

    field = "user"


class DelegationDays(Refusal):
    """From today on, for MOST_DAYS at most."""

    field = "ends_on"


class DelegationEnded(Refusal):
    """It was taken back, or ran out, before."""


@transaction.atomic
def delegate(grant, *, user, starts_on, ends_on, reason, by, at, on):
    """Let `user` act in the place of `by` by `grant`, from a day to a day (both included). Returns the delegated RoleGrant.

    Raises CannotDelegate, DelegateCannotBe, DelegationDays.
    """
    _check_grant(grant, by, on)
    _check_days(starts_on, ends_on, on)
    _check_user(user, grant, by)
    close_ended([user], at=at, on=on)
    made = RoleGrant(
        user=user, role=grant.role, organization=grant.organization, starts_on=starts_on, ends_on=ends_on, granted_by=by,
        granted_at=at, delegated_from=grant, reason=reason,
    )
    try:
        made.validate_constraints()
        with transaction.atomic():
            made.save()
    except ValidationError as refused:
        raise DelegateCannotBe(refused.messages[0]) from refused
    except IntegrityError as refused:
        raise DelegateCannotBe(_("这个账号已经有这个角色。")) from refused
    record(user, "delegate", by=by, at=at, organization=grant.organization,
           detail={"role": str(grant.role), "note": _told(made)})
    return made


@transaction.atomic
def end_delegation(made, *, by, at):
    """The delegator takes it back now. Raises DelegationEnded."""
    if not RoleGrant.objects.filter(pk=made.pk, delegated_from__isnull=False, revoked_at__isnull=True).update(revoked_at=at):
        raise DelegationEnded(_("这个委托已经结束。"))
    record(made.user, "end_delegation", by=by, at=at, organization=made.organization,
           detail={"role": str(made.role), "note": _told(made)})


def could_stand_in(grant, *, besides):
    """Accounts to choose from, never an administrator's: of the organisation's unit and those who act above it; for the
    whole tree those who act for it and its units, for a choice of thousands is none."""
    unit = grant.organization.path[: 2 * scope.STEP]
    line = [unit[:end] for end in range(scope.STEP, len(unit) + 1, scope.STEP)]
    held = RoleGrant.objects.filter(revoked_at__isnull=True, delegated_from__isnull=True)
    near = Q(pk__in=held.filter(organization__path__in=line).values("user"))
    if grant.organization.is_root:
        near |= Q(pk__in=held.filter(organization__depth=2).exclude(role=Role.MEMBER).values("user"))
    else:
        near |= Q(pk__in=held.filter(scope.within(unit, "organization__")).values("user"))
        near |= scope.within(unit, "member__organization__")
    stay_apart = held.filter(role__in=ADMINISTRATORS).values("user")
    accounts = User.objects.filter(near, is_active=True).exclude(pk=besides.pk).exclude(pk__in=stay_apart)
    return accounts.order_by("name", "pk")


def _check_grant(grant, by, on):
    if grant.delegated_from_id:
        raise CannotDelegate(_("代来的角色不能再委托别人。"))
    own = RoleGrant.objects.in_force(on=on).filter(pk=grant.pk, user=by, role__in=DELEGABLE)
    if own.select_for_update(of=("self",)).first() is None:
        raise CannotDelegate(_("只能委托自己现有的书记、党委或办公室角色。"))
    if RoleGrant.objects.filter(delegated_from=grant, revoked_at__isnull=True, ends_on__gte=on).exists():
        raise CannotDelegate(_("这个角色已经委托出去。换人或改日期，先收回。"))


def _check_days(starts_on, ends_on, on):
    if starts_on < on:
        raise DelegationDays(_("开始日期不能早于今天。"))
    if ends_on < starts_on:
        raise DelegationDays(_("结束日期不能早于开始日期。"))
    if ends_on - starts_on >= timedelta(days=MOST_DAYS):
        last = starts_on + timedelta(days=MOST_DAYS - 1)
        raise DelegationDays(_("最多委托 %(n)s 天，到%(day)s为止。") % {"n": MOST_DAYS, "day": chinese_date(last)})


def _check_user(user, grant, by):
    if user.pk == by.pk:
        raise DelegateCannotBe(_("不能委托给自己。"))
    if not user.is_active:
        raise DelegateCannotBe(_("这个账号已经停用。"))
    held = user.grants.filter(revoked_at__isnull=True)
    if held.filter(role__in=ADMINISTRATORS).exists():
        raise DelegateCannotBe(_("不能委托给三员的账号。"))


def _told(made):
    return _("代%(name)s · %(role)s · %(organization)s，%(first)s至%(last)s：%(reason)s") % {
        "name": made.granted_by.display_name, "role": made.get_role_display(), "organization": made.organization,
        "first": chinese_date(made.starts_on), "last": chinese_date(made.ends_on), "reason": made.reason,
    }
