"""Progress of rectification: in words, on a day that has been, with photos or without; and what an unkept promise brings."""
from datetime import timedelta

import pytest

from campaign.domain import commitments, rectification_progress, rectifications
from campaign.domain.origins import origin_of
from campaign.models import Rectification
from tests.factories.campaign import CommitmentFactory, RectificationFactory
from tests.factories.photos import picture


@pytest.fixture
def item(campaign, branch, branch_members):
    return RectificationFactory(campaign=campaign, organization=branch, owner=branch_members[0])


def tell(item, by, at, **changes):
    said = {"text": " 补了三次 ", "happened_on": at.date(), **changes}
    return rectification_progress.tell_rectification_progress(item, **said, by=by, at=at, on=at.date())


def test_a_step_is_kept_with_its_photos(item, secretary, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    told = tell(item, secretary, at, photos=[picture()])
    assert (told.text, told.progress_photos.get().photo.organization) == ("补了三次", item.organization)
    assert item.state == "open"


def test_refusals_of_progress(item, secretary, at):
    for changes, refusal, words in (
        ({"text": " "}, rectifications.WordsMissing, "请写一句做了什么。"),
        ({"happened_on": at.date() + timedelta(days=1)}, rectification_progress.WrongProgressDay,
         "日期要在提出以后，不晚于今天。"),
        ({"happened_on": item.opened_on - timedelta(days=1)}, rectification_progress.WrongProgressDay,
         "日期要在提出以后，不晚于今天。"),
    ):
        with pytest.raises(refusal, match=words):
            tell(item, secretary, at, **changes)
    rectifications.report_rectification(item, measures="好了", by=secretary, at=at)
    with pytest.raises(rectifications.CannotMoveRectification, match="整改的状态已经变了，请刷新页面再看。"):
        tell(item, secretary, at)


@pytest.fixture
def promise(campaign, branch, branch_members):
    return CommitmentFactory(campaign=campaign, organization=branch, member=branch_members[1], text="办好十件事")


def judge(promise, by, at, outcome="broken", **changes):
    said = {"evidence": "登记簿", "explanation": "没有人手", "happened_on": at.date(), **changes}
    return commitments.judge_commitment(promise, outcome=outcome, **said, by=by, at=at, on=at.date())


def test_a_broken_promise_becomes_an_item_once(promise, branch_members, secretary, committee, at):
    judge(promise, secretary, at)
    item = Rectification.objects.get()
    assert (item.problem, item.source, item.owner) == ("没有兑现：办好十件事", "commitment", branch_members[1])
    assert (item.verifier, item.due_on) == (secretary, at.date() + timedelta(days=30))
    assert origin_of(item, secretary).url == promise.get_absolute_url()
    judge(promise, committee, at, reason="又看了一次")
    assert Rectification.objects.count() == 1


@pytest.mark.parametrize("outcome", ["kept", "partly", "excused"])
def test_other_outcomes_bring_no_item(promise, secretary, at, outcome):
    judge(promise, secretary, at, outcome)
    assert not Rectification.objects.exists()


def test_the_day_may_be_named_but_not_past(promise, secretary, at):
    with pytest.raises(commitments.JudgementIncomplete, match="整改期限不能早于今天。"):
        judge(promise, secretary, at, mend_by=at.date() - timedelta(days=1))
    judge(promise, secretary, at, mend_by=at.date())
    assert Rectification.objects.get().due_on == at.date()
