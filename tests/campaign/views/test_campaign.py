"""The office's pages of the frame: rows without JavaScript, refusals at their field, one open campaign."""
import datetime

import pytest
from django.urls import reverse

from campaign.domain.campaign_template import set_up_campaign
from campaign.models import Campaign, Criterion
from evaluations.models import Indicator
from tests.factories.campaign import CampaignFactory, PlanFactory, TaskFactory
from tests.factories.evaluations import AwardRoundFactory as RoundFactory
from units.models import HistoryEntry


@pytest.fixture
def frame(root, office, at):
    return set_up_campaign(organization=root, code="template", title="创先争优活动", by=office, at=at)


@pytest.fixture
def desk(office, client_for):
    """The office at work."""
    return client_for(office)


def part(frame, name):
    return reverse("campaign_part", args=[frame.pk, name])


def criteria(frame, track="organization"):
    return reverse("campaign_criteria", args=[frame.pk, track])


def sent(page, changes=()):
    """The formset of a page as a browser would send it, with changes {(row, field): value}."""
    rows = page.context["rows"]
    data = {f"rows-{name}": rows.management_form[name].value() for name in ("TOTAL_FORMS", "INITIAL_FORMS")}
    for form in rows:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None or value is False else str(value)
    return data | {f"rows-{row}-{field}": value for (row, field), value in dict(changes).items()}


def confirmed(browser, page):
    """The change sent again from the page that shows what it would change."""
    assert "还没有保存。请看一遍会改变什么，再确认。" in page.content.decode()
    return browser.post(page.request["PATH_INFO"], dict(page.context["typed"]) | {"confirmed": page.context["digest"]})


PAGES = ["campaign_edit", "campaign_close"]


@pytest.mark.parametrize(
    ("who", "status"), [("office", 200), ("leader", 403), ("secretary", 403), ("committee", 403), ("system", 404)]
)
def test_only_the_office_edits(request, who, status, frame, client_for):
    browser = client_for(request.getfixturevalue(who))
    addresses = [reverse(name, args=[frame.pk]) for name in PAGES] + [part(frame, "aims"), criteria(frame)]
    assert [browser.get(address).status_code for address in addresses] == [status] * 4
    assert browser.post(reverse("campaign_open", args=[frame.pk])).status_code == (302 if status == 200 else status)


@pytest.mark.parametrize("name", ["aims", "steps", "phases", "milestones", "themes", "expectations", "permissions"])
def test_a_part_that_is_saved_as_it_is_stays_as_it_is(name, frame, desk):
    page = desk.get(part(frame, name))
    before = page.context["rows"].initial
    answer = desk.post(part(frame, name), sent(page))
    assert answer.status_code == 302
    assert desk.get(part(frame, name)).context["rows"].initial == before


@pytest.mark.parametrize("name", ["themes", "expectations", "permissions"])
def test_a_blank_row_counts_as_blank_also_when_a_browser_sends_what_its_lists_show(name, frame, desk):
    """A list without an empty choice would send its first one, and the row would be one that was begun."""
    blank = desk.get(part(frame, name)).context["rows"].forms[-1]
    lists = [field for field in blank if field.field.widget.__class__.__name__ == "Select"]
    assert lists and [next(iter(field.field.widget.choices))[0] for field in lists] == [""] * len(lists)


def test_a_row_more_without_javascript_keeps_what_was_typed(frame, desk):
    page = desk.get(part(frame, "aims"))
    data = sent(page, {(0, "title"): "改了一半", (4, "title"): "新目标"}) | {"add_row": "1"}
    page = desk.post(part(frame, "aims"), data)
    assert [form["title"].value() for form in page.context["rows"]][:1] == ["改了一半"]
    assert [form["title"].value() for form in page.context["rows"]][4:] == ["新目标", None]
    assert not frame.aims.filter(title="改了一半").exists()
    confirmed(desk, desk.post(part(frame, "aims"), sent(page)))
    assert [aim.title for aim in frame.aims.order_by("position")][4:] == ["新目标"]


def test_a_ticked_row_goes(frame, desk):
    data = sent(desk.get(part(frame, "milestones")), {(1, "DELETE"): "on"})
    confirmed(desk, desk.post(part(frame, "milestones"), data))
    assert [milestone.title for milestone in frame.milestones.all()] == ["建党90周年"]


def test_overlapping_phases_are_refused_at_the_field(frame, desk):
    data = sent(desk.get(part(frame, "phases")), {(1, "starts_on"): "2010-12-01"})
    page = desk.post(part(frame, "phases"), data)
    message = "和“积极投身创先争优活动”的日期重叠，应在 2010-12-31 以后开始。"
    assert page.context["rows"].forms[1].errors == {"starts_on": [message]}
    assert page.content.decode().count(message) == 2  # in the summary and at the field


def test_an_end_before_its_start_is_refused_at_the_field(frame, desk):
    data = sent(desk.get(part(frame, "steps")), {(0, "ends_on"): "2010-04-01"})
    page = desk.post(part(frame, "steps"), data)
    assert page.context["rows"].forms[0].errors == {"ends_on": ["结束日期不能早于开始日期。"]}


def test_a_part_that_does_not_exist(frame, desk):
    assert desk.get(part(frame, "slogans")).status_code == 404
    assert desk.get(criteria(frame, "masses")).status_code == 404
    assert desk.get(criteria(frame) + "?category=army").status_code == 404


@pytest.mark.parametrize(("demo", "words"), [(True, "权重是演示值，合计要是 100"), (False, "权重合计要是 100")])
def test_only_a_demos_weights_are_called_so(demo, words, frame, desk, monkeypatch):
    monkeypatch.setattr("config.kit.clock.is_demo", lambda: demo)
    assert f"· {words}" in desk.get(criteria(frame)).content.decode()


def test_the_frames_own_fields(frame, desk):
    address = reverse("campaign_edit", args=[frame.pk])
    values = {name: str(value) for name, value in desk.get(address).context["form"].initial.items()}
    confirmed(desk, desk.post(address, values | {"theme": "新主题"}))
    frame.refresh_from_db()
    assert frame.theme == "新主题"
    page = desk.post(address, values | {"theme": "新主题", "reply_days": "7"})
    assert [(e.label, e.before, e.after) for e in page.context["effects"]] == [("点评在几个工作日内回复", "5", "7")]
    page = desk.post(address, values | {"starts_on": "2010-05-01"})
    assert page.context["form"].errors["starts_on"] == ["“动员部署”早于这一天开始，请先改它的日期。"]


def test_weights_are_refused_with_their_sum_and_saved_as_versions(frame, desk):
    rows = desk.get(criteria(frame)).context["rows"]
    data = {f"{c.code}-{name}": str(getattr(c, name)) for c, _form in rows for name in ("title", "text", "weight")}
    page = desk.post(criteria(frame), data | {"G1-weight": "25", "reason": "议定"})
    assert page.context["reason"].non_field_errors() == ["权重合计要是 100，现在是 105。"]
    page = desk.post(criteria(frame), data | {"G1-weight": "25", "G2-weight": "15"})
    assert page.context["reason"].errors["reason"] == ["请写一句为什么改。"]
    page = desk.post(criteria(frame), data | {"G1-weight": "25", "G2-weight": "15", "reason": "议定"})
    assert [(e.label, e.before, e.after) for e in page.context["effects"]] == [
        ("党组织的条件 G1的权重（下次计分起）", "20", "25"), ("党组织的条件 G2的权重（下次计分起）", "20", "15"),
    ]
    assert Criterion.objects.standing().get(campaign=frame, code="G1").weight == 20
    back = desk.post(criteria(frame), dict(page.context["typed"]) | {"back": "1"})
    assert back.context["rows"][0][1]["weight"].value() == "25" and back.context["reason"]["reason"].value() == "议定"
    confirmed(desk, page)
    assert Criterion.objects.standing().get(campaign=frame, code="G1").weight == 25


def test_words_of_one_category_are_shown_beside_those_of_the_others(frame, desk):
    address = criteria(frame) + "?category=organ"
    rows = desk.get(address).context["rows"]
    data = {f"{c.code}-{name}": str(getattr(c, name)) for c, _form in rows for name in ("title", "text", "weight")}
    page = desk.post(address, data | {"G1-title": "班子过硬", "reason": "议定"})
    common = rows[0][0].title
    assert [(e.label, e.before, e.after) for e in page.context["effects"]] == [(
        "党组织的条件 G1", common, f"机关司局 班子过硬；直属事业单位 {common}；部管社会组织 {common}"
    )]
    answer = desk.post(address, dict(page.context["typed"]) | {"confirmed": page.context["digest"]})
    assert answer.url == address
    assert Criterion.objects.standing().get(campaign=frame, code="G1", category="organ").title == "班子过硬"


def test_a_new_campaign_comes_with_its_rules_and_waits(frame, root, desk):
    values = {"title": "第二轮", "code": "Round-2", "starts_on": "2013-04-06", "nonce": "d" * 32}
    answers = [desk.post(reverse("campaign_new"), values) for _click in range(2)]
    made = Campaign.objects.get(code="round-2")
    assert [answer.url for answer in answers] == [reverse("campaign_edit", args=[made.pk])] * 2
    assert (made.state, str(made.starts_on), str(made.phases.order_by("starts_on").last().ends_on)) == (
        "draft", "2013-04-06", "2015-11-08"
    )
    assert Indicator.objects.filter(campaign=made).exists()


def test_a_code_is_used_once(frame, desk):
    page = desk.post(reverse("campaign_new"), {"title": "又", "code": "Template", "starts_on": "2013-04-06"})
    assert page.context["form"].errors["code"] == ["这个代号已经用过。"]


def moved(frame, desk):
    """The page that comes first when the second phase is made to end two weeks earlier."""
    data = sent(desk.get(part(frame, "phases")), {(1, "ends_on"): "2011-06-15"})
    return desk.post(part(frame, "phases"), data)


def test_moved_days_are_shown_with_what_they_touch_before_anything_is_saved(frame, branch, desk):
    plan = PlanFactory(campaign=frame, organization=branch, phase=frame.phases.get(title="迎接建党90周年"))
    TaskFactory(plan=plan, due_on=datetime.date(2011, 6, 20))
    page = moved(frame, desk)
    assert [(e.label, e.before, e.after) for e in page.context["effects"]] == [
        ("“迎接建党90周年”的起止", "2011年1月1日—2011年7月1日", "2011年1月1日—2011年6月15日"),
        ("在“迎接建党90周年”里到期的任务", "1 条", "0 条"),
        ("期限落在计划阶段以外的任务", "0 条", "1 条"),
    ]
    assert str(frame.phases.get(title="迎接建党90周年").ends_on) == "2011-07-01"
    assert not HistoryEntry.objects.filter(verb="change").exists()
    assert confirmed(desk, page).status_code == 302
    assert str(frame.phases.get(title="迎接建党90周年").ends_on) == "2011-06-15"


def test_what_was_confirmed_is_what_was_shown(frame, branch, desk):
    page = moved(frame, desk)
    plan = PlanFactory(campaign=frame, organization=branch, phase=frame.phases.get(title="迎接建党90周年"))
    TaskFactory(plan=plan, due_on=datetime.date(2011, 6, 20))  # somebody adds a task meanwhile
    again = confirmed(desk, page)
    assert again.status_code == 200 and len(again.context["effects"]) > len(page.context["effects"])
    assert confirmed(desk, again).status_code == 302


def test_one_may_go_back_with_what_was_typed(frame, desk):
    page = moved(frame, desk)
    form = desk.post(part(frame, "phases"), dict(page.context["typed"]) | {"back": "1"})
    assert form.context["rows"].forms[1]["ends_on"].value() == "2011-06-15"
    assert str(frame.phases.get(title="迎接建党90周年").ends_on) == "2011-07-01"


def test_a_campaign_in_preparation_is_saved_at_once(frame, desk):
    Campaign.objects.update(state="draft")
    assert moved(frame, desk).status_code == 302


def test_days_of_nominations_say_which_round_they_leave_outside(frame, desk):
    RoundFactory(campaign=frame, title="七一表彰", nominations_due_on=datetime.date(2011, 6, 15))
    page = desk.get(part(frame, "permissions"))
    row = [form["work"].value() for form in page.context["rows"]].index("nomination")
    page = desk.post(part(frame, "permissions"), sent(page, {(row, "until_on"): "2011-06-05"}))
    assert [(e.label, e.before, e.after) for e in page.context["effects"]] == [
        ("可以推荐表彰对象的时间", "2011年3月1日—2011年7月1日", "2011年3月1日—2011年6月5日"),
        ("今天能不能推荐表彰对象", "能", "不能"),
        ("推荐截止日不在推荐时间里的表彰", "没有", "七一表彰"),
    ]


def test_the_phase_of_another_step_is_refused_at_the_field(frame, desk):
    page = desk.get(part(frame, "permissions"))
    row = [form["work"].value() for form in page.context["rows"]].index("nomination")
    phase = frame.phases.order_by("starts_on").first()
    page = desk.post(part(frame, "permissions"), sent(page, {(row, "phase"): phase.pk}))
    assert page.context["rows"].forms[row].errors == {"phase": ["“积极投身创先争优活动”不是“评选表彰”里的阶段。"]}


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("committee", 404), ("secretary", 404)])
def test_who_sets_up_no_campaign(request, who, status, root, client_for):
    assert client_for(request.getfixturevalue(who)).get(reverse("campaign_new")).status_code == status


def test_one_open_campaign_after_the_other(frame, root, desk):
    second = CampaignFactory(organization=root, state="draft", title="第二轮“服务型”建设")
    ask = desk.get(reverse("campaign_open", args=[second.pk])).content.decode()
    assert "要开始“第二轮‘服务型’建设”吗？" in ask and "开始以后不能退回筹备；" in ask
    page = desk.post(reverse("campaign_open", args=[second.pk]), follow=True)
    assert "同时只能有一个进行中的活动，请先结束另一个。" in page.content.decode()
    ask = desk.get(reverse("campaign_close", args=[frame.pk])).content.decode()
    assert "结束以后不能再打开。" in ask and "可以在下一个活动里结转" in ask
    desk.post(reverse("campaign_close", args=[frame.pk]))
    desk.post(reverse("campaign_open", args=[second.pk]))
    assert [c.state for c in (Campaign.objects.get(pk=frame.pk), Campaign.objects.get(pk=second.pk))] == ["closed", "open"]
    assert desk.get(reverse("campaign_open", args=[second.pk])).url == reverse("campaign_list")
    page = desk.post(reverse("campaign_close", args=[frame.pk]), follow=True)
    assert "活动现在的状态不能做这一步，请刷新页面再看。" in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(rows, root, office, client_for, django_assert_num_queries):
    for _number in range(rows):
        CampaignFactory(organization=root, state="draft")
    browser = client_for(office)
    browser.get(reverse("campaign_list"))
    with django_assert_num_queries(5):
        assert len(browser.get(reverse("campaign_list")).context["rows"]) == rows
