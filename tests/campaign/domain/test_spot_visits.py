"""Visits: two are there, what they find becomes rectification, photos come later, and recused people do not go."""
from datetime import timedelta

import pytest

from campaign.domain import spot_visits
from campaign.domain.origins import origin_of
from campaign.domain.rectifications import secretary_of
from campaign.domain.spot_visits import Answer
from campaign.models import Rectification
from tests.campaign.spot import drawn, inspectors_of
from tests.factories.photos import picture
from tests.factories.units import user_with
from units.enums import Role


@pytest.fixture
def inspectors(tree):
    return inspectors_of(tree)


@pytest.fixture
def visit(campaign, office, inspectors, at):
    return drawn(campaign, office, inspectors, at - timedelta(days=3)).visits.order_by("position").first()


FINE = [Answer(0, "fine"), Answer(1, "unseen")]


@pytest.fixture
def write(visit, inspectors, at, today):
    def record(answers=FINE, present=None, by=None, **changes):
        said = {"visited_on": today, "summary": " 好 ", **changes}
        return spot_visits.record_visit(
            visit, present=inspectors if present is None else present, answers=answers, by=by or inspectors[0], at=at,
            on=today, **said,
        )

    return record


def test_a_problem_becomes_an_item_with_owner_day_and_the_inspector_as_verifier(visit, write, inspectors, today):
    write([Answer(0, "problem", " 缺两次记录 ", today + timedelta(days=20)), Answer(1, "fine", "当场改了", today)])
    item = Rectification.objects.get()
    assert (item.problem, item.source, item.verifier) == ("缺两次记录", "inspection", inspectors[0])
    assert item.owner == secretary_of(visit.organization, on=today) and item.due_on == today + timedelta(days=20)
    assert (visit.summary, visit.visited_on) == ("好", today)
    assert origin_of(item, inspectors[0]).url == visit.get_absolute_url()
    assert set(visit.inspectors.values_list("was_there", flat=True)) == {True}


def test_every_problem_becomes_an_item_and_what_is_none_does_not(visit, write, today):
    write([Answer(0, "problem", "缺两次记录"), Answer(1, "fine", "讲得很生动")])
    item = Rectification.objects.get()
    assert (item.problem, item.due_on) == ("缺两次记录", today + timedelta(days=30))
    assert list(visit.answers.order_by("position").values_list("note", "rectification")) == [
        ("缺两次记录", item.pk), ("讲得很生动", None),
    ]


def test_two_problems_become_two_items(write):
    write([Answer(0, "problem", "缺两次记录"), Answer(1, "problem", "没有公开承诺")])
    assert list(Rectification.objects.order_by("pk").values_list("problem", flat=True)) == ["缺两次记录", "没有公开承诺"]


def test_a_day_beside_what_is_no_problem_asks_for_nothing(write, today):
    """The day stands in the form from the start; a form filled in without a signal may be sent much later."""
    write([Answer(0, "fine", "", today - timedelta(days=1)), Answer(1, "unseen")])
    assert not Rectification.objects.exists()


def test_refusals_of_a_visit(write, visit, inspectors, office, today):
    for call, refusal, words in (
        (lambda: write(present=inspectors[:1]), spot_visits.TooFewThere, "检查至少两个人到场。"),
        (lambda: write(by=office), spot_visits.TooFewThere, "由到场的检查组成员来记。"),
        (lambda: write(visited_on=today - timedelta(days=3)), spot_visits.WrongVisitDay, "检查日期要在抽取以后，不晚于今天。"),
        (lambda: write(visited_on=today + timedelta(days=1)), spot_visits.WrongVisitDay, "检查日期要在抽取以后，不晚于今天。"),
        (lambda: write([Answer(0, "problem", " ")]), spot_visits.FindingIncomplete, "有问题的，请写一句是什么问题。"),
        (lambda: write([Answer(0, "problem", "x", today - timedelta(days=1))]), spot_visits.FindingIncomplete,
         "整改期限不能早于今天。"),
    ):
        with pytest.raises(refusal, match=words):
            call()
    assert not visit.answers.exists()
    write()
    with pytest.raises(spot_visits.VisitRecorded, match="这次检查已经记过。"):
        write()


def test_one_more_inspector_of_another_line_while_it_is_open(visit, write, tree, office, inspectors, at):
    more = user_with(Role.INSPECTOR, tree.root, name="加派")
    kin = user_with(Role.INSPECTOR, tree.root, member=tree.members[visit.organization_id][1], name="本单位人")
    spot_visits.add_inspector(visit, more, by=office, at=at)
    with pytest.raises(spot_visits.InspectorThere, match="加派已经在检查组里。"):
        spot_visits.add_inspector(visit, more, by=office, at=at)
    with pytest.raises(spot_visits.Recused, match="本单位人是被抽单位的人，或者分管它，要回避。"):
        spot_visits.add_inspector(visit, kin, by=office, at=at)
    write()
    assert visit.inspectors.get(user=more).was_there is False
    with pytest.raises(spot_visits.VisitRecorded, match="检查已经记过，不能再改检查组。"):
        spot_visits.add_inspector(visit, kin, by=office, at=at)


def test_photos_of_a_finding(visit, write, inspectors, at, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    write([Answer(0, "problem", "缺")])
    finding = visit.answers.findings().get()
    spot_visits.add_finding_photos(finding, [picture()], by=inspectors[0], at=at)
    assert finding.finding_photos.count() == 1
    with pytest.raises(spot_visits.TooManyFindingPhotos, match="一个问题最多 6 张照片。"):
        spot_visits.add_finding_photos(finding, [picture()] * 6, by=inspectors[0], at=at)
