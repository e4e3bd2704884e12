"""The frame: what lies in what, what is in use, and the history of each change."""
import datetime

import pytest

from campaign.domain.campaign_frame import (
    CampaignTooShort,
    FrameGone,
    FrameInUse,
    FrameRefusal,
    OutsideCampaign,
    PhasesOverlap,
    change_campaign,
    part_rows,
    write_part,
)
from campaign.domain.campaign_template import set_up_campaign
from campaign.models import CategoryTheme, Step
from tests.factories.campaign import ActivityFactory, PlanFactory
from units.models import HistoryEntry


@pytest.fixture
def frame(root, office, at):
    return set_up_campaign(organization=root, code="template", title="创先争优", by=office, at=at)


@pytest.fixture
def write(frame, office, at):
    return lambda part, rows: write_part(frame, part, rows, by=office, at=at)


def typed(frame, part):
    """The rows as a form sends them: the step of a phase as an object."""
    steps = {step.pk: step for step in frame.steps.all()}
    return [row | ({"step": steps[row["step"]]} if "step" in row else {}) for row in part_rows(frame, part)]


def fields(frame):
    return {name: getattr(frame, name) for name in ("title", "requirement", "theme", "vehicle", "thread", "starts_on", "ends_on")}


def test_rows_are_added_changed_and_taken_away(frame, write):
    aims = typed(frame, "aims")
    counts = write("aims", [aims[0] | {"title": "新目标"}, *aims[2:], {"id": None, "title": "又一个", "text": ""}])
    assert counts == {"added": 1, "changed": 3, "removed": 1}  # two only moved up
    assert [aim.title for aim in frame.aims.order_by("position")] == ["新目标", "服务人民群众", "加强基层组织", "又一个"]
    assert HistoryEntry.objects.latest("sequence").detail["note"] == "四个目标：新增 1，修改 3，删除 1"


def test_a_new_step_finds_its_place_by_its_day(frame, write):
    steps = typed(frame, "steps")
    first, last = datetime.date(2010, 8, 1), datetime.date(2010, 8, 31)
    write("steps", [*steps, {"id": None, "title": "回头看", "text": "", "starts_on": first, "ends_on": last}])
    assert [s.title for s in frame.steps.order_by("position")] == ["动员部署", "全面争创", "回头看", "点评评议", "评选表彰"]
    assert Step.objects.get(title="回头看").code == "step-1"


@pytest.mark.parametrize(
    ("part", "number", "change", "field", "message"),
    [
        ("steps", 0, {"starts_on": datetime.date(2010, 4, 5)}, "starts_on", "不能早于活动期间的开始日期 2010-04-06。"),
        ("steps", 2, {"ends_on": datetime.date(2012, 11, 8)}, "ends_on", "不能晚于活动期间的结束日期 2012-11-07。"),
        ("steps", 1, {"starts_on": datetime.date(2010, 6, 2)}, "starts_on",
         "阶段“积极投身创先争优活动”会落在这个步骤之外，请先改阶段的日期。"),
        ("phases", 0, {"starts_on": datetime.date(2010, 4, 5)}, "starts_on", "不能早于活动期间的开始日期 2010-04-06。"),
        ("phases", 0, {"starts_on": datetime.date(2010, 5, 31)}, "starts_on", "不能早于所属步骤的开始日期 2010-06-01。"),
        ("phases", 2, {"ends_on": datetime.date(2012, 11, 8)}, "ends_on", "不能晚于活动期间的结束日期 2012-11-07。"),
        ("phases", 1, {"starts_on": datetime.date(2010, 12, 31)}, "starts_on",
         "和“积极投身创先争优活动”的日期重叠，应在 2010-12-31 以后开始。"),
    ],
)
def test_what_does_not_fit_is_named_with_row_and_field(frame, write, part, number, change, field, message):
    rows = typed(frame, part)
    before = part_rows(frame, part)
    rows[number] |= change
    with pytest.raises((OutsideCampaign, PhasesOverlap)) as refused:
        write(part, rows)
    assert (refused.value.message, refused.value.field, refused.value.row) == (message, field, number)
    assert part_rows(frame, part) == before


def test_phases_of_two_steps_may_overlap(frame, write):
    rows = typed(frame, "phases")
    other = frame.steps.get(code="review")
    write("phases", [*rows, rows[1] | {"id": None, "step": other, "title": "半年点评"}])
    assert frame.phases.count() == 4


def test_a_step_with_phases_and_a_phase_with_plans_stay(frame, write, branch):
    with pytest.raises(FrameInUse, match="^步骤“全面争创”下还有阶段，不能删除。$"):
        write("steps", [row for row in typed(frame, "steps") if row["title"] != "全面争创"])
    PlanFactory(campaign=frame, organization=branch, phase=frame.phases.get(title="迎接建党90周年"))
    with pytest.raises(FrameInUse, match="^阶段“迎接建党90周年”已经有单位计划，不能删除。$"):
        write("phases", typed(frame, "phases")[:1])


def test_a_row_that_somebody_else_took_away(frame, write):
    rows = typed(frame, "milestones")
    frame.milestones.all().delete()
    with pytest.raises(FrameGone, match="^这一行已经被别人删除，请刷新页面再改。$"):
        write("milestones", rows)


def test_two_categories_exchange_their_themes(frame, write):
    rows = typed(frame, "themes")
    rows[0]["category"], rows[1]["category"] = rows[1]["category"], rows[0]["category"]
    write("themes", rows)
    assert CategoryTheme.objects.get(campaign=frame, category="organ").theme == "促进事业科学发展"


def test_a_category_has_one_theme(frame, write):
    rows = typed(frame, "themes")
    rows[1]["category"] = rows[0]["category"]
    with pytest.raises(FrameRefusal) as refused:
        write("themes", rows)
    assert (refused.value.message, refused.value.field, refused.value.row) == ("这一类已经有主题。", "category", 1)


def test_the_frames_own_fields_leave_what_changed_in_the_history(frame, office, at):
    change_campaign(frame, **(fields(frame) | {"theme": "新主题"}), by=office, at=at)
    assert HistoryEntry.objects.latest("sequence").detail == {"note": "主题"}


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"starts_on": datetime.date(2010, 4, 7)}, "starts_on", "“动员部署”早于这一天开始，请先改它的日期。"),
        ({"ends_on": datetime.date(2012, 11, 6)}, "ends_on", "“全面争创”晚于这一天结束，请先改它的日期。"),
    ],
)
def test_the_campaign_still_holds_its_steps(frame, office, at, change, field, message):
    with pytest.raises(CampaignTooShort) as refused:
        change_campaign(frame, **(fields(frame) | change), by=office, at=at)
    assert (refused.value.message, refused.value.field) == (message, field)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"starts_on": datetime.date(2011, 5, 11)}, "已经有这一天以前的活动记录。"),
        ({"ends_on": datetime.date(2011, 5, 9)}, "已经有这一天以后的活动记录。"),
    ],
)
def test_the_campaign_still_holds_its_activities(frame, branch, office, at, change, message):
    frame.phases.all().delete()
    frame.steps.all().delete()
    ActivityFactory(campaign=frame, organization=branch)
    with pytest.raises(CampaignTooShort, match=f"^{message}$"):
        change_campaign(frame, **(fields(frame) | change), by=office, at=at)
