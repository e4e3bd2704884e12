"""The inbox: own messages only, opening marks as read, one query more for no number of rows."""
import pytest

from campaign.models import Reminder


def message(user, at, number=1, turn="soon"):
    return Reminder.objects.create(
        kind="task", recipient=user, occurrence=f"task:{number}:{turn}", item=f"task:{number}", channel="app",
        state="sent", title=f"任务 {number}",
        url="/timeline/", created_at=at,
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_list_needs_the_same_queries_for_any_number(rows, secretary, at, client_for, django_assert_num_queries):
    for number in range(rows):
        message(secretary, at, number)
    client = client_for(secretary)
    client.get("/inbox/")
    with django_assert_num_queries(9):
        response = client.get("/inbox/")
    assert len(response.context["page"].object_list) == rows


def test_messages_of_others_do_not_exist(secretary, outsider, at, client_for):
    row = message(secretary, at)
    assert client_for(outsider).post(f"/inbox/{row.pk}/").status_code == 404
    assert "任务 1" not in client_for(outsider).get("/inbox/").content.decode()


def test_opening_marks_as_read_and_goes_there(secretary, at, client_for):
    row = message(secretary, at)
    response = client_for(secretary).post(f"/inbox/{row.pk}/")
    assert response.url == "/timeline/"
    row.refresh_from_db()
    assert row.read_at == at


def test_all_are_marked_at_once(secretary, at, client_for):
    message(secretary, at, 1)
    message(secretary, at, 2)
    response = client_for(secretary).post("/inbox/read/", follow=True)
    assert "全部标为已读。" in response.content.decode()
    assert not Reminder.objects.unread().exists()


def test_messages_about_one_thing_stand_as_one_and_are_read_together(secretary, at, client_for):
    message(secretary, at, 1)
    late = message(secretary, at, 1, turn="late")
    message(secretary, at, 2)
    browser = client_for(secretary)
    answer = browser.get("/inbox/")
    assert [(row.title, times, unread) for row, times, unread in answer.context["things"]] == [("任务 2", 1, 1), ("任务 1", 2, 2)]
    assert "还有 2 件没看" in answer.content.decode() and "提醒过 2 次" in answer.content.decode()
    browser.post(f"/inbox/{late.pk}/")
    assert [row.item for row in Reminder.objects.unread()] == ["task:2"]


def test_how_to_be_reminded_is_chosen_and_kept(secretary, client_for):
    browser = client_for(secretary)
    page = browser.get("/inbox/choice/").content.decode()
    assert "晚上 8 点到早上 8 点不发" in page
    answer = browser.post("/inbox/choice/", {"mail": "weekly", "sms": "no"}, follow=True)
    assert "提醒方式已改。" in answer.content.decode()
    assert (secretary.reminder_choice.mail, secretary.reminder_choice.sms) == ("weekly", False)
    assert "mail" in browser.post("/inbox/choice/", {"mail": "hourly", "sms": "no"}).context["form"].errors
