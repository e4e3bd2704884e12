"""Correcting a member's contact: by whom, with which words, and never over somebody else's correction."""
import pytest
from django.urls import reverse

from units.models import HistoryEntry, Member


@pytest.fixture
def person(branch_members):
    Member.objects.filter(pk=branch_members[1].pk).update(phone="13811110743", administrative_post="处长")
    return Member.objects.get(pk=branch_members[1].pk)


@pytest.fixture
def sent():
    return {
        "phone": "010-65120034转8", "administrative_post": "副司长", "seen_phone": "13811110743",
        "seen_administrative_post": "处长",
    }


def edit(person):
    return reverse("member_edit", args=[person.pk])


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 302), ("committee", 302), ("office", 302), ("leader", 403), ("member", 403), ("outsider", 404)],
)
def test_who_corrects(request, who, status, person, sent, client_for):
    assert client_for(request.getfixturevalue(who)).post(edit(person), sent).status_code == status
    person.refresh_from_db()
    assert person.phone == ("010-65120034转8" if status == 302 else "13811110743")


def test_a_correction_is_on_record(person, sent, secretary, client_for):
    client_for(secretary).post(edit(person), sent)
    entry = HistoryEntry.objects.of(person).get()
    assert (entry.verb, entry.actor, entry.detail) == ("correct", secretary, {"note": "联系电话、行政职务"})


def test_nothing_changed_leaves_no_trace(person, secretary, client_for):
    same = {name: form.value() for name, form in
            ((field.name, field) for field in client_for(secretary).get(edit(person)).context["form"])}
    client_for(secretary).post(edit(person), same)
    assert not HistoryEntry.objects.of(person).exists()


def test_the_second_of_two_is_told_what_stands_there_now(person, sent, secretary, client_for):
    Member.objects.filter(pk=person.pk).update(phone="13900000000")
    page = client_for(secretary).post(edit(person), sent)
    assert page.context["form"].non_field_errors() == ["联系电话刚被别人改成“13900000000”，请核对后再保存。"]
    assert page.context["form"]["phone"].value() == "010-65120034转8"


def test_a_telephone_is_made_of_digits(person, sent, secretary, client_for):
    page = client_for(secretary).post(edit(person), sent | {"phone": "问张三"})
    assert page.context["form"].errors["phone"] == ["电话只写数字，区号和分机可以用短横隔开。"]
