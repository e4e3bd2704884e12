"""The page of the working-day calendar: the office writes, everybody reads."""
import pytest

from campaign.models import CalendarDay

PAGE = "/calendar-days/"
SAID = {"first": "2027-01-01", "last": "2027-01-03", "is_working": "0", "note": "国办通知", "nonce": "c" * 32}


def test_the_office_registers_and_drops(office, client_for):
    browser = client_for(office)
    assert "已登记 3 天。" in browser.post(PAGE, SAID, follow=True).content.decode()
    browser.post(PAGE, SAID)
    assert CalendarDay.objects.count() == 3  # the second click changes nothing
    row = CalendarDay.objects.first()
    assert "已删去。" in browser.post(f"{PAGE}{row.pk}/drop/", follow=True).content.decode()
    assert CalendarDay.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"is_working": ""}, {"is_working": ["请选放假还是上班。"]}),
        ({"last": "2026-12-31"}, {"last": ["最后一天不能早于第一天。"]}),
    ],
)
def test_what_is_wrong_is_said_at_its_field(changes, errors, office, client_for):
    assert client_for(office).post(PAGE, SAID | changes).context["form"].errors == errors


def test_others_read_only(member, office, client_for):
    client_for(office).post(PAGE, SAID)
    browser = client_for(member)
    page = browser.get(PAGE).content.decode()
    assert "2027年1月1日" in page and "删去" not in page
    assert browser.post(PAGE, SAID).status_code == 403
    assert browser.post(f"{PAGE}{CalendarDay.objects.first().pk}/drop/").status_code == 403
    assert browser.post(f"{PAGE}0/drop/").status_code == 404


@pytest.mark.parametrize("days", ["2027-01-01", "2027-01-03"])
def test_the_same_queries_for_any_number_of_days(days, office, client_for, django_assert_num_queries):
    browser = client_for(office)
    browser.post(PAGE, SAID | {"last": days})
    browser.get(PAGE)
    with django_assert_num_queries(5):
        browser.get(PAGE)
