import datetime

import pytest
from django.urls import reverse

from evaluations.enums import AwardKind, NominationState
from evaluations.models import Nomination
from tests.factories.awards import checking, nominee, open_round, scored
from tests.factories.units import MemberFactory, user_with
from units.domain.honours import honour
from units.enums import Role


@pytest.fixture
def round(campaign):
    return open_round(campaign)


@pytest.fixture
def candidate(branch_members):
    return branch_members[2]


def page(client, name, *keys, **query):
    return client.get(reverse(name, args=keys), query).content.decode()


def posted(client, name, *keys, **fields):
    return client.post(reverse(name, args=keys), fields, follow=True).content.decode()


MEETING = {"meeting_on": "2011-06-03", "expected": 5, "present": 4, "approving": 3, "story": "走访群众，办实事。"}


def address(round, branch, nominee, kind="member"):
    return f"{reverse('nomination_new', args=[round.pk])}?kind={kind}&organization={branch.pk}&nominee={nominee.pk}"


# Put forward ----------------------------------------------------------------------------------
def test_pick_page_shows_whom_one_may_put_forward_with_the_score(client_for, secretary, round, branch, candidate, tree):
    scored(round, branch, candidate)
    text = page(client_for(secretary), "nomination_new", round.pk)
    assert str(candidate) in text and "87.88" in text and "选一个优秀共产党员人选" in text
    assert str(tree.members[tree.society.pk][0]) not in text
    own = page(client_for(secretary), "nomination_new", round.pk, kind="organization")
    assert branch.name in own and tree.organ_branch_2.name not in own
    workers = page(client_for(secretary), "nomination_new", round.pk, kind="affairs_worker")
    assert "共 1 个" in workers


def test_committee_chooses_the_organisation_that_met(client_for, committee, round, tree):
    client = client_for(committee)
    text = page(client, "nomination_new", round.pk)
    assert tree.organ_branch.name in text and tree.organ_branch_2.name in text and tree.society.name not in text
    only = page(client, "nomination_new", round.pk, organization=tree.organ_branch_2.pk)
    assert "共 3 个" in only
    assert client.get(reverse("nomination_new", args=[round.pk]), {"organization": tree.society.pk}).status_code == 404


def test_search_by_name(client_for, secretary, round, branch):
    MemberFactory(name="欧阳锋", organization=branch)
    text = page(client_for(secretary), "nomination_new", round.pk, q="欧阳")
    assert "欧阳锋" in text and "共 1 个" in text
    assert "没有符合条件的人选。" in page(client_for(secretary), "nomination_new", round.pk, q="没有")


def test_form_shows_conditions_and_facts_beside_the_meeting(client_for, secretary, round, branch, candidate):
    scored(round, branch, candidate)
    text = client_for(secretary).get(address(round, branch, candidate)).content.decode()
    assert f"推荐{candidate}为优秀共产党员" in text and "截止日（2011年3月31日）组织关系在办公厅第一党支部" in text
    assert 'name="expected" value="5"' in text and "处分" not in text


def test_nominate_and_withdraw(client_for, secretary, round, branch, candidate):
    client = client_for(secretary)
    answer = client.post(address(round, branch, candidate), MEETING)
    nomination = Nomination.objects.get()
    assert answer.url == nomination.get_absolute_url()
    text = client.get(answer.url).content.decode()
    assert "2011年6月3日，应到 5 人，实到 4 人，赞成 3 人" in text and "走访群众，办实事。" in text and "撤回推荐" in text
    assert "已推荐" in page(client, "nomination_new", round.pk)
    assert "推荐已撤回。" in posted(client, "nomination_withdraw", nomination.pk)


def test_double_click_nominates_once(client_for, secretary, round, branch, candidate):
    client = client_for(secretary)
    answers = [client.post(address(round, branch, candidate), {**MEETING, "nonce": "c" * 32}) for _press in range(2)]
    assert answers[0].url == answers[1].url
    assert Nomination.objects.count() == 1


@pytest.mark.parametrize(
    "field, value, sentence",
    [
        ("present", "6", "实到：实到不能多于应到的 5 人。"),
        ("approving", "2", "赞成：赞成没有超过应到的半数，不能推荐。"),
        ("meeting_on", "2011-06-11", "会议日期：会议日期不能晚于今天。"),
        ("story", "", "主要事迹：请填主要事迹。"),
        ("story", "长" * 501, "主要事迹：最多 500 字，现在有 501 字。"),
    ],
)
def test_wrong_meeting_is_said_at_the_field_and_nothing_is_lost(
    client_for, secretary, round, branch, candidate, field, value, sentence
):
    text = client_for(secretary).post(address(round, branch, candidate), {**MEETING, field: value}).content.decode()
    assert sentence in text
    assert field == "story" or "走访群众，办实事。" in text
    assert not Nomination.objects.exists()


@pytest.mark.parametrize("query", ["kind=nonsense", "nominee=999999", "organization=999999"])
def test_made_up_addresses_lead_nowhere(client_for, secretary, round, query):
    assert client_for(secretary).get(f"{reverse('nomination_new', args=[round.pk])}?{query}").status_code == 404


def test_nominee_outside_the_nominating_organisation_does_not_exist(client_for, secretary, round, branch, tree):
    stranger = tree.members[tree.society.pk][0]
    client = client_for(secretary)
    assert client.get(address(round, branch, stranger)).status_code == 404
    assert client.post(address(round, branch, stranger), MEETING).status_code == 404


@pytest.mark.parametrize("who", ["office", "leader", "inspector"])
def test_who_does_not_act_for_a_branch_does_not_nominate(request, client_for, round, who):
    answer = client_for(request.getfixturevalue(who)).get(reverse("nomination_new", args=[round.pk]))
    assert answer.status_code == 403 and "推荐由党组织书记或单位党委提出。" in answer.content.decode()


def test_what_the_round_asks_of_honours_is_told_before_the_meeting(client_for, secretary, office, round, branch, candidate, at):
    client, day = client_for(secretary), datetime.date(2009, 5, 1)
    scored(round, branch, candidate)
    assert "符合条件的荣誉" not in page(client, "nomination_new", round.pk)
    asked = round.honour_conditions.create(kind="member", demand="required", level="bureau", since_on=datetime.date(2008, 6, 15))
    text = page(client, "nomination_new", round.pk)
    assert "须有2008年6月15日以来司局级以上荣誉" in text and "符合条件的荣誉" in text and "孺子牛奖" not in text
    assert "符合条件的荣誉" not in page(client, "nomination_new", round.pk, kind="organization")
    line = '<span class="cx-vh">{}：</span><span><a href="{}">{}</a>'.format
    missing = line("还没有", candidate.get_absolute_url(), "须有2008年6月15日以来司局级以上荣誉：没有登记荣誉")
    assert missing in client.get(address(round, branch, candidate)).content.decode()
    asked.__class__.objects.update(demand="preferred")
    aside = line("供参考", candidate.get_absolute_url(), "2008年6月15日以来有司局级以上荣誉的优先：没有登记荣誉，不影响参评")
    assert aside in client.get(address(round, branch, candidate)).content.decode()
    honour(candidate, level="ministry", title="孺子牛奖", happened_on=day, by=office, at=at, on=datetime.date(2011, 6, 10))
    assert "孺子牛奖" in page(client, "nomination_new", round.pk)
    met = "2008年6月15日以来有司局级以上荣誉的优先：有“孺子牛奖”（省部级，2009年5月1日）"
    assert met in client.get(address(round, branch, candidate)).content.decode()


# Check ----------------------------------------------------------------------------------------
@pytest.fixture
def waiting(round, branch, candidate, secretary):
    nomination = nominee(round, branch, candidate, by=secretary)
    checking(round)
    return nomination


def test_office_asks_about_sanctions_and_passes(client_for, office, waiting):
    client = client_for(office)
    before = page(client, "nomination_detail", waiting.pk)
    assert "还没有核实有没有影响评选的处分" in before and reverse("nomination_pass", args=[waiting.pk]) not in before
    assert "还不能通过：还没有核实有没有影响评选的处分。" in posted(client, "nomination_pass", waiting.pk)
    assert "请写明是什么处分、到什么时候。" in posted(client, "nomination_sanction", waiting.pk, has_sanction="yes")
    round = waiting.round
    round.honour_conditions.create(kind="member", demand="preferred", level="unit", since_on=datetime.date(2008, 6, 15))
    assert "处分情况已记下。" in posted(client, "nomination_sanction", waiting.pk, has_sanction="no")
    assert reverse("nomination_pass", args=[waiting.pk]) in page(client, "nomination_detail", waiting.pk)
    text = posted(client, "nomination_pass", waiting.pk)
    waiting.refresh_from_db()
    assert "审核通过。" in text and waiting.state == NominationState.PASSED
    assert "核实处分情况" in text and "登记决定" in page(client, "award_detail", waiting.round_id)


def test_office_refuses_with_a_reason(client_for, office, waiting):
    client = client_for(office)
    assert "请写一句为什么不通过。" in posted(client, "nomination_refuse", waiting.pk, note=" ")
    text = posted(client, "nomination_refuse", waiting.pk, note="材料不实")
    assert "审核未通过：" in text and "材料不实" in text


@pytest.mark.parametrize("name", ["nomination_pass", "nomination_refuse", "nomination_sanction"])
@pytest.mark.parametrize("who, status", [("secretary", 403), ("committee", 403), ("leader", 403), ("outsider", 404)])
def test_only_the_office_checks(request, client_for, waiting, name, who, status):
    answer = client_for(request.getfixturevalue(who)).post(reverse(name, args=[waiting.pk]), {"note": "x"})
    assert answer.status_code == status
    waiting.refresh_from_db()
    assert waiting.state == NominationState.SUBMITTED


def test_who_holds_both_roles_is_told_why_not(client_for, tree, round, candidate):
    both = user_with(Role.OFFICE, tree.root)
    nomination = nominee(round, tree.organ_branch, candidate, by=both)
    checking(round)
    assert "您推荐的人选要由别人审核。" in page(client_for(both), "nomination_detail", nomination.pk)
    assert client_for(both).post(reverse("nomination_pass", args=[nomination.pk])).status_code == 403


def test_withdrawal_is_for_those_who_act_for_the_branch(client_for, office, outsider, round, branch, candidate, secretary):
    nomination = nominee(round, branch, candidate, by=secretary)
    assert client_for(office).post(reverse("nomination_withdraw", args=[nomination.pk])).status_code == 403
    assert client_for(outsider).get(reverse("nomination_detail", args=[nomination.pk])).status_code == 404


def test_only_the_office_sees_a_rank(client_for, office, secretary, round, branch, candidate):
    nomination = nominee(round, branch, candidate, by=secretary)
    score = candidate.scores.get()
    score.rank, score.ranked_among = 2, 5
    score.save()
    assert "同类第 2（共 5）" in page(client_for(office), "nomination_detail", nomination.pk)
    assert "同类第" not in page(client_for(secretary), "nomination_detail", nomination.pk)


@pytest.mark.parametrize("rows", [1, 3])
def test_pick_page_asks_the_same_questions_for_any_number_of_rows(
    client_for, secretary, round, branch, branch_members, rows, django_assert_num_queries
):
    for member in branch_members[:rows]:
        nominee(round, branch, member, by=secretary)
        MemberFactory(organization=branch)
    client = client_for(secretary)
    client.get(reverse("nomination_new", args=[round.pk]))
    with django_assert_num_queries(17):
        client.get(reverse("nomination_new", args=[round.pk]))


def test_organisation_as_nominee(client_for, secretary, round, branch):
    client = client_for(secretary)
    client.post(address(round, branch, branch, AwardKind.ORGANIZATION.value), MEETING)
    nomination = Nomination.objects.get()
    assert (nomination.kind, nomination.member) == (AwardKind.ORGANIZATION, None)
    assert "党支部，是党的基层组织" in client.get(nomination.get_absolute_url()).content.decode()


def test_affairs_worker_comes_with_the_years_in_party_work(client_for, secretary, round, branch, branch_members):
    client = client_for(secretary)
    worker = branch_members[0]
    url = address(round, branch, worker, "affairs_worker")
    assert 'name="party_work_since" value="2009-01-01"' in client.get(url).content.decode()
    assert "从事党务工作起始" not in client.get(address(round, branch, worker)).content.decode()
    text = client.post(url, {**MEETING, "party_work_since": "1999-01-01"}).content.decode()
    assert "从事党务工作起始：起始日期不能早于入党时间2000年6月1日。" in text
    client.post(url, {**MEETING, "party_work_since": "2006-05-01"})
    assert "填报从2006年5月1日起" in client.get(Nomination.objects.get().get_absolute_url()).content.decode()


def test_closed_round_leads_back_to_its_board(client_for, secretary, round, branch, candidate):
    checking(round)
    client = client_for(secretary)
    assert "“七一表彰”现在不接受推荐。" in client.get(address(round, branch, candidate), follow=True).content.decode()
    assert client.post(address(round, branch, candidate), MEETING).url == round.get_absolute_url()
    assert not Nomination.objects.exists()
