"""What a round asks of honours: a gate or a preference, told with its reason, as known when somebody looks or decides."""
import datetime

import pytest
from django.db import IntegrityError, transaction

from evaluations.domain.awards import RoundIsDecided, change_round, create_round, move_round
from evaluations.domain.decisions import decide, digest_of
from evaluations.domain.honour_conditions import Asked, HonoursTooLate, asked_lines, rounds_that_count
from evaluations.domain.nominations import IsNotQualified, check
from evaluations.domain.qualification import Candidate, conditions
from evaluations.enums import AwardKind, HonourDemand, NominationState, RoundState
from evaluations.models import HonourCondition
from tests.factories.awards import checking, open_round, scored
from tests.factories.evaluations import NominationFactory
from tests.factories.units import user_with
from units.domain.honours import honour, levels_from, take_back
from units.enums import HonourLevel, MemberStatus, Role
from units.models import HistoryEntry, Organization

ON = datetime.date(2011, 6, 10)
SINCE = datetime.date(2008, 6, 15)
ASKED = "须有2008年6月15日以来司局级以上荣誉"
DAYS = {"cutoff_on": datetime.date(2011, 3, 31), "nominations_due_on": datetime.date(2011, 6, 15)}


def asking(round, demand=HonourDemand.REQUIRED, level=HonourLevel.BUREAU, kind=AwardKind.MEMBER, since_on=SINCE):
    return HonourCondition.objects.create(round=round, kind=kind, demand=demand, level=level, since_on=since_on)


@pytest.fixture
def round(campaign):
    return open_round(campaign)


@pytest.fixture
def person(round, branch_members):
    scored(round, branch_members[2].organization, branch_members[2])
    return branch_members[2]


@pytest.fixture
def honoured(person, office, at):
    def call(level=HonourLevel.BUREAU, happened_on=SINCE, title="先进工作者", moment=at):
        return honour(person, level=level, title=title, happened_on=happened_on, by=office, at=moment, on=ON)

    return call


def nominated(round, person, by, at, **fields):
    """A nomination of which the discipline side has said that there is no sanction."""
    return NominationFactory(
        round=round, organization=person.organization, member=person, nominated_by=by, has_sanction=False,
        sanction_checked_at=at, **fields,
    )


def said(round, person, kind=AwardKind.MEMBER, on=ON):
    """[(ok, bars, text)] about honours only."""
    rows = conditions(round, [Candidate(kind, person.organization, person)], on=on)[0]
    return [(row.ok, row.is_missing, row.text) for row in rows if "荣誉" in row.text]


def test_levels_are_as_high_or_higher():
    assert levels_from(HonourLevel.BUREAU) == ["national", "ministry", "bureau"]
    assert levels_from(HonourLevel.NATIONAL) == ["national"]


def test_nothing_is_asked_unless_the_office_asks(round, person, honoured):
    honoured()
    assert said(round, person) == [] and asked_lines(round) == []


@pytest.mark.parametrize(("level", "words"), [
    (HonourLevel.BUREAU, "“先进工作者”（司局级，2008年6月15日）"),
    (HonourLevel.NATIONAL, "“先进工作者”（国家级，2008年6月15日）"),
])
def test_an_honour_as_high_and_as_late_as_asked_meets_it(round, person, honoured, level, words):
    asking(round)
    honoured(level)
    assert said(round, person) == [(True, False, f"{ASKED}：有{words}")]


@pytest.mark.parametrize(("level", "day"), [
    (HonourLevel.UNIT, SINCE), (HonourLevel.NATIONAL, SINCE - datetime.timedelta(days=1)),
])
def test_too_low_or_too_old_does_not(round, person, honoured, level, day):
    asking(round)
    assert said(round, person) == [(False, True, f"{ASKED}：没有登记荣誉")]
    honoured(level, day)
    assert said(round, person) == [(False, True, f"{ASKED}：登记的荣誉级别不够或时间较早")]


def test_the_highest_of_several_is_told(round, person, honoured):
    asking(round)
    honoured(HonourLevel.BUREAU, datetime.date(2010, 7, 1), "优秀公务员")
    honoured(HonourLevel.MINISTRY, datetime.date(2009, 1, 20), "孺子牛奖")
    assert said(round, person) == [(True, False, f"{ASKED}：有“孺子牛奖”（省部级，2009年1月20日）")]


def test_an_honour_of_a_later_day_does_not_count_yet(round, person, honoured):
    asking(round)
    honoured(happened_on=datetime.date(2011, 6, 9))
    assert said(round, person, on=datetime.date(2011, 6, 8)) == [(False, True, f"{ASKED}：没有登记荣誉")]


def test_a_preference_is_told_and_keeps_nobody_out(round, person, honoured):
    asking(round, HonourDemand.PREFERRED, HonourLevel.NATIONAL)
    asked = "2008年6月15日以来有国家级荣誉的优先"
    assert said(round, person) == [(False, False, f"{asked}：没有登记荣誉，不影响参评")]
    honoured(HonourLevel.NATIONAL)
    assert said(round, person) == [(True, False, f"{asked}：有“先进工作者”（国家级，2008年6月15日）")]


def test_each_award_asks_for_itself(round, person):
    asking(round, kind=AwardKind.AFFAIRS_WORKER)
    assert said(round, person) == []
    assert said(round, person, AwardKind.AFFAIRS_WORKER) == [(False, True, f"{ASKED}：没有登记荣誉")]
    asking(round, HonourDemand.PREFERRED, HonourLevel.UNIT)
    assert asked_lines(round) == ["优秀共产党员，2008年6月15日以来有单位级以上荣誉的优先", f"优秀党务工作者，{ASKED}"]


def test_the_database_asks_nothing_of_organisations(round):
    with pytest.raises(IntegrityError, match="evaluations_honourcondition_of_persons|CHECK"), transaction.atomic():
        asking(round, kind=AwardKind.ORGANIZATION)


# The gate -------------------------------------------------------------------------------------
def test_without_the_honour_nobody_passes(round, person, secretary, office, honoured, at):
    asking(round)
    mine = nominated(round, person, secretary, at)
    checking(round)
    with pytest.raises(IsNotQualified) as refused:
        check(mine, "pass", by=office, at=at, on=ON)
    assert refused.value.message == f"还不能通过：{ASKED}：没有登记荣誉。"
    honoured()
    check(mine, "pass", by=office, at=at, on=ON)
    assert mine.state == NominationState.PASSED


def test_an_honour_taken_back_counts_no_more(round, person, honoured, office, at):
    asking(round)
    take_back(honoured(), reason="登记错了人", by=office, at=at)
    assert said(round, person) == [(False, True, f"{ASKED}：没有登记荣誉")]


# Decided --------------------------------------------------------------------------------------
@pytest.fixture
def decided(round, person, secretary, office, honoured, at):
    """A decision that rests on an honour; (decision, the honour)."""
    asking(round)
    given = honoured()
    nominated(round, person, secretary, at, state=NominationState.SELECTED)
    checking(round)
    made = decide(round, document_number="直党发〔2011〕12号", signed_on=ON, signer="直属机关党委", by=office, at=at, on=ON)
    return made, given


def test_the_decision_freezes_what_was_asked_and_what_met_it(round, decided):
    made, _given = decided
    assert made.content["honours"] == [{"kind": "member", "demand": "required", "level": "bureau", "since_on": "2008-06-15"}]
    (entry,) = made.content["lists"][1]["entries"]
    assert entry["honours"] == [{"title": "先进工作者", "level": "bureau", "given_on": "2008-06-15"}]
    changed = {**made.content, "honours": []}
    assert digest_of(made.content) == made.digest != digest_of(changed)


def test_a_decided_round_reads_honours_as_they_were_known(round, person, decided, office, at):
    _made, given = decided
    round.refresh_from_db()
    later = at + datetime.timedelta(days=3)
    take_back(given, reason="登记错了人", by=office, at=later)
    honour(person, level=HonourLevel.NATIONAL, title="后来登记的", happened_on=SINCE, by=office, at=later, on=ON)
    assert said(round, person) == [(True, False, f"{ASKED}：有“先进工作者”（司局级，2008年6月15日）")]
    round.state = RoundState.CHECKING
    assert said(round, person) == [(True, False, f"{ASKED}：有“后来登记的”（国家级，2008年6月15日）")]


def test_what_a_decided_round_asked_does_not_change(round, decided, office, at):
    with pytest.raises(RoundIsDecided, match="决定已经登记，这一批不能再改。"):
        change_round(round, title="x", run=None, quotas={}, honours={}, **DAYS, by=office, at=at)
    assert HonourCondition.objects.count() == 1


# With the round -------------------------------------------------------------------------------
def test_written_changed_and_left_out_with_the_round(campaign, office, at):
    asked = {AwardKind.MEMBER.value: Asked("required", "bureau", SINCE)}
    round = create_round(campaign, code="x", title="七一表彰", quotas={}, honours=asked, **DAYS, by=office, at=at)
    assert list(round.honour_conditions.values_list("kind", "demand", "level", "since_on")) == [
        ("member", "required", "bureau", SINCE)
    ]
    assert HistoryEntry.objects.of(round).get().detail["honours"] == {"member": ["required", "bureau", "2008-06-15"]}
    change_round(round, title="七一表彰", run=None, quotas={}, **DAYS, by=office, at=at)
    assert not HonourCondition.objects.exists()


def test_no_honour_can_be_asked_for_of_days_to_come(campaign, office, at):
    asked = {AwardKind.MEMBER.value: Asked("required", "bureau", datetime.date(2011, 6, 16))}
    with pytest.raises(HonoursTooLate) as refused:
        create_round(campaign, code="x", title="七一表彰", quotas={}, honours=asked, **DAYS, by=office, at=at)
    assert (refused.value.message, refused.value.field) == ("荣誉的起算日不能晚于推荐截止日。", "honour_since__member")


# On the member's page -------------------------------------------------------------------------
def test_for_which_rounds_an_honour_counts(round, person, honoured, office, at):
    asking(round)
    asking(round, kind=AwardKind.AFFAIRS_WORKER)
    given, low = honoured(), honoured(HonourLevel.UNIT, title="单位先进")
    told = rounds_that_count(office, person, [given, low], holds_post=False)
    assert told == {given.pk: ["符合“七一表彰”优秀共产党员的荣誉条件"]}
    told = rounds_that_count(office, person, [given, low], holds_post=True)
    assert told == {given.pk: ["符合“七一表彰”优秀共产党员的荣誉条件", "符合“七一表彰”优秀党务工作者的荣誉条件"]}
    person.status = MemberStatus.PROBATIONARY
    assert rounds_that_count(office, person, [given], holds_post=True) == {}


def test_quotes_inside_quotes_are_single(round, person, honoured, office):
    round.title = "2011年“七一”表彰"
    round.save(update_fields=["title"])
    asking(round)
    given = honoured(title="“三八”红旗手")
    assert rounds_that_count(office, person, [given], holds_post=False)[given.pk] == [
        "符合“2011年‘七一’表彰”优秀共产党员的荣誉条件"
    ]
    assert said(round, person)[0][2] == f"{ASKED}：有“‘三八’红旗手”（司局级，2008年6月15日）"


def test_a_decided_round_says_nothing_there(round, person, honoured, office, at):
    asking(round)
    given = honoured()
    move_round(round, "check", by=office, at=at)
    assert rounds_that_count(office, person, [given], holds_post=False)
    round.state = RoundState.DECIDED
    round.save(update_fields=["state"])
    assert rounds_that_count(office, person, [given], holds_post=False) == {}


def test_rounds_of_another_root_are_not_told(round, person, honoured):
    asking(round)
    other = Organization.objects.create(code="99", name="别的机关", kind="committee", path="ZZZZ", depth=1)
    stranger = user_with(Role.OFFICE, other)
    assert rounds_that_count(stranger, person, [honoured()], holds_post=False) == {}


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_honours(round, branch, branch_members, office, at, number, django_assert_num_queries):
    asking(round)
    for member in branch_members[:number]:
        honour(member, level=HonourLevel.BUREAU, title="先进", happened_on=SINCE, by=office, at=at, on=ON)
    candidates = [Candidate(AwardKind.MEMBER, branch, member) for member in branch_members[:number]]
    round.campaign.organization  # noqa: B018
    with django_assert_num_queries(6):
        found = conditions(round, candidates, on=ON)
    assert sum(row.honour is not None for rows in found for row in rows) == number
