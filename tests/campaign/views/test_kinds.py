"""Pages of the kinds of activity: what each asks for, and who may say so."""
import pytest
from django.urls import reverse

from campaign.models import ActivityKind
from tests.campaign.views.activity_form import at_field
from tests.factories.campaign import ActivityFactory

LIST = "/activities/kinds/"


@pytest.fixture
def lecture(db):
    return ActivityKind.objects.get(code="party_lecture")


# Pages ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["secretary", "committee", "leader", "inspector", "member"])
def test_only_an_office_sets_kinds(request, lecture, client_for, who):
    visitor = client_for(request.getfixturevalue(who))
    for url in (LIST, lecture.get_absolute_url()):
        assert visitor.get(url).status_code == 403
    for name in ("activity_kind_retire", "activity_kind_restore", "kind_field_new"):
        assert visitor.post(reverse(name, args=[lecture.pk])).status_code == 403
    assert "活动类型</a>" not in visitor.get("/activities/").content.decode()


def test_the_list_says_what_each_kind_asks_for(office, client_for, campaign, branch, lecture):
    ActivityFactory(campaign=campaign, organization=branch, kind=lecture)
    page = client_for(office).get(LIST)
    assert "主讲人、题目" in page.content.decode()
    assert {kind.code: kind.used for kind in page.context["rows"]}["party_lecture"] == 1
    assert f'href="{LIST}"' in client_for(office).get("/activities/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_the_same_queries_for_any_number(office, client_for, rows, django_assert_num_queries):
    ActivityKind.objects.exclude(pk__in=ActivityKind.objects.values_list("pk")[:rows]).delete()
    browser = client_for(office)
    browser.get(LIST)
    with django_assert_num_queries(6):
        browser.get(LIST)


def test_a_kind_is_added_renamed_retired_and_restored(office, client_for):
    browser = client_for(office)
    page = browser.post(LIST, {"title": "结对共建", "nonce": "a"}, follow=True)
    kind = ActivityKind.objects.get(title="结对共建")
    assert page.redirect_chain == [(kind.get_absolute_url(), 302)]
    browser.post(kind.get_absolute_url(), {"title": "城乡共建"})
    browser.post(reverse("activity_kind_retire", args=[kind.pk]))
    kind.refresh_from_db()
    assert (kind.title, kind.retired_at is None) == ("城乡共建", False)
    browser.post(reverse("activity_kind_restore", args=[kind.pk]))
    kind.refresh_from_db()
    assert kind.retired_at is None


def test_refusals_stand_at_their_fields(office, client_for, lecture):
    browser = client_for(office)
    assert at_field(browser.post(LIST, {"title": "党课"}), "title") == ["已经有这个名称的类型。"]
    assert at_field(browser.post(LIST, {"title": ""}), "title") == ["请写类型的名称。"]
    assert at_field(browser.post(lecture.get_absolute_url(), {"title": "学习"}), "title") == ["已经有这个名称的类型。"]
    new = reverse("kind_field_new", args=[lecture.pk])
    page = browser.post(new, {"label": "题目", "shape": "text"})
    assert page.context["field_form"].errors["label"] == ["这种类型已经有这一项。"]


def test_a_field_is_added_and_retired(office, client_for, lecture):
    browser = client_for(office)
    browser.post(reverse("kind_field_new", args=[lecture.pk]), {"label": "听课人数", "shape": "number", "is_required": "on"})
    field = lecture.fields.get(label="听课人数")
    assert (field.shape, field.is_required) == ("number", True)
    browser.post(reverse("kind_field_retire", args=[lecture.pk, field.pk]))
    field.refresh_from_db()
    assert field.retired_at is not None
    other = ActivityKind.objects.get(code="study")
    assert browser.post(reverse("kind_field_retire", args=[other.pk, field.pk])).status_code == 404
