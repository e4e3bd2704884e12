"""Reminders that did not go out: the system administrator sees to whom and why, not what they say, and decides."""
import pytest

from campaign.models import Reminder
from tests.factories.campaign import ReminderFactory


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(rows, secretary, system, client_for, django_assert_num_queries):
    for _row in range(rows):
        ReminderFactory(recipient=secretary, channel="mail", state="unknown", title="秘密的事", error="timed out")
    ReminderFactory(recipient=secretary, channel="mail", state="queued")
    browser = client_for(system)
    browser.get("/deliveries/")
    with django_assert_num_queries(6):
        answer = browser.get("/deliveries/")
    page = answer.content.decode()
    assert len(answer.context["page"].object_list) == rows
    assert "timed out" in page and "不清楚是否发出" in page and "秘密的事" not in page


@pytest.mark.parametrize("who", ["office", "secretary", "security", "auditor"])
def test_nobody_else_sees_or_decides(who, secretary, client_for, request):
    row = ReminderFactory(recipient=secretary, channel="mail", state="unknown")
    browser = client_for(request.getfixturevalue(who))
    assert browser.get("/deliveries/").status_code == 403
    assert browser.post(f"/deliveries/{row.pk}/again/").status_code == 404


def test_it_is_sent_again_or_not_as_decided(secretary, system, client_for):
    again, settled = (ReminderFactory(recipient=secretary, channel="sms", state="unknown") for _row in range(2))
    browser = client_for(system)
    assert "已排队，几分钟内再发一次。" in browser.post(f"/deliveries/{again.pk}/again/", follow=True).content.decode()
    assert "已记下，不再发。" in browser.post(f"/deliveries/{settled.pk}/settle/", follow=True).content.decode()
    assert set(Reminder.objects.values_list("pk", "state")) == {(again.pk, "queued"), (settled.pk, "sent")}
    assert "都发出了。" in browser.get("/deliveries/").content.decode()
