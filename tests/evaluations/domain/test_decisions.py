import datetime
import json

import pytest

from evaluations.domain import decisions
from evaluations.domain.awards import CannotMoveRound, RoundIsNotReady
from evaluations.domain.decisions import DecisionIsNotDated, ProposesAndDecides, QuotaExceeded, decide
from evaluations.enums import AwardKind, NominationState, RoundState
from evaluations.models import AwardDecision, Quota
from tests.factories.awards import checking, nominee, open_round
from tests.factories.units import MemberFactory, UserFactory
from units.enums import Gender
from units.models import HistoryEntry, Member

ON = datetime.date(2011, 6, 10)
DOCUMENT = {"document_number": "直党发〔2011〕12号", "signed_on": ON, "signer": "直属机关党委"}


@pytest.fixture
def round(campaign):
    return open_round(campaign)


@pytest.fixture
def selected(round, tree, secretary, at):
    """`selected(organization, name, …)`: a selected member of that name, or without a name the organisation itself."""

    def make(organization, name="", **fields):
        member = MemberFactory(organization=organization, name=name, **fields.pop("person", {})) if name else None
        return nominee(round, organization, member, by=secretary, state=NominationState.SELECTED, clean_at=at, **fields)

    return make


def decided(round, office, at, **fields):
    checking(round)
    return decide(round, **{**DOCUMENT, **fields}, by=office, at=at, on=ON)


def names(decision, kind):
    (one,) = [one for one in decision.content["lists"] if one["kind"] == kind]
    return [entry["name"] for entry in one["entries"]]


def test_decision_freezes_the_list(round, selected, tree, office, at):
    selected(tree.organ_branch, "陈一", person={"gender": Gender.FEMALE, "ethnicity": "回族", "administrative_post": "科员"})
    decision = decided(round, office, at)
    round.refresh_from_db()
    assert (round.state, decision.digest) == (RoundState.DECIDED, decisions.digest_of(decision.content))
    (entry,) = decision.content["lists"][1]["entries"]
    assert entry == {
        "nomination": entry["nomination"], "name": "陈一", "gender": "女", "ethnicity": "回族", "party_posts": [],
        "post": "科员", "honours": [], "organization": "办公厅第一党支部", "unit": "办公厅党总支", "category": "organ",
        "votes": [5, 5, 4], "total": 878_750,
    }
    assert decision.content["document"] == {"number": "直党发〔2011〕12号", "signed_on": "2011-06-10", "signer": "直属机关党委"}
    assert decision.content["scores"]["run"] == round.run_id
    assert HistoryEntry.objects.of(round).get(verb="decide").detail["digest"] == decision.digest


def test_digest_survives_the_database_and_what_changes_afterwards(round, selected, tree, office, at):
    nomination = selected(tree.organ_branch, "陈一")
    digest = decided(round, office, at).digest
    Member.objects.filter(pk=nomination.member_id).update(name="改了")
    stored = AwardDecision.objects.get()
    assert decisions.digest_of(stored.content) == stored.digest == digest
    assert decisions.digest_of(json.loads(json.dumps(stored.content))) == digest


def test_persons_stand_by_strokes_and_organisations_in_institutional_order(round, selected, tree, office, at):
    Quota.objects.update(value=20)
    for name in "陈一 丁一 欧阳一 王小一 王一 尹一".split():
        selected(tree.organ_branch, name)
    for organization in (tree.society, tree.institution_branch, tree.organ_branch_2, tree.organ_branch):
        selected(organization)
    decision = decided(round, office, at)
    assert names(decision, "member") == ["丁一", "王一", "王小一", "尹一", "陈一", "欧阳一"]
    assert names(decision, "organization") == [
        "办公厅第一党支部", "办公厅第二党支部", "信息中心第一党支部", "社会工作协会党支部",
    ]
    assert names(decision, "affairs_worker") == []


def test_checked_nominees_who_were_not_selected_are_left_out(round, selected, tree, secretary, office, at):
    selected(tree.organ_branch, "陈一")
    other = nominee(round, tree.society, by=secretary, state=NominationState.PASSED)
    refused = nominee(round, tree.organ_branch, by=secretary, state=NominationState.REFUSED)
    decided(round, office, at)
    other.refresh_from_db()
    refused.refresh_from_db()
    assert (other.state, refused.state) == (NominationState.NOT_SELECTED, NominationState.REFUSED)


def refused(round, office, at, **fields):
    """The sentence of the refusal; nothing was written."""
    with pytest.raises((RoundIsNotReady, QuotaExceeded, ProposesAndDecides, DecisionIsNotDated)) as refusal:
        decided(round, office, at, **fields)
    round.refresh_from_db()
    assert round.state == RoundState.CHECKING
    assert not AwardDecision.objects.exists()
    return str(refusal.value.message)


def test_unchecked_nominees_stand_in_the_way(round, selected, tree, secretary, office, at):
    selected(tree.organ_branch, "陈一")
    nominee(round, tree.society, by=secretary)
    assert refused(round, office, at) == "不能登记决定：还有 1 个人选没有审核。"


def test_nothing_selected(round, office, at):
    assert refused(round, office, at) == "不能登记决定：还没有定入选的人选。"


def test_more_than_the_quota(round, selected, tree, office, at):
    for name in ("陈一", "丁一", "王一"):
        selected(tree.organ_branch, name)
    assert refused(round, office, at) == "优秀共产党员（机关司局）入选 3 个，名额 2 个。"


def test_category_without_a_quota_has_none(round, selected, tree, office, at):
    Quota.objects.filter(kind=AwardKind.ORGANIZATION).delete()
    selected(tree.society)
    assert refused(round, office, at) == "先进基层党组织（部管社会组织）入选 1 个，名额 0 个。"


def test_condition_that_fell_away_since_the_check(round, selected, tree, office, at):
    nomination = selected(tree.organ_branch, "陈一")
    nomination.has_sanction, nomination.sanction_note = True, "警告"
    nomination.save()
    assert refused(round, office, at) == "不能登记决定：陈一：有影响评选的处分：警告。"


def test_who_proposed_does_not_decide(round, selected, tree, secretary, at):
    selected(tree.organ_branch, "陈一")
    assert refused(round, secretary, at) == "入选的陈一是您推荐的，请换一位同志登记决定。"


def test_who_is_selected_does_not_decide(round, selected, tree, at):
    nomination = selected(tree.organ_branch, "陈一")
    assert refused(round, UserFactory(member=nomination.member), at) == "您本人在入选名单里，请换一位同志登记决定。"


@pytest.mark.parametrize("signed_on", [datetime.date(2011, 6, 11), datetime.date(2011, 6, 2)])
def test_document_of_an_impossible_day(round, selected, tree, office, at, signed_on):
    selected(tree.organ_branch, "陈一")
    assert refused(round, office, at, signed_on=signed_on) == "成文日期不能晚于今天，也不能早于推荐会议。"


def test_of_two_who_decide_one_is_told(round, selected, tree, office, at):
    selected(tree.organ_branch, "陈一")
    decided(round, office, at)
    with pytest.raises(CannotMoveRound):
        decide(round, **DOCUMENT, by=office, at=at, on=ON)
    assert AwardDecision.objects.count() == 1


def test_no_round_is_decided_before_its_check(round, selected, tree, office, at):
    selected(tree.organ_branch, "陈一")
    with pytest.raises(CannotMoveRound):
        decide(round, **DOCUMENT, by=office, at=at, on=ON)
