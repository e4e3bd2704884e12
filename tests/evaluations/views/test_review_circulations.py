"""Pages of a circulated review: who sends it, and what its readers are shown."""
import pytest

from evaluations.models import ReviewCirculation
from tests.factories.campaign import RectificationFactory
from tests.factories.evaluations import ReviewFactory, ReviewProblemFactory
from tests.factories.units import user_with
from units.enums import Role
from units.list_exports import rows_of

SAID = {"range": "category", "nonce": "b" * 32}


@pytest.fixture
def review(campaign, branch, leader):
    made = ReviewFactory(campaign=campaign, organization=branch, reviewer=leader, quotes=[{"text": "蹲点", "url": "/x/"}])
    item = RectificationFactory(campaign=campaign, organization=branch)
    ReviewProblemFactory(review=made, text="会议偏多", rectification=item)
    return made


@pytest.fixture
def neighbour(tree):
    return user_with(Role.SECRETARY, tree.organ_branch_2)


def address(review):
    return f"/reviews/{review.lineage}/circulate/"


@pytest.mark.parametrize(
    ("who", "status"),
    [("leader", 200), ("office", 200), ("committee", 403), ("secretary", 403), ("outsider", 404), ("member", 404)],
)
def test_who_sends_it(who, status, review, client_for, request):
    assert client_for(request.getfixturevalue(who)).get(address(review)).status_code == status


def test_a_review_of_an_ordinary_member_is_not_sent(campaign, branch_members, leader, client_for):
    own = ReviewFactory(campaign=campaign, member=branch_members[1], reviewer=leader)
    assert "对普通党员的点评不通报。" in client_for(leader).get(address(own)).content.decode()
    of_secretary = ReviewFactory(campaign=campaign, member=branch_members[0], reviewer=leader)
    assert client_for(leader).get(address(of_secretary)).status_code == 200


def test_readers_see_the_review_and_nothing_else(review, leader, neighbour, client_for):
    browser = client_for(neighbour)
    assert browser.get(review.get_absolute_url()).status_code == 404
    sent = client_for(leader).post(address(review), SAID, follow=True).content.decode()
    assert "已通报给机关司局各党组织的书记。" in sent
    client_for(leader).post(address(review), SAID)
    assert ReviewCirculation.objects.count() == 1  # the second click changes nothing
    page = browser.get(review.get_absolute_url()).content.decode()
    assert "会议偏多" in page and "通报给您的只有这条点评本身。" in page
    hidden = ("看整改", "蹲点", "经过", "回复点评", review.organization.get_absolute_url())
    assert not [word for word in hidden if word in page]
    listed = browser.get("/reviews/").content.decode()
    assert review.get_absolute_url() in listed and "通报" in listed and "整改销号" not in listed
    for other in ("reply", "correct", "circulate"):
        assert browser.get(f"/reviews/{review.lineage}/{other}/").status_code == 403


def test_without_a_range_it_is_said_at_the_field(review, leader, client_for):
    assert client_for(leader).post(address(review), {"range": ""}).context["form"].errors == {"range": ["请选通报给谁。"]}


def test_it_is_ended_by_whoever_may_send_it(review, leader, office, neighbour, committee, client_for):
    client_for(leader).post(address(review), SAID)
    end = f"/reviews/circulations/{ReviewCirculation.objects.get().pk}/end/"
    assert client_for(committee).post(end).status_code == 403
    assert "已停止通报。" in client_for(office).post(end, follow=True).content.decode()
    assert client_for(neighbour).get(review.get_absolute_url()).status_code == 404
    assert client_for(office).post(end).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_a_reader_needs_the_same_queries_for_any_number(
    rows, campaign, branch, leader, neighbour, client_for, django_assert_num_queries
):
    for number in range(rows):
        made = ReviewFactory(campaign=campaign, organization=branch, reviewer=leader)
        client_for(leader).post(address(made), SAID | {"nonce": f"{number}" * 32})
    browser = client_for(neighbour)
    browser.get("/reviews/")
    with django_assert_num_queries(14):
        assert len(browser.get("/reviews/").context["rows"]) == rows


def test_an_export_tells_a_reader_nothing_of_the_mending(review, leader, neighbour, client_for):
    client_for(leader).post(address(review), SAID)
    for user, mending in ((neighbour, (None, None)), (leader, (1, 0))):
        rows, known = rows_of(user, "review_list", {}, "")
        assert [told[-2:] for told in known.told(list(rows))] == [mending]
