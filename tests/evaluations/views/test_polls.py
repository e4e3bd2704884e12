"""Pages of those who hold a poll: from the draft to the release, by role, and each refusal in its words."""
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from config.kit import jobs
from evaluations.domain import ballots, polls, releases
from evaluations.models import Appraisal, Envelope, Poll, PollCode, Tally
from evaluations.tasks import count_poll, sweep_tallies
from tests.factories.polls import POLL_AT, cast_all, count, draft_poll, open_poll
from tests.factories.units import MemberFactory

FORBIDDEN = "不记名测评由书记、单位党委或办公室组织。"


def post(browser, poll, verb, **fields):
    return browser.post(f"/polls/{poll.pk}/{verb}/", fields, follow=True).content.decode()


def test_a_secretary_holds_a_poll_from_draft_to_result(client_for, secretary, campaign, branch):
    browser = client_for(secretary)
    page = browser.get("/polls/new/").content.decode()
    assert "应投多少人" in page and branch.name in page
    fields = {"title": "上半年群众测评", f"asked_{branch.pk}_members": "6", f"asked_{branch.pk}_masses": "5"}
    browser.post("/polls/new/", fields)
    poll = Poll.objects.get()
    assert "测评已开始，请打印投票码发给大家。" in post(browser, poll, "open")
    slips = browser.post(f"/polls/{poll.pk}/slips/")
    assert slips["Cache-Control"] == "no-store"
    codes = [code.replace(" ", "") for code in re.findall(r"<code>([A-Z2-7 ]+)</code>", slips.content.decode())]
    assert len(codes) == 11 and slips.content.decode().count('class="cx-qr"') == 11
    assert "style=" not in slips.content.decode()
    cast_all(codes, [0, 0, 1, 1, 2])
    assert "已收 11 票，应投 11 票" in browser.get(f"/polls/{poll.pk}/close/").content.decode()
    assert "投票已结束，正在计票。" in post(browser, poll, "close")
    count_poll(Tally.objects.get().pk)
    assert "计票完成，选票和钥匙已销毁。" in browser.get(poll.get_absolute_url()).content.decode()
    assert "结果已公布，以后不再更改。" in post(browser, poll, "release")
    result = browser.get(Appraisal.objects.get().get_absolute_url()).content.decode()
    assert "11/11" in result.replace(" ", "") or "100" in result
    assert "更正</a>" not in result


def test_the_roster_says_how_many_members_are_expected(client_for, secretary, campaign, branch, branch_members):
    MemberFactory(organization=branch, is_exempt=True, exempt_reason="年老体弱")
    form = client_for(secretary).get("/polls/new/").context["form"]
    assert [[field.value() for field in row.fields] for row in form.rows] == [[5, None]]


def test_five_audiences_are_asked_apart(client_for, secretary, campaign, branch):
    browser = client_for(secretary)
    assert "再加职工、服务对象、上级" in browser.get("/polls/new/").content.decode()
    asked = {f"asked_{branch.pk}_{audience}": "6" for audience in ("members", "staff", "served", "superiors")}
    browser.post("/polls/new/?audiences=all", {"title": "测评"} | asked)
    assert sorted(Poll.objects.get().groups.values_list("audience", "issued")) == [
        ("members", 6), ("served", 6), ("staff", 6), ("superiors", 6)
    ]


def test_the_form_says_what_is_missing(client_for, secretary, campaign, branch):
    browser = client_for(secretary)
    page = browser.post("/polls/new/", {"title": "", f"asked_{branch.pk}_members": "many"}).content.decode()
    assert "请填名称，例如“2011 年上半年群众测评”。" in page and "请填整数。" in page
    page = browser.post("/polls/new/", {"title": "测评"}).content.decode()
    assert "请填应投的人数。" in page
    page = browser.post("/polls/new/", {"title": "测评", f"asked_{branch.pk}_members": "5001"}).content.decode()
    assert "一组最多 5000 人。" in page
    page = browser.post("/polls/new/?sheet=yearly", {"title": "测评", f"asked_{branch.pk}_members": "9"}).content.decode()
    assert "请选择要测评的党员。" in page
    assert not Poll.objects.exists()


def test_a_unit_asks_its_branches(client_for, committee, campaign, unit, tree):
    page = client_for(committee).get("/polls/new/").content.decode()
    assert tree.organ_branch.name in page and tree.organ_branch_2.name in page
    assert tree.institution_branch.name not in page


def test_a_poll_too_small_is_not_opened(client_for, secretary, campaign, branch):
    poll = draft_poll(campaign, branch, issued=(4, 0))
    assert "应投不足 5 人，结果不能公布，请和别的支部一起测评。" in post(client_for(secretary), poll, "open")


def test_codes_are_shown_one_by_one_on_a_screen(client_for, secretary, campaign, branch):
    """Each slip leads to the next one of its group; its place is told on the screen only, for printed it would be a number."""
    poll, _codes = open_poll(campaign, branch, issued=(3, 2))
    answer = client_for(secretary).post(f"/polls/{poll.pk}/slips/")
    page = answer.content.decode()
    assert answer["Cache-Control"] == "no-store" and page.count("不打印，在屏幕上逐张给人扫") == 2
    assert re.findall(r'<li id="(slip-[12]-\d)">', page) == ["slip-1-1", "slip-1-2", "slip-1-3", "slip-2-1", "slip-2-2"]
    assert re.findall(r'<a class="btn btn-primary cx-slips__next" href="#([^"]+)"', page) == [
        "slip-1-2", "slip-1-3", "main", "slip-2-2", "main"
    ]
    assert re.findall(r'<span class="cx-slips__next">(.+?)</span>', page) == [
        "第 1 张，共 3 张", "第 2 张，共 3 张", "第 3 张，共 3 张", "第 1 张，共 2 张", "第 2 张，共 2 张"
    ]
    assert all(group in page for group in (f"{branch.name} 党员", f"{branch.name} 群众"))
    assert PollCode.objects.filter(is_spent=True).count() == 0


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("inspector", 403), ("member", 404), ("outsider", 404)])
def test_who_gets_no_codes_and_voids_none(who, status, client_for, campaign, branch, request):
    poll, codes = open_poll(campaign, branch)
    answer = client_for(request.getfixturevalue(who)).post(f"/polls/{poll.pk}/slips/")
    assert answer.status_code == status and "cx-qr" not in answer.content.decode()
    cast_all(codes["members"][:1], [0] * 5)  # those printed before still count
    assert Envelope.objects.count() == 1


def test_slips_may_be_had_as_pdf_twelve_on_a_page(client_for, secretary, campaign, branch):
    poll, codes = open_poll(campaign, branch, issued=(8, 5))
    answer = client_for(secretary).post(f"/polls/{poll.pk}/slips/", {"as": "pdf"})
    assert answer["Content-Type"] == "application/pdf" and answer["Cache-Control"] == "no-store"
    pages = [page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages]
    assert [page.count(poll.title) for page in pages] == [12, 1]
    assert codes["members"][0] not in "".join(pages).replace(" ", "")  # printed anew: the earlier ones are void
    page = post(client_for(secretary), draft_poll(campaign, branch), "slips", **{"as": "pdf"})
    assert "测评开始以后、结束以前才能打印投票码。" in page


def test_no_slips_before_the_poll_is_open(client_for, secretary, campaign, branch):
    poll = draft_poll(campaign, branch)
    assert "测评开始以后、结束以前才能打印投票码。" in post(client_for(secretary), poll, "slips")
    assert not PollCode.objects.exists()


@pytest.mark.parametrize(("back", "shown"), [(4, "—/8"), (5, "5/8")])
def test_the_list_tells_how_many_came_back_from_five_up(client_for, secretary, campaign, branch, back, shown):
    poll, codes = open_poll(campaign, branch, by=secretary)
    cast_all(codes["members"][:back], [0] * 5)
    count(poll, by=secretary)
    assert f'data-l="实投/应投">{shown}</td>' in client_for(secretary).get("/polls/").content.decode()


def test_a_step_is_taken_once(client_for, secretary, campaign, branch):
    poll, _codes = open_poll(campaign, branch)
    browser = client_for(secretary)
    for verb in ("open", "release", "count"):
        assert "这一步已经办过了，请看最新的情况。" in post(browser, poll, verb)
    post(browser, poll, "close")
    assert "这一步已经办过了，请看最新的情况。" in post(browser, poll, "close")
    assert Tally.objects.count() == 1


def test_voiding_asks_for_a_reason(client_for, secretary, campaign, branch):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:2], [0] * 5)
    browser = client_for(secretary)
    assert "已投的票和没用的投票码都会销毁，不能恢复。" in browser.get(f"/polls/{poll.pk}/void/").content.decode()
    assert "请写一句作废的原因。" in post(browser, poll, "void", reason="")
    assert "测评已作废，选票和投票码都已销毁。" in post(browser, poll, "void", reason="纸条印错了")
    assert not Envelope.objects.exists()
    assert "这一步已经办过了，请看最新的情况。" in post(browser, poll, "void", reason="再来")


def test_a_count_that_stopped_says_why_and_is_done_again(client_for, secretary, campaign, branch):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"][:6], [0] * 5)
    lost = Envelope.objects.order_by("pk").first()
    sealed = bytes(lost.sealed)
    lost.delete()
    row = polls.close_poll(poll, by=secretary, at=POLL_AT)
    count_poll(row.pk)
    browser = client_for(secretary)
    page = browser.get(poll.get_absolute_url()).content.decode()
    assert "用过的投票码 6 个，选票 5 张，两边对不上。" in page and "再计一次" in page
    Envelope.objects.create(poll=poll, sealed=sealed)
    assert "正在重新计票。" in post(browser, poll, "count")
    count_poll(row.pk)
    poll.refresh_from_db()
    assert poll.state == "closed"


def test_small_groups_are_shown_nowhere(client_for, secretary, office, campaign, branch):
    poll, codes = open_poll(campaign, branch, issued=(8, 6), by=secretary)
    cast_all(codes["members"][:7], [0] * 5)
    cast_all(codes["masses"][:2], [3] * 5)
    count(poll, by=secretary)
    browser = client_for(secretary)
    post(browser, poll, "release")
    page = browser.get(poll.get_absolute_url()).content.decode()
    assert page.count("不显示") == 2  # 7 of the members would tell the 2 of the others, since 9 receipts are listed
    assert re.findall(r'data-l="组">(\S+?)</td>', page) == ["全体"] * 5


@pytest.mark.parametrize("verb", ["open", "slips", "close", "count", "release", "void"])
def test_who_does_not_hold_polls_takes_no_step(client_for, leader, campaign, branch, verb):
    poll, _codes = open_poll(campaign, branch)
    response = client_for(leader).post(f"/polls/{poll.pk}/{verb}/", {"reason": "不"})
    assert response.status_code == 403 and FORBIDDEN in response.content.decode()
    assert Poll.objects.get().state == "open"


def test_a_poll_of_another_unit_does_not_exist(client_for, committee, secretary, campaign, tree):
    poll, _codes = open_poll(campaign, tree.institution_branch)
    for user in (committee, secretary):
        assert client_for(user).get(poll.get_absolute_url()).status_code == 404
        assert client_for(user).post(f"/polls/{poll.pk}/close/").status_code == 404


def test_a_member_sees_no_polls(client_for, member, campaign, branch):
    response = client_for(member).get("/polls/")
    assert response.status_code == 403
    assert "测评的情况由书记、单位党委、办公室、领导和督查员查看。" in response.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(client_for, office, campaign, branch, number, django_assert_num_queries):
    for _each in range(number):
        draft_poll(campaign, branch)
    browser = client_for(office)
    browser.get("/polls/")
    with django_assert_num_queries(7):
        page = browser.get("/polls/")
    assert page.content.decode().count("群众测评") == number


@pytest.mark.parametrize("number", [1, 3])
def test_the_result_needs_the_same_queries_for_any_number(
    client_for, office, campaign, branch, branch_members, number, django_assert_num_queries
):
    poll, codes = open_poll(campaign, branch, sheet="yearly", members=branch_members[:number])
    cast_all(codes["members"][:6], [0] * number)
    count(poll)
    browser = client_for(office)
    post(browser, poll, "release")
    with django_assert_num_queries(17):
        page = browser.get(poll.get_absolute_url()).content.decode()
    assert all(member.name in page for member in branch_members[:number])


def test_the_sweep_counts_what_was_forgotten(campaign, branch, secretary):
    poll, codes = open_poll(campaign, branch)
    cast_all(codes["members"], [0] * 5)
    polls.close_poll(poll, by=secretary, at=POLL_AT)
    sweep_tallies()
    count_poll(Tally.objects.get().pk)
    count_poll(Tally.objects.get().pk)
    poll.refresh_from_db()
    assert poll.state == "closed" and Tally.objects.get().job_state == jobs.JobState.DONE


def test_many_persons_are_listed_twenty_at_a_time(client_for, secretary, campaign, branch):
    """All of one audience stand once, in one line for each person."""
    people = [MemberFactory(organization=branch, administrative_post="处长", name=f"干部{number}") for number in range(21)]
    poll, codes = open_poll(campaign, branch, by=secretary, sheet="cadres", members=people, issued=(6, 0))
    cast_all(codes["members"], [number % 4 for number in range(21)])
    count(poll, by=secretary)
    releases.release_poll(poll, by=secretary, at=POLL_AT)
    browser = client_for(secretary)
    page = browser.get(poll.get_absolute_url())
    assert [row.subject.member for row in page.context["results"]] == people[:20]
    assert {row.group for row in page.context["results"]} == {"全体"}
    text = page.content.decode()
    assert "共 21 名" in text and "第 1—20 名" in text and "各党组织的在导出的 Excel 里。" not in text
    assert [row.subject.member for row in browser.get(f"{poll.get_absolute_url()}?page=2").context["results"]] == people[20:]


def test_branches_that_judged_persons_are_in_the_workbook(client_for, office, campaign, tree, branch_members):
    asked = [polls.Asked(branch, "members", 5) for branch in (tree.organ_branch, tree.organ_branch_2)]
    poll = polls.new_poll(
        campaign=campaign, organization=tree.organ, sheet="yearly", title="测评", asked=asked, members=branch_members[:2],
        by=office, at=POLL_AT,
    )
    polls.open_poll(poll, by=office, at=POLL_AT)
    for _group, codes in ballots.print_codes(poll, by=office, at=POLL_AT):
        cast_all(codes, [0, 1])
    count(poll, by=office)
    releases.release_poll(poll, by=office, at=POLL_AT)
    page = client_for(office).get(poll.get_absolute_url())
    assert [row.group for row in page.context["results"]] == ["全体"] * 2
    assert "各党组织的在导出的 Excel 里。" in page.content.decode()
