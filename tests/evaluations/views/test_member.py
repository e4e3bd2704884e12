"""A member's page: for the member and the readers of the subtree, with what is on record and nothing of others."""
import datetime

import pytest

from tests.factories.campaign import ActivityFactory, CommitmentFactory
from tests.factories.evaluations import AwardRoundFactory, ReviewFactory
from tests.factories.units import PostFactory, user_with
from units.domain.honours import honour
from units.domain.id_numbers import seal
from units.enums import PostKind, Role


@pytest.fixture
def person(branch_members):
    """The member whose account is the fixture `member`."""
    return branch_members[1]


@pytest.mark.parametrize(
    ("who", "status"),
    [("member", 200), ("secretary", 200), ("committee", 200), ("office", 200), ("leader", 200), ("outsider", 404),
     ("sibling", 404), ("system", 404), ("auditor", 404)],
)
def test_who_sees_the_page(request, who, status, tree, person, client_for):
    sibling = user_with(Role.SECRETARY, tree.organ_branch_2)
    user = sibling if who == "sibling" else request.getfixturevalue(who)
    assert client_for(user).get(person.get_absolute_url()).status_code == status


def test_a_member_sees_no_other_member(member, branch_members, client_for):
    assert client_for(member).get(branch_members[2].get_absolute_url()).status_code == 404


def test_the_page_shows_what_is_on_record(campaign, branch, person, member, at, client_for):
    PostFactory(member=person, kind=PostKind.ORGANIZER)
    CommitmentFactory(campaign=campaign, member=person, text="上门办证")
    ActivityFactory(campaign=campaign, organization=branch, title="走访困难户", roster={person: True})
    ActivityFactory(campaign=campaign, organization=branch, title="学习会", roster={person: False})
    ActivityFactory(campaign=campaign, organization=branch, title="撤回的会", roster={person: True}, superseded_at=at)
    ReviewFactory(campaign=campaign, organization=branch, member=person, strengths="肯帮人")
    page = client_for(member).get(person.get_absolute_url())
    words = page.content.decode()
    for text in ("组织委员", "上门办证", "走访困难户", "学习会", "肯帮人", "办公厅第一党支部", "参加 1 次，应参加 2 次"):
        assert text in words
    assert "撤回的会" not in words


def test_the_id_number_is_masked(person, secretary, client_for):
    person.id_number_sealed = seal("110101196001011237")
    person.save()
    words = client_for(secretary).get(person.get_absolute_url()).content.decode()
    assert "110101***********7" in words and "110101196001011237" not in words


def test_the_page_says_for_which_round_an_honour_counts(campaign, person, secretary, member, office, at, today, client_for):
    round = AwardRoundFactory(campaign=campaign)
    round.honour_conditions.create(kind="member", demand="required", level="bureau", since_on=datetime.date(2008, 6, 15))
    day = datetime.date(2009, 5, 1)
    honour(person, level="ministry", title="孺子牛奖", happened_on=day, by=office, at=at, on=today)
    line = "符合“七一表彰”优秀共产党员的荣誉条件"
    assert line in client_for(secretary).get(person.get_absolute_url()).content.decode()
    words = client_for(member).get(person.get_absolute_url()).content.decode()
    assert "孺子牛奖" in words and line not in words  # members see no rounds


def test_without_a_campaign_the_person_is_still_there(person, secretary, client_for):
    words = client_for(secretary).get(person.get_absolute_url()).content.decode()
    assert person.name in words and "现在没有进行中的活动。" in words


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number(
    rows, campaign, branch, person, secretary, client_for, django_assert_num_queries
):
    for number in range(rows):
        CommitmentFactory(campaign=campaign, member=person)
        ActivityFactory(campaign=campaign, organization=branch, roster={person: True})
        ReviewFactory(campaign=campaign, organization=branch, member=person)
        PostFactory(member=person, kind=PostKind.ORGANIZER, starts_on=datetime.date(2009, 1, 1 + number))
    browser = client_for(secretary)
    browser.get(person.get_absolute_url())
    with django_assert_num_queries(20):
        page = browser.get(person.get_absolute_url())
    assert (len(page.context["posts"]), len(page.context["attendance"].rows)) == (rows, rows)
