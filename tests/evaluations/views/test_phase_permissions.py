"""Pages that the campaign's dates close: the page says in which phase it may be done, and its days."""
import datetime

import pytest
from django.urls import reverse

from campaign.domain.campaign_template import set_up_campaign
from campaign.models import Commitment
from tests.factories.campaign import CommitmentFactory
from tests.factories.evaluations import AwardRoundFactory
from tests.factories.polls import draft_poll

MOBILIZE = "“动员部署”（2010年4月6日—2010年5月31日）"
STRIVE = "“全面争创”（2010年6月1日—2012年11月7日）"
REVIEW = "“点评评议”（2010年9月1日—2012年11月7日）"
COMMEND = "“评选表彰”（2011年3月1日—2011年7月1日）"


@pytest.fixture
def frame(root, office, at):
    return set_up_campaign(organization=root, code="template", title="创先争优活动", by=office, at=at)


def addresses(frame, branch):
    award = AwardRoundFactory(campaign=frame, state="open")
    return {
        "nomination": reverse("nomination_new", args=[award.pk]),
        "appraisal": f"{reverse('appraisal_new')}?organization={branch.pk}",
        "review": f"{reverse('review_new')}?organization={branch.pk}",
        "commitment": reverse("commitment_new"),
        "plan": reverse("plan_new"),
    }


@pytest.mark.parametrize(
    ("who", "work", "day", "sentence"),
    [
        ("secretary", "nomination", (2011, 2, 28), f"推荐表彰对象在{COMMEND}办，今天不在这段时间里。"),
        ("secretary", "nomination", (2011, 7, 2), f"推荐表彰对象在{COMMEND}办，今天不在这段时间里。"),
        ("secretary", "appraisal", (2010, 8, 31), f"录入评议在{REVIEW}办，今天不在这段时间里。"),
        ("leader", "review", (2010, 8, 31), f"点评在{REVIEW}办，今天不在这段时间里。"),
        ("secretary", "commitment", (2010, 5, 31), f"提出承诺在{STRIVE}办，今天不在这段时间里。"),
        ("secretary", "plan", (2012, 11, 8), f"起草和提交计划在{MOBILIZE}、{STRIVE}办，今天不在这段时间里。"),
    ],
)
def test_out_of_its_days_the_page_names_the_phase(
    request, who, work, day, sentence, frame, branch, at, client_for, stopped_clock
):
    address = addresses(frame, branch)[work]
    browser = client_for(request.getfixturevalue(who))
    assert browser.get(address).status_code == 200  # on 2011-06-10
    stopped_clock(at.replace(year=day[0], month=day[1], day=day[2]))
    refused = browser.get(address)
    assert (refused.status_code, sentence in refused.content.decode()) == (403, True)


def test_the_board_offers_no_nomination_out_of_its_days(frame, secretary, at, client_for, stopped_clock):
    award = AwardRoundFactory(campaign=frame, state="open")
    new = reverse("nomination_new", args=[award.pk])
    assert new in client_for(secretary).get(award.get_absolute_url()).content.decode()
    stopped_clock(at + datetime.timedelta(days=22))
    assert new not in client_for(secretary).get(award.get_absolute_url()).content.decode()


def test_a_draft_of_a_promise_is_handed_in_in_its_days_and_a_returned_one_at_any_time(
    frame, branch, secretary, at, client_for, stopped_clock
):
    draft, returned = (
        CommitmentFactory(campaign=frame, organization=branch, state=state, due_on=at.date().replace(year=2012))
        for state in ("draft", "returned")
    )
    stopped_clock(at.replace(year=2010, month=5, day=31))
    browser, sentence = client_for(secretary), f"提出承诺在{STRIVE}办，今天不在这段时间里。"
    for name in ("commitment_submit", "commitment_edit"):
        refused = browser.post(reverse(name, args=[draft.pk]))
        assert (refused.status_code, sentence in refused.content.decode()) == (403, True)
    page = browser.get(draft.get_absolute_url()).content.decode()
    assert sentence in page and "提交审定" not in page
    browser.post(reverse("commitment_submit", args=[returned.pk]))
    states = [Commitment.objects.get(pk=row.pk).state for row in (draft, returned)]
    assert states == ["draft", "submitted"]
    stopped_clock(at)
    browser.post(reverse("commitment_submit", args=[draft.pk]))
    assert Commitment.objects.get(pk=draft.pk).state == "submitted"


def test_a_poll_written_in_its_days_is_not_opened_after_them(frame, branch, secretary, at, client_for, stopped_clock):
    poll = draft_poll(frame, branch)
    browser, sentence = client_for(secretary), f"录入评议在{REVIEW}办，今天不在这段时间里。"
    stopped_clock(at.replace(year=2012, month=11, day=8))
    refused = browser.post(reverse("poll_open", args=[poll.pk]))
    assert (refused.status_code, sentence in refused.content.decode()) == (403, True)
    page = browser.get(poll.get_absolute_url()).content.decode()
    assert sentence in page and "开始投票" not in page
    stopped_clock(at)
    assert "开始投票" in browser.get(poll.get_absolute_url()).content.decode()
    browser.post(reverse("poll_open", args=[poll.pk]))
    poll.refresh_from_db()
    assert poll.state == "open"
