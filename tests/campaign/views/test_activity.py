"""The list, one activity and taking it back: who sees what, filters, words, and the same queries for any number of rows."""
import datetime
import uuid

import pytest
from django.urls import reverse

from campaign.models import Activity, ActivityKind
from tests.factories.campaign import ActivityFactory, CriterionFactory, PhaseFactory, PlanFactory, TaskFactory, noon
from tests.factories.photos import PhotoFactory
from tests.factories.units import MemberFactory

URL = "/activities/"


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def log(campaign, branch):
    """`log("走访", …)` writes an activity of the branch."""
    def make(title="走访", **fields):
        return ActivityFactory(**{"campaign": campaign, "organization": branch, "title": title} | fields)

    return make


def titles(response):
    return [activity.title for activity in response.context["page"]]


def withdraw_url(activity):
    return reverse("activity_withdraw", args=[activity.lineage])


# List -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(log, campaign, secretary, client_for, rows, django_assert_num_queries):
    CriterionFactory(campaign=campaign, code="G2")
    for _row in range(rows):
        log(codes=["G2", "G5"])
    client = client_for(secretary)
    client.get(URL)
    with django_assert_num_queries(14):
        response = client.get(URL)
    assert len(titles(response)) == rows


def test_newest_stand_first_and_twenty_on_a_page(log, secretary, client_for):
    for day in range(1, 23):
        log(f"第 {day} 次", happened_on=datetime.date(2011, 5, day))
    response = client_for(secretary).get(URL)
    assert titles(response)[0] == "第 22 次" and len(titles(response)) == 20
    assert "共 22 条" in response.content.decode()
    assert titles(client_for(secretary).get(f"{URL}?page=2")) == ["第 2 次", "第 1 次"]


def test_only_standing_versions_of_the_own_scope_are_listed(log, tree, secretary, at, client_for):
    log("本支部的")
    log("撤回的", superseded_at=at)
    log("兄弟支部的", organization=tree.organ_branch_2)
    log("外单位的", organization=tree.society)
    assert titles(client_for(secretary).get(URL)) == ["本支部的"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"甲", "乙", "丙"}),
        ("kind=study", {"乙"}),
        ("code=G5", {"甲"}),
        ("first=2011-05-01&last=2011-05-31", {"甲", "丙"}),
        ("first=2011-05-10&last=2011-05-10", {"甲"}),
        ("q=社区 养老", {"丙"}),
        ("q=%25", set()),
        ("unit=第二", {"乙"}),
        ("unit=办公厅党总支", {"甲", "乙"}),
        ("unit=没有", set()),
        ("kind=study&code=G5", set()),
    ],
)
def test_filters_narrow_the_list(log, campaign, tree, office, client_for, query, found):
    CriterionFactory(campaign=campaign, code="G5")
    log("甲", codes=["G5"])
    log("乙", kind=ActivityKind.objects.get(code="study"), organization=tree.organ_branch_2, place="",
        happened_on=datetime.date(2011, 4, 2))
    log("丙", organization=tree.society, text="社区里的养老院。", happened_on=datetime.date(2011, 5, 20))
    response = client_for(office).get(f"{URL}?{query}")
    assert set(titles(response)) == found
    assert ("没有符合条件的活动。" in response.content.decode()) is not bool(found)


def test_the_phase_and_the_organisation_of_a_link_narrow_too(log, campaign, tree, office, client_for):
    phase = PhaseFactory(campaign=campaign, starts_on=datetime.date(2010, 6, 1), ends_on=datetime.date(2010, 12, 31))
    log("去年", happened_on=datetime.date(2010, 7, 1))
    log("今年", organization=tree.organ_branch_2)
    assert titles(client_for(office).get(f"{URL}?phase={phase.pk}")) == ["去年"]
    response = client_for(office).get(f"{URL}?organization={tree.organ.pk}")
    assert len(titles(response)) == 2 and "办公厅党总支（含下级）" in response.content.decode()
    assert titles(client_for(office).get(f"{URL}?organization={tree.organ_branch.pk}")) == ["去年"]


def test_a_filter_that_cannot_be_read_says_so_and_the_others_work(log, secretary, client_for):
    log("甲")
    log("乙", text="别的事。", place="")
    response = client_for(secretary).get(f"{URL}?first=上周&q=社区")
    assert titles(response) == ["甲"]
    assert "请写日期，例如 2011-06-10。" in response.content.decode()


def test_who_sees_one_branch_has_no_choice_of_organisations(log, secretary, office, client_for):
    log()
    assert "unit" not in client_for(secretary).get(URL).context["form"].fields
    assert "unit" in client_for(office).get(URL).context["form"].fields


def test_late_records_are_said_to_be_late(log, secretary, client_for):
    log(happened_on=datetime.date(2011, 5, 10), recorded_at=noon(datetime.date(2011, 5, 10)))
    log(happened_on=datetime.date(2011, 5, 9), recorded_at=noon(datetime.date(2011, 5, 12)))
    page = client_for(secretary).get(URL).content.decode()
    assert "晚记 3 天" in page and page.count("晚记") == 1 and "当天" in page


@pytest.mark.parametrize(("who", "may"), [("secretary", True), ("office", True), ("leader", False), ("member", False)])
def test_only_those_who_log_find_the_button(request, log, client_for, who, may):
    log()
    page = client_for(request.getfixturevalue(who)).get(URL).content.decode()
    assert ("记一条活动" in page) is may


def test_an_empty_list_says_what_to_do(campaign, secretary, client_for):
    assert "还没有记活动。" in client_for(secretary).get(URL).content.decode()


# One activity ---------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number(
    log, campaign, branch, branch_members, secretary, client_for, rows, django_assert_num_queries
):
    activity = log(
        roster={member: number != 1 for number, member in enumerate(branch_members[: rows + 1])},
        codes=["G1", "G2", "G5"][:rows], task=TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch)),
    )
    for photo in PhotoFactory.create_batch(rows, organization=branch):
        activity.activity_photos.create(photo=photo)
    client = client_for(secretary)
    client.get(activity.get_absolute_url())
    with django_assert_num_queries(28):
        client.get(activity.get_absolute_url())


def test_the_page_names_who_was_missing(log, branch_members, secretary, client_for):
    activity = log(roster={member: number != 2 for number, member in enumerate(branch_members)})
    page = client_for(secretary).get(activity.get_absolute_url()).content.decode()
    assert f"没来的：{branch_members[2].name}" in page and "到了的 4 人" in page


def test_unknown_names_are_said_to_be_unknown(log, secretary, client_for):
    page = client_for(secretary).get(log(present=2).get_absolute_url()).content.decode()
    assert "没有点名，只记了人数，不进个人的参加记录。" in page


def test_the_page_shows_photos_task_and_criteria(log, campaign, branch, secretary, client_for):
    CriterionFactory(campaign=campaign, code="G2", title="党员队伍好")
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch), title="窗口服务")
    activity = log(codes=["G2"], task=task)
    photo = PhotoFactory(organization=branch)
    activity.activity_photos.create(photo=photo)
    page = client_for(secretary).get(activity.get_absolute_url()).content.decode()
    assert f'src="{photo.small_url}"' in page and 'alt="走访，第 1 张"' in page
    assert "党员队伍好" in page and "窗口服务" in page and task.plan.get_absolute_url() in page


@pytest.mark.parametrize(("who", "status"), [("leader", 200), ("member", 200), ("office", 200), ("outsider", 404)])
def test_the_page_exists_for_its_readers(request, log, client_for, who, status):
    activity = log()
    response = client_for(request.getfixturevalue(who)).get(activity.get_absolute_url())
    assert response.status_code == status
    if status == 200:
        assert (withdraw_url(activity) in response.content.decode()) is (who == "office")


def test_an_activity_that_never_was_does_not_exist(campaign, secretary, client_for):
    assert client_for(secretary).get(reverse("activity_detail", args=[uuid.uuid4()])).status_code == 404


def test_a_withdrawn_activity_says_so(log, secretary, client_for, at):
    activity = log(recorded_by=secretary, recorded_at=at - datetime.timedelta(days=1))
    client = client_for(secretary)
    client.post(withdraw_url(activity), {"reason": "记重了", "nonce": uuid.uuid4().hex})
    page = client.get(activity.get_absolute_url()).content.decode()
    assert "这条活动已经撤回。" in page and "支部书记 6月10日 09:00" in page and "原因：记重了" in page
    assert "用在了哪里" not in page and withdraw_url(activity) not in page


# Take it back ---------------------------------------------------------------------------------
def test_the_page_that_asks_names_the_consequences(log, campaign, branch, branch_members, secretary, client_for):
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch), title="窗口服务")
    activity = log(task=task, roster=dict.fromkeys(branch_members, True))
    page = client_for(secretary).get(withdraw_url(activity)).content.decode()
    assert "要撤回“走访”吗？" in page and "计划任务“窗口服务”会少一次，做不满就重新打开。" in page
    assert "5 人的参加记录里不再有它。" in page and 'name="reason"' in page
    assert Activity.objects.standing().exists()


def test_the_author_is_not_asked_for_a_reason_at_first(log, secretary, at, client_for):
    activity = log(recorded_by=secretary, recorded_at=at)
    assert 'name="reason"' not in client_for(secretary).get(withdraw_url(activity)).content.decode()
    client_for(secretary).post(withdraw_url(activity))
    assert not Activity.objects.standing().exists()


def test_without_a_reason_it_stays(log, secretary, client_for):
    activity = log(recorded_by=secretary)
    page = client_for(secretary).post(withdraw_url(activity), {"reason": " "}).content.decode()
    assert "请写一句为什么撤回。" in page
    assert Activity.objects.standing().exists()


def test_two_clicks_withdraw_once_and_both_lead_to_the_activity(log, secretary, client_for):
    activity, form = log(), {"reason": "记重了", "nonce": uuid.uuid4().hex}
    first, second = (client_for(secretary).post(withdraw_url(activity), form) for _click in range(2))
    assert first.url == second.url == activity.get_absolute_url()


def test_whoever_saw_an_older_version_is_told(log, secretary, client_for):
    activity = log()
    response = client_for(secretary).post(f"{withdraw_url(activity)}?version={activity.pk + 7}", {"reason": "x"}, follow=True)
    assert "这条记录已经被别人更正，请看最新的一版。" in response.content.decode()
    assert Activity.objects.standing().exists()


@pytest.mark.parametrize(
    ("who", "status"), [("committee", 302), ("office", 302), ("leader", 403), ("member", 403), ("outsider", 404)]
)
def test_the_scope_of_taking_back(request, log, client_for, who, status):
    activity = log()
    response = client_for(request.getfixturevalue(who)).post(withdraw_url(activity), {"reason": "记重了"})
    assert response.status_code == status
    assert Activity.objects.standing().exists() is (status != 302)


def test_a_large_roster_is_not_written_out(log, branch, secretary, client_for):
    members = MemberFactory.create_batch(201, organization=branch)
    activity = log(roster={member: number != 0 for number, member in enumerate(members)})
    page = client_for(secretary).get(activity.get_absolute_url()).content.decode()
    assert "到了的" not in page and "200 人，应到 201 人" in page
