"""A few posts and windows in every state, so that the demo's list can be read."""
from datetime import timedelta

from campaign.enums import DesignationKind, DesignationState
from campaign.models import Designation

TITLES = [
    ("婚姻登记 3 号窗口", "window", "材料齐的当场办结，平均等候不到 15 分钟。"), ("低保核对岗", "post", "两年核对 2.1 万户，没有一次返工。"),
    ("优抚接待岗", "post", "来访的都留下电话，办结以后逐个回访。"), ("老年人综合服务窗口", "window", "一个窗口办六件事，行动不便的上门办。"),
    ("救灾物资调运岗", "post", "24 小时有人接电话，调令到后两小时装车。"), ("社会组织年检窗口", "window", "年检材料网上先审，只来一次。"),
    ("信访接待岗", "post", "首问负责到底，能当天答的不过夜。"), ("档案查询窗口", "window", "查档时间由半天降到 10 分钟。"),
]
STATES = ["awarded", "awarded", "endorsed", "awarded", "applied", "awarded", "returned", "withdrawn"]


def write_designations(cast, *, now):
    """One for each of TITLES, in branches that have a secretary with an account."""
    branches = [branch for branch in cast.leaves if cast.rosters[branch.pk] and branch.pk in cast.secretaries]
    rows = []
    for number, ((title, kind, text), state) in enumerate(zip(TITLES, STATES, strict=True)):
        branch = branches[number * 7 % len(branches)]
        moved = now - timedelta(days=20 + 43 * number)
        has_plaque = state in {DesignationState.AWARDED, DesignationState.WITHDRAWN}
        rows.append(Designation(
            organization=branch, kind=kind, title=title, text=text, state=state, moved_at=moved,
            holder=cast.rosters[branch.pk][0] if kind == DesignationKind.POST else None,
            applied_by=cast.secretaries[branch.pk], applied_at=moved - timedelta(days=9),
            plaque=f"XF2010-{number + 1:03d}" if has_plaque else "", awarded_on=moved.date() if has_plaque else None,
            reason={"returned": "请写清和以前比有什么变化。", "withdrawn": "岗位已经合并。"}.get(state, ""),
        ))
    Designation.objects.bulk_create(rows)
