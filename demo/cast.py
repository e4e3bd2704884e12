"""Whom the generator writes for: accounts that recorded things, branches, and their rosters. All persons are invented."""
from collections import defaultdict
from dataclasses import dataclass, field

from demo.texts import LEADERS
from units.domain import demo_accounts
from units.enums import PostKind, Role
from units.models import Member, Organization, Post, RoleGrant, User


@dataclass
class Cast:
    """Everything the writers look up, loaded once."""

    root: Organization
    units: list
    leaves: list
    office: User
    leaders: list
    secretaries: dict = field(default_factory=dict)  # organisation id -> account
    secretary_members: dict = field(default_factory=dict)  # organisation id -> member id
    in_charge: dict = field(default_factory=dict)  # organisation id -> account of the leader who looks after it
    rosters: dict = field(default_factory=lambda: defaultdict(list))  # organisation id -> [Member]
    unit_of: dict = field(default_factory=dict)  # organisation id -> unit


def _shadow(username, name, role, organization, member, *, at, on):
    """An account nobody can sign in to, which recorded invented things."""
    user = User(username=username, name=name, member=member)
    user.set_unusable_password()
    user.save()
    RoleGrant.objects.create(user=user, role=role, organization=organization, starts_on=on, granted_at=at)
    return user


def add_inspectors(cast, number, *, at, on):
    """The demo's inspector and others, `number` together; they belong to no branch."""
    first = User.objects.get(username=Role.INSPECTOR.value)
    names = ["周正言", "吴明察", "郑公亮"]
    return [first] + [
        _shadow(f"inspector-{n}", name, Role.INSPECTOR, cast.root, None, at=at, on=on)
        for n, name in enumerate(names[: number - 1], 1)
    ]


def assemble(*, at, on):
    """Make the accounts of the demo and load the organisations. `at`/`on`: when the accounts came to be."""
    demo_accounts.create_missing(at=at)
    root = Organization.objects.in_institutional_order().first()
    organizations = list(Organization.objects.in_institutional_order())
    parents = {organization.parent_id for organization in organizations}
    cast = Cast(
        root=root,
        units=[o for o in organizations if o.depth == 2],
        leaves=[o for o in organizations if o.pk not in parents],
        office=User.objects.get(username=Role.OFFICE.value),
        leaders=[User.objects.get(username=Role.LEADER.value)],
    )
    cast.leaders += [
        _shadow(f"leader-{n}", name, Role.LEADER, root, None, at=at, on=on) for n, name in enumerate(LEADERS, 1)
    ]
    for member in Member.objects.order_by("pk"):
        cast.rosters[member.organization_id].append(member)
    for organization in organizations:
        cast.unit_of[organization.pk] = next((u for u in cast.units if organization.path.startswith(u.path)), None)
    _add_secretaries(cast, {o.pk: o for o in organizations}, at=at, on=on)
    return cast


def _add_secretaries(cast, organizations, *, at, on):
    """A secretary for each unit (the ledgers name only those of branches), and an account for each who has none."""
    _elect_for_units(cast, at=at, on=on)
    posts = Post.objects.standing().filter(kind=PostKind.SECRETARY, ends_on__isnull=True).select_related("member")
    taken = {user.member_id: user for user in User.objects.filter(member__isnull=False)}
    for post in posts.order_by("organization__path"):
        user = taken.get(post.member_id) or _shadow(
            f"secretary-{organizations[post.organization_id].code}", post.member.name, Role.SECRETARY,
            organizations[post.organization_id], post.member, at=at, on=on,
        )
        cast.secretaries[post.organization_id] = user
        cast.secretary_members[post.organization_id] = post.member_id


def _elect_for_units(cast, *, at, on):
    """In each unit without members of its own, the first full member of its first branch who holds no post."""
    holders = set(Post.objects.standing().values_list("member", flat=True))
    posts = []
    for unit in cast.units:
        branches = [leaf for leaf in cast.leaves if leaf.path.startswith(unit.path) and leaf.pk != unit.pk]
        free = [m for branch in branches for m in cast.rosters[branch.pk] if m.is_full and m.pk not in holders]
        if free:
            posts.append(Post(
                organization=unit, member=free[0], kind=PostKind.SECRETARY, starts_on=on, recorded_at=at
            ))
    Post.objects.bulk_create(posts)
