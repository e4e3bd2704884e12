"""The pages of transfers: both sides see one, only the receiver answers it."""
import pytest
from django.urls import reverse

from campaign.due import due_things
from tests.factories.units import user_with
from units.domain.transfers import propose
from units.enums import Role
from units.models import Member, Transfer


@pytest.fixture
def transfer(branch_members, tree, secretary, at):
    return propose(branch_members[2], tree.institution_branch, reason="工作调动", by=secretary, at=at)


def at_page(transfer, name="transfer_detail"):
    return reverse(name, args=[transfer.pk])


@pytest.mark.parametrize(
    ("who", "seen", "answers"),
    [("secretary", 200, 403), ("outsider", 200, 200), ("committee", 200, 403), ("office", 200, 200), ("leader", 403, 403),
     ("member", 404, 404), ("system", 404, 404)],
)
def test_who_sees_and_who_answers(request, who, seen, answers, transfer, client_for):
    browser = client_for(request.getfixturevalue(who))
    assert [browser.get(at_page(transfer, name)).status_code for name in (
        "transfer_detail", "transfer_accept", "transfer_decline")] == [seen, answers, answers]


def test_a_third_branch_knows_nothing_of_it(transfer, tree, client_for):
    stranger = user_with(Role.SECRETARY, tree.society)
    assert client_for(stranger).get(at_page(transfer)).status_code == 404
    assert client_for(stranger).get(reverse("transfer_list")).context["page"].paginator.count == 0


def test_proposing_and_accepting_by_page(branch_members, tree, secretary, outsider, client_for):
    goer = branch_members[2]
    page = client_for(secretary).post(
        reverse("member_transfer", args=[goer.pk]), {"receiver": tree.institution_branch.name, "reason": "调动"}, follow=True
    )
    assert "已提出，等对方支部接收。" in page.content.decode()
    assert "等对方接收" in client_for(secretary).get(goer.get_absolute_url()).content.decode()
    transfer = Transfer.objects.get()
    answer = client_for(outsider).post(at_page(transfer, "transfer_accept"), {"moves_on": "2011-06-10"})
    assert answer.url == transfer.get_absolute_url()  # the receiver may not have seen the member before
    assert Member.objects.get(pk=goer.pk).organization == tree.institution_branch


def test_declining_and_withdrawing_by_page(transfer, outsider, secretary, client_for):
    page = client_for(outsider).post(at_page(transfer, "transfer_decline"), {"answer": ""})
    assert page.context["form"].errors["answer"] == ["不接收要写一句原因。"]
    page = client_for(secretary).post(at_page(transfer, "transfer_withdraw"), follow=True)
    assert "转接已撤回。" in page.content.decode()
    page = client_for(secretary).post(at_page(transfer, "transfer_withdraw"))
    assert page.status_code == 403


def test_an_unknown_receiver_is_said_at_its_field(branch_members, secretary, client_for):
    page = client_for(secretary).post(
        reverse("member_transfer", args=[branch_members[2].pk]), {"receiver": "无此支部", "reason": "调动"}
    )
    assert page.context["form"].errors["receiver"] == ["没有叫“无此支部”的党组织，请写全称。"]


def test_the_receiver_is_asked_to_answer(transfer, outsider, secretary, today):
    words = [thing.title for thing in due_things(on=today, user=outsider) if thing.kind == "transfer"]
    assert words == [f"{transfer.member.name}的组织关系等您接收"]
    assert [thing for thing in due_things(on=today, user=secretary) if thing.kind == "transfer"] == []


def waiting_for(user, today):
    """[(title, detail)], asked of the one and of everybody: the same."""
    found = [
        [(thing.title, thing.detail) for thing in due_things(on=today, **asked)
         if thing.kind == "transfer" and thing.recipient_id == user.pk]
        for asked in ({"user": user}, {})
    ]
    assert found[0] == found[1]
    return found[0]


def test_where_no_account_can_answer_the_level_above_is_asked(transfer, outsider, office, tree, today):
    title = f"{transfer.member.name}的组织关系等您接收"
    assert waiting_for(office, today) == []
    boss = user_with(Role.COMMITTEE, tree.institution, name="中心党委")
    assert waiting_for(boss, today) == []  # the branch has an account
    outsider.grants.all().delete()
    words = f"从{transfer.sender}转到{transfer.receiver}，那里没有能答复的账号。"
    assert (waiting_for(boss, today), waiting_for(office, today)) == ([(title, words)], [])
    boss.is_active = False
    boss.save()
    assert waiting_for(office, today) == [(title, words)]


def test_an_account_that_may_not_answer_is_none(transfer, outsider, office, today):
    """The receiving secretary proposed it, or it is about that very person."""
    transfer.proposed_by = outsider
    transfer.save()
    assert (waiting_for(outsider, today), len(waiting_for(office, today))) == ([], 1)


@pytest.mark.parametrize(("query", "number"), [("", 1), ("state=accepted", 0), ("q=信息中心", 1), ("q=无", 0)])
def test_the_filters(query, number, transfer, secretary, client_for):
    assert client_for(secretary).get(f"/transfers/?{query}").context["page"].paginator.count == number


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(rows, branch_members, tree, secretary, office, at, client_for,
                                                       django_assert_num_queries):
    for member in branch_members[1 : rows + 1]:
        propose(member, tree.society, reason="调动", by=secretary, at=at)
    browser = client_for(office)
    browser.get("/transfers/")
    with django_assert_num_queries(6):
        page = browser.get("/transfers/")
    assert page.context["page"].paginator.count == rows
