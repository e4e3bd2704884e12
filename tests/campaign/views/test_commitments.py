"""Pages of commitments: who sees and does what, filters, figures, and one record however often one clicks."""
import datetime

import pytest
from django.urls import reverse

from campaign.models import Commitment, CommitmentOutcome
from tests.factories.campaign import CommitmentFactory, RectificationFactory
from tests.factories.units import MemberFactory, user_with
from units.enums import Role

LIST = "/commitments/"
WORDS = {
    "kind": "deed", "text": "为 40 户困难家庭上门办证", "baseline": "要跑三趟", "target": "最多跑一趟",
    "due_on": "2011-06-30", "member": "organization", "nonce": "a" * 32,
}


def url(name, commitment):
    return reverse(name, args=[commitment.pk])


@pytest.fixture
def of_branch(campaign, branch):
    """A published promise of the branch."""
    return CommitmentFactory(campaign=campaign, organization=branch, text="支部的承诺")


@pytest.fixture
def of_member(campaign, branch_members):
    """A promise of an ordinary member, handed in."""
    return CommitmentFactory(
        campaign=campaign, member=branch_members[1], text="党员的承诺", state="submitted", due_on=datetime.date(2011, 6, 30)
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(
    rows, campaign, branch_members, secretary, client_for, django_assert_num_queries
):
    for member in branch_members[:rows]:
        CommitmentFactory(campaign=campaign, member=member)
    browser = client_for(secretary)
    browser.get(LIST)
    with django_assert_num_queries(10):
        response = browser.get(LIST)
    assert len(response.context["rows"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_course(
    rows, of_branch, secretary, today, at, client_for, django_assert_num_queries
):
    for _number in range(rows):
        of_branch.progress.create(text="办好一件", happened_on=today, recorded_at=at, recorded_by=secretary)
    browser = client_for(secretary)
    browser.get(of_branch.get_absolute_url())
    with django_assert_num_queries(10):
        response = browser.get(of_branch.get_absolute_url())
    assert response.content.decode().count("办好一件") == rows


# Who sees what --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("leader", 200), ("member", 200), ("outsider", 404),
     ("auditor", 404), ("system", 404)],
)
def test_a_public_promise_is_read_inside_its_scope(who, status, of_branch, client_for, request):
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(of_branch.get_absolute_url()).status_code == status
    assert ("支部的承诺" in browser.get(LIST).content.decode()) == (status == 200)


def test_a_sibling_branch_does_not_see_it(of_branch, tree, client_for):
    sibling = user_with(Role.SECRETARY, tree.organ_branch_2)
    assert client_for(sibling).get(of_branch.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("secretary", 200), ("member", 404), ("committee", 404), ("office", 404)])
def test_a_draft_is_for_those_who_write_it(who, status, campaign, branch, client_for, request):
    draft = CommitmentFactory(campaign=campaign, organization=branch, state="draft")
    assert client_for(request.getfixturevalue(who)).get(draft.get_absolute_url()).status_code == status


def test_what_was_handed_in_is_for_the_level_above_and_oneself(of_member, member, committee, branch, client_for):
    colleague = user_with(Role.MEMBER, branch, member=branch.members.by_strokes().exclude(pk=of_member.member_id).last())
    assert client_for(member).get(of_member.get_absolute_url()).status_code == 200
    assert client_for(committee).get(of_member.get_absolute_url()).status_code == 200
    assert client_for(colleague).get(of_member.get_absolute_url()).status_code == 404


# Proposing ------------------------------------------------------------------------------------
def test_a_secretary_proposes_for_the_branch_and_hands_in(campaign, branch, secretary, client_for):
    response = client_for(secretary).post("/commitments/new/", WORDS)
    made = Commitment.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.organization, made.member, made.state, made.created_by) == (branch, None, "submitted", secretary)


def test_a_double_click_makes_one_promise(campaign, secretary, client_for):
    browser = client_for(secretary)
    assert browser.post("/commitments/new/", WORDS).url == browser.post("/commitments/new/", WORDS).url
    assert Commitment.objects.count() == 1


def test_a_secretary_proposes_for_a_member(campaign, branch_members, secretary, client_for):
    client_for(secretary).post("/commitments/new/", WORDS | {"member": branch_members[2].pk, "draft": "1"})
    made = Commitment.objects.get()
    assert (made.member, made.state) == (branch_members[2], "draft")


def test_a_member_proposes_the_own_promise_and_no_other(campaign, branch_members, member, client_for):
    client_for(member).post("/commitments/new/", WORDS | {"member": branch_members[2].pk})
    assert Commitment.objects.get().member == branch_members[1]
    assert client_for(member).get(f"/commitments/new/?member={branch_members[2].pk}").status_code == 404
    assert client_for(member).get(f"/commitments/new/?organization={branch_members[2].organization_id}").status_code == 403


@pytest.mark.parametrize(("who", "status"), [("office", 403), ("committee", 403), ("leader", 403), ("outsider", 404)])
def test_nobody_else_proposes_for_the_branch(who, status, campaign, branch, client_for, request):
    browser = client_for(request.getfixturevalue(who))
    response = browser.get(f"/commitments/new/?organization={branch.pk}")
    assert response.status_code == status
    if status == 403:
        assert "承诺由本单位书记提出，党员也可以提出自己的。" in response.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("baseline", "", "请写现在的情况，评定时要和它比。"),
        ("target", "", "请写要做到什么，最好有数字。"),
        ("text", "", "请写承诺事项，例如“为 40 户困难家庭上门办证”。"),
        ("due_on", "", "请选日期。"),
        ("due_on", "2011-06-09", "完成期限已经过了，请改一个以后的日期。"),
        ("due_on", "2013-01-01", "完成期限要在活动期间（2010年6月1日 到 2012年11月8日）。"),
    ],
)
def test_what_is_missing_is_said_at_the_field(field, value, message, campaign, secretary, client_for):
    response = client_for(secretary).post("/commitments/new/", WORDS | {field: value})
    assert response.context["form"].errors == {field: [message]}
    assert not Commitment.objects.exists()


def test_a_promise_may_answer_an_item_of_the_own_organisation(campaign, branch, tree, secretary, client_for):
    own = RectificationFactory(campaign=campaign, organization=branch)
    other = RectificationFactory(campaign=campaign, organization=tree.society)
    browser = client_for(secretary)
    assert list(browser.get("/commitments/new/").context["form"].fields["answers"].queryset) == [own]
    assert "answers" in browser.post("/commitments/new/", WORDS | {"answers": other.pk}).context["form"].errors
    browser.post("/commitments/new/", WORDS | {"answers": own.pk})
    assert Commitment.objects.get().answers == own


def test_without_a_campaign_nothing_is_proposed(branch, secretary, client_for):
    response = client_for(secretary).get("/commitments/new/", follow=True)
    assert "现在没有进行中的活动，不能提出承诺。" in response.content.decode()


# Judging fit ----------------------------------------------------------------------------------
def test_the_level_above_publishes_a_branch_promise(campaign, branch, secretary, committee, client_for):
    promise = CommitmentFactory(campaign=campaign, organization=branch, state="submitted")
    own = client_for(secretary)
    assert own.post(url("commitment_publish", promise)).status_code == 403
    assert "自己的承诺由上级审定和评定。" in own.get(promise.get_absolute_url()).content.decode()
    assert "审定并公示" not in own.get(promise.get_absolute_url()).content.decode()
    response = client_for(committee).post(url("commitment_publish", promise), {"shown": "inside"}, follow=True)
    assert "承诺已公示。" in response.content.decode()
    promise.refresh_from_db()
    assert promise.state == "published"


def test_the_branch_secretary_publishes_a_members_promise(of_member, secretary, member, client_for):
    assert client_for(member).post(url("commitment_publish", of_member)).status_code == 403
    client_for(secretary).post(url("commitment_publish", of_member), {"shown": "inside"})
    of_member.refresh_from_db()
    assert of_member.state == "published"


def test_a_secretary_does_not_publish_the_own_members_promise(campaign, branch_members, secretary, office, client_for):
    own = CommitmentFactory(campaign=campaign, member=branch_members[0], state="submitted")
    assert client_for(secretary).post(url("commitment_publish", own)).status_code == 403
    assert client_for(office).post(url("commitment_publish", own), {"shown": "inside"}).status_code == 302


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("inspector", 403), ("outsider", 404), ("auditor", 404)])
def test_nobody_else_publishes(who, status, campaign, branch, client_for, request):
    promise = CommitmentFactory(campaign=campaign, organization=branch, state="submitted")
    assert client_for(request.getfixturevalue(who)).post(url("commitment_publish", promise)).status_code == status


def test_giving_back_asks_for_a_sentence(of_member, secretary, client_for):
    browser = client_for(secretary)
    response = browser.post(url("commitment_return", of_member), {"note": ""})
    assert response.context["form"].errors == {"note": ["请写一句要改什么，再退回。"]}
    browser.post(url("commitment_return", of_member), {"note": "写明几户。"})
    of_member.refresh_from_db()
    assert (of_member.state, of_member.return_note) == ("returned", "写明几户。")


def test_a_returned_promise_is_changed_and_handed_in_again(campaign, branch, secretary, client_for):
    promise = CommitmentFactory(campaign=campaign, organization=branch, state="returned", return_note="写明几户。")
    browser = client_for(secretary)
    assert "写明几户。" in browser.get(url("commitment_edit", promise)).content.decode()
    browser.post(url("commitment_edit", promise), WORDS)
    promise.refresh_from_db()
    assert (promise.state, promise.text, promise.return_note) == ("submitted", WORDS["text"], "")


def test_a_refused_change_leaves_the_old_words(campaign, branch, secretary, client_for):
    promise = CommitmentFactory(campaign=campaign, organization=branch, state="draft", text="旧话")
    client_for(secretary).post(url("commitment_edit", promise), WORDS | {"due_on": "2011-06-01"})
    promise.refresh_from_db()
    assert (promise.state, promise.text) == ("draft", "旧话")


def test_public_words_are_not_changed_or_taken_back(of_branch, secretary, client_for):
    browser = client_for(secretary)
    assert browser.get(url("commitment_edit", of_branch)).status_code == 403
    assert browser.post(url("commitment_withdraw", of_branch)).status_code == 403


def test_taking_back_names_the_promise_first(of_member, member, client_for):
    browser = client_for(member)
    assert "党员的承诺" in browser.get(url("commitment_withdraw", of_member)).content.decode()
    response = browser.post(url("commitment_withdraw", of_member), follow=True)
    assert "承诺已撤回。" in response.content.decode()
    of_member.refresh_from_db()
    assert of_member.state == "withdrawn"


# Progress and judgement -----------------------------------------------------------------------
def test_progress_is_told_once_however_often_one_clicks(of_branch, secretary, client_for):
    browser, said = client_for(secretary), {"text": "办好四件", "happened_on": "2011-06-10", "nonce": "b" * 32}
    browser.post(url("commitment_progress", of_branch), said)
    browser.post(url("commitment_progress", of_branch), said)
    assert of_branch.progress.get().text == "办好四件"
    assert client_for(secretary).get(of_branch.get_absolute_url()).content.decode().count("办好四件") == 2  # entry, history


def test_progress_of_tomorrow_is_refused_at_its_field(of_branch, secretary, client_for):
    response = client_for(secretary).post(url("commitment_progress", of_branch), {"text": "办好", "happened_on": "2011-06-11"})
    assert response.context["form"].errors == {"happened_on": ["进展的日期不能晚于今天。"]}


def test_only_the_promiser_tells_progress(of_branch, office, client_for):
    assert client_for(office).get(url("commitment_progress", of_branch)).status_code == 403


def test_a_judgement_and_a_second_one(of_branch, secretary, committee, client_for):
    judge, above = url("commitment_judge", of_branch), client_for(committee)
    assert client_for(secretary).get(judge).status_code == 403
    said = {"outcome": "partly", "evidence": "登记簿", "happened_on": "2011-06-10"}
    assert above.post(judge, said | {"evidence": ""}).context["form"].errors == {
        "evidence": ["请写依据，例如登记簿、回访记录、现场看到的。"]
    }
    above.post(judge, said)
    again = above.post(judge, said | {"outcome": "kept"})
    assert again.context["form"].errors == {"reason": ["已经评定过，改评要写一句原因。"]}
    above.post(judge, said | {"outcome": "kept", "reason": "又办成两件"})
    assert CommitmentOutcome.objects.standing().get().outcome == "kept"
    page = above.get(of_branch.get_absolute_url()).content.decode()
    assert "已被改评" in page and "又办成两件" in page


def test_an_excuse_is_explained(of_branch, committee, client_for):
    said = {"outcome": "excused", "evidence": "合同", "happened_on": "2011-06-10"}
    response = client_for(committee).post(url("commitment_judge", of_branch), said)
    assert response.context["form"].errors == {"explanation": ["因客观原因未兑现的，请写明原因。"]}


# The list -------------------------------------------------------------------------------------
def test_filters_and_figures(campaign, branch, branch_members, secretary, member, client_for):
    CommitmentFactory(campaign=campaign, organization=branch, text="支部逾期的", due_on=datetime.date(2011, 6, 4))
    july = datetime.date(2011, 7, 4)
    CommitmentFactory(campaign=campaign, member=branch_members[1], text="党员岗位的", kind="post", due_on=july)
    CommitmentFactory(campaign=campaign, member=branch_members[2], text="待审的", state="submitted")
    browser = client_for(secretary)

    def seen(query, who=browser):
        return {row.text for row, _status, _word in who.get(LIST + query).context["rows"]}

    assert seen("") == {"支部逾期的", "党员岗位的", "待审的"}
    assert seen("?state=overdue") == {"支部逾期的"}
    assert seen("?state=submitted") == {"待审的"}
    assert seen("?kind=post") == {"党员岗位的"}
    assert seen("?whose=organization") == {"支部逾期的"}
    assert seen("?whose=members") == {"党员岗位的", "待审的"}
    assert seen("?whose=mine", client_for(member)) == {"党员岗位的"}
    assert seen(f"?q={branch_members[2].name}") == {"待审的"}
    assert seen(f"?organization={branch.pk}") == {"支部逾期的", "党员岗位的", "待审的"}
    assert seen("?organization=999999") == set()
    page = browser.get(LIST)
    assert page.context["counts"] == {"going": 2, "overdue": 1, "waiting": 1, "judged": 0, "kept": 0}
    assert "逾期 6 天" in page.content.decode()
    assert "没有符合条件的。" in browser.get(LIST + "?q=没有这个").content.decode()


def test_open_ones_lead_by_day_and_the_latest_judged_follow(campaign, branch, secretary, client_for):
    for text, state, due_on in (
        ("早评过的", "judged", datetime.date(2010, 12, 20)),
        ("刚评过的", "judged", datetime.date(2011, 6, 1)),
        ("还没到期的", "published", datetime.date(2011, 12, 31)),
        ("逾期的", "published", datetime.date(2011, 6, 4)),
    ):
        CommitmentFactory(campaign=campaign, organization=branch, text=text, state=state, due_on=due_on)
    shown = [row.text for row, _status, _word in client_for(secretary).get(LIST).context["rows"]]
    assert shown == ["逾期的", "还没到期的", "刚评过的", "早评过的"]


def test_twenty_on_a_page_and_the_filter_stays(campaign, branch, secretary, client_for):
    CommitmentFactory.create_batch(21, campaign=campaign, organization=branch)
    response = client_for(secretary).get(LIST + "?whose=organization&page=2")
    assert len(response.context["rows"]) == 1
    assert "?whose=organization&amp;page=1" in response.content.decode()


def test_who_promised_nothing_with_the_exempt_not_counted(campaign, branch, branch_members, secretary, member, client_for):
    CommitmentFactory(campaign=campaign, member=branch_members[0])
    MemberFactory(organization=branch, name="老王", is_exempt=True, exempt_reason="离休")
    response = client_for(secretary).get("/commitments/missing/")
    assert response.context["missing"] == 4
    assert len(response.context["page"]) == 5
    assert "可不承诺：离休" in response.content.decode()
    assert response.content.decode().count("代为提出") == 4
    assert client_for(member).get("/commitments/missing/").status_code == 403
