"""个人信息: all that names the person and nothing of others, numbers masked, a file that is on record."""
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from campaign.models import Designation
from evaluations.models import CurrentRun, MemberYearlyGrade, Score
from tests.factories.campaign import ActivityFactory, CommitmentFactory, PlanFactory, RectificationFactory, TaskFactory
from tests.factories.evaluations import MarkingFactory, NominationFactory, ReviewFactory, ScoringRunFactory
from tests.factories.polls import draft_poll
from tests.factories.releases import RoleModelFactory
from units.domain.id_numbers import seal
from units.domain.id_reveals import reveal_id_number
from units.domain.party_groups import found_group
from units.domain.posts import take_post
from units.domain.transfers import propose
from units.models import Exemption, Export, HistoryEntry, Honour, Member, ProbationDecision, Sanction, SignIn, User

PAGE = "/own-data/"


@pytest.fixture
def person(branch_members):
    """The member whose account is the fixture `member`."""
    return branch_members[1]


def test_what_names_the_person_and_nothing_of_others(
    campaign, branch, person, branch_members, member, office, outsider, at, client_for
):
    person.id_number_sealed, person.phone = seal("11010519491231002X"), "13812340743"
    person.save(update_fields=["id_number_sealed", "phone"])
    ActivityFactory(campaign=campaign, organization=branch, title="走访困难户", roster={person: True, branch_members[2]: True})
    CommitmentFactory(campaign=campaign, member=person, text="上门办证")
    CommitmentFactory(campaign=campaign, member=branch_members[2], text="别人的承诺")
    ReviewFactory(campaign=campaign, member=person, strengths="肯帮人")
    for who, title in ((office, "全部党员花名册"), (outsider, "别处的花名册")):
        Export.objects.create(kind="roster", title=title, requested_by=who, queued_at=at, parameters={"organization": None})
    page = client_for(member).get(PAGE).content.decode()
    numbers = ("138****0743", "110105***********X")
    for words in ("走访困难户", "上门办证", "肯帮人", *numbers, "全部党员花名册", office.name, branch.name):
        assert words in page
    assert "别处的花名册" not in page
    assert "别人的承诺" not in page and branch_members[2].name not in page and "13812340743" not in page


@pytest.fixture
def judged(campaign, branch, person, secretary, at, today):
    """The person has a sanction, became a full member, was marked, graded and scored."""
    Sanction.objects.create(
        member=person, kind="warning", happened_on=today, ends_on=today, document="机关纪〔2011〕1号", recorded_at=at
    )
    ProbationDecision.objects.create(
        member=person, organization=branch, outcome="full", happened_on=today, reason="全票通过", recorded_at=at
    )
    MarkingFactory(campaign=campaign, organization=branch, member=person)
    run = ScoringRunFactory(campaign=campaign)
    CurrentRun.objects.update_or_create(campaign=campaign, defaults={"run": run})
    Score.objects.create(run=run, track="member", organization=branch, member=person, total=787850)
    MemberYearlyGrade.objects.create(
        poll=draft_poll(campaign, branch), member=person, grade="excellent", settled_by=secretary, settled_at=at
    )


def test_every_kind_of_record_of_a_person_is_told(
    judged, campaign, branch, person, member, tree, office, secretary, at, today, client_for
):
    """One of each, with what it says."""
    how = {"by": office, "at": at, "on": today}
    person.id_number_sealed = seal("11010519491231002X")
    person.save(update_fields=["id_number_sealed"])
    reveal_id_number(person, reason="核对转接介绍信", by=secretary, at=at)
    found_group(branch, name="第一党小组", members=[person], leader=person, happened_on=today, **how)
    take_post(person, organization=branch, kind="organizer", starts_on=today, **how)
    propose(person, tree.organ_branch_2, reason="工作调动", by=secretary, at=at)
    Exemption.objects.create(member=person, kind="infirm", note="住院", starts_on=today, recorded_at=at)
    Honour.objects.create(member=person, level="unit", title="先进工作者", happened_on=today, recorded_at=at)
    Designation.objects.create(
        organization=branch, kind="post", holder=person, title="审批一号岗", text="件件有回音", moved_at=at, applied_by=member,
        applied_at=at,
    )
    RoleModelFactory(campaign=campaign, organization=branch, member=person, title="为民办事的人")
    RectificationFactory(campaign=campaign, organization=branch, owner=person, problem="电话没人接")
    TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch), owner=person, title="走访十户")
    NominationFactory(
        round__campaign=campaign, kind="member", member=person, organization=branch, nominating_organization=branch,
        check_note="材料待核",
    )
    page = client_for(member).get(PAGE).content.decode()
    for words in (
        "得分：78.79", "民主评议等次：优秀", "考评（逐项的分在得分说明里）", "全票通过", "警告",
        "办公厅第一党支部 · 2001年7月1日起", "第一党小组（组长） · 2011年6月10日起", "组织委员",
        "办公厅第一党支部 → 办公厅第二党支部（待接收）", "住院", "先进工作者", "审批一号岗", "典型：为民办事的人",
        "整改：电话没人接", "任务：走访十户", "办公厅第一党支部推荐为优秀共产党员",
        f"{secretary} · 核对转接介绍信",
    ):
        assert words in page, words
    assert "材料待核" not in page and "不在这里的：日志、推荐的审核意见；" in page


TOLD = {  # of a person's place in the roster, and of the account: every relation that names the person
    "memberships", "exemptions", "honours", "group_places", "posts", "probation_decisions", "sanctions", "transfers",
    "commitments",
    "designations", "role_models", "participations", "owned_rectifications", "owned_tasks", "markings", "nominations",
    "yearly_grades", "reviews", "scores", "account", "charges", "grants", "second_factor", "sign_ins", "calendar_feeds",
    "activity_drafts", "spot_visits", "opinions_handled", "reviews_given", "reminders",
}
NOT_TOLD = {"reminder_choice": "a setting that its own page shows"}


@pytest.mark.parametrize("model", [Member, User])
def test_a_new_relation_to_a_person_is_told_or_has_a_reason_not_to_be(model):
    named = {one.get_accessor_name() for one in model._meta.related_objects if not one.hidden}
    assert named <= TOLD | set(NOT_TOLD)


@pytest.mark.parametrize("who", ["office", "system", "auditor", "secretary"])
def test_everybody_has_such_a_page(who, request, tree, client_for):
    user = request.getfixturevalue(who)
    assert user.username in client_for(user).get(PAGE).content.decode()


def test_the_file_holds_the_same_and_is_on_record(member, client_for):
    answer = client_for(member).get(reverse("own_data_file"))
    assert dict(answer.json()["账号"])["账号"] == member.username
    assert HistoryEntry.objects.get(verb="export").actor == member


def sheet_of(answer):
    """Rows of the only sheet of a workbook that was sent, without empty ones."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.sheet_names == ["个人信息"]
    return [row for row in book.get_sheet_by_index(0).to_python() if any(row)]


def test_the_workbook_holds_what_the_json_holds_and_is_on_record(campaign, person, member, office, at, client_for):
    person.id_number_sealed, person.phone = seal("11010519491231002X"), "13812340743"
    person.save(update_fields=["id_number_sealed", "phone"])
    CommitmentFactory(campaign=campaign, member=person, text="=1+1 上门办证")
    SignIn.objects.create(user=member, at=at, outcome="done", browser="Chrome，Windows")
    SignIn.objects.create(user=office, at=at, outcome="done", browser="Firefox，Linux")
    answer = client_for(member).get(reverse("own_data_workbook"))
    assert "%E4%B8%AA%E4%BA%BA%E4%BF%A1%E6%81%AF.xlsx" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    rows = sheet_of(answer)
    assert rows[0][0] == "个人信息" and rows[1][0] == f"党员（{member.username}），2011年6月10日"
    assert rows[2] == ["类别", "项目", "内容"]
    told = client_for(member).get(reverse("own_data_file")).json()
    expected = [[title, label, value] for title, lines in told.items() for label, value in lines or [("", "没有记录。")]]
    assert rows[3:] == expected
    assert ["登录", "2011年6月10日 09:00", "登录成功 · Chrome，Windows"] in rows
    assert not any("Firefox" in cell or "13812340743" in cell for row in rows for cell in row)
    assert [entry.actor for entry in HistoryEntry.objects.filter(verb="export")] == [member, member]


def test_a_demos_workbook_says_that_it_is_one(member, client_for, monkeypatch):
    from config.kit import clock

    monkeypatch.setattr(clock, "is_demo", lambda: True)
    rows = sheet_of(client_for(member).get(reverse("own_data_workbook")))
    assert rows[2][0] == "演示数据：单位、人员和数字均为虚构。"


def test_what_there_is_nothing_of_is_named_in_one_line(member, client_for):
    page = client_for(member).get(PAGE).content.decode()
    assert "没有记录的：登录、党员的变动、活动、承诺、" in page and "没有记录。" not in page


def test_a_stranger_gets_no_file(db, client_for):
    assert client_for(None).get(reverse("own_data_workbook")).url.startswith("/login/")


def test_sign_ins_are_shown_newest_first_and_older_ones_folded(member, at, client_for):
    for number in range(23):
        SignIn.objects.create(
            user=member, at=at - timedelta(days=number), outcome="password" if number == 1 else "done", browser="Chrome，Windows"
        )
    page = client_for(member).get(PAGE).content.decode()
    assert page.index("2011年6月10日 09:00") < page.index("2011年6月9日 09:00")
    assert "密码不对 · Chrome，Windows" in page and "更早的 3 条" in page and "登录记录保留 184 天，不记网络地址。" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number(
    rows, campaign, branch, person, member, at, client_for, django_assert_num_queries
):
    for _number in range(rows):
        SignIn.objects.create(user=member, at=at, outcome="done", browser="Chrome，Windows")
        CommitmentFactory(campaign=campaign, member=person)
        ActivityFactory(campaign=campaign, organization=branch, roster={person: True})
    browser = client_for(member)
    browser.get(PAGE)
    with django_assert_num_queries(39):
        browser.get(PAGE)
