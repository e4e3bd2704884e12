"""What reviews, meetings, questionnaires and opinions ask to put right is warned of like any other due day."""
import pytest
from django.urls import reverse

from tests.campaign.looking_out import IN_IT, fill_week, warned_of
from tests.factories.opinions import assigned
from tests.factories.questionnaires import released_questionnaire
from tests.factories.symposiums import symposium


@pytest.fixture
def week(campaign, branch, secretary, at):
    fill_week(campaign, branch, by=secretary, at=at)


def sent(browser, address, said):
    return browser.post(address, said, follow=True).content.decode()


def test_a_problem_of_a_review(week, branch, leader, client_for):
    said = {
        "strengths": "走访扎实。", "problem_1": "会议偏多", "due_1": IN_IT, "mend_1": "on", "direction": "少开会。",
        "form": "anytime", "occasion": "symposium", "happened_on": "2011-06-10",
    }
    assert warned_of(sent(client_for(leader), f"/reviews/new/?organization={branch.pk}", said), "会议偏多")


def test_an_opinion(week, campaign, root, branch, office, client_for):
    opinion, _code = assigned(root, about=branch, account=office)
    said = {"organization": branch.pk, "problem": "窗口太少", "due_on": IN_IT}
    assert warned_of(sent(client_for(office), reverse("opinion_mend", args=[opinion.pk]), said), "窗口太少")


def test_a_question(week, campaign, branch, committee, client_for):
    made = released_questionnaire(campaign, branch, {"members": [{"a0": ["1"]}] * 5})
    address = reverse("question_rectify", args=[made.questions.order_by("position").first().pk])
    browser = client_for(committee)
    assert "定期限时看一眼" in browser.get(address).content.decode()
    assert warned_of(sent(browser, address, {"problem": "窗口太少", "due_on": IN_IT}), "窗口太少")


def test_a_point_of_a_meeting(week, campaign, branch, secretary, client_for):
    point = symposium(campaign, branch, by=secretary).points.first()
    address, browser = reverse("point_rectify", args=[point.pk]), client_for(secretary)
    assert "定期限时看一眼" in browser.get(address).content.decode()
    assert warned_of(sent(browser, address, {"problem": "窗口太少", "due_on": IN_IT}), "窗口太少")
