"""The friendly look: what it says and to whom, that it tells nothing of what the author may not see, and how right it is."""
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bench.friendly_look import figures, pairs
from campaign.domain import sketches
from campaign.domain.activities import (
    ActivityFacts,
    change_captions,
    correct_activity,
    facts_of,
    log_activity,
    withdraw_activity,
)
from campaign.domain.friendly_look import Hint, SeenPhoto, keep_hints, look
from campaign.enums import HintKind
from campaign.models import ActivityPhoto, FriendlyHint, TextBand
from tests.factories.campaign import ActivityFactory, ActivityKindFactory
from tests.factories.photos import PhotoFactory

TEXT = "到幸福社区走访12户困难老人，送去米面油，帮4户修好了漏水的水管。"
BITS = 0x0F3C5A96E1D2B487


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def facts(today, branch_members):
    return ActivityFacts(kind=ActivityKindFactory(), title="走访", text=TEXT, happened_on=today, present=5)


@pytest.fixture
def log(campaign, secretary, facts, at):
    def make(organization, **said):
        present = 5 if organization.name.startswith("办公厅第一") else 3
        return log_activity(
            organization, replace(facts, present=present, **said), campaign=campaign, by=secretary, at=at
        )

    return make


@pytest.fixture
def said(branch, secretary, facts):
    def ask(photos=(), besides=None, **changes):
        hints = look(branch, replace(facts, **changes), photos=photos, besides=besides, user=secretary)
        return [(hint.kind, hint.text, hint.url) for hint in hints]

    return ask


def with_photo(activity):
    photo = PhotoFactory(organization=activity.organization)
    parts = {f"part_{place}": (BITS >> 16 * place) & 0xFFFF for place in range(4)}
    sketches.PhotoSketch.objects.create(photo=photo, bits=f"{BITS:016x}", **parts)
    ActivityPhoto.objects.create(activity=activity, photo=photo)


# Texts ----------------------------------------------------------------------------------------
def test_nothing_is_said_about_what_is_new(said, log, branch):
    log(branch, text="召开组织生活会，收到意见18条，当场答复11条，其余明确了责任人。")
    assert said() == []


def test_the_own_branchs_earlier_words_are_named_with_a_link(said, log, branch):
    other = log(branch, title="四月走访", text=TEXT.replace("12", "15"))
    assert said() == [(
        HintKind.TEXT,
        f"文字和{branch.name} 2011年6月10日的“四月走访”有约 100% 相同。是沿用的话，写一句这一次不一样的地方就更清楚。",
        other.get_absolute_url(),
    )]


def test_of_another_unit_nothing_is_told_but_that_it_is_there(said, log, tree):
    log(tree.society, title="秘密的名称")
    (_kind, text, url), = said()
    assert text.startswith("文字和另一个单位的一条记录有约 100% 相同。") and url == ""


def test_the_entry_itself_its_old_versions_and_withdrawn_ones_are_left_out(said, log, branch, facts, secretary, at):
    first = log(branch)
    assert said(besides=first.lineage) == []
    other = replace(facts, text="换了一种说法，讲清为谁解决了什么。")
    second = correct_activity(first, other, reason="重写", by=secretary, at=at)
    assert said() == []
    third = correct_activity(second, facts, reason="改回", by=secretary, at=at)
    withdraw_activity(third, reason="重复", by=secretary, at=at)
    assert said() == []


def test_a_version_takes_the_bands_of_the_one_before(log, branch, facts, secretary, at):
    first = log(branch)
    second = correct_activity(first, facts, reason="核对", by=secretary, at=at)
    assert not first.bands.exists() and second.bands.count() == 24


def test_entries_that_came_in_bulk_are_found_after_the_sweep(said, campaign, branch):
    ActivityFactory.create_batch(2, campaign=campaign, organization=branch, text=TEXT)
    ActivityFactory(campaign=campaign, organization=branch, text="短。")
    PhotoFactory(organization=branch)
    assert said() == []
    assert (sketches.sketch_what_is_missing(), sketches.sketch_what_is_missing()) == (4, 0)
    assert [kind for kind, _text, _url in said()] == [HintKind.TEXT]
    assert TextBand.objects.filter(band=0).count() == 1


# Photos ---------------------------------------------------------------------------------------
def test_the_same_photo_again(said, log, branch):
    other = log(branch, title="四月走访", text="短。")
    with_photo(other)
    near, far = BITS ^ 0b11, BITS ^ 0xFFFF_FFFF
    assert said(photos=[SeenPhoto(2, None, near)]) == [
        (HintKind.PHOTO, f"第 2 张照片在{branch.name} 2011年6月10日的“四月走访”里用过。", other.get_absolute_url())
    ]
    assert said(photos=[SeenPhoto(1, None, far)]) == said(photos=[SeenPhoto(1, None, None)]) == []
    assert said(photos=[SeenPhoto(1, None, BITS)], besides=other.lineage) == []


def test_a_photo_of_another_day(said, today):
    taken = today - timedelta(days=8)
    assert said(photos=[SeenPhoto(1, taken, None)]) == [
        (HintKind.DAY, "第 1 张照片是2011年6月2日拍的，和活动日期差 8 天。", "")
    ]
    assert said(photos=[SeenPhoto(1, today - timedelta(days=7), None)]) == []


# Words ----------------------------------------------------------------------------------------
def test_an_event_that_lay_ahead(said):
    assert said(text="学习党的十八大精神。") == [
        (HintKind.FUTURE, "写到了“党的十八大”，在2011年6月10日还没有发生。", "")
    ]
    assert said(text="学习党的十八大精神。", happened_on=date(2012, 11, 9)) == []


def test_the_name_of_another_unit(said):
    assert said(text="信息中心的窗口缩短了排队时间。") == [(HintKind.UNIT, "写到了“信息中心”，是别的单位的名称。", "")]
    assert said(text="信息中心第一党支部的党员发言。")[0][1] == "写到了“信息中心”，是别的单位的名称。"


@pytest.mark.parametrize("text", ["与信息中心一起走访了老人。", "到信息中心第一党支部学习。", "办公厅党总支布置的任务做完了。"])
def test_a_unit_that_took_part_or_is_the_own_is_no_slip(said, text):
    assert said(text=text) == []


# What stays -----------------------------------------------------------------------------------
def test_each_kind_stays_once_with_the_version(log, branch, at):
    activity = log(branch)
    keep_hints(activity, [Hint(HintKind.DAY, "一"), Hint(HintKind.DAY, "二"), Hint(HintKind.TEXT, "三")], at=at)
    assert sorted(FriendlyHint.objects.within(branch).standing().values_list("kind", flat=True)) == ["day", "text"]


def test_hints_of_a_version_that_counts_no_more_do_not_stand(log, branch, secretary, at):
    activity = log(branch)
    keep_hints(activity, [Hint(HintKind.DAY, "一")], at=at)
    withdraw_activity(activity, reason="重复", by=secretary, at=at)
    assert not FriendlyHint.objects.standing().exists()


KINDS = [HintKind.TEXT, HintKind.PHOTO, HintKind.DAY, HintKind.FUTURE, HintKind.UNIT]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"place": "社区"}, set(KINDS)), ({"text": "换了一段话。"}, {"photo", "day"}),
        ({"photos": ()}, {"text", "future", "unit"}),
        ({"happened_on": date(2011, 6, 9)}, {"text", "photo", "unit"}),
    ],
)
def test_a_correction_keeps_the_hints_whose_cause_it_keeps(changes, expected, log, branch, secretary, at):
    activity = log(branch)
    with_photo(activity)
    keep_hints(activity, [Hint(kind, "") for kind in KINDS], at=at)
    newer = correct_activity(
        activity, replace(facts_of(activity), **changes), reason="更正", by=secretary, at=at + timedelta(hours=1)
    )
    standing = FriendlyHint.objects.standing()
    assert set(standing.filter(activity=newer).values_list("kind", flat=True)) == expected
    assert set(standing.values_list("recorded_at", flat=True)) == {at}
    keep_hints(newer, [Hint(HintKind.TEXT, ""), Hint(HintKind.UNIT, "")], at=at)  # what the look finds again stays once
    assert standing.count() == len(expected | {"text", "unit"})


def test_words_under_a_photo_take_no_hint_away(log, branch, secretary, at):
    activity = log(branch)
    with_photo(activity)
    keep_hints(activity, [Hint(HintKind.TEXT, "")], at=at)
    newer = change_captions(activity, {activity.photos.get().pk: "合影"}, by=secretary, at=at)
    assert [hint.activity for hint in FriendlyHint.objects.standing()] == [newer]


def test_the_look_is_right_on_the_labelled_set():
    rows = pairs()
    told = figures(rows)
    assert len(rows) >= 200 and told["precision"] >= 0.97 and told["recall"] >= 0.9


@pytest.mark.parametrize("entries", [1, 3])
def test_the_look_needs_the_same_queries_for_any_number(said, log, branch, entries, django_assert_num_queries):
    for _entry in range(entries):
        log(branch)
    with django_assert_num_queries(5):
        said()
