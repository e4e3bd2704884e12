"""The first moment of a real installation: the organisation at the top and the accounts that open all the others."""
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from units.domain.accounts import create_account
from units.domain.organizations import found_organization
from units.domain.roles import grant_role
from units.enums import OrganizationKind, Role
from units.models import Organization, User

FIRST_ROLES = (Role.SYSTEM, Role.SECURITY, Role.AUDIT, Role.OFFICE)


class AlreadyFounded(Refusal):
    """Organisations or accounts exist; whoever holds them makes the others."""


@dataclass(frozen=True)
class FirstAccount:
    """One account as it is told to the person at the terminal; `password` exists nowhere else and is changed at first use."""

    role: str
    username: str
    password: str


@transaction.atomic
def found_installation(*, code, name, founded_on, at, on):
    """Make the top organisation, the three administrators and the office's first account. Returns (Organization,
    [FirstAccount]). Raises AlreadyFounded."""
    if Organization.objects.exists() or User.objects.exists():
        raise AlreadyFounded(_("这套系统里已经有党组织或账号，不用再初始化。"))
    root = found_organization(
        code=code, name=name, kind=OrganizationKind.ORGAN_COMMITTEE, parent=None, founded_on=founded_on, by=None, at=at
    )
    made = []
    for role in FIRST_ROLES:
        user, password = create_account(username=role.value, name=str(role.label), by=None, at=at)
        grant_role(user, role, root if role == Role.OFFICE else None, starts_on=on, by=None, at=at, on=on)
        made.append(FirstAccount(str(role.label), user.username, password))
    return root, made
