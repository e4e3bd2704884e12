"""A few reports heard, routine looks and one exchange meeting, some with rectification that followed."""
from datetime import timedelta

from campaign.domain.oversights import follow_up, link_papers, record_oversight
from campaign.models import Oversight, Paper

HEARD = [
    ("hearing", "听取一季度情况汇报", "窗口办件平均缩短 2 天，三名党员带了徒弟。", "把短板写进二季度计划。", ""),
    ("routine", "到办事窗口看公开承诺", "承诺挂在进门处，两条进展是上月的。", "", "两条承诺的进展没有及时更新。"),
    ("hearing", "听取困难群众帮扶情况汇报", "结对 23 户，走访有登记，回访少。", "回访要有记录。", "走访以后没有回访记录。"),
    ("routine", "看党员活动室和台账", "活动记录齐全，照片说明写得清。", "", ""),
]
MEETING = ("“一个窗口办六件事”做法交流", "五个单位讲了做法，都谈到先把材料清单减下来。", "每个单位带回去一条，下次说做得怎样。")


def write_oversights(cast, campaign, *, now):
    """Through the product's own functions; the leader writes, the first units report."""
    for number, (kind, title, text, opinion, problem) in enumerate(HEARD):
        at = now - timedelta(days=75 - 15 * number)
        unit, leader = cast.units[number * 5], cast.leaders[0]
        made = record_oversight(
            campaign=campaign, organization=unit, kind=kind, title=title, held_on=at.date(), place="机关会议室",
            people="分管领导、书记、支委 6 人", text=text, opinion=opinion, by=leader, at=at, on=at.date(),
        )
        if problem:
            follow_up(
                made, organization=unit, problem=problem, due_on=at.date() + timedelta(days=60), by=leader, at=at, on=at.date()
            )
    title, text, opinion = MEETING
    at = now - timedelta(days=9)
    record_oversight(
        campaign=campaign, organization=cast.root, kind="exchange", title=title, held_on=at.date(), place="直属机关党委",
        people="各单位书记", text=text, opinion=opinion, asked=cast.units[:6], absent=cast.units[5:6], by=cast.office,
        at=at, on=at.date(),
    )


def present_papers(cast, campaign, *, now):
    """What was presented at the exchange meeting; called once there are papers."""
    meeting = Oversight.objects.get(campaign=campaign, kind="exchange")
    papers = list(Paper.objects.filter(campaign=campaign, state="published").order_by("pk"))
    link_papers(meeting, papers, by=cast.office, at=now - timedelta(days=8))
