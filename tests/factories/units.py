"""Makers of organisations, members, posts and accounts.

An organisation's path can change when a sibling is made before it in institutional order: refresh older objects, or
make the tree in order, as the `tree` fixture does.
"""
import datetime
import zoneinfo

import factory

from config.kit.stroke import stroke_key
from units.domain.organizations import rebuild_tree
from units.enums import Category, Gender, MemberStatus, OrganizationKind, PostKind, Role
from units.models import Affiliation, Member, Membership, Organization, Post, RoleGrant, User

FOUNDED_ON = datetime.date(2001, 7, 1)
RECORDED_AT = datetime.datetime(2010, 4, 20, 9, 0, tzinfo=zoneinfo.ZoneInfo("Asia/Shanghai"))  # before the campaign
PASSWORD = "plain-test-password"


class OrganizationFactory(factory.django.DjangoModelFactory):
    """A branch below the root, with its place in the tree and its first affiliation."""

    class Meta:
        model = Organization

    code = factory.Sequence(lambda n: f"T{n:05d}")
    name = factory.Sequence(lambda n: f"第{n}党支部")
    kind = OrganizationKind.BRANCH
    category = Category.ORGAN
    parent = None
    position = factory.Sequence(lambda n: n)
    path = factory.LazyAttribute(lambda made: f"~{made.code}")
    depth = 1
    founded_on = FOUNDED_ON

    @classmethod
    def _create(cls, model_class, *args, **fields):
        organization = super()._create(model_class, *args, **fields)
        Affiliation.objects.create(
            organization=organization,
            parent=organization.parent,
            name=organization.name,
            kind=organization.kind,
            category=organization.category,
            position=organization.position,
            starts_on=organization.founded_on or FOUNDED_ON,
            recorded_at=RECORDED_AT,
        )
        rebuild_tree()
        organization.refresh_from_db()
        return organization


class MemberFactory(factory.django.DjangoModelFactory):
    """A full member with a standing membership in `organization` since the day of joining."""

    class Meta:
        model = Member

    name = factory.Sequence(lambda n: f"张{chr(0x4E00 + 40 + n % 5000)}")
    stroke_key = factory.LazyAttribute(lambda made: stroke_key(made.name))
    gender = Gender.MALE
    born_on = datetime.date(1970, 3, 1)
    joined_on = datetime.date(2000, 6, 1)
    full_on = datetime.date(2001, 6, 1)
    status = MemberStatus.FULL
    organization = factory.SubFactory(OrganizationFactory)

    @classmethod
    def _create(cls, model_class, *args, member_since=FOUNDED_ON, **fields):
        member = super()._create(model_class, *args, **fields)
        Membership.objects.create(
            member=member, organization=member.organization, starts_on=member_since, recorded_at=RECORDED_AT
        )
        return member


class PostFactory(factory.django.DjangoModelFactory):
    """The member's post of secretary in the own organisation."""

    class Meta:
        model = Post

    member = factory.SubFactory(MemberFactory)
    organization = factory.SelfAttribute("member.organization")
    kind = PostKind.SECRETARY
    starts_on = datetime.date(2009, 1, 1)
    recorded_at = RECORDED_AT


class UserFactory(factory.django.DjangoModelFactory):
    """An account that can sign in with PASSWORD and may do nothing yet."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.Sequence(lambda n: f"王{chr(0x4E00 + 60 + n % 5000)}")
    email = factory.LazyAttribute(lambda made: f"{made.username}@example.org")

    @classmethod
    def _create(cls, model_class, *args, password=PASSWORD, **fields):
        return model_class.objects.create_user(password=password, **fields)


class RoleGrantFactory(factory.django.DjangoModelFactory):
    """A secretary's grant over one branch, in force since before the campaign."""

    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = Role.SECRETARY
    organization = factory.SubFactory(OrganizationFactory)
    starts_on = RECORDED_AT.date()
    granted_at = RECORDED_AT


def user_with(role, organization=None, **fields):
    """An account with one grant in force: `role` over `organization` (None for the three administrators)."""
    user = UserFactory(**fields)
    RoleGrantFactory(user=user, role=role, organization=organization)
    return user
