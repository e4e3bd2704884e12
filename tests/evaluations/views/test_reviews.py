"""Pages of reviews: who may review whom, the form beside the facts, corrections, and the gaps of a half-year."""
import datetime

import pytest
from django.urls import reverse

from campaign.models import Rectification
from evaluations.models import Review
from tests.factories.campaign import ActivityFactory, RectificationFactory
from tests.factories.evaluations import ReviewFactory, ReviewProblemFactory
from tests.factories.units import user_with
from units.enums import Role

LIST, NEW = "/reviews/", "/reviews/new/"
SAID = {
    "strengths": "走访扎实。", "problem_1": "会议偏多", "direction": "少开会，多下去。", "form": "anytime",
    "occasion": "symposium", "happened_on": "2011-06-10", "nonce": "e" * 32,
}


def url(name, review):
    return reverse(name, args=[review.lineage])


@pytest.fixture
def review(campaign, branch, leader):
    made = ReviewFactory(campaign=campaign, organization=branch, reviewer=leader, strengths="走访扎实。")
    ReviewProblemFactory(review=made, text="会议偏多")
    return made


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(rows, campaign, branch, leader, client_for, django_assert_num_queries):
    for _number in range(rows):
        made = ReviewFactory(campaign=campaign, organization=branch, reviewer=leader)
        ReviewProblemFactory(review=made, rectification=RectificationFactory(campaign=campaign, organization=branch))
    browser = client_for(leader)
    browser.get(LIST)
    with django_assert_num_queries(14):
        response = browser.get(LIST)
    assert len(response.context["rows"]) == rows
    assert response.context["rows"][0][1] == {"problems": 1, "asked": 1, "mended": 0}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_needs_the_same_queries_for_any_number_of_problems(rows, review, leader, client_for, django_assert_num_queries):
    for number in range(1, rows):
        item = RectificationFactory(campaign=review.campaign, organization=review.organization)
        ReviewProblemFactory(review=review, text=f"问题{number}", position=number, rectification=item)
    browser = client_for(leader)
    browser.get(review.get_absolute_url())
    with django_assert_num_queries(12):
        response = browser.get(review.get_absolute_url())
    assert len(response.context["problems"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_form_needs_the_same_queries_for_any_number_of_facts(
    rows, campaign, branch, leader, client_for, django_assert_num_queries
):
    previous = ReviewFactory(campaign=campaign, organization=branch, reviewer=leader, happened_on=datetime.date(2011, 3, 1))
    for _number in range(rows):
        item = RectificationFactory(campaign=campaign, organization=branch)
        ReviewProblemFactory(review=previous, rectification=item)
        ActivityFactory(campaign=campaign, organization=branch)
    browser = client_for(leader)
    browser.get(f"{NEW}?organization={branch.pk}")
    with django_assert_num_queries(24):
        browser.get(f"{NEW}?organization={branch.pk}")


# Who sees and who writes ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("committee", 200), ("office", 200), ("leader", 200), ("member", 404), ("outsider", 404),
     ("auditor", 404)],
)
def test_a_review_is_read_by_those_who_read_the_subtree(who, status, review, client_for, request):
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(review.get_absolute_url()).status_code == status
    assert (review.get_absolute_url() in browser.get(LIST).content.decode()) == (status == 200)


def test_a_member_reads_the_own_review(campaign, branch_members, member, secretary, client_for):
    own = ReviewFactory(campaign=campaign, member=branch_members[1], reviewer=secretary)
    assert client_for(member).get(own.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("who", "status"),
    [("leader", 200), ("office", 200), ("committee", 200), ("inspector", 403), ("member", 403), ("outsider", 404),
     ("auditor", 403)],
)
def test_who_reviews_a_branch(who, status, campaign, branch, client_for, request):
    assert client_for(request.getfixturevalue(who)).get(f"{NEW}?organization={branch.pk}").status_code == status


def test_a_secretary_reviews_the_own_members_and_what_is_below(campaign, tree, branch_members, secretary, client_for):
    own = client_for(secretary)
    for address, status in [(f"?member={branch_members[1].pk}", 200), (f"?member={branch_members[0].pk}", 403),
                            (f"?organization={tree.organ_branch.pk}", 403)]:
        assert own.get(NEW + address).status_code == status
    above = client_for(user_with(Role.SECRETARY, tree.organ))
    for address, status in [(f"?organization={tree.organ_branch.pk}", 200), (f"?member={branch_members[0].pk}", 200),
                            (f"?member={branch_members[1].pk}", 403), (f"?organization={tree.organ.pk}", 403)]:
        response = above.get(NEW + address)
        assert response.status_code == status
    assert "不能点评自己任书记的党组织。" in response.content.decode()


def test_a_leader_who_is_its_secretary_does_not_review_the_branch(campaign, tree, branch_members, client_for):
    both = user_with(Role.LEADER, tree.root, member=branch_members[0])
    response = client_for(both).get(f"{NEW}?organization={tree.organ_branch.pk}")
    assert response.status_code == 403
    assert "不能点评自己任书记的党组织。" in response.content.decode()


def test_without_a_subject_one_is_asked_for(campaign, tree, leader, member, client_for):
    page = client_for(leader).get(NEW).content.decode()
    assert f"?organization={tree.society.pk}" in page
    assert f"?organization={tree.society.pk}" not in client_for(leader).get(f"{NEW}?q=办公厅").content.decode()
    assert client_for(member).get(NEW).status_code == 403


# Writing --------------------------------------------------------------------------------------
def test_a_review_with_an_item_and_a_quoted_fact(campaign, branch, branch_members, leader, client_for):
    activity = ActivityFactory(campaign=campaign, organization=branch, title="到三个县蹲点")
    browser, address = client_for(leader), f"{NEW}?organization={branch.pk}"
    page = browser.get(address).content.decode()
    assert "到三个县蹲点" in page and f"责任人 {branch_members[0]}" in page and 'value="2011-07-10"' in page
    said = SAID | {"mend_1": "on", "due_1": "2011-07-08", "quote": [f"activity-{activity.lineage}"], "problem_2": "记录不全"}
    response = browser.post(address, said)
    made = Review.objects.get()
    assert response.url == made.get_absolute_url() == browser.post(address, said).url  # the second click changes nothing
    assert Review.objects.count() == 1
    assert made.quotes == [{"text": "到三个县蹲点", "url": activity.get_absolute_url()}]
    item = Rectification.objects.get()
    assert (item.owner, item.verifier, item.due_on) == (branch_members[0], leader, datetime.date(2011, 7, 8))
    page = browser.get(made.get_absolute_url()).content.decode()
    assert all(word in page for word in ("会议偏多", "记录不全", "到三个县蹲点", "少开会，多下去。", "整改中"))
    assert "部领导的点评" in browser.get(item.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"problem_1": ""}, {"problem_1": ["请至少写一个问题，没有问题的点评不能发出。"]}),
        ({"direction": " "}, {"direction": ["请写努力方向，没有方向的点评不能发出。"]}),
        ({"happened_on": "2011-06-11"}, {"happened_on": ["点评日期不能晚于今天。"]}),
        ({"mend_1": "on", "due_1": "2011-06-01"}, {"due_1": ["整改期限不能早于今天。"]}),
        ({"mend_1": "on", "due_1": ""}, {"due_1": ["要求整改的，请选期限。"]}),
        ({"mend_2": "on", "due_2": "2011-07-01"}, {"problem_2": ["要求整改的，请写是什么问题。"]}),
    ],
)
def test_what_is_missing_is_said_at_its_place(changes, errors, campaign, branch, leader, client_for):
    response = client_for(leader).post(f"{NEW}?organization={branch.pk}", SAID | changes)
    assert response.context["form"].errors == errors
    assert not Review.objects.exists() and not Rectification.objects.exists()


def test_the_third_quote_is_too_many(campaign, branch, leader, client_for):
    made = ActivityFactory.create_batch(3, campaign=campaign, organization=branch)
    said = SAID | {"quote": [f"activity-{activity.lineage}" for activity in made]}
    response = client_for(leader).post(f"{NEW}?organization={branch.pk}", said)
    assert response.context["form"].non_field_errors() == ["最多引用 2 条事实。"]
    assert response.content.decode().count("checked") >= 3  # what was ticked is still ticked


def test_a_member_is_reviewed_by_the_secretary(campaign, branch_members, secretary, client_for):
    client_for(secretary).post(f"{NEW}?member={branch_members[1].pk}", SAID | {"mend_1": "on", "due_1": "2011-07-08"})
    assert Review.objects.get().member == branch_members[1]
    assert Rectification.objects.get().owner == branch_members[1]


# Correcting and taking back -------------------------------------------------------------------
def test_only_the_author_corrects(review, office, leader, client_for):
    assert client_for(office).get(url("review_correct", review)).status_code == 403
    assert client_for(office).post(url("review_withdraw", review)).status_code == 403
    assert client_for(leader).get(url("review_correct", review)).status_code == 200


def test_a_correction_needs_a_reason_and_leaves_the_old_version(review, leader, client_for):
    item = RectificationFactory(campaign=review.campaign, organization=review.organization, problem="会议偏多")
    review.problems.update(rectification=item)
    browser, address = client_for(leader), url("review_correct", review)
    assert "mend_1" not in browser.get(address).context["form"].fields
    said = SAID | {"problem_1": "会议太多"}
    assert browser.post(address, said).context["form"].errors == {"reason": ["请写一句更正的原因。"]}
    browser.post(address, said | {"reason": "说准一点"})
    standing = Review.objects.standing().get()
    assert (standing.lineage, standing.change_reason) == (review.lineage, "说准一点")
    assert standing.problems.get().rectification == item
    page = browser.get(review.get_absolute_url()).content.decode()
    assert "会议太多" in page and "会议偏多" in page and "说准一点" in page


def test_taking_back_needs_a_reason(review, leader, secretary, client_for):
    browser, address = client_for(leader), url("review_withdraw", review)
    assert "已经立项的整改不受影响" in browser.get(address).content.decode()
    assert "请写一句更正的原因。" in browser.post(address, {"reason": ""}).content.decode()
    assert "点评已撤回。" in browser.post(address, {"reason": "对象写错"}, follow=True).content.decode()
    assert "这条点评已经撤回" in client_for(secretary).get(review.get_absolute_url()).content.decode()
    assert browser.get(url("review_correct", review)).status_code == 403
    assert not browser.get(LIST).context["rows"]


# The list -------------------------------------------------------------------------------------
def test_the_list_by_half_year_and_its_filters(campaign, tree, leader, office, branch_members, client_for):
    ReviewFactory(campaign=campaign, organization=tree.organ, reviewer=leader)
    ReviewFactory(campaign=campaign, member=branch_members[1], reviewer=office)
    ReviewFactory(campaign=campaign, organization=tree.society, reviewer=leader, happened_on=datetime.date(2010, 12, 1))
    browser = client_for(leader)

    def seen(query=""):
        return {str(row[0].member or row[0].organization) for row in browser.get(LIST + query).context["rows"]}

    name = str(branch_members[1])
    assert seen() == {tree.organ.name, name}
    assert seen("?half=2010-2") == {tree.society.name}
    assert seen("?half=all") == {tree.organ.name, name, tree.society.name}
    assert seen("?whose=mine") == {tree.organ.name}
    assert seen("?subject=members") == {name}
    assert seen(f"?q={name}") == {name}
    assert seen(f"?organization={tree.organ_branch.pk}") == {name}
    assert [option for option, _title in browser.get(LIST).context["form"].fields["half"].choices] == [
        "", "2010-2", "2010-1", "all"
    ]


def test_the_gaps_come_first_and_on_a_page_of_their_own(campaign, tree, leader, secretary, branch_members, client_for):
    ReviewFactory(campaign=campaign, organization=tree.organ, reviewer=leader)
    page = client_for(leader).get(LIST)
    assert page.context["gap_count"] == 2
    assert "还没点评的党组织（2）" in page.content.decode()
    alone = client_for(leader).get(LIST + "?state=missing")
    assert list(alone.context["page"]) == [tree.institution, tree.society]
    assert len(client_for(leader).get(LIST + "?state=missing&level=all").context["page"]) == 5
    members = client_for(secretary).get(LIST + "?state=missing")
    assert set(members.context["page"]) == set(branch_members[1:])
