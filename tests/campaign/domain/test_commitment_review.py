"""A sitting: who may decide which promises, and many decisions at once of which each stands or falls by itself."""
import pytest

from campaign import commitment_permissions as permissions
from campaign.domain.commitment_list import awaiting_review
from campaign.domain.commitment_review import Decision, NothingDecided, Sitting, decide_many
from campaign.domain.commitments import NoteMissing, move_commitment
from campaign.due import due_things
from campaign.models import Commitment
from tests.factories.campaign import CommitmentFactory
from tests.factories.units import MemberFactory
from units.models import HistoryEntry


@pytest.fixture
def waiting(campaign, branch_members):
    return [CommitmentFactory(campaign=campaign, member=member, state="submitted") for member in branch_members[1:4]]


def test_all_decisions_of_a_sitting_stand(waiting, secretary, at):
    said = [Decision(waiting[0], "publish"), Decision(waiting[1], "return", "写明几户。")]
    assert decide_many(said, by=secretary, at=at) == Sitting(published=1, returned=1, missed=0)
    states = list(Commitment.objects.order_by("pk").values_list("state", "return_note"))
    assert states == [("published", ""), ("returned", "写明几户。"), ("submitted", "")]
    assert [entry.verb for entry in HistoryEntry.objects.of(waiting[1])] == ["return"]


def test_what_somebody_else_decided_meanwhile_is_missed_and_the_rest_stands(waiting, secretary, office, at):
    move_commitment(Commitment.objects.get(pk=waiting[0].pk), "publish", by=office, at=at)
    said = [Decision(waiting[0], "return", "写明几户。"), Decision(waiting[1], "publish")]
    assert decide_many(said, by=secretary, at=at) == Sitting(published=1, returned=0, missed=1)
    assert Commitment.objects.get(pk=waiting[0].pk).state == "published"


def test_giving_back_without_a_sentence_undoes_the_sitting(waiting, secretary, at):
    with pytest.raises(NoteMissing) as refused:
        decide_many([Decision(waiting[0], "publish"), Decision(waiting[1], "return", " ")], by=secretary, at=at)
    assert refused.value.message == "请写一句要改什么，再退回。"
    assert set(Commitment.objects.values_list("state", flat=True)) == {"submitted"}


def test_a_sitting_decides_something(secretary, at):
    with pytest.raises(NothingDecided) as refused:
        decide_many([], by=secretary, at=at)
    assert refused.value.message == "还没有选。请在要办的承诺旁边选“公示”或“退回”。"


@pytest.mark.parametrize("who", ["secretary", "committee", "office", "leader", "inspector", "member", "outsider", "auditor"])
def test_the_rows_are_those_of_the_permission(who, campaign, tree, branch_members, waiting, request):
    for organization in (tree.root, tree.organ, tree.organ_branch, tree.institution_branch):
        CommitmentFactory(campaign=campaign, organization=organization, state="submitted")
    CommitmentFactory(campaign=campaign, member=branch_members[0], state="submitted")
    CommitmentFactory(campaign=campaign, member=MemberFactory(organization=tree.organ), state="submitted")
    user = request.getfixturevalue(who)
    one_by_one = {row for row in Commitment.objects.all() if permissions.can_publish_commitment(user, row)}
    assert set(Commitment.objects.waiting().reviewed_by(user)) == one_by_one
    assert bool(one_by_one) == (who in {"secretary", "committee", "office"})


def test_nobody_is_told_of_the_own_promise_as_one_to_judge(waiting, campaign, branch_members, secretary, committee, today):
    def told(user):
        return [thing.title for thing in due_things(on=today, user=user) if thing.kind == "commitment"]

    Commitment.objects.filter(pk=waiting[0].pk).update(member=branch_members[0])  # the secretary's own
    assert told(secretary) == ["2 条承诺待审"] and told(committee) == ["3 条承诺待审"]
    for user, number in ((secretary, 2), (committee, 3)):
        assert awaiting_review(user, campaign).count() == number
