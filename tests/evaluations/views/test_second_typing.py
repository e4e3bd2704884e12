"""Pages of the second typing: an empty form, no number of the first one, and the page for what differs."""
import pytest
from django.urls import reverse

from tests.factories.evaluations import AppraisalFactory

LIST = "/appraisals/"


def url(name, appraisal):
    return reverse(name, args=[appraisal.lineage])


@pytest.fixture
def waiting(campaign, branch, secretary):
    """Typed by the secretary, not confirmed."""
    return AppraisalFactory(campaign=campaign, organization=branch, recorded_by=secretary, confirmed_by=None)


def same_as(appraisal):
    """The second typing's fields with the numbers of the first."""
    fields = {}
    for turnout in appraisal.turnouts.all():
        fields |= {f"issued_{turnout.audience}": turnout.issued, f"returned_{turnout.audience}": turnout.returned}
    for count in appraisal.counts.all():
        for name in ("satisfied", "fairly", "basically", "dissatisfied", "unknown"):
            fields[f"n-{count.member_id or 0}-{count.item}-{count.audience}-{name}"] = getattr(count, name)
    return {"issued_masses": 0, "returned_masses": 0} | fields


def test_the_second_person_types_without_seeing_the_first_numbers(waiting, office, secretary, client_for):
    browser, address = client_for(office), url("appraisal_confirm", waiting)
    page = browser.get(address).content.decode()
    assert "这里不显示他录的数" in page and 'value="9"' not in page and 'value="10"' not in page and 'value="0"' not in page
    assert "两遍一致就计入；不一致的逐格列出，再看纸质票。" in page and f'href="{waiting.get_absolute_url()}"' in page
    detail = browser.get(waiting.get_absolute_url()).content.decode()
    assert "两个人分别录完、核对一致以后才显示结果。" in detail and "逐项结果" not in detail and "10/10" not in detail
    assert "10/10" not in browser.get(LIST).content.decode()
    assert browser.get(url("appraisal_correct", waiting)).status_code == 403
    assert "逐项结果" in client_for(secretary).get(waiting.get_absolute_url()).content.decode()
    answer = browser.post(address, same_as(waiting) | {"nonce": "a" * 32}, follow=True)
    assert "两个人录的一致，从现在起计入。" in answer.content.decode() and "逐项结果" in answer.content.decode()
    waiting.refresh_from_db()
    assert waiting.confirmed_by == office
    assert browser.get(address).status_code == 403


def test_what_differs_is_settled_on_a_page_of_its_own(waiting, office, client_for):
    browser, address = client_for(office), url("appraisal_confirm", waiting)
    assert browser.get(url("appraisal_settle", waiting)).url == address
    wrong = same_as(waiting) | {"n-0-org_activities-members-satisfied": 8, "n-0-org_activities-members-basically": 1}
    page = browser.post(address, wrong | {"nonce": "b" * 32}, follow=True)
    assert page.redirect_chain[-1][0] == url("appraisal_settle", waiting)
    text = page.content.decode()
    assert "录的有 2 处不一样" in text and "组织开展活动，党员，满意" in text and "组织开展活动，党员，基本满意" in text
    places = {"0:org_activities:members:satisfied": 8, "0:org_activities:members:basically": ""}
    refused = browser.post(page.redirect_chain[-1][0], places | {"nonce": "c" * 32, "reason": ""})
    assert refused.context["form"].errors == {
        "0:org_activities:members:basically": ["请看一遍纸质票，填上正确的数。"], "reason": ["请写一句以哪个数为准、为什么。"]
    }
    places |= {"0:org_activities:members:basically": 1, "reason": "第一遍看错一张"}
    done = browser.post(page.redirect_chain[-1][0], places | {"nonce": "d" * 32}, follow=True).content.decode()
    assert "票数已核对，从现在起计入。" in done and "2 处不一致：第一遍看错一张" in done
    assert browser.get(url("appraisal_settle", waiting)).status_code == 403
