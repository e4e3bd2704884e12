"""Yearly grades: settled from a released count, a third 优秀 at most, no grade for those on probation."""
import pytest

from evaluations.domain import grades, polls, releases
from evaluations.domain.due_sources import polls_waiting
from evaluations.models import MemberYearlyGrade, Poll
from tests.factories.polls import POLL_AT, cast_all, count, draft_poll, open_poll
from tests.factories.units import MemberFactory, UserFactory
from units.models import HistoryEntry


@pytest.fixture
def released(campaign, branch, branch_members, secretary):
    """Five members judged by eight: all 优秀, the first ones by more."""
    poll, codes = open_poll(campaign, branch, sheet="yearly", members=branch_members, issued=(8, 6))
    for place, code in enumerate(codes["members"]):
        cast_all([code], [0 if place >= member else 1 for member in range(4)] + [2])
    cast_all(codes["masses"], [0, 0, 0, 0, 2])
    count(poll)
    releases.release_poll(poll, by=secretary, at=POLL_AT)
    return Poll.objects.get(pk=poll.pk)


def chosen(poll, *names):
    return dict(zip(poll.subjects.order_by("position").values_list("member_id", flat=True), names, strict=True))


def test_the_count_suggests_and_a_third_at_most_is_excellent(released):
    lines = grades.grade_lines(released)
    assert [line.counts for line in lines] == [[14, 0, 0, 0], [13, 1, 0, 0], [12, 2, 0, 0], [11, 3, 0, 0], [0, 0, 14, 0]]
    assert grades.most_excellent(released) == 1  # of five
    assert [line.suggested for line in lines] == ["excellent", "qualified", "qualified", "qualified", "basic"]


def test_grades_are_settled_once_and_changed_with_a_reason(released, secretary, at):
    grades.settle_grades(released, chosen(released, "excellent", *["qualified"] * 4), by=secretary, at=at)
    assert MemberYearlyGrade.objects.filter(grade="excellent").count() == 1
    with pytest.raises(grades.GradeReasonMissing, match="^等次已经评定，改动请写一句原因。$"):
        grades.settle_grades(released, chosen(released, *["qualified"] * 5), by=secretary, at=at)
    grades.settle_grades(released, chosen(released, *["qualified"] * 5), reason="支委会复议", by=secretary, at=at)
    assert set(MemberYearlyGrade.objects.values_list("grade", flat=True)) == {"qualified"}
    assert [entry.detail for entry in HistoryEntry.objects.of(released).filter(verb="grade").order_by("pk")] == [
        {}, {"reason": "支委会复议"}
    ]


def test_more_than_a_third_is_refused(released, secretary, at):
    sentence = "^评了 2 名优秀，最多 1 名：优秀不超过正式党员的三分之一。$"
    with pytest.raises(grades.TooManyExcellent, match=sentence):
        grades.settle_grades(released, chosen(released, "excellent", "excellent", *["qualified"] * 3), by=secretary, at=at)
    assert not MemberYearlyGrade.objects.exists()


@pytest.mark.parametrize("change", [lambda said: said.popitem(), lambda said: said.update({0: "qualified"})])
def test_everybody_on_the_ballot_and_nobody_else_gets_a_grade(released, secretary, at, change):
    said = chosen(released, *["qualified"] * 5)
    change(said)
    with pytest.raises(grades.GradesIncomplete, match="^请给每名党员选一个等次。$"):
        grades.settle_grades(released, said, by=secretary, at=at)


def test_grades_follow_from_a_released_yearly_poll(campaign, branch, branch_members, secretary, at):
    poll, _codes = open_poll(campaign, branch, sheet="yearly", members=branch_members)
    with pytest.raises(grades.NotReleased, match="^民主评议的结果公布以后才能评定等次。$"):
        grades.settle_grades(poll, chosen(poll, *["qualified"] * 5), by=secretary, at=at)


def test_whoever_is_on_probation_is_not_on_the_sheet(campaign, branch):
    young = MemberFactory(organization=branch, status="probationary", joined_on="2011-01-05", full_on=None)
    with pytest.raises(polls.NoGradeYet, match="^预备党员不评定等次，请从名单里去掉。$"):
        draft_poll(campaign, branch, sheet="yearly", members=[young])
    assert not Poll.objects.exists()


def test_a_count_too_small_to_show_suggests_nothing(campaign, branch, branch_members, secretary):
    poll, codes = open_poll(campaign, branch, sheet="yearly", members=branch_members[:1])
    cast_all(codes["members"][:4], [0])
    count(poll)
    releases.release_poll(poll, by=secretary, at=POLL_AT)
    [line] = grades.grade_lines(poll)
    assert (line.counts, line.suggested) == (None, "")


def test_the_holder_is_told_what_comes_next(released, campaign, branch, secretary, at, today):
    def waiting(user):
        return [(thing[1], thing[4], thing[5]) for thing in polls_waiting(lambda *said: said, on=today, user=user)]

    Poll.objects.update(made_by=secretary)
    holder = secretary
    grades_page = f"/polls/{released.pk}/grades/"
    assert waiting(holder) == [("poll", "结果已公布，等您评定等次。", grades_page)] and waiting(UserFactory()) == []
    counted = count(open_poll(campaign, branch, by=holder)[0])
    assert ("poll", "计票完成，等您公布结果。", f"/polls/{counted.pk}/") in waiting(holder)
    grades.settle_grades(released, chosen(released, *["qualified"] * 5), by=secretary, at=at)
    assert len(waiting(holder)) == 1


# The cadres' appraisal -------------------------------------------------------------------------
def test_the_cadres_sheet_asks_one_thing_of_everybody_with_a_post_from_below_too(campaign, unit, branch, secretary):
    director = MemberFactory(organization=branch, administrative_post="处长")
    MemberFactory(organization=branch)
    MemberFactory(organization=branch, administrative_post="退休")
    members = list(polls.members_to_judge(unit, "cadres"))
    assert members == [director]
    poll, codes = open_poll(campaign, unit, sheet="cadres", members=members)
    assert poll.questions.get().options == ["优秀", "称职", "基本称职", "不称职", "不了解"]
    cast_all(codes["members"], [1])
    count(poll)
    releases.release_poll(poll, by=secretary, at=POLL_AT)
    assert poll.cells.get(audience="", organization=None).counts == [0, 8, 0, 0, 0, 0]
    assert not hasattr(Poll.objects.get(pk=poll.pk), "appraisal")
