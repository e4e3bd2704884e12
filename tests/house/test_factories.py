"""Every maker of test rows makes a valid one, and the cast stands where its docstrings say."""
import inspect

import factory
import pytest

from campaign.models import Participation
from tests.factories import campaign as campaign_makers
from tests.factories import evaluations as evaluation_makers
from tests.factories import units as unit_makers
from tests.factories.campaign import ActivityFactory
from tests.factories.units import PASSWORD, MemberFactory, OrganizationFactory, PostFactory
from units.domain.organizations import rebuild_tree
from units.models import Affiliation, Member, Membership, Organization, Post

MAKERS = [
    maker
    for module in (unit_makers, campaign_makers, evaluation_makers)
    for _name, maker in inspect.getmembers(module, inspect.isclass)
    if issubclass(maker, factory.django.DjangoModelFactory) and maker.__module__ == module.__name__
]


@pytest.mark.parametrize("maker", MAKERS, ids=lambda maker: maker.__name__)
def test_every_maker_makes_valid_rows(db, maker):
    made = maker()
    made.refresh_from_db()
    made.validate_constraints()
    assert str(made)


def test_the_tree_stands_in_institutional_order(tree):
    in_order = list(Organization.objects.in_institutional_order())
    assert in_order == [
        tree.root, tree.organ, tree.organ_branch, tree.organ_branch_2, tree.institution, tree.institution_branch,
        tree.society,
    ]
    assert [organization.path for organization in in_order] == [
        organization.path for organization in vars(tree).values() if isinstance(organization, Organization)
    ]


def test_the_tree_is_what_the_makers_and_the_product_make_of_it(tree):
    """It is written in a few statements; the product, asked to place it anew, finds nothing to move."""
    planted = list(Organization.objects.order_by("pk").values())
    assert [organization.pk for organization in vars(tree).values() if isinstance(organization, Organization)] == [
        row["id"] for row in planted
    ]
    rebuild_tree()
    assert list(Organization.objects.order_by("pk").values()) == planted
    alone = OrganizationFactory(name="另一个党支部", parent=tree.organ)
    kept = ("path", "depth", "lft", "rgt", "position", "code", "name", "organization_id", "lineage", "id")
    told = [
        {name: value for name, value in row.items() if name not in kept}
        for organization in (tree.organ_branch, alone)
        for row in Affiliation.objects.filter(organization=organization).values()
    ]
    assert told[0] == told[1]


def test_the_trees_members_are_what_the_makers_make(tree):
    """Each has a standing membership, the first of a branch is its secretary."""
    post = PostFactory(member=MemberFactory(organization=tree.organ))
    assert len(tree.members[tree.organ_branch.pk]) == 5
    for model in (Member, Membership, Post):
        of_its_own = {"id", "name", "stroke_key", "member_id", "lineage", "organization_id"}
        *planted, alone = [
            {name: value for name, value in row.items() if name not in of_its_own}
            for row in model.objects.order_by("pk").values()
        ]
        assert len(planted) == (4 if model is Post else 14) and all(row == alone for row in planted), model
    members = Member.objects.exclude(pk=post.member.pk).order_by("pk")
    assert list(members) == [member for members in tree.members.values() for member in members]
    assert all(member.memberships.get().organization_id == member.organization_id for member in members)
    secretaries = Post.objects.exclude(pk=post.pk).order_by("pk").values_list("member_id", "organization_id")
    assert list(secretaries) == [(members[0].pk, key) for key, members in tree.members.items()]


def test_the_cast_sees_what_it_should(secretary, committee, office, outsider, auditor, branch, unit, root, tree):
    seen = Organization.objects.visible_to
    assert set(seen(secretary)) == {branch}
    assert set(seen(committee)) == {unit, branch, tree.organ_branch_2}
    assert seen(office).count() == Organization.objects.count()
    assert set(seen(outsider)) == {tree.institution_branch}
    assert not seen(auditor).exists()


def test_a_roster_sets_the_counts(branch_members, campaign):
    activity = ActivityFactory(campaign=campaign, roster={member: place > 0 for place, member in enumerate(branch_members)})
    assert (activity.expected, activity.present, activity.has_roster) == (5, 4, True)
    assert Participation.objects.filter(activity=activity, was_present=True).count() == 4


def test_accounts_can_sign_in(client_for, member):
    assert client_for(None).login(username=member.username, password=PASSWORD)
