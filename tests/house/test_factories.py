"""Every maker of test rows makes a valid one, and the cast stands where its docstrings say."""
import inspect

import factory
import pytest

from campaign.models import Participation
from tests.factories import campaign as campaign_makers
from tests.factories import evaluations as evaluation_makers
from tests.factories import units as unit_makers
from tests.factories.campaign import ActivityFactory
from tests.factories.units import PASSWORD
from units.models import Organization

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
