"""Drafts: written over under their token, nobody else's, not more than an author can overlook."""
import datetime
import uuid

import pytest

from campaign.domain.drafts import KEPT_PER_AUTHOR, drop_draft, save_draft
from campaign.models import ActivityDraft

TOKEN = uuid.UUID(int=7)
TYPED = {"text": ["走访 6 户"], "codes": ["G2", "G5"], "title": [""], "csrfmiddlewaretoken": ["x"], "nonce": ["y"]}


@pytest.fixture
def save(branch, secretary, at):
    def write(fields=TYPED, *, token=TOKEN, by=secretary, minutes=0):
        return save_draft(
            fields, organization=branch, token=token, by=by, at=at + datetime.timedelta(minutes=minutes)
        )

    return write


def test_what_was_typed_is_kept_and_nothing_else(save, secretary, at):
    draft = save()
    assert draft.data == {"text": ["走访 6 户"], "codes": ["G2", "G5"]}
    assert (draft.author, draft.saved_at, draft.token) == (secretary, at, TOKEN)


def test_the_same_token_writes_over(save):
    save()
    save({"text": ["走访 7 户"]}, minutes=1)
    assert ActivityDraft.objects.get().data == {"text": ["走访 7 户"]}


def test_the_draft_of_another_is_not_touched(save, committee):
    mine = save()
    theirs = save({"text": ["改掉"]}, by=committee)
    mine.refresh_from_db()
    assert (mine.first("text"), theirs.first("text")) == ("走访 6 户", "改掉")
    assert theirs.token != mine.token == TOKEN


def test_only_the_newest_stay(save):
    for number in range(KEPT_PER_AUTHOR + 2):
        save(token=uuid.UUID(int=number), minutes=number)
    tokens = set(ActivityDraft.objects.values_list("token", flat=True))
    assert tokens == {uuid.UUID(int=number) for number in range(2, KEPT_PER_AUTHOR + 2)}


def test_the_drafts_of_others_do_not_push_one_out(save, committee):
    mine = save()
    for number in range(KEPT_PER_AUTHOR):
        save(token=uuid.UUID(int=100 + number), by=committee, minutes=1)
    assert ActivityDraft.objects.filter(pk=mine.pk).exists()


def test_dropping_takes_ones_own_only(save, secretary, committee):
    save()
    drop_draft(TOKEN, by=committee)
    assert ActivityDraft.objects.exists()
    drop_draft(TOKEN, by=secretary)
    assert not ActivityDraft.objects.exists()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"title": ["6月主题党日"], "text": ["走访"]}, "6月主题党日"),
        ({"text": ["为 12 户老人办了优待证，平均等候时间减少一半。"]}, "为 12 户老人办了优待证，平均等候时间"),
        ({}, "还没有写内容"),
    ],
)
def test_a_draft_is_called_by_what_was_written(save, fields, name):
    assert str(save(fields)) == name


def test_a_draft_leads_back_to_its_form(save):
    assert save().get_absolute_url() == f"/activities/new/?draft={TOKEN}"
