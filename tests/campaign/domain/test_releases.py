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


# Shown longer ---------------------------------------------------------------------------------
ENDS, LATER, ASKED = datetime.date(2011, 6, 20), datetime.date(2011, 12, 31), datetime.date(2011, 6, 9)


@pytest.fixture
def shown(campaign, branch):
    return RoleModelFactory(campaign=campaign, organization=branch, expires_on=ENDS)


def renew(release, secretary, at, *, expires_on=LATER, consent_on=ASKED):
    return releases.renew_release(
        release, expires_on=expires_on, consent_on=consent_on, by=secretary, at=at, on=at.date()
    )


def test_it_is_shown_longer_with_a_new_consent(shown, secretary, at):
    renew(shown, secretary, at)
    kept = RoleModel.objects.get()
    assert (kept.state, kept.expires_on, kept.consent_on) == ("published", LATER, ASKED)
    entry = HistoryEntry.objects.of(kept).get()
    assert (entry.verb, entry.detail["note"]) == ("renew", "展示到2011年12月31日，原来到2011年6月20日")


def test_what_has_ended_is_shown_again(campaign, branch, secretary, at, today):
    paper = PaperFactory(campaign=campaign, organization=branch, expires_on=today - datetime.timedelta(days=1))
    renew(paper, secretary, at, consent_on=None)
    assert list(Paper.objects.on_show(on=today)) == [paper]


@pytest.mark.parametrize("expires_on", [ENDS, datetime.date(2011, 6, 15), datetime.date(2011, 6, 10)])
def test_the_new_end_is_later(expires_on, shown, secretary, at):
    assert refused(lambda: renew(shown, secretary, at, expires_on=expires_on)) == (
        "新的日期要晚于今天，也要晚于原来的“展示到”。", "expires_on")


@pytest.mark.parametrize("maker", [RoleModelFactory, ExhibitFactory])
@pytest.mark.parametrize("consent_on", [None, datetime.date(2011, 5, 20)])
def test_the_old_consent_does_not_do(maker, consent_on, campaign, branch, secretary, at):
    made = maker(campaign=campaign, organization=branch, expires_on=ENDS)
    assert refused(lambda: renew(made, secretary, at, consent_on=consent_on)) == (
        "接着展示，要再问一次同意。请写这一次同意的日期，要晚于上次的2011年5月20日。", "consent_on")


def test_nobody_has_agreed_tomorrow(shown, secretary, at):
    assert refused(lambda: renew(shown, secretary, at, consent_on=datetime.date(2011, 6, 11))) == (
        "同意的日期不能晚于今天。", "consent_on")


def test_an_organisation_is_not_asked(campaign, branch, secretary, at):
    made = RoleModelFactory(campaign=campaign, organization=branch, member=None, consent_on=None, expires_on=ENDS)
    assert renew(made, secretary, at, consent_on=None).expires_on == LATER


def test_of_two_who_show_it_longer_or_take_it_down_one_wins(shown, secretary, office, at):
    stale = RoleModel.objects.get(pk=shown.pk)
    renew(shown, secretary, at)
    gone = ("状态已经变了，请刷新页面再看。", None)
    assert refused(lambda: renew(stale, secretary, at, expires_on=datetime.date(2011, 7, 1))) == gone
    down = RoleModel.objects.get(pk=shown.pk)
    releases.move_release(shown, "take_down", by=office, at=at)
    assert refused(lambda: renew(down, secretary, at, expires_on=datetime.date(2012, 1, 1),
                                 consent_on=datetime.date(2011, 6, 10))) == gone


def test_who_shows_it_longer(shown, secretary, office, member):
    assert [reason(permissions.can_renew_release(user, shown)) for user in (secretary, office)] == [True, True]
    assert reason(permissions.can_renew_release(member, shown)) == "由本单位书记、党委或领导小组办公室填写。"
    shown.expires_on = None
    assert reason(permissions.can_renew_release(office, shown)) == "没有写“展示到”，一直展示，不用延长。"
    shown.state = "withdrawn"
    assert reason(permissions.can_renew_release(office, shown)) == "没有发布的不用延长。"
