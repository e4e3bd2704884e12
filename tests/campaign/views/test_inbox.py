"""The inbox: own messages only, opening marks as read, one query more for no number of rows."""
import pytest

from campaign.models import Reminder


def message(user, at, number=1):
    return Reminder.objects.create(
        kind="task", recipient=user, occurrence=f"task:{number}", channel="app", state="sent", title=f"任务 {number}",
        url="/timeline/", created_at=at,
    )


@pytest.mark.parametrize("rows", [1, 3])
def test_list_needs_the_same_queries_for_any_number(rows, secretary, at, client_for, django_assert_num_queries):
    for number in range(rows):
        message(secretary, at, number)
    client = client_for(secretary)
    client.get("/inbox/")
    with django_assert_num_queries(8):
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
