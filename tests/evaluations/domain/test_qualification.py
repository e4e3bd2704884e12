import datetime

import pytest

from campaign.enums import Track
from evaluations.domain.qualification import Candidate, conditions, days_in_party_work
from evaluations.enums import AwardKind
from evaluations.models import Score
from tests.factories.evaluations import AwardRoundFactory, GateFactory, NominationFactory, ScoringRunFactory
from tests.factories.units import MemberFactory, PostFactory
from units.domain.sanctions import sanction
from units.enums import MemberStatus, OrganizationKind, PostKind, SanctionKind
from units.models import Membership, Post

ON = datetime.date(2011, 6, 10)


@pytest.fixture
def round(campaign):
    return AwardRoundFactory(campaign=campaign, run=ScoringRunFactory(campaign=campaign))


def score(round, organization, member=None, **fields):
    fields = {"total": 878_750, "band": "fair", **fields}
    track = Track.MEMBER if member else Track.ORGANIZATION
    return Score.objects.create(run=round.run, track=track, organization=organization, member=member, **fields)


def said(round, candidate, ok):
    return [condition.text for condition in conditions(round, [candidate], on=ON)[0] if condition.ok is ok]


@pytest.fixture
def person(round, branch_members):
    """The branch's secretary since 2009, with a score."""
    member = branch_members[0]
    score(round, member.organization, member)
    return member


def test_good_member_meets_everything(round, person, branch):
    candidate = Candidate(AwardKind.MEMBER, branch, person)
    assert said(round, candidate, False) == []
    assert said(round, candidate, True) == [
        "正式党员，2001年6月转正",
        "截止日（2011年3月31日）组织关系在办公厅第一党支部",
        "得分 87.88，没有触及不能参加评选的限制项",
    ]


def test_probationary_member_is_not_eligible(round, person, branch):
    person.status = MemberStatus.PROBATIONARY
    assert "还是预备党员，不能参加评选" in said(round, Candidate(AwardKind.MEMBER, branch, person), False)


def test_member_who_came_after_the_cut_off_day_is_not_eligible(round, branch):
    member = MemberFactory(organization=branch, member_since=datetime.date(2011, 4, 1))
    score(round, branch, member)
    assert said(round, Candidate(AwardKind.MEMBER, branch, member), False) == ["截止日（2011年3月31日）组织关系还不在本单位"]


def test_moving_between_branches_of_one_unit_does_not_count_as_coming(round, tree, person, at):
    Membership.objects.filter(member=person).update(organization=tree.organ_branch_2)
    candidate = Candidate(AwardKind.MEMBER, tree.organ_branch, person)
    assert said(round, candidate, False) == []
    Membership.objects.filter(member=person).update(organization=tree.society)
    assert said(round, candidate, False) == ["截止日（2011年3月31日）组织关系还不在本单位"]


def test_affairs_worker_with_two_years_in_post(round, person, branch):
    assert said(round, Candidate(AwardKind.AFFAIRS_WORKER, branch, person), True)[2:4] == [
        "现任办公厅第一党支部书记", "任职记录里从事党务工作到截止日 2 年 2 个月，已满 2 年",
    ]


@pytest.mark.parametrize(
    "starts_on, ok", [(datetime.date(2009, 4, 1), True), (datetime.date(2009, 4, 2), False)]
)
def test_two_years_are_counted_to_the_day(round, person, branch, starts_on, ok):
    Post.objects.filter(member=person).update(starts_on=starts_on)
    missing = said(round, Candidate(AwardKind.AFFAIRS_WORKER, branch, person), False)
    assert missing == ([] if ok else ["任职记录里从事党务工作到截止日 1 年 11 个月，不满 2 年"])


def test_what_the_branch_says_counts_where_it_goes_further_back(round, person, branch):
    """The ledger gives posts without dates: what is on record may begin with the import."""
    Post.objects.filter(member=person).update(starts_on=datetime.date(2010, 6, 1))
    nomination = NominationFactory(round=round, member=person, kind=AwardKind.AFFAIRS_WORKER)
    assert "任职记录里从事党务工作到截止日 0 年 9 个月，不满 2 年" in said(round, nomination, False)
    nomination.party_work_since = datetime.date(2007, 3, 1)
    assert "推荐单位填报2007年3月起从事党务工作，到截止日 4 年 1 个月，已满 2 年" in said(round, nomination, True)
    nomination.party_work_since = datetime.date(2010, 1, 1)
    assert "推荐单位填报2010年1月起从事党务工作，到截止日 1 年 2 个月，不满 2 年" in said(round, nomination, False)


def test_affairs_worker_out_of_post(round, person, branch):
    Post.objects.filter(member=person).update(ends_on=datetime.date(2011, 5, 31))
    assert said(round, Candidate(AwardKind.AFFAIRS_WORKER, branch, person), False) == ["现在没有担任书记、副书记或委员"]


def test_days_of_two_posts_at_once_count_once(branch_members):
    day = datetime.date
    member = branch_members[1]
    posts = [
        PostFactory(member=member, kind=PostKind.ORGANIZER, starts_on=day(2010, 1, 1), ends_on=day(2010, 1, 10)),
        PostFactory(member=member, kind=PostKind.PUBLICIST, starts_on=day(2010, 1, 6), ends_on=day(2010, 1, 20)),
        PostFactory(member=member, kind=PostKind.DISCIPLINE, starts_on=day(2010, 1, 7), ends_on=day(2010, 1, 8)),
        PostFactory(member=member, kind=PostKind.COMMITTEE_MEMBER, starts_on=day(2010, 2, 1)),
    ]
    assert days_in_party_work(posts, until=day(2010, 2, 3)) == 20 + 3
    assert days_in_party_work(reversed(posts), until=day(2010, 2, 3)) == 23


def test_organisation_is_a_primary_one_founded_before_the_cut_off_day(round, branch):
    score(round, branch)
    candidate = Candidate(AwardKind.ORGANIZATION, branch)
    assert said(round, candidate, True) == [
        "党支部，是党的基层组织", "2001年7月成立，早于截止日2011年3月31日", "得分 87.88，没有触及不能参加评选的限制项",
    ]
    branch.kind, branch.founded_on = OrganizationKind.GROUP, datetime.date(2011, 5, 1)
    assert said(round, candidate, False) == ["党小组，不是党的基层组织", "2011年5月成立，晚于截止日2011年3月31日"]
    branch.founded_on = None
    assert "没有登记成立时间" in said(round, candidate, False)


def test_gate_that_bars_is_said_with_its_figures(round, branch):
    GateFactory(campaign=round.campaign, code="mass_80", title="群众满意率低于 80%")
    score(round, branch, is_barred=True, gates_hit=[{"code": "mass_80", "numerator": 61, "denominator": 80}])
    assert said(round, Candidate(AwardKind.ORGANIZATION, branch), False) == [
        "群众满意率低于 80%：实际 76.3%（61/80），不能参加评选"
    ]


def test_gate_that_only_caps_the_band_does_not_bar(round, branch):
    GateFactory(campaign=round.campaign, code="mass_90", effect="cap", cap_band="fair")
    score(round, branch, gates_hit=[{"code": "mass_90", "numerator": 70, "denominator": 80}])
    assert said(round, Candidate(AwardKind.ORGANIZATION, branch), False) == []


@pytest.mark.parametrize("total", [None, "missing"])
def test_without_a_score_there_is_nothing_to_go_by(round, branch, total):
    if total is None:
        score(round, branch, total=None)
    assert said(round, Candidate(AwardKind.ORGANIZATION, branch), False) == ["计分时没有可以计的情况，没有得分"]


def test_round_without_a_run(round, branch):
    round.run = None
    assert said(round, Candidate(AwardKind.ORGANIZATION, branch), False) == ["这一批还没有选定计分结果"]


def test_nomination_has_to_answer_for_sanctions(round, person, at):
    nomination = NominationFactory(round=round, member=person)
    assert said(round, nomination, False) == ["还没有核实有没有影响评选的处分"]
    nomination.has_sanction, nomination.sanction_checked_at = False, at
    assert said(round, nomination, True)[-1] == "没有影响评选的处分（2011年6月10日核实）"
    nomination.has_sanction, nomination.sanction_note = True, "警告，影响期到 2011 年底"
    assert said(round, nomination, False) == ["有影响评选的处分：警告，影响期到 2011 年底"]


@pytest.mark.parametrize(("until", "ok"), [(datetime.date(2011, 6, 9), True), (ON, False), (None, False)])
def test_a_sanction_on_record_bars_as_long_as_it_counts(round, person, branch, until, ok, office, at):
    day = datetime.date(2011, 1, 5)
    sanction(person, kind=SanctionKind.WARNING, happened_on=day, ends_on=until, document="纪〔2011〕1号", by=office, at=at, on=ON)
    words = "影响期到2011年6月10日" if until else "没有写影响期到哪天"
    missing = said(round, Candidate(AwardKind.MEMBER, branch, person), False)
    assert missing == ([] if ok else [f"有登记的处分，{words}，不能参加评选"])


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_nominees(round, branch, branch_members, number, django_assert_num_queries):
    candidates = [Candidate(AwardKind.AFFAIRS_WORKER, branch, member) for member in branch_members[:number]]
    for member in branch_members[:number]:
        score(round, branch, member, gates_hit=[{"code": "x", "numerator": 1, "denominator": 2}])
    round.campaign.organization  # noqa: B018
    with django_assert_num_queries(6):
        assert len(conditions(round, candidates, on=ON)) == number
