"""The page of a meeting: rows for the secretaries below, what is typed is kept, and one record however often it is sent."""
import datetime

import pytest

from evaluations.models import Review, ReviewMeeting
from tests.factories.evaluations import ReviewFactory
from tests.factories.units import MemberFactory, OrganizationFactory, PostFactory, user_with
from units.domain.charges import divide_work
from units.enums import Role

NEW = "/reviews/meetings/new/"
ONCE = {"occasion": "briefing", "held_on": "2011-06-10", "place": "三楼会议室", "due_on": "2011-07-10", "nonce": "d" * 32}


def typed(member, **changes):
    said = {"strengths": "走访扎实。", "problem": "会议偏多", "direction": "多下去。"} | changes
    return {f"row-{member.pk}-{name}": value for name, value in said.items()}


@pytest.fixture
def heads(tree):
    """The secretaries of the two branches of the organ."""
    return [tree.members[branch.pk][0] for branch in (tree.organ_branch, tree.organ_branch_2)]


@pytest.mark.parametrize(
    ("who", "status"),
    [("committee", 200), ("secretary", 200), ("leader", 200), ("office", 200), ("inspector", 403), ("member", 403),
     ("auditor", 403)],
)
def test_who_holds_a_meeting(who, status, campaign, client_for, request):
    assert client_for(request.getfixturevalue(who)).get(NEW).status_code == status


def test_only_in_the_own_scope(campaign, tree, committee, outsider, client_for):
    assert client_for(committee).get(f"{NEW}?organization={tree.institution.pk}").status_code == 404
    assert client_for(committee).get(f"{NEW}?organization={tree.organ.pk}").status_code == 200


def test_ten_rows_on_one_page_and_empty_ones_are_skipped(campaign, tree, heads, committee, client_for):
    more = [OrganizationFactory(parent=tree.organ) for _number in range(8)]
    people = heads + [PostFactory(member=MemberFactory(organization=branch)).member for branch in more]
    browser = client_for(committee)
    page = browser.get(NEW)
    assert len(page.context["rows"]) == 10
    assert all(person.name in page.content.decode() for person in people)
    said = ONCE | typed(people[0]) | typed(people[4], strengths="")
    response = browser.post(NEW, said)
    meeting = ReviewMeeting.objects.get()
    assert response.url == meeting.get_absolute_url() == browser.post(NEW, said).url  # a double click makes one record
    assert {review.member for review in Review.objects.filter(meeting=meeting)} == {people[0], people[4]}
    shown = browser.get(meeting.get_absolute_url()).content.decode()
    assert "三楼会议室" in shown and people[4].name in shown and people[1].name not in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_need_the_same_queries_for_any_number(
    rows, campaign, tree, heads, committee, client_for, django_assert_num_queries
):
    if rows == 1:
        heads.pop().posts.all().delete()
    else:
        heads.append(PostFactory(member=MemberFactory(organization=OrganizationFactory(parent=tree.organ))).member)
    browser, said = client_for(committee), dict(ONCE)
    for person in heads:
        said |= typed(person)
    browser.get(NEW)
    with django_assert_num_queries(9):
        assert len(browser.get(NEW).context["rows"]) == rows
    browser.post(NEW, said)
    address = ReviewMeeting.objects.get().get_absolute_url()
    with django_assert_num_queries(8):
        assert len(browser.get(address).context["rows"]) == rows


def test_a_row_says_when_its_secretary_was_reviewed_last(campaign, heads, committee, client_for):
    ReviewFactory(campaign=campaign, member=heads[0], happened_on=datetime.date(2010, 11, 3))
    page = client_for(committee).get(NEW).content.decode()
    assert page.count("上次点评 2010年11月3日") == 1 and page.count("还没点评过") == 1


def test_secretary_and_organisation_share_a_line(campaign, tree, heads, committee, client_for):
    browser = client_for(committee)
    browser.post(NEW, ONCE | typed(heads[0], mend="on") | typed(heads[1]) | {"with_organizations": "on"})
    response = browser.get(ReviewMeeting.objects.get().get_absolute_url())
    first, second = response.context["rows"]
    assert (first.organization, first.of_secretary.member, first.of_organization.member) == (tree.organ_branch, heads[0], None)
    assert second.organization == tree.organ_branch_2
    page = response.content.decode()
    assert page.count("会议偏多") == 3 and page.count("看整改") == 1 and "点评 2 位书记" in page
    Review.objects.filter(member=heads[0]).update(superseded_at="2011-06-10T09:00:00Z")
    row = browser.get(ReviewMeeting.objects.get().get_absolute_url()).context["rows"][0]
    assert (row.of_secretary, row.review) == (None, row.of_organization)


@pytest.mark.parametrize(
    ("row", "field", "message"),
    [
        ({"problem": ""}, "problem", "请写{}的问题，没有问题的点评不能发出。"),
        ({"direction": ""}, "direction", "请写{}的努力方向，没有方向的点评不能发出。"),
        ({"strengths": "", "problem": "", "direction": "", "mend": "on"}, "problem", "请写{}的问题，没有问题的点评不能发出。"),
    ],
)
def test_a_row_that_is_not_complete_is_refused_at_its_field_and_the_others_are_kept(
    row, field, message, campaign, heads, committee, client_for
):
    response = client_for(committee).post(NEW, ONCE | typed(heads[0], problem="记录不全") | typed(heads[1], **row))
    rows = {row.member: row for row in response.context["rows"]}
    assert rows[heads[1]].errors[field] == [message.format(heads[1].name)]
    assert rows[heads[0]].errors == {}
    page = response.content.decode()
    assert "记录不全" in page and "有 " in page
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"occasion": ""}, {"occasion": ["请选场合。"]}),
        ({"held_on": "2011-06-11"}, {"held_on": ["点评日期不能晚于今天。"]}),
        ({"due_on": "2011-06-01"}, {"due_on": ["整改期限不能早于今天。"]}),
        ({"due_on": ""}, {"due_on": ["要求整改的，请选期限。"]}),
    ],
)
def test_what_stands_once_is_refused_once(changes, errors, campaign, heads, committee, client_for):
    response = client_for(committee).post(NEW, ONCE | changes | typed(heads[0], mend="on"))
    assert response.context["form"].errors == errors
    assert not Review.objects.exists()


def test_without_any_row_nothing_is_recorded(campaign, heads, committee, client_for):
    assert client_for(committee).post(NEW, ONCE).context["form"].non_field_errors() == ["请至少点评一位书记。"]


def test_a_leader_is_shown_the_own_charge_first(campaign, tree, leader, office, at, today, client_for):
    PostFactory(member=MemberFactory(organization=tree.organ_branch), organization=tree.organ)
    divide_work(leader, [tree.society], within=tree.root, happened_on=today, by=office, at=at, on=today)
    browser = client_for(leader)
    assert [row.organization for row in browser.get(NEW).context["rows"]] == [tree.society]
    assert "连同其他 1 位" in browser.get(NEW).content.decode()
    assert len(browser.get(f"{NEW}?all=1").context["rows"]) == 2


def test_nobody_finds_a_row_of_their_own(campaign, tree, heads, client_for):
    both = user_with(Role.COMMITTEE, tree.organ, member=heads[0])
    assert [row.member for row in client_for(both).get(NEW).context["rows"]] == [heads[1]]


def test_without_secretaries_below_the_page_says_so(campaign, secretary, client_for):
    assert "下级党组织还没有书记。" in client_for(secretary).get(NEW).content.decode()


def test_a_meeting_outside_the_scope_does_not_exist(campaign, heads, committee, outsider, client_for):
    client_for(committee).post(NEW, ONCE | typed(heads[0]))
    address = ReviewMeeting.objects.get().get_absolute_url()
    assert client_for(outsider).get(address).status_code == 404
