"""Bulletins: sentences from data with their way back, frozen figures, numbers by year."""
import datetime

import pytest

from campaign import permissions
from campaign.domain import bulletins
from campaign.models import Bulletin, Paper, RoleModel
from config.kit.refusal import Refusal
from tests.factories.campaign import ActivityFactory
from tests.factories.releases import BulletinEntryFactory, BulletinFactory, PaperFactory, RoleModelFactory


@pytest.fixture
def activity(campaign, branch):
    return ActivityFactory(
        campaign=campaign, organization=branch, happened_on=datetime.date(2011, 6, 5), title="走进社区",
        text="办了 12 件优待证。", expected=5, present=4, kind__title="主题党日",
    )


@pytest.fixture
def bulletin(campaign):
    return BulletinFactory(campaign=campaign)


def refused(call):
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value.message


def test_an_activity_becomes_a_sentence_that_leads_back(bulletin, activity, office, at):
    assert list(bulletins.candidates(bulletin, office, source="activity")) == [activity]
    assert bulletins.add_entries(bulletin, "activity", [activity], by=office, at=at) == 1
    (paragraph,) = bulletins.paragraphs(bulletin, office)
    assert paragraph.entry.text == "2011年6月5日，办公厅第一党支部开展主题党日“走进社区”，4 名党员参加。办了 12 件优待证。"
    assert paragraph.url == activity.get_absolute_url()


def test_whoever_may_not_open_the_record_reads_the_sentence_only(bulletin, activity, office, outsider, at):
    bulletins.add_entries(bulletin, "activity", [activity], by=office, at=at)
    assert [paragraph.url for paragraph in bulletins.paragraphs(bulletin, outsider)] == [""]
    assert [paragraph.url for paragraph in bulletins.paragraphs(bulletin, None)] == [""]


def test_what_is_on_show_can_be_chosen(bulletin, campaign, branch, office, at):
    model = RoleModelFactory(campaign=campaign, organization=branch, member__name="曹帆清", lesson="延时办公。")
    paper = PaperFactory(campaign=campaign, organization=branch, title="三个做法", authors="调研组", summary="减材料。")
    RoleModelFactory(campaign=campaign, organization=branch, state="draft")
    assert list(bulletins.candidates(bulletin, office, source="role_model")) == [model]
    assert list(bulletins.candidates(bulletin, office, source="paper", q="第一")) == [paper]
    assert list(bulletins.candidates(bulletin, office, source="paper", q="没有")) == []
    assert bulletins.sentence_of("role_model", model) == "办公厅第一党支部的曹帆清：延时办公。"
    assert bulletins.sentence_of("paper", paper) == "办公厅第一党支部《三个做法》（调研组）：减材料。"


def test_the_same_record_comes_in_once(bulletin, activity, office, at):
    bulletins.add_entries(bulletin, "activity", [activity], by=office, at=at)
    assert bulletins.add_entries(bulletin, "activity", [activity], by=office, at=at) == 0


def test_an_issue_has_an_end(bulletin, activity, office, at):
    BulletinEntryFactory.create_batch(30, bulletin=bulletin)
    message = "一期最多 30 条，请少选几条。"
    assert refused(lambda: bulletins.add_entries(bulletin, "activity", [activity], by=office, at=at)) == message


def test_figures_are_frozen_and_numbers_go_on(campaign, bulletin, activity, office, at, today):
    bulletins.add_entries(bulletin, "activity", [activity], by=office, at=at)
    bulletins.publish_bulletin(bulletin, by=office, at=at, on=today)
    ActivityFactory(campaign=campaign, organization=activity.organization, happened_on=today)
    bulletin.refresh_from_db()
    assert (bulletin.year, bulletin.number) == (2011, 1)
    assert [(f["label"], f["value"], f["unit"]) for f in bulletin.figures] == [
        ("开展活动", 1, "次"), ("参加党员", 4, "人次"), ("参加群众", activity.masses, "人次"), ("服务群众", 0, "人次"),
    ]
    assert bulletin.figures[0]["url"] == "/activities/?first=2011-05-01&last=2011-06-10"
    bulletins.take_down_bulletin(bulletin, by=office, at=at)
    second = BulletinEntryFactory(bulletin__campaign=campaign).bulletin
    bulletins.publish_bulletin(second, by=office, at=at, on=today)
    assert second.number == 2


def test_an_empty_issue_is_not_published(bulletin, office, at, today):
    message = "这一期还没有选任何一条，不能发布。"
    assert refused(lambda: bulletins.publish_bulletin(bulletin, by=office, at=at, on=today)) == message


@pytest.fixture
def quoted(campaign, branch, bulletin, office, at):
    """A role model and a paper, for inside only, chosen for the issue."""
    model = RoleModelFactory(campaign=campaign, organization=branch, member__name="曹帆清", lesson="延时办公。")
    paper = PaperFactory(campaign=campaign, organization=branch, title="三个做法", authors="调研组", is_open=True)
    bulletins.add_entries(bulletin, "role_model", [model], by=office, at=at)
    bulletins.add_entries(bulletin, "paper", [paper], by=office, at=at)
    return model, paper


@pytest.mark.parametrize("change", [{"is_open": False}, {"is_open": True, "expires_on": datetime.date(2011, 6, 9)}])
def test_an_issue_for_everybody_quotes_only_what_is_released_for_everybody(quoted, bulletin, change, office, at, today):
    model, _paper = quoted
    RoleModel.objects.filter(pk=model.pk).update(**change)
    bulletin.is_open = True
    bulletin.save()
    message = (
        "“办公厅第一党支部的曹帆清：延时办公。…”引的典型没有同意对外公开，或者已经过了展示日期。请取下这一条，或者这一期不对外公开。"
    )
    assert refused(lambda: bulletins.publish_bulletin(bulletin, by=office, at=at, on=today)) == message
    assert Bulletin.objects.get().state == "draft"
    bulletin.is_open = False
    bulletin.save()
    bulletins.publish_bulletin(bulletin, by=office, at=at, on=today)


def test_what_was_taken_down_since_it_was_chosen_is_not_printed(quoted, bulletin, office, at, today):
    _model, paper = quoted
    Paper.objects.filter(pk=paper.pk).update(state="withdrawn")
    message = f"“{bulletin.entries.last().text[:20]}…”引的成果已经撤下，请取下这一条。"
    assert refused(lambda: bulletins.publish_bulletin(bulletin, by=office, at=at, on=today)) == message


def test_outside_a_printed_issue_leaves_out_whom_it_may_not_show_any_more(quoted, bulletin, activity, office, at, today):
    model, paper = quoted
    RoleModel.objects.update(is_open=True, expires_on=today)
    bulletins.add_entries(bulletin, "activity", [activity], by=office, at=at)
    bulletin.is_open = True
    bulletin.save()
    bulletins.publish_bulletin(bulletin, by=office, at=at, on=today)

    def sources(rows):
        return [paragraph.entry.source for paragraph in rows]

    assert sources(bulletins.public_paragraphs(bulletin, on=today)) == ["role_model", "paper", "activity"]
    tomorrow = today + datetime.timedelta(days=1)
    assert sources(bulletins.public_paragraphs(bulletin, on=tomorrow)) == ["paper", "activity"]
    Paper.objects.filter(pk=paper.pk).update(state="withdrawn")
    assert sources(bulletins.public_paragraphs(bulletin, on=today)) == ["role_model", "activity"]
    assert sources(bulletins.paragraphs(bulletin, office)) == ["role_model", "paper", "activity"]  # inside it stays as printed


def test_a_published_issue_stays_as_it_was_printed(bulletin, activity, office, at, today):
    bulletins.add_entries(bulletin, "activity", [activity], by=office, at=at)
    draft = Bulletin.objects.get(pk=bulletin.pk)
    bulletins.publish_bulletin(bulletin, by=office, at=at, on=today)
    words = {"title": "新", "lead": "", "starts_on": today, "ends_on": today, "is_open": False, "texts": {}}
    message = "这一期已经发布，不能再改。"
    assert refused(lambda: bulletins.change_bulletin(draft, **words, by=office, at=at)) == message
    assert refused(lambda: bulletins.add_entries(draft, "activity", [activity], by=office, at=at)) == message
    assert refused(lambda: bulletins.publish_bulletin(draft, by=office, at=at, on=today)) == "状态已经变了，请刷新页面再看。"


def test_emptied_words_take_an_entry_out_and_places_change(bulletin, office, at):
    first, second, third = BulletinEntryFactory.create_batch(3, bulletin=bulletin)
    bulletins.move_entry(bulletin, third, up=True, by=office, at=at)
    bulletins.move_entry(bulletin, first, up=True, by=office, at=at)
    words = {name: getattr(bulletin, name) for name in ("title", "lead", "starts_on", "ends_on", "is_open")}
    bulletins.change_bulletin(bulletin, **words, texts={second.pk: " ", first.pk: "改过的一句。"}, by=office, at=at)
    assert [(p.entry.pk, p.entry.text) for p in bulletins.paragraphs(bulletin, office)] == [
        (first.pk, "改过的一句。"), (third.pk, third.text),
    ]


def test_only_the_office_edits(bulletin, office, committee):
    assert permissions.can_change_bulletin(office, bulletin)
    assert str(permissions.can_change_bulletin(committee, bulletin).reason) == "简报由领导小组办公室编。"
    bulletin.state = "published"
    assert str(permissions.can_change_bulletin(office, bulletin).reason) == "这一期已经发布，不能再改。"
    bulletin.state = "withdrawn"
    assert str(permissions.can_take_down_bulletin(office, bulletin).reason) == "已经撤下。"
