"""The page on which an activity is logged: starts, refusals at their fields, one record per form, drafts, photos."""
import datetime
import re
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from campaign.models import Activity, ActivityDraft, TaskResult
from tests.campaign.views.activity_form import URL, at_field, client, criteria, fields, own_media, task  # noqa: F401
from tests.config.kit.test_pictures import picture as picture_bytes
from tests.factories.campaign import ActivityFactory, PlanFactory, TaskFactory
from tests.factories.units import PASSWORD, MemberFactory
from units.models import Submission


# Starts ---------------------------------------------------------------------------------------
def test_the_task_that_is_due_first_is_chosen(client, campaign, task):
    TaskFactory(plan=task.plan, title="6月主题党日", due_on=datetime.date(2011, 6, 30))
    page = client.get(URL).content.decode()
    assert "计划任务：窗口服务" in page and "已带出类型、名称和“五个好”" in page
    assert "计划任务：6月主题党日" in page and f'href="?task={task.lineage}"' not in page
    assert "党员队伍好、群众反映好" in page and "办事大厅" in page
    assert "完成计划任务 1 项" in page and "等 5 人的参加记录" in page


def test_a_task_that_is_due_much_later_is_only_offered(client, task):
    task.due_on = datetime.date(2011, 9, 30)
    task.save()
    page = client.get(URL)
    assert page.context["task"] is None
    assert f"?task={task.lineage}" in page.content.decode()


def test_a_task_is_chosen_by_the_address(client, task):
    other = TaskFactory(plan=task.plan, title="6月主题党日", due_on=datetime.date(2011, 6, 30))
    response = client.get(f"{URL}?task={other.lineage}")
    assert response.context["task"] == other
    assert response.context["form"]["title"].value() == "6月主题党日"


def test_the_last_record_is_copied_without_text_photos_and_task(client, campaign, branch, task):
    last = ActivityFactory(campaign=campaign, organization=branch, task=task, codes=["G5"], place="社区")
    response = client.get(f"{URL}?copy={last.lineage}")
    form = response.context["form"]
    assert (form["title"].value(), form["place"].value(), form["codes"].value()) == (last.title, "社区", ["G5"])
    assert (form["text"].value(), form["task"].value(), response.context["photos"]) == (None, None, [])


def test_blank_starts_from_nothing_and_the_name_is_made_of_kind_and_month(client, task, fields):
    response = client.get(f"{URL}?blank=1")
    assert (response.context["task"], response.context["kind"]) == (None, None)
    client.post(f"{URL}?blank=1", fields)
    assert Activity.objects.get().title == "6月主题党日"


def test_numbers_are_those_of_todays_roster(client, branch_members):
    branch_members[4].is_exempt, branch_members[4].exempt_reason = True, "年老"
    branch_members[4].save()
    form = client.get(URL).context["form"]
    assert (form["present"].value(), form["expected"].value()) == (4, 4)


@pytest.mark.parametrize("query", ["task", "copy", "draft"])
@pytest.mark.parametrize("value", ["nonsense", str(uuid.UUID(int=5))])
def test_what_does_not_exist_cannot_be_started_from(client, query, value):
    assert client.get(f"{URL}?{query}={value}").status_code == 404


def test_without_a_campaign_the_page_says_so(secretary, client_for):
    assert "现在没有进行中的创先争优活动" in client_for(secretary).get(URL).content.decode()


# Whose ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("inspector", 403), ("member", 403)])
def test_those_who_only_read_do_not_log(request, campaign, client_for, who, status):
    assert client_for(request.getfixturevalue(who)).get(URL).status_code == status


def test_a_committee_logs_for_its_branch_under_its_own_name(campaign, committee, branch, client_for, fields):
    page = client_for(committee).get(f"{URL}?organization={branch.pk}").content.decode()
    assert "办公厅第一党支部 · 填一次，多处引用" in page and "替别的党组织记" in page
    client_for(committee).post(URL, fields)
    activity = Activity.objects.get()
    assert (activity.organization, activity.recorded_by) == (branch, committee)


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_organisation_outside_the_scope_does_not_exist(client, tree, fields, method):
    fields["organization"] = tree.society.pk
    assert getattr(client, method)(URL, fields).status_code == 404
    assert not Activity.objects.exists()


def test_the_task_of_another_organisation_is_refused(campaign, committee, tree, branch, client_for, fields):
    other = TaskFactory(plan=PlanFactory(campaign=campaign, organization=tree.organ_branch_2))
    fields["task"] = other.lineage
    response = client_for(committee).post(URL, fields)
    assert at_field(response, "task") == ["这项任务是别的党组织的，请重新选。"]


def test_a_task_that_cannot_be_seen_is_none(client, campaign, tree, fields):
    other = TaskFactory(plan=PlanFactory(campaign=campaign, organization=tree.society))
    fields["task"] = other.lineage
    assert at_field(client.post(URL, fields), "task") == ["没有这项任务，可能已经改过，请重新选。"]


# Submit ---------------------------------------------------------------------------------------
def test_a_form_sent_without_javascript_is_logged(client, task, fields, secretary, at, branch_members):
    fields |= {"task": task.lineage, "present": "4", "absent": [branch_members[2].pk], "masses": "12", "title": "窗口  服务"}
    response = client.post(URL, fields, follow=True)
    activity = Activity.objects.get()
    assert response.redirect_chain == [(activity.get_absolute_url(), 302)]
    assert "已提交。10 分钟内可以撤回。" in response.content.decode()
    assert (activity.title, activity.text, activity.masses) == ("窗口 服务", "为 12 户老人办了优待证。", 12)
    assert (activity.recorded_by, activity.recorded_at, activity.task) == (secretary, at, task)
    assert [row.member for row in activity.participations.filter(was_present=False)] == [branch_members[2]]
    assert TaskResult.objects.standing().get().activity == activity


def test_a_double_click_makes_one_record(client, task, fields):
    fields["task"] = task.lineage
    first, second = client.post(URL, fields), client.post(URL, fields)
    assert first.url == second.url == Activity.objects.get().get_absolute_url()
    assert Submission.objects.count() == 1


def test_the_back_button_and_another_press_make_one_record(client, fields):
    first = client.post(URL, fields)
    again = client.post(URL, fields | {"text": "改了几个字再按一次。"}, follow=True)
    assert again.redirect_chain == [(first.url, 302)]
    assert "这张表已经交过，没有再记一次。要改请在记录上改。" in again.content.decode()
    assert Activity.objects.get().text == "为 12 户老人办了优待证。"


def test_the_back_button_without_javascript_makes_one_record_of_the_same_words(client, fields):
    """The page is made anew, with a new guard; the browser has put the words back."""
    first = client.post(URL, fields)
    again = client.post(URL, fields | {"nonce": uuid.uuid4().hex}, follow=True)
    assert again.redirect_chain == [(first.url, 302)]
    assert "这条活动刚才已经记过，没有再记一次。" in again.content.decode()
    assert Activity.objects.count() == 1


@pytest.mark.parametrize("change", [{"text": "又为 3 户办了。"}, {"happened_on": "2011-06-09"}])
def test_other_words_or_another_day_are_another_record(client, fields, change):
    client.post(URL, fields)
    client.post(URL, fields | {"nonce": uuid.uuid4().hex} | change)
    assert Activity.objects.count() == 2


def test_a_refused_form_can_be_sent_again_with_the_same_guard(client, fields):
    refused = client.post(URL, fields | {"present": "6"})
    shown = re.search(r'name="nonce" value="(\w+)"', refused.content.decode()).group(1)
    assert shown == fields["nonce"]
    client.post(URL, fields)
    assert Activity.objects.count() == 1


# Refusals at their fields ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"text": ""}, "text", "请写一句做了什么，例如“为 12 户老人办了优待证”。"),
        ({"text": "字" * 301}, "text", "最多 300 字，现在有 301 字。"),
        ({"happened_on": "2011-06-11", "roster_on": ""}, "happened_on", "日期不能晚于今天（2011年6月10日）。"),
        ({"happened_on": "2010-05-31", "roster_on": ""}, "happened_on",
         "活动在 2010年6月1日到2012年11月7日之间，日期要在这个范围内。"),
        ({"happened_on": "上周"}, "happened_on", "请写日期，例如 2011-06-10。"),
        ({"happened_on": ""}, "happened_on", "请选日期。"),
        ({"present": "6"}, "present", "本支部这一天应到 5 人，参加的不能多于 5 人。"),
        ({"present": "6", "expected": "6"}, "expected", "本支部这一天有党员 5 人，应到的不能多于 5 人。"),
        ({"present": ""}, "present", "请写人数。"),
        ({"present": "很多"}, "present", "请写数字，例如 21。"),
        ({"present": "-1"}, "present", "人数不能是负数。"),
        ({"kind": ""}, "kind", "请选类型。"),
        ({"kind": "9999"}, "kind", "没有这种类型，请重新选。"),
        ({"codes": ["G9"]}, "codes", "没有这一条，请重新选。"),
        ({"task": "x"}, "task", "没有这项任务，可能已经改过，请重新选。"),
        ({"title": "名" * 61}, "title", "最多 60 字，现在有 61 字。"),
        ({"masses": "99999999"}, "masses", "人数太大了，请核对。"),
    ],
)
def test_each_refusal_stands_at_its_field(client, campaign, fields, changes, name, sentence):
    campaign.ends_on = datetime.date(2012, 11, 7)
    campaign.save()
    response = client.post(URL, fields | changes)
    assert response.status_code == 200
    assert at_field(response, name) == [sentence]
    page = response.content.decode()
    assert page.count(sentence) >= 2 if name != "task" else sentence in page  # in the summary and at the field
    assert not Activity.objects.exists()


def test_ticks_and_number_that_disagree_are_refused(client, fields, branch_members):
    response = client.post(URL, fields | {"absent": [branch_members[1].pk]})
    assert at_field(response, "absent") == ["勾了 1 人没来，参加的应是 4 人，写的是 5 人。"]
    assert f'value="{branch_members[1].pk}" checked' in response.content.decode()


def test_what_was_typed_is_still_there_after_a_refusal(client, fields):
    page = client.post(URL, fields | {"present": "6", "place": "西街社区"}).content.decode()
    assert "为 12 户老人办了优待证。" in page and "西街社区" in page


def test_three_hundred_characters_with_line_breaks_fit(client, fields):
    client.post(URL, fields | {"text": "字" * 150 + "\r\n" + "字" * 149})
    assert len(Activity.objects.get().text) == 300


def test_another_day_with_another_roster_is_asked_once(client, branch, fields):
    MemberFactory(organization=branch, member_since=datetime.date(2011, 6, 5))
    form = fields | {"happened_on": "2011-06-01", "present": "6", "expected": "6"}
    refused = client.post(URL, form)
    assert at_field(refused, "happened_on") == ["这一天应到 5 人，2011年6月10日是 6 人。请核对参加人数，再提交一次。"]
    page = refused.content.decode()
    assert 'name="roster_on" value="2011-06-01"' in page
    assert refused.context["form"]["expected"].value() == "5"
    client.post(URL, form | {"roster_on": "2011-06-01", "present": "5", "expected": "5"})
    assert Activity.objects.get().has_roster


def test_another_day_chosen_by_htmx_brings_its_roster(client, branch):
    late = MemberFactory(organization=branch, member_since=datetime.date(2011, 6, 5))
    query = {"happened_on": "2011-06-01", "organization": branch.pk}
    part = client.get(URL, query, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="attendance"') and "<html" not in part
    assert 'name="roster_on" value="2011-06-01"' in part and f'value="{late.pk}"' not in part
    assert re.search(r'name="present" value="5"', part)


# Drafts ---------------------------------------------------------------------------------------
def test_a_draft_is_kept_without_javascript_and_taken_up_again(client, fields, secretary):
    response = client.post(URL, fields | {"draft": "1", "happened_on": "", "present": "很多"})
    draft = ActivityDraft.objects.get()
    assert (response.url, draft.author) == (draft.get_absolute_url(), secretary)
    page = client.get(response.url)
    form = page.context["form"]
    assert (form["text"].value(), form["present"].value(), form["codes"].value()) == (fields["text"], "很多", ["G2"])
    assert not form.is_bound and "草稿已保存，随时可以接着写。" in page.content.decode()
    assert not Activity.objects.exists()


def test_a_draft_says_that_photos_are_not_in_it(client, fields):
    chosen = [SimpleUploadedFile("照片.jpg", picture_bytes())]
    response = client.post(URL, fields | {"draft": "1", "photos": chosen}, follow=True)
    assert "草稿已保存。照片不随草稿保存，提交前再选。" in response.content.decode()


def test_submitting_takes_the_draft_away_and_a_second_click_still_works(client, fields):
    client.post(URL, fields | {"draft": "1"})
    draft = ActivityDraft.objects.get()
    url, form = draft.get_absolute_url(), fields | {"draft_id": str(draft.token)}
    first, second = client.post(url, form), client.post(url, form)
    assert first.url == second.url == Activity.objects.get().get_absolute_url()
    assert not ActivityDraft.objects.exists()


def test_drafts_stand_on_the_page(client, fields):
    client.post(URL, fields | {"draft": "1"})
    draft = ActivityDraft.objects.get()
    page = client.get(URL).content.decode()
    assert "没写完的（1）" in page and f'href="{draft.get_absolute_url()}">为 12 户老人办了优待证。</a>' in page
    assert reverse("activity_draft_delete", args=[draft.token]) in page
    assert "没写完的" not in client.get(draft.get_absolute_url()).content.decode()  # the one that is being written


def test_the_draft_of_another_does_not_exist(client, fields, committee, client_for):
    client.post(URL, fields | {"draft": "1"})
    assert client_for(committee).get(ActivityDraft.objects.get().get_absolute_url()).status_code == 404


# A session that ran out -----------------------------------------------------------------------
def test_a_form_sent_after_the_session_comes_back_filled(client, fields, secretary, task):
    late = Client()
    stopped = late.post(f"{URL}?task={task.lineage}", fields | {"task": task.lineage, "place": "西街社区"})
    assert stopped.status_code == 403
    sealed = re.search(r'name="sealed" value="([^"]+)"', stopped.content.decode()).group(1)
    answer = late.post(
        reverse("login_again"), {"username": secretary.username, "password": PASSWORD, "sealed": sealed}, follow=True
    )
    assert answer.redirect_chain == [(f"{URL}?task={task.lineage}", 302)]
    page = answer.content.decode()
    assert "为 12 户老人办了优待证。" in page and "西街社区" in page and "已重新登录，内容都在。" in page
    assert answer.context["task"] == task
    assert not Activity.objects.exists()
    late.post(URL, fields | {"task": task.lineage})
    assert Activity.objects.get().recorded_by == secretary
