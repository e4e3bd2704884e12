"""Makers of organisations, members, posts and accounts.

An organisation's path can change when a sibling is made before it in institutional order: refresh older objects, or
make the tree in order, as the `tree` fixture does.
"""
import datetime
import zoneinfo

import factory

from config.kit.stroke import stroke_key
from units import scope
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
        _affiliation(organization).save()
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


def _affiliation(organization):
    """The first affiliation of an organisation, not saved."""
    return Affiliation(
        organization=organization,
        parent_id=organization.parent_id,
        name=organization.name,
        kind=organization.kind,
        category=organization.category,
        position=organization.position,
        starts_on=organization.founded_on or FOUNDED_ON,
        recorded_at=RECORDED_AT,
    )


def _place(shape, siblings, path, depth, counter):
    """Give `siblings`, {key: {key: …}} in institutional order, their places in the tree, as rebuild_tree would."""
    for number, (key, below) in enumerate(siblings.items()):
        organization = shape[key]
        organization.path, organization.depth = path + scope.step(number), depth
        counter[0] += 1
        organization.lft = counter[0]
        _place(shape, below, organization.path, depth + 1, counter)
        counter[0] += 1
        organization.rgt = counter[0]


def plant(branching, fields):
    """Make the first tree of an empty database in three statements, where OrganizationFactory takes a dozen for each.

    `branching` is {key: {key of one below: …}}, siblings in institutional order; `fields` is {key: fields of its
    OrganizationFactory} in the order of the rows. Returns {key: organization}, with nothing but their columns loaded.
    """
    made = {key: OrganizationFactory.build(**given) for key, given in fields.items()}
    _place(made, branching, "", 1, [0])
    Organization.objects.bulk_create(made.values())

    def hang(siblings, parent):
        for key, below in siblings.items():
            made[key].parent_id = parent
            hang(below, made[key].pk)

    hang(branching, None)
    Organization.objects.bulk_update(made.values(), ["parent"])
    Affiliation.objects.bulk_create([_affiliation(organization) for organization in made.values()])
    return made


def enrol(sizes):
    """Make members together: `sizes` is [(organization, number of members)]; the first of each becomes its secretary.

    Returns {pk of the organisation: [member]}, as MemberFactory and PostFactory would make them one by one.
    """
    made = {place.pk: MemberFactory.build_batch(size, organization=place) for place, size in sizes}
    everybody = [member for members in made.values() for member in members]
    Member.objects.bulk_create(everybody)
    Membership.objects.bulk_create([
        Membership(member=member, organization=member.organization, starts_on=FOUNDED_ON, recorded_at=RECORDED_AT)
        for member in everybody
    ])
    Post.objects.bulk_create([PostFactory.build(member=members[0]) for members in made.values()])
    return made


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
