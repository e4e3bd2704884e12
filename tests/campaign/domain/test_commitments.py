"""The lifecycle of a commitment: each step from its states only, each refusal in its own words."""
import datetime

import pytest

from campaign.domain import commitments
from campaign.enums import COMMITMENT_MOVES, CommitmentState
from campaign.models import Commitment, CommitmentOutcome
from tests.factories.campaign import CommitmentFactory, CommitmentOutcomeFactory
from tests.factories.units import MemberFactory, user_with
from units.enums import Role
from units.models import HistoryEntry, Member

WORDS = {"kind": "deed", "text": "办好十件事", "baseline": "办了三件", "target": "办满十件", "due_on": datetime.date(2011, 6, 30)}


@pytest.fixture
def draft(campaign, branch):
    return CommitmentFactory(campaign=campaign, organization=branch, state="draft", due_on=datetime.date(2011, 6, 30))


@pytest.fixture
def published(campaign, branch):
    return CommitmentFactory(campaign=campaign, organization=branch)


def test_a_proposal_is_a_draft_with_its_history(campaign, branch, secretary, at):
    made = commitments.propose(campaign=campaign, organization=branch, **WORDS, by=secretary, at=at)
    assert (made.state, made.organization, made.member, made.created_by) == ("draft", branch, None, secretary)
    assert [entry.verb for entry in HistoryEntry.objects.of(made)] == ["draft"]


def test_nobody_else_proposes_for_an_exempt_member(campaign, branch, secretary, at):
    old = MemberFactory(organization=branch, name="老王", is_exempt=True, exempt_reason="离休")
    with pytest.raises(commitments.ExemptMember) as refused:
        commitments.propose(campaign=campaign, organization=branch, member=old, **WORDS, by=secretary, at=at)
    assert refused.value.message == "老王可不承诺（离休），愿意承诺的由本人提出。"
    own = user_with(Role.MEMBER, branch, member=old)
    assert commitments.propose(campaign=campaign, organization=branch, member=old, **WORDS, by=own, at=at).member == old


@pytest.mark.parametrize("verb", COMMITMENT_MOVES)
@pytest.mark.parametrize("state", CommitmentState.values)
def test_every_step_starts_from_its_states_only(verb, state, campaign, branch, secretary, at):
    commitment = CommitmentFactory(campaign=campaign, organization=branch, state=state)
    starts_from, leads_to = COMMITMENT_MOVES[verb]
    if state in starts_from:
        assert commitments.move_commitment(commitment, verb, by=secretary, at=at).state == leads_to
        return
    with pytest.raises(commitments.CannotMove) as refused:
        commitments.move_commitment(commitment, verb, by=secretary, at=at)
    assert refused.value.message == "承诺的状态已经变了，请刷新页面再看。"
    commitment.refresh_from_db()
    assert commitment.state == state


def test_of_two_clicks_one_wins(draft, secretary, at, today):
    again = Commitment.objects.get(pk=draft.pk)
    commitments.submit_commitment(draft, by=secretary, at=at, on=today)
    with pytest.raises(commitments.CannotMove):
        commitments.submit_commitment(again, by=secretary, at=at, on=today)


@pytest.mark.parametrize(
    ("due_on", "message"),
    [
        (datetime.date(2011, 6, 9), "完成期限已经过了，请改一个以后的日期。"),
        (datetime.date(2010, 5, 31), "完成期限要在活动期间（2010年6月1日 到 2012年11月8日）。"),
        (datetime.date(2012, 11, 9), "完成期限要在活动期间（2010年6月1日 到 2012年11月8日）。"),
    ],
)
def test_the_due_day_lies_ahead_and_inside_the_campaign(due_on, message, draft, secretary, at, today):
    Commitment.objects.filter(pk=draft.pk).update(due_on=due_on)
    draft.refresh_from_db()
    with pytest.raises(commitments.DueOutside) as refused:
        commitments.submit_commitment(draft, by=secretary, at=at, on=today)
    assert (refused.value.message, refused.value.field) == (message, "due_on")
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_today_is_not_in_the_past(draft, secretary, at, today):
    Commitment.objects.filter(pk=draft.pk).update(due_on=today)
    draft.refresh_from_db()
    assert commitments.submit_commitment(draft, by=secretary, at=at, on=today).state == "submitted"


def test_giving_back_needs_a_sentence_and_keeps_it_until_handed_in_again(draft, committee, secretary, at, today):
    commitments.submit_commitment(draft, by=secretary, at=at, on=today)
    with pytest.raises(commitments.NoteMissing) as refused:
        commitments.return_commitment(draft, note="  ", by=committee, at=at)
    assert refused.value.message == "请写一句要改什么，再退回。"
    commitments.return_commitment(draft, note="写明几户。", by=committee, at=at)
    assert (draft.state, draft.return_note) == ("returned", "写明几户。")
    commitments.submit_commitment(draft, by=secretary, at=at, on=today)
    assert (draft.state, draft.return_note) == ("submitted", "")


def test_words_change_before_handing_in_only(draft, published, secretary, at):
    assert commitments.change_commitment(draft, **WORDS, by=secretary, at=at).text == "办好十件事"
    with pytest.raises(commitments.CommitmentLocked) as refused:
        commitments.change_commitment(published, **WORDS, by=secretary, at=at)
    assert refused.value.message == "承诺已经提交，不能再改。"


def test_publishing_says_when(draft, secretary, committee, at, today):
    commitments.submit_commitment(draft, by=secretary, at=at, on=today)
    commitments.move_commitment(draft, "publish", by=committee, at=at)
    draft.refresh_from_db()
    assert (draft.state, draft.published_at) == ("published", at)


def test_progress_is_told_while_it_runs(published, draft, secretary, at, today):
    tell = {"text": "办好四件", "by": secretary, "at": at, "on": today}
    assert commitments.add_progress(published, happened_on=today, **tell).commitment == published
    tomorrow = today + datetime.timedelta(days=1)
    for commitment, day, message in [
        (published, tomorrow, "进展的日期不能晚于今天。"),
        (published, datetime.date(2010, 5, 31), "进展的日期要在活动期间。"),
        (draft, today, "只有公示了还没有评定的承诺可以记进展。"),
    ]:
        with pytest.raises(commitments.NotInProgress) as refused:
            commitments.add_progress(commitment, happened_on=day, **tell)
        assert refused.value.message == message
    assert published.progress.count() == 1


def test_a_judgement_is_a_fact_and_a_later_one_a_new_version(published, committee, at, today):
    judge = {"happened_on": today, "by": committee, "on": today}
    first = commitments.judge_commitment(published, outcome="partly", evidence="登记簿", **judge, at=at)
    assert (published.state, first.stands, first.recorded_at) == ("judged", True, at)
    with pytest.raises(commitments.JudgementIncomplete) as refused:
        commitments.judge_commitment(published, outcome="kept", evidence="回访", **judge, at=at)
    assert (refused.value.message, refused.value.field) == ("已经评定过，改评要写一句原因。", "reason")
    later = at + datetime.timedelta(hours=1)
    second = commitments.judge_commitment(published, outcome="kept", evidence="回访", reason="又办成两件", **judge, at=later)
    first.refresh_from_db()
    assert (first.superseded_at, second.supersedes, second.lineage) == (later, first, first.lineage)
    assert CommitmentOutcome.objects.standing().get().outcome == "kept"
    assert CommitmentOutcome.objects.known_at(at).get().outcome == "partly"


@pytest.mark.parametrize(
    ("change", "message", "field"),
    [
        ({"evidence": " "}, "请写依据，例如登记簿、回访记录、现场看到的。", "evidence"),
        ({"outcome": "excused"}, "因客观原因未兑现的，请写明原因。", "explanation"),
        ({"happened_on": datetime.date(2011, 6, 11)}, "评定日期不能晚于今天。", "happened_on"),
        ({"happened_on": datetime.date(2010, 6, 30)}, "评定日期不能早于公示的那天。", "happened_on"),
    ],
)
def test_a_judgement_is_complete(change, message, field, published, committee, at, today):
    said = {"outcome": "kept", "evidence": "登记簿", "happened_on": today} | change
    with pytest.raises(commitments.JudgementIncomplete) as refused:
        commitments.judge_commitment(published, **said, by=committee, at=at, on=today)
    assert (refused.value.message, refused.value.field) == (message, field)
    published.refresh_from_db()
    assert published.state == "published" and not published.outcomes.exists()


def test_an_unpublished_promise_is_not_judged(draft, committee, at, today):
    with pytest.raises(commitments.CannotMove):
        commitments.judge_commitment(draft, outcome="kept", evidence="登记簿", happened_on=today, by=committee, at=at, on=today)
    assert not draft.outcomes.exists()


def test_who_promised_nothing_this_year(campaign, branch, branch_members, published):
    promised, drafted, withdrew, last_year, silent = branch_members
    CommitmentFactory(campaign=campaign, member=promised)
    CommitmentFactory(campaign=campaign, member=drafted, state="draft")
    CommitmentFactory(campaign=campaign, member=withdrew, state="withdrawn")
    CommitmentFactory(campaign=campaign, member=last_year, due_on=datetime.date(2010, 12, 31))
    members = Member.objects.filter(organization=branch)
    assert set(commitments.without_commitment(members, campaign, year=2011)) == {drafted, withdrew, last_year, silent}


def test_an_outcome_cannot_stand_twice(published):
    CommitmentOutcomeFactory(commitment=published)
    with pytest.raises(Exception, match="campaign_commitmentoutcome|UNIQUE"):
        CommitmentOutcomeFactory(commitment=published)
