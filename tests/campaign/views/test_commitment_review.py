"""The page of a sitting: forty promises on one page, decided with one press, and whom it shows what."""
import datetime

import pytest

from campaign.models import Commitment
from tests.factories.campaign import CommitmentFactory
from tests.factories.units import MemberFactory

PAGE = "/commitments/review/"


@pytest.fixture
def of_members(campaign, branch):
    """Promises of forty members, handed in."""
    members = MemberFactory.create_batch(40, organization=branch)
    july = datetime.date(2011, 7, 1)
    return [CommitmentFactory(campaign=campaign, member=member, state="submitted", due_on=july) for member in members]


def answers(promises, **said):
    """The post of the page that shows `promises`; `said` are further fields."""
    return {"row": [promise.pk for promise in promises], "nonce": "c" * 32, **said}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number(
    rows, campaign, branch_members, secretary, client_for, django_assert_num_queries
):
    for member in branch_members[1 : rows + 1]:
        CommitmentFactory(campaign=campaign, member=member, state="submitted")
    browser = client_for(secretary)
    browser.get(PAGE)
    with django_assert_num_queries(8):
        answer = browser.get(PAGE)
    assert len(answer.context["form"].commitments) == rows


def test_forty_are_decided_with_one_press(of_members, secretary, client_for):
    browser = client_for(secretary)
    assert browser.get(PAGE).content.decode().count('name="row"') == 40
    said = {f"verb_{promise.pk}": "publish" for promise in of_members[2:]}
    back = of_members[0].pk
    said |= {f"verb_{back}": "return", f"note_{back}": "写明几户。", f"verb_{of_members[1].pk}": ""}
    answer = browser.post(PAGE, answers(of_members, **said), follow=True)
    assert "公示 38 条，退回 1 条。" in answer.content.decode()
    assert list(Commitment.objects.exclude(state="published").order_by("pk").values_list("pk", "state", "return_note")) == [
        (back, "returned", "写明几户。"), (of_members[1].pk, "submitted", ""),
    ]
    assert [row.pk for row in answer.context["form"].commitments] == [of_members[1].pk]


def test_all_may_be_set_first(of_members, secretary, client_for):
    browser = client_for(secretary)
    assert browser.get(PAGE).content.decode().count('value="publish" id=') == 40
    assert browser.get(PAGE).content.decode().count('value="publish" checked') == 0
    assert browser.get(PAGE + "?all=1").content.decode().count("checked") == 40


def test_a_double_press_counts_once(of_members, secretary, client_for):
    browser = client_for(secretary)
    said = answers(of_members[:1], **{f"verb_{of_members[0].pk}": "publish"})
    browser.post(PAGE, said)
    answer = browser.post(PAGE, said, follow=True)
    assert "有 1 条已经由别人办了" not in answer.content.decode()
    assert Commitment.objects.filter(state="published").count() == 1


@pytest.mark.parametrize(
    ("verb", "note", "message"),
    [
        ("return", "", "请写一句要改什么，再退回。"),
        ("publish", "写明几户。", "写了要改什么，请选“退回”；不退回就把这句删掉。"),
        ("", "写明几户。", "写了要改什么，请选“退回”；不退回就把这句删掉。"),
    ],
)
def test_an_unclear_answer_is_asked_about_at_its_row(verb, note, message, of_members, secretary, client_for):
    first, second = of_members[0].pk, of_members[1].pk
    said = {f"verb_{first}": verb, f"note_{first}": note, f"verb_{second}": "publish"}
    answer = client_for(secretary).post(PAGE, answers(of_members, **said))
    assert answer.context["form"].errors == {f"note_{first}": [message]}
    assert not Commitment.objects.filter(state="published").exists()


def test_an_empty_press_is_asked_about(of_members, secretary, client_for):
    answer = client_for(secretary).post(PAGE, answers(of_members))
    assert "还没有选。请在要办的承诺旁边选“公示”或“退回”。" in answer.content.decode()


def test_what_others_decided_is_told(of_members, secretary, client_for):
    Commitment.objects.filter(pk=of_members[0].pk).update(state="returned")
    said = {f"verb_{promise.pk}": "publish" for promise in of_members[:2]}
    answer = client_for(secretary).post(PAGE, answers(of_members[:2], **said), follow=True)
    page = answer.content.decode()
    assert "公示 1 条，退回 0 条。" in page and "有 1 条已经由别人办了，没有改。" in page


def test_a_row_outside_is_not_decided(campaign, tree, secretary, client_for):
    other = CommitmentFactory(campaign=campaign, member=tree.members[tree.society.pk][0], state="submitted")
    own = CommitmentFactory(campaign=campaign, organization=tree.organ_branch, state="submitted")
    said = {f"verb_{promise.pk}": "publish" for promise in (other, own)}
    answer = client_for(secretary).post(PAGE, answers([other, own], **said))
    assert answer.status_code == 200
    assert set(Commitment.objects.values_list("state", flat=True)) == {"submitted"}


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("outsider", 200), ("leader", 403), ("inspector", 403),
     ("member", 403), ("auditor", 403)],
)
def test_who_sits(who, status, of_members, client_for, request):
    browser = client_for(request.getfixturevalue(who))
    answer = browser.get(PAGE)
    assert answer.status_code == status
    if status == 200:
        page = answer.content.decode()
        assert page.count('name="row"') == (0 if who == "outsider" else 40)
        assert ("没有等您审的承诺。" in page) == (who == "outsider")


def test_the_list_leads_there(of_members, secretary, member, client_for):
    assert "审 40 条" in client_for(secretary).get("/commitments/").content.decode()
    assert PAGE not in client_for(member).get("/commitments/").content.decode()
