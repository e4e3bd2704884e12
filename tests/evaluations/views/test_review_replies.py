"""Pages of the thread below a review: who answers, corrections, and what the list says of it."""
import datetime

import pytest

from evaluations.models import ReviewReply
from tests.factories.evaluations import ReviewFactory, ReviewProblemFactory

DUE = datetime.date(2011, 6, 17)
SAID = {"text": "下月起每周少开一个会。", "nonce": "f" * 32}


@pytest.fixture
def review(campaign, branch, leader):
    made = ReviewFactory(campaign=campaign, organization=branch, reviewer=leader, reply_due_on=DUE)
    ReviewProblemFactory(review=made, text="会议偏多")
    return made


def address(review):
    return f"/reviews/{review.lineage}/reply/"


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("leader", 200), ("committee", 403), ("office", 403), ("member", 404), ("outsider", 404)],
)
def test_who_answers_a_review_of_an_organisation(who, status, review, client_for, request):
    assert client_for(request.getfixturevalue(who)).get(address(review)).status_code == status


def test_the_secretary_answers_on_the_page_of_the_review(review, secretary, leader, client_for):
    browser = client_for(secretary)
    page = browser.get(review.get_absolute_url()).content.decode()
    assert "请在 2011年6月17日前写一句打算。" in page and f'action="{address(review)}"' in page and "剩 7 天" in page
    answered = browser.post(address(review), SAID)
    assert answered.url == review.get_absolute_url() + "#thread" == browser.post(address(review), SAID).url
    assert ReviewReply.objects.get().side == "reviewed"  # the second click changes nothing
    assert SAID["text"] in client_for(leader).get(review.get_absolute_url()).content.decode()


def test_an_empty_answer_is_said_at_its_field(review, secretary, client_for):
    response = client_for(secretary).post(address(review), {"text": " "})
    assert response.context["form"].errors == {"text": ["请写一句打算。"]}
    assert "会议偏多" in response.content.decode()


def test_why_others_do_not_answer_is_said(review, office, client_for):
    assert "由被点评的党组织的书记或党委回复。" in client_for(office).get(review.get_absolute_url()).content.decode()


def test_a_member_answers_the_own_review(campaign, branch_members, member, secretary, client_for):
    own = ReviewFactory(campaign=campaign, member=branch_members[1], reviewer=secretary, reply_due_on=DUE)
    assert client_for(member).post(address(own), SAID).status_code == 302
    other = ReviewFactory(campaign=campaign, member=branch_members[2], reviewer=secretary)
    assert client_for(member).get(address(other)).status_code == 404


def test_only_the_writer_corrects_and_says_why(review, secretary, leader, client_for):
    browser = client_for(secretary)
    browser.post(address(review), SAID)
    entry = ReviewReply.objects.get()
    correct = f"/reviews/replies/{entry.lineage}/correct/"
    assert client_for(leader).get(correct).status_code == 403
    assert browser.post(correct, {"text": "下周起。"}).context["form"].errors == {"reason": ["请写一句更正的原因。"]}
    assert browser.post(correct, {"text": "下周起。", "reason": "说早了", "nonce": "a" * 32}).status_code == 302
    thread = browser.get(review.get_absolute_url()).content.decode().split('id="thread"')[1].split("</section>")[0]
    assert "下周起。" in thread and "已更正：说早了" in thread and SAID["text"] not in thread


def test_the_list_says_what_is_answered(review, campaign, branch, leader, secretary, client_for):
    late = ReviewFactory(campaign=campaign, organization=branch, reviewer=leader, reply_due_on=datetime.date(2011, 6, 1))
    ReviewFactory(campaign=campaign, organization=branch, reviewer=leader)
    client_for(secretary).post(address(review), SAID)
    rows = {row[0].pk: row[2:] for row in client_for(leader).get("/reviews/").context["rows"]}
    assert rows[review.pk] == (True, 7) and rows[late.pk] == (False, -9)
    page = client_for(leader).get("/reviews/").content.decode()
    assert all(word in page for word in ("已回复", "逾期 9 天", "不要求"))


@pytest.mark.parametrize("entries", [1, 3])
def test_the_page_needs_the_same_queries_for_any_thread(
    entries, review, secretary, client_for, django_assert_num_queries
):
    browser = client_for(secretary)
    for number in range(entries):
        browser.post(address(review), {"text": f"第{number}句", "nonce": f"{number}" * 32})
    browser.get(review.get_absolute_url())
    with django_assert_num_queries(13):
        response = browser.get(review.get_absolute_url())
    assert len(response.context["thread"]) == entries
