"""A change of secretary makes one sheet, which the incoming secretary alone receives, once."""
import datetime

import pytest
from django.db import IntegrityError, transaction

from tests.factories.units import UserFactory
from units.domain.handovers import NotTheReceiver, NotWaiting, receive_handover
from units.domain.posts import leave_post, take_post
from units.enums import PostKind
from units.models import Handover, HistoryEntry, Post

DAY = datetime.date(2011, 6, 1)


@pytest.fixture
def change(branch, branch_members, office, at, today):
    def call(place=1, kind=PostKind.SECRETARY, starts_on=DAY):
        return take_post(
            branch_members[place], organization=branch, kind=kind, starts_on=starts_on, replaces=True, by=office, at=at, on=today
        )

    return call


def test_a_new_secretary_makes_a_sheet(change, branch, branch_members):
    change()
    handover = Handover.objects.get()
    assert (handover.organization, handover.outgoing, handover.incoming) == (branch, *branch_members[:2])
    entry = HistoryEntry.objects.of(handover).get()
    assert entry.detail["note"] == f"{branch_members[0].name} → {branch_members[1].name}，2011年6月1日"


def test_the_one_who_left_before_hands_over_too(change, branch, branch_members, office, at, today):
    post = Post.objects.standing().get(organization=branch)
    leave_post(post, happened_on=datetime.date(2011, 4, 30), reason="调动", by=office, at=at, on=today)
    change(kind=PostKind.ACTING_SECRETARY)
    assert Handover.objects.get().outgoing == branch_members[0]


def test_the_same_person_hands_nothing_over(change, branch):
    change(place=0)
    assert not Handover.objects.exists()
    assert Post.objects.standing().filter(organization=branch, ends_on__isnull=True).count() == 1


def test_other_posts_make_none(change):
    change(kind=PostKind.ORGANIZER)
    assert not Handover.objects.exists()


def test_a_second_change_drops_what_nobody_received(change):
    change()
    change(place=2, starts_on=datetime.date(2011, 6, 8))
    first, second = Handover.objects.order_by("pk")
    assert (first.is_waiting, second.is_waiting) == (False, True)


def test_the_incoming_secretary_receives_it_once(change, branch_members, office, at):
    change()
    handover = Handover.objects.get()
    heir = UserFactory(member=branch_members[1])
    with pytest.raises(NotTheReceiver, match="交接单由接收人本人确认。"):
        receive_handover(handover, [], by=office, at=at)
    contents = [{"title": "没有办完的任务", "lines": []}]
    receive_handover(handover, contents, by=heir, at=at)
    assert (handover.received_by, handover.contents) == (heir, contents)
    with pytest.raises(NotWaiting, match="这份交接单已经接收，或有了新的一份。"):
        receive_handover(handover, [], by=heir, at=at)
    assert [entry.verb for entry in HistoryEntry.objects.of(handover).order_by("sequence")] == [
        "begin_handover", "receive_handover"
    ]


@pytest.mark.parametrize("broken", ["received_by", "outgoing"])
def test_the_database_keeps_it_whole(broken, change, branch_members, office):
    change()
    wrong = {"received_by": office} if broken == "received_by" else {"outgoing": branch_members[1]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Handover.objects.update(**wrong)
