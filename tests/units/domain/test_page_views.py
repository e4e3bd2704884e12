"""The view before this one: known again after half an hour, and nobody else's."""
from datetime import timedelta

from units.domain.page_views import note_view
from units.models import HistoryEntry, PageView


def test_the_first_view_has_none_before(branch, leader, at):
    assert note_view(leader, branch, at=at) is None
    assert note_view(leader, branch, at=at + timedelta(minutes=29)) is None


def test_a_later_view_knows_the_one_before_and_keeps_it_for_half_an_hour(branch, leader, at):
    later = at + timedelta(days=3)
    note_view(leader, branch, at=at)
    assert note_view(leader, branch, at=later) == at
    assert note_view(leader, branch, at=later + timedelta(minutes=10)) == at
    assert note_view(leader, branch, at=later + timedelta(minutes=30)) == later
    assert PageView.objects.count() == 1


def test_views_of_another_person_or_page_are_apart_and_leave_no_history(branch, unit, leader, office, at):
    before = HistoryEntry.objects.count()
    note_view(leader, branch, at=at)
    assert note_view(office, branch, at=at + timedelta(days=1)) is None
    assert note_view(leader, unit, at=at + timedelta(days=1)) is None
    assert HistoryEntry.objects.count() == before
