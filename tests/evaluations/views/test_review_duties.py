"""The duty board: figures by category that open to names, own duties first, and who may look."""
import datetime

import pytest

from tests.factories.evaluations import ReviewFactory
from units.domain.charges import divide_work
from units.models import Post

BOARD = "/reviews/duties/"


@pytest.fixture
def charged(tree, leader, office, at, today):
    """The leader is in charge of the organ and the society."""
    divide_work(leader, [tree.organ, tree.society], within=tree.root, happened_on=today, by=office, at=at, on=today)


def names(response):
    return [duty.member or duty.organization for duty in response.context["page"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_needs_the_same_queries_for_any_number(
    rows, campaign, branch_members, secretary, client_for, django_assert_num_queries
):
    for reviewed in branch_members[1 : 5 - rows]:
        ReviewFactory(campaign=campaign, member=reviewed)
    browser = client_for(secretary)
    browser.get(BOARD)
    with django_assert_num_queries(8):
        response = browser.get(BOARD)
    assert len(response.context["page"].object_list) == rows


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("leader", 200), ("inspector", 200), ("member", 403),
     ("auditor", 403)],
)
def test_who_may_look(who, status, campaign, client_for, request):
    response = client_for(request.getfixturevalue(who)).get(BOARD)
    assert response.status_code == status
    if status == 403:
        of_members = "点评责任给书记、单位党委、领导和领导小组办公室看。"
        said = of_members if who == "member" else "管理员的账号不看业务记录，也不办业务。"
        assert said in response.content.decode()


def test_a_leader_sees_the_own_duties_first(campaign, tree, charged, leader, client_for):
    response = client_for(leader).get(BOARD)
    assert names(response) == [tree.organ.name, tree.society.name, tree.members[tree.society.pk][0].name]
    assert f'href="/reviews/new/?organization={tree.organ.pk}"' in response.content.decode()
    assert list(map(str, response.context["kinds"])) == ["党组织", "书记"]  # a leader owes no member a review
    everything = client_for(leader).get(f"{BOARD}?whose=all&kind=member&category=organ")
    assert len(names(everything)) == 6


def test_figures_open_to_their_names(campaign, tree, charged, office, client_for):
    ReviewFactory(campaign=campaign, organization=tree.organ)
    browser = client_for(office)
    page = browser.get(BOARD).content.decode()
    assert "category=organ&amp;kind=organization&amp;state=done" in page
    due = browser.get(f"{BOARD}?whose=all&category=organ&kind=member&state=due")
    assert due.context["title"] == "党员 · 机关司局 · 待点评" and len(names(due)) == 6
    done = browser.get(f"{BOARD}?whose=all&category=organ&kind=organization&state=done")
    assert names(done) == [tree.organ.name] and "5月10日" in done.content.decode()


def test_gaps_are_listed_by_name_with_the_reason(campaign, tree, office, client_for):
    Post.objects.filter(organization=tree.institution_branch).delete()
    response = client_for(office).get(f"{BOARD}?state=gap&category=institution")
    assert names(response) == [tree.institution.name, tree.institution_branch.name, *[
        member.name for member in sorted(tree.members[tree.institution_branch.pk], key=lambda m: (m.stroke_key, m.pk))
    ]]
    page = response.content.decode()
    assert all(reason in page for reason in ("没有明确联系领导", "上级党组织没有书记", "党组织没有书记", "去改分工"))


def test_a_half_year_that_is_over_shows_what_is_overdue(campaign, tree, charged, leader, office, stopped_clock, at, client_for):
    stopped_clock(at + datetime.timedelta(days=40))
    page = client_for(leader).get(f"{BOARD}?half=2011-1").content.decode()
    assert "逾期 20 天" in page and "?organization=" not in page


def test_nothing_owed_shows_everything(campaign, tree, leader, client_for):
    response = client_for(leader).get(BOARD)
    assert response.context["whose"] == "all"
    assert "这半年没有该您点评的。" in client_for(leader).get(f"{BOARD}?whose=mine").content.decode()


def test_without_a_campaign_the_board_says_so(office, client_for):
    assert "现在没有进行中的活动。" in client_for(office).get(BOARD).content.decode()


def test_the_secretary_above_reviews_a_secretary_enrolled_elsewhere(campaign, tree, charged, client_for):
    """A unit's secretary sits in a branch of it; whoever is secretary of the root reviews that person too."""
    from tests.factories.units import MemberFactory, PostFactory, user_with
    from units.enums import Role

    head = PostFactory(member=MemberFactory(organization=tree.organ_branch_2), organization=tree.organ).member
    above = client_for(user_with(Role.SECRETARY, tree.root))
    assert above.get(f"/reviews/new/?member={head.pk}").status_code == 200
    assert above.get(f"/reviews/new/?member={tree.members[tree.organ_branch_2.pk][1].pk}").status_code == 403
