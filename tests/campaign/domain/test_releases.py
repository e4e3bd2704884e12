"""Role models, exhibits and papers: consent, the steps, who is refused what."""
import datetime

import pytest
from django.db import IntegrityError, transaction

from campaign import permissions
from campaign.domain import releases
from campaign.domain.releases import KINDS
from campaign.models import Exhibit, Paper, RoleModel
from config.kit.refusal import Refusal
from tests.factories.photos import picture
from tests.factories.releases import ExhibitFactory, PaperFactory, RoleModelFactory
from units.models import HistoryEntry

WORDS = {"title": "一次办好", "authors": "调研组", "summary": "三个做法", "text": "清单上墙。", "kind": "practice",
         "is_open": False, "expires_on": None}


@pytest.fixture
def draft(campaign, branch, secretary, at):
    return releases.draft_release(KINDS["papers"], campaign=campaign, organization=branch, words=WORDS, by=secretary, at=at)


def test_a_draft_is_handed_in_published_and_taken_down(draft, secretary, office, at, today):
    releases.submit_release(draft, by=secretary, at=at, on=today)
    releases.move_release(draft, "release", by=office, at=at)
    assert (draft.state, draft.published_at) == ("published", at)

    releases.move_release(draft, "take_down", by=office, at=at)
    assert draft.state == "withdrawn"
    entries = HistoryEntry.objects.filter(subject_type="campaign.Paper").order_by("sequence")
    assert list(entries.values_list("verb", flat=True)) == ["draft", "submit", "release", "take_down"]


def test_what_was_given_back_can_be_changed(draft, secretary, office, at, today):
    releases.submit_release(draft, by=secretary, at=at, on=today)
    releases.return_release(draft, note="作者写全名", by=office, at=at)
    assert (draft.state, draft.return_note) == ("returned", "作者写全名")

    releases.change_release(draft, words={**WORDS, "authors": "曹帆清"}, by=secretary, at=at)
    assert draft.authors == "曹帆清"


def refused(call):
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value.message, caught.value.field


def test_a_return_needs_a_sentence(draft, secretary, office, at, today):
    releases.submit_release(draft, by=secretary, at=at, on=today)
    assert refused(lambda: releases.return_release(draft, note=" ", by=office, at=at)) == ("请写一句要改什么。", "note")


def test_two_clicks_publish_once(draft, secretary, office, at, today):
    releases.submit_release(draft, by=secretary, at=at, on=today)
    stale = Paper.objects.get(pk=draft.pk)
    releases.move_release(draft, "release", by=office, at=at)
    message = ("状态已经变了，请刷新页面再看。", None)
    assert refused(lambda: releases.move_release(stale, "release", by=office, at=at)) == message


def test_what_was_handed_in_keeps_its_words(draft, secretary, at, today):
    releases.submit_release(draft, by=secretary, at=at, on=today)
    assert refused(lambda: releases.change_release(draft, words=WORDS, by=secretary, at=at)) == (
        "已经提交或发布，文字不能再改。", None)


def test_nobody_is_shown_without_consent(campaign, branch, secretary, at, today):
    model = RoleModelFactory(campaign=campaign, organization=branch, state="draft", consent_on=None)
    assert refused(lambda: releases.submit_release(model, by=secretary, at=at, on=today)) == (
        "展示个人事迹，要先有本人同意。请写同意的日期。", "consent_on")
    exhibit = ExhibitFactory(campaign=campaign, organization=branch, state="draft", consent_on=None)
    assert refused(lambda: releases.submit_release(exhibit, by=secretary, at=at, on=today)) == (
        "展示照片，要先有照片里的人同意。请写同意的日期。", "consent_on")


@pytest.mark.parametrize("model", [RoleModel, Exhibit])
def test_the_database_shows_nobody_without_consent_either(campaign, branch, model):
    maker = {RoleModel: RoleModelFactory, Exhibit: ExhibitFactory}[model]
    shown = maker(campaign=campaign, organization=branch)
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=shown.pk).update(consent_on=None)


def test_an_organisation_needs_no_consent(campaign, branch, secretary, at, today):
    model = RoleModelFactory(campaign=campaign, organization=branch, state="draft", member=None, consent_on=None)
    assert releases.submit_release(model, by=secretary, at=at, on=today).state == "submitted"


def test_a_time_of_showing_that_is_over_is_refused(campaign, branch, secretary, at, today):
    paper = PaperFactory(campaign=campaign, organization=branch, state="draft", expires_on=today - datetime.timedelta(days=1))
    assert refused(lambda: releases.submit_release(paper, by=secretary, at=at, on=today)) == (
        "展示到的日期已经过了，请改一个以后的日期，或空着。", "expires_on")


def test_a_new_photo_takes_the_place_of_the_old(campaign, branch, secretary, at):
    exhibit = ExhibitFactory(campaign=campaign, organization=branch, state="draft")
    before = exhibit.photo_id
    releases.change_release(exhibit, words={"title": "新照片"}, picture=picture(), by=secretary, at=at)
    assert exhibit.photo_id != before and exhibit.title == "新照片"


def test_a_show_ends_by_itself(campaign, today):
    PaperFactory(campaign=campaign, expires_on=today - datetime.timedelta(days=1))
    last_day = PaperFactory(campaign=campaign, expires_on=today, is_open=True)
    PaperFactory(campaign=campaign, state="draft", is_open=True)
    assert list(Paper.objects.on_show(on=today)) == list(Paper.objects.open_to_all(on=today)) == [last_day]


@pytest.mark.parametrize(("state", "who", "sees"), [
    ("draft", "secretary", True), ("draft", "member", False), ("draft", "office", False), ("draft", "outsider", False),
    ("submitted", "office", True), ("submitted", "committee", True), ("submitted", "member", False),
    ("submitted", "outsider", False),
    ("published", "member", True), ("published", "outsider", True), ("published", "system", False),
    ("withdrawn", "secretary", True), ("withdrawn", "outsider", False),
])
def test_who_sees_it_in_which_state(request, campaign, branch, state, who, sees):
    PaperFactory(campaign=campaign, organization=branch, state=state)
    assert Paper.objects.visible_to(request.getfixturevalue(who)).exists() is sees


def reason(verdict):
    return True if verdict else str(verdict.reason)


def test_who_writes_and_who_publishes(campaign, branch, secretary, office, committee, member):
    paper = PaperFactory(campaign=campaign, organization=branch, state="submitted", created_by=secretary)
    assert reason(permissions.can_publish_release(office, paper)) is True
    assert reason(permissions.can_publish_release(committee, paper)) == "由领导小组办公室发布。"
    assert reason(permissions.can_change_release(secretary, paper)) == "已经提交或发布，文字不能再改。"
    assert reason(permissions.can_write_release(member, branch)) == "由本单位书记、党委或领导小组办公室填写。"
    paper.created_by = office
    assert reason(permissions.can_publish_release(office, paper)) == "自己写的由别人审。"
    paper.state = "published"
    assert reason(permissions.can_publish_release(office, paper)) == "现在不在待审状态。"
    paper.state = "withdrawn"
    assert reason(permissions.can_take_down_release(office, paper)) == "已经撤下。"
