"""Accounts. What an account may see and do comes from its role grants, each with a scope; there is no superuser."""
from datetime import timedelta
from functools import cached_property

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from config.kit import clock
from units.enums import READS_SUBTREE, SPEAKS_FOR_OWN, Role


class UserManager(BaseUserManager):
    def create_user(self, username, password=None, **fields):
        """Make and save an account; `password` None makes one that cannot sign in."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username):
        return self.get(username=username)

    def visible_to(self, user):
        """All accounts for those who manage accounts and roles, one's own for everybody else."""
        return self.all() if user.has_role(Role.SYSTEM, Role.SECURITY) else self.filter(pk=user.pk)


class User(AbstractBaseUser):
    """One account of one person; `member` links it to the roster where the person is on it."""

    username = models.CharField(_("账号"), max_length=40, unique=True)
    name = models.CharField(_("姓名"), max_length=30)
    email = models.EmailField(_("电子邮箱"), blank=True)
    member = models.OneToOneField(
        "units.Member", on_delete=models.SET_NULL, null=True, blank=True, related_name="account", verbose_name=_("党员")
    )
    is_active = models.BooleanField(_("可以登录"), default=True)
    must_change_password = models.BooleanField(default=False)
    second_factor_mark = models.CharField(max_length=32, blank=True)  # names the present factor; a session keeps it
    password_changed_at = models.DateTimeField(null=True, blank=True)  # by the person; null while it is a first password
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    def __str__(self):
        return self.name or self.username

    @property
    def display_name(self):
        return self.name or self.username

    def password_expired(self, *, at):
        """Whether the deployment's profile lets a password grow old and this one has."""
        days = settings.PASSWORD_MAX_AGE_DAYS
        return bool(days) and (self.password_changed_at or self.created_at) < at - timedelta(days=days)

    @cached_property
    def held_grants(self):
        """Grants in force today, with their organisation, in order of making; one query per request."""
        rows = self.grants.in_force(on=clock.today()).select_related("organization", "delegated_from__user")
        return list(rows.order_by("pk"))

    @cached_property
    def current_grants(self):
        """The grants that count now: one's own, or alone the delegated one in which the user has chosen to act. So nobody
        adds another's rights to the own ones, and what is done in somebody's place can be told apart."""
        chosen = getattr(self, "chosen_grant_id", None)
        acting = [grant for grant in self.held_grants if grant.delegated_from_id and grant.pk == chosen]
        return acting or [grant for grant in self.held_grants if not grant.delegated_from_id]

    @property
    def acting_for(self):
        """The account in whose place the user acts in this session, or None; only a page's user acts for anybody."""
        if not getattr(self, "chosen_grant_id", None):
            return None
        grant = self.main_grant
        return grant.delegated_from.user if grant and grant.delegated_from_id else None

    def speaks_otherwise_for(self, organization):
        """Whether the user, in a role not in use just now, speaks for this organisation: a secretary who stands in for the
        committee, or a committee that stands in for a secretary, judges nothing of it in either role."""
        using = {grant.pk for grant in self.current_grants}
        return any(
            grant.pk not in using and grant.role in SPEAKS_FOR_OWN and grant.organization_id == organization.pk
            for grant in self.held_grants
        )

    def is_oneself(self, *, member=None, account=None):
        """Whether a member or an account (keys) is this person, or the one in whose place the person acts just now: what
        nobody may do for oneself, nobody lets a delegate do either."""
        persons = [self, self.acting_for] if self.acting_for else [self]
        return any(
            account is not None and one.pk == account or member is not None and one.member_id == member for one in persons
        )

    @cached_property
    def main_grant(self):
        """The grant that decides the navigation; the session may choose another one (see units.views.frame)."""
        chosen = getattr(self, "chosen_grant_id", None)
        for grant in self.current_grants:
            if grant.pk == chosen:
                return grant
        return self.current_grants[0] if self.current_grants else None

    def roles_over(self, organization):
        """The roles whose scope contains `organization`."""
        return {grant.role for grant in self.current_grants if grant.covers(organization)}

    def has_role(self, *roles):
        """Whether any grant in force has one of `roles`, whatever its scope."""
        return any(grant.role in roles for grant in self.current_grants)

    def has_role_over(self, organization, *roles):
        return bool(self.roles_over(organization) & set(roles))

    def reading_paths(self):
        """Paths of the subtrees whose members and records the user reads."""
        return [g.organization.path for g in self.current_grants if g.role in READS_SUBTREE and g.organization]

    def scope_paths(self):
        """Paths of the subtrees that exist for the user: those it reads, and a plain member's own organisation."""
        seen = READS_SUBTREE | {Role.MEMBER}
        return [g.organization.path for g in self.current_grants if g.role in seen and g.organization]

    def speaks_for(self, organization):
        """Whether the user is the secretary, or acts for the committee, of exactly this organisation."""
        return any(g.role in SPEAKS_FOR_OWN and g.organization_id == organization.pk for g in self.current_grants)

    def leads_above(self, organization):
        """Whether the user acts for a level above `organization` (the office, a committee, or a secretary there)."""
        acting = {Role.SECRETARY, Role.COMMITTEE, Role.OFFICE}
        return not self.speaks_otherwise_for(organization) and any(
            grant.role in acting and grant.covers(organization) and
            (grant.organization_id != organization.pk or grant.role == Role.OFFICE)
            for grant in self.current_grants
        )
