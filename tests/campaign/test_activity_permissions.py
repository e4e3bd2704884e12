"""Who logs and corrects activities, and who sees them: own, below, sibling, outside."""
import pytest

from campaign import permissions
from campaign.models import Activity
from tests.factories.campaign import ActivityFactory
from tests.factories.units import user_with
from units.enums import Role


@pytest.mark.parametrize(
    ("who", "own", "below", "sibling", "outside"),
    [
        ("secretary", True, None, False, False),
        ("committee", True, True, None, False),
        ("office", True, True, None, None),
        ("leader", False, False, None, None),
        ("inspector", False, False, None, None),
        ("member", False, None, False, False),
        ("outsider", True, None, None, False),
        ("system", None, None, None, False),
        ("auditor", None, None, None, False),
    ],
)
def test_the_scope_of_logging(request, tree, who, own, below, sibling, outside):
    user = request.getfixturevalue(who)
    homes = {"secretary": tree.organ_branch, "member": tree.organ_branch, "committee": tree.organ,
             "outsider": tree.institution_branch}
    home = homes.get(who, tree.root)
    places = {"own": home, "below": tree.organ_branch_2, "sibling": tree.organ_branch_2, "outside": tree.society}
    for place, expected in (("own", own), ("below", below), ("sibling", sibling), ("outside", outside)):
        if expected is not None:
            assert bool(permissions.can_log_activity(user, places[place])) is expected, (who, place)


def test_a_secretary_of_a_unit_logs_for_the_branches_below(tree):
    user = user_with(Role.SECRETARY, tree.organ)
    assert permissions.can_log_activity(user, tree.organ_branch)
    assert not permissions.can_log_activity(user, tree.institution_branch)


def test_the_refusal_says_who_does_it(leader, branch):
    assert permissions.can_log_activity(leader, branch).reason == "活动由本支部书记记，上级党委和领导小组办公室可以代记。"


@pytest.mark.parametrize(
    ("who", "may"),
    [("secretary", True), ("committee", True), ("office", True), ("leader", False), ("member", False), ("outsider", False)],
)
def test_whoever_may_log_may_correct(request, campaign, branch, who, may):
    activity = ActivityFactory(campaign=campaign, organization=branch)
    assert bool(permissions.can_correct_activity(request.getfixturevalue(who), activity)) is may


def test_what_was_withdrawn_is_not_corrected(campaign, branch, secretary, at):
    activity = ActivityFactory(campaign=campaign, organization=branch, superseded_at=at)
    assert permissions.can_correct_activity(secretary, activity).reason == "这条活动已经撤回，不能再更正。"


@pytest.mark.parametrize(
    ("who", "sees"),
    [("secretary", True), ("committee", True), ("office", True), ("leader", True), ("inspector", True), ("member", True),
     ("outsider", False), ("system", False), ("security", False), ("auditor", False)],
)
def test_members_read_their_branch_and_leaders_everything(request, campaign, branch, who, sees):
    activity = ActivityFactory(campaign=campaign, organization=branch)
    visible = Activity.objects.visible_to(request.getfixturevalue(who))
    assert (activity in visible) is sees


def test_a_member_does_not_see_the_sibling_branch(campaign, tree, member):
    ActivityFactory(campaign=campaign, organization=tree.organ_branch_2)
    assert not Activity.objects.visible_to(member).exists()
