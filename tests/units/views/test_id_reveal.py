"""A full ID number is shown once, to those who keep the roster, with a reason that the auditor reads."""
import json

import pytest

from units.domain import id_numbers, id_reveals
from units.models import HistoryEntry

NUMBER = "11010519491231002X"


@pytest.fixture
def known(branch_members):
    person = branch_members[2]
    person.id_number_sealed, person.id_number_digest = id_numbers.seal(NUMBER), id_numbers.digest(NUMBER)
    person.save()
    return person


def url(person):
    return f"/members/{person.pk}/id-number/"


def test_the_number_is_shown_after_its_reason_and_only_there(known, secretary, client_for):
    browser = client_for(secretary)
    page = browser.get(known.get_absolute_url()).content.decode()
    assert url(known) in page and NUMBER not in page
    assert NUMBER not in browser.get(url(known)).content.decode()
    response = browser.post(url(known), {"reason": "开组织关系介绍信"})
    assert NUMBER in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert NUMBER not in browser.get(url(known)).content.decode()


def test_the_history_keeps_who_and_why_and_not_the_number(known, secretary, client_for):
    client_for(secretary).post(url(known), {"reason": "开组织关系介绍信"})
    entry = HistoryEntry.objects.of(known).get(verb="reveal_id")
    assert (entry.actor_id, entry.detail["reason"]) == (secretary.pk, "开组织关系介绍信")
    assert NUMBER not in json.dumps([row.detail for row in HistoryEntry.objects.all()], ensure_ascii=False)


def test_without_a_reason_nothing_is_shown_or_recorded(known, secretary, client_for, at):
    response = client_for(secretary).post(url(known), {"reason": ""})
    assert response.context["form"].errors == {"reason": ["请写一句用来做什么。"]}
    with pytest.raises(id_reveals.RevealReasonMissing, match="请写一句用来做什么。"):
        id_reveals.reveal_id_number(known, reason=" ", by=secretary, at=at)
    assert not HistoryEntry.objects.filter(verb="reveal_id").exists()


def test_who_has_no_number_has_none_to_show(branch_members, secretary, client_for):
    person = branch_members[3]
    browser = client_for(secretary)
    assert url(person) not in browser.get(person.get_absolute_url()).content.decode()
    response = browser.post(url(person), {"reason": "开介绍信"})
    assert f"名册里没有{person.name}的证件号码。" in response.content.decode()


@pytest.mark.parametrize(("who", "status"), [("leader", 403), ("inspector", 403), ("outsider", 404), ("member", 404)])
def test_who_may_not_see_it(who, status, known, request, client_for):
    response = client_for(request.getfixturevalue(who)).post(url(known), {"reason": "想看看"})
    assert response.status_code == status
    if status == 403:
        assert "完整的证件号码由书记、单位党委和领导小组办公室办事时查看。" in response.content.decode()
