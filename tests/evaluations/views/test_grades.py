"""The page of yearly grades: counts beside choices, who settles, and where the member sees it."""
import pytest

from evaluations.domain import releases
from evaluations.models import MemberYearlyGrade, Poll
from tests.factories.polls import POLL_AT, cast_all, count, open_poll


@pytest.fixture
def released(campaign, branch, branch_members, secretary):
    poll, codes = open_poll(campaign, branch, sheet="yearly", members=branch_members, issued=(8, 6))
    cast_all(codes["members"] + codes["masses"], [0, 1, 1, 2, 1])
    count(poll)
    releases.release_poll(poll, by=secretary, at=POLL_AT)
    return Poll.objects.get(pk=poll.pk)


def fields(poll, *names):
    keys = poll.subjects.order_by("position").values_list("member_id", flat=True)
    return {f"grade_{key}": name for key, name in zip(keys, names, strict=True)}


def test_the_branch_settles_and_the_member_reads_it(released, secretary, member, client_for):
    browser, address = client_for(secretary), f"/polls/{released.pk}/grades/"
    assert "评定等次" in browser.get(released.get_absolute_url()).content.decode()
    form = browser.get(address).context["form"]
    assert [field.initial for field in form.fields.values()] == ["excellent", "qualified", "qualified", "basic", "qualified"]
    page = browser.post(address, fields(released, *["excellent"] * 5) | {"nonce": "a" * 32}).content.decode()
    assert "评了 5 名优秀，最多 1 名：优秀不超过正式党员的三分之一。" in page
    page = browser.post(address, fields(released, "", *["qualified"] * 4) | {"nonce": "b" * 32}).content.decode()
    assert "请选一个等次。" in page and not MemberYearlyGrade.objects.exists()
    said = fields(released, "excellent", *["qualified"] * 4)
    assert "等次已评定" in browser.post(address, said | {"nonce": "c" * 32}, follow=True).content.decode()
    page = browser.post(address, said | {"nonce": "d" * 32, "reason": ""}).content.decode()
    assert "等次已经评定，改动请写一句原因。" in page
    graded = released.subjects.order_by("position").first().member
    assert "民主评议：优秀" in browser.get(graded.get_absolute_url()).content.decode()
    own = released.grades.get(member=member.member)
    page = client_for(member).get(member.member.get_absolute_url()).content.decode()
    assert f"民主评议：{own.get_grade_display()}" in page


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("inspector", 403), ("member", 404), ("outsider", 404)])
def test_who_does_not_hold_polls_settles_nothing(who, status, released, client_for, request):
    assert client_for(request.getfixturevalue(who)).get(f"/polls/{released.pk}/grades/").status_code == status


def test_no_grades_before_the_release(campaign, branch, branch_members, secretary, client_for):
    poll, _codes = open_poll(campaign, branch, sheet="yearly", members=branch_members)
    response = client_for(secretary).get(f"/polls/{poll.pk}/grades/")
    assert response.status_code == 403 and "民主评议的结果公布以后才能评定等次。" in response.content.decode()


def test_another_member_does_not_see_the_grade(released, secretary, member, at, client_for):
    from evaluations.domain.grades import settle_grades

    keys = released.subjects.values_list("member_id", flat=True)
    settle_grades(released, dict.fromkeys(keys, "qualified"), by=secretary, at=at)
    other = released.subjects.exclude(member=member.member).first().member
    assert client_for(member).get(other.get_absolute_url()).status_code == 404


def test_the_printed_sheet_has_formula_validity_and_signatures(released, secretary, client_for):
    page = client_for(secretary).get(released.get_absolute_url()).content.decode()
    formula = "百分比 = 该档票数 ÷ 四档票数之和，按最大余数法"
    for words in ("民主评议党员结果汇总表", formula, "结果有效。", "监票人（签字）：", "14（100.0%）"):
        assert words in page
