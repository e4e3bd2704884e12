"""Two people edit one record: the second sees both texts, and nothing is written over unseen."""
from datetime import date

import pytest
from django import forms
from django.test import RequestFactory
from django.urls import reverse

from campaign.models import Bulletin
from evaluations.models import Questionnaire
from tests.factories.campaign import CommitmentFactory, PlanFactory, TaskFactory
from tests.factories.evaluations import AwardRoundFactory
from units.edits import FIELD, guarded
from units.models import LinkedBody, PartyGroup

SENTENCE = "您填写期间，别人改了这条记录。请对照下面两列，改好再交；再交就以您填的为准。"


def filled(browser, address):
    """(form, what a browser would send of it) of the page at `address`."""
    page = browser.get(address)
    form = page.context["form"]
    assert f'name="{FIELD}" value="{form.base}"' in page.content.decode(), address
    sent = {name: form[name].value() for name in form.fields if not isinstance(form.fields[name], forms.FileField)}
    return form, {name: value for name, value in sent.items() if value is not None} | {FIELD: form.base}


@pytest.fixture
def body(branch, at):
    return LinkedBody.objects.create(
        organization=branch, kind="union", name="办公厅工会", chair_name="王芳", size=30, founded_on=date(2005, 3, 1)
    )


def test_the_second_sees_what_the_first_wrote_and_decides(body, secretary, committee, client_for):
    address = reverse("linked_body_edit", args=[body.pk])
    first, second = client_for(committee), client_for(secretary)
    _form, mine = filled(second, address)
    _form, theirs = filled(first, address)
    assert first.post(address, theirs | {"chair_name": "李强", "size": 31}).status_code == 302
    shown = second.post(address, mine | {"chair_name": "赵敏"})
    page = shown.content.decode()
    assert SENTENCE in page and "别人改的和您填的" in page
    told = [(one.label, one.now, one.typed) for one in shown.context["form"].meanwhile]
    assert told == [("负责人", "李强", "赵敏"), ("人数", "31", "30")]
    body.refresh_from_db()
    assert (body.chair_name, body.size) == ("李强", 31)
    again = mine | {"chair_name": "赵敏", "size": 31, FIELD: shown.context["form"].base}
    assert second.post(address, again).status_code == 302
    body.refresh_from_db()
    assert (body.chair_name, body.size) == ("赵敏", 31)


def test_who_wrote_the_same_is_not_asked(body, secretary, committee, client_for):
    address = reverse("linked_body_edit", args=[body.pk])
    first, second = client_for(committee), client_for(secretary)
    _form, mine = filled(second, address)
    assert first.post(address, mine | {"size": 31}).status_code == 302
    assert second.post(address, mine | {"size": 31}).status_code == 302


def test_a_double_click_is_no_second_person(body, secretary, client_for):
    browser, address = client_for(secretary), reverse("linked_body_edit", args=[body.pk])
    _form, mine = filled(browser, address)
    sent = mine | {"size": 31, "nonce": "a" * 32}
    assert [browser.post(address, sent).status_code for _click in range(2)] == [302, 302]


# Pages of other sorts of records --------------------------------------------------------------
@pytest.fixture
def opened(campaign, branch, unit, office, at, today):
    """{name: (address, record, who edits it)} of records that are changed in place."""
    plan = PlanFactory(campaign=campaign, organization=branch, state="draft", title="方案")
    promise = CommitmentFactory(campaign=campaign, organization=branch, state="draft", due_on=date(2011, 9, 30))
    group = PartyGroup.objects.create(branch=branch, name="第一党小组", founded_on=date(2010, 1, 1))
    bulletin = Bulletin.objects.create(
        campaign=campaign, organization=campaign.organization, title="简报", lead="", starts_on=today, ends_on=today,
        created_by=office, moved_at=at,
    )
    round = AwardRoundFactory(campaign=campaign)
    asked = Questionnaire.objects.create(
        campaign=campaign, organization=campaign.organization, title="问卷", access="open", ends_on=date(2011, 7, 31),
        made_by=office, made_at=at,
    )
    return {
        "plan": (reverse("plan_edit", args=[plan.pk]), plan),
        "commitment": (reverse("commitment_edit", args=[promise.pk]), promise),
        "group": (reverse("party_group_edit", args=[group.pk]), group),
        "bulletin": (reverse("bulletin_edit", args=[bulletin.pk]), bulletin),
        "round": (reverse("award_edit", args=[round.pk]), round),
        "questionnaire": (reverse("questionnaire_edit", args=[asked.pk]), asked),
        "campaign": (reverse("campaign_edit", args=[campaign.pk]), campaign),
    }


@pytest.mark.parametrize(
    ("name", "column", "who"),
    [("plan", "title", "secretary"), ("commitment", "text", "secretary"), ("group", "name", "secretary"),
     ("bulletin", "title", "office"), ("round", "title", "office"), ("questionnaire", "title", "office"),
     ("campaign", "title", "office")],
)
def test_no_page_writes_over_what_came_meanwhile(request, name, column, who, opened, client_for):
    address, record = opened[name]
    browser = client_for(request.getfixturevalue(who))
    _form, mine = filled(browser, address)
    type(record).objects.filter(pk=record.pk).update(**{column: "别人写的"})
    page = browser.post(address, mine | {column: "我写的", "draft": "1"})
    assert page.status_code == 200 and SENTENCE in page.content.decode()
    assert ("别人写的", "我写的") in [(one.now, one.typed) for one in page.context["form"].meanwhile]
    record.refresh_from_db()
    assert getattr(record, column) == "别人写的"


def test_a_task_corrected_meanwhile_is_not_corrected_unseen(campaign, unit, branch, committee, client_for):
    task = TaskFactory(plan=PlanFactory(campaign=campaign, organization=branch), title="原来的")
    address, browser = reverse("task_edit", args=[task.lineage]), client_for(committee)
    _form, mine = filled(browser, address)
    assert browser.post(address, mine | {"title": "别人写的", "reason": "口径变了", "nonce": "a" * 32}).status_code == 302
    page = browser.post(address, mine | {"title": "我写的", "reason": "口径变了", "nonce": "b" * 32})
    assert [(one.label, one.now, one.typed) for one in page.context["form"].meanwhile] == [("任务", "别人写的", "我写的")]


class SampleForm(forms.Form):
    """One field of each sort that pages have."""

    title = forms.CharField(label="名称", required=False)
    open = forms.BooleanField(label="公开", required=False)
    day = forms.DateField(label="日期", required=False)
    kind = forms.ChoiceField(label="类别", choices=[("a", "甲"), ("更多", [("b", "乙")])], required=False)
    ways = forms.MultipleChoiceField(label="方式", choices=[("x", "短信"), ("y", "邮件")], required=False)
    group = forms.ModelChoiceField(label="党小组", queryset=PartyGroup.objects.all(), required=False)
    reason = forms.CharField(label="原因", required=False)
    photo = forms.FileField(label="照片", required=False)


def test_every_sort_of_field_is_told_in_words(branch, secretary, at):
    one, two = (PartyGroup.objects.create(branch=branch, name=name, founded_on=date(2010, 1, 1)) for name in ("一组", "二组"))
    was = {"title": "旧", "open": False, "day": date(2011, 6, 1), "kind": "a", "ways": ["x"], "group": one, "reason": "甲"}
    now = {"title": "新", "open": True, "day": date(2011, 6, 2), "kind": "b", "ways": ["x", "y"], "group": two.pk, "reason": "乙"}
    seen = guarded(None, SampleForm(initial=was), besides=("reason",)).base
    typed = {"title": "", "day": "2011-06-03", "kind": "a", "group": one.pk, "reason": "丙", FIELD: seen}
    request = RequestFactory().post("/", typed)
    request.user = secretary
    form = guarded(request, SampleForm(request.POST, initial=now), besides=("reason",))
    assert not form.is_valid() and form.non_field_errors() == [SENTENCE]
    assert [(line.label, line.now, line.typed) for line in form.meanwhile] == [
        ("名称", "新", "—"), ("公开", "是", "否"), ("日期", "2011年6月2日", "2011年6月3日"), ("类别", "乙", "甲"),
        ("方式", "短信、邮件", "—"), ("党小组", "二组", "一组"),
    ]
    assert form.base == guarded(None, SampleForm(initial=now), besides=("reason",)).base
