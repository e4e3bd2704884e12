"""A few posts and windows in every state, so that the demo's list can be read."""
from datetime import timedelta

from campaign.domain import designations
from campaign.enums import DesignationKind

TITLES = [
    ("婚姻登记 3 号窗口", "window", "材料齐的当场办结，平均等候不到 15 分钟。"), ("低保核对岗", "post", "两年核对 2.1 万户，没有一次返工。"),
    ("优抚接待岗", "post", "来访的都留下电话，办结以后逐个回访。"), ("老年人综合服务窗口", "window", "一个窗口办六件事，行动不便的上门办。"),
    ("救灾物资调运岗", "post", "24 小时有人接电话，调令到后两小时装车。"), ("社会组织年检窗口", "window", "年检材料网上先审，只来一次。"),
    ("信访接待岗", "post", "首问负责到底，能当天答的不过夜。"), ("档案查询窗口", "window", "查档时间由半天降到 10 分钟。"),
]
WAYS = [  # what became of each, after it was applied for
    ["endorse", "award"], ["endorse", "award"], ["endorse"], ["endorse", "award"], [], ["endorse", "award"], ["return"],
    ["endorse", "award", "withdraw"],
]
DAYS = {"endorse": 3, "return": 4, "award": 9, "withdraw": 30}  # after the application


def write_designations(cast, *, now):
    """One for each of TITLES, in branches that have a secretary with an account, each with the steps it went."""
    branches = [branch for branch in cast.leaves if cast.rosters[branch.pk] and branch.pk in cast.secretaries]
    for number, ((title, kind, text), way) in enumerate(zip(TITLES, WAYS, strict=True)):
        branch = branches[number * 7 % len(branches)]
        secretary, applied = cast.secretaries[branch.pk], now - timedelta(days=40 + 43 * number)
        made = designations.apply_for_designation(
            branch, kind=kind, title=title, text=text, by=secretary, at=applied,
            holder=cast.rosters[branch.pk][0] if kind == DesignationKind.POST else None,
        )
        for verb in way:
            _go(made, verb, number + 1, cast.office if verb in ("award", "withdraw") else secretary, applied)


def _go(made, verb, number, by, applied):
    how = {"by": by, "at": applied + timedelta(days=DAYS[verb])}
    if verb == "endorse":
        designations.endorse_designation(made, **how)
    elif verb == "return":
        designations.return_designation(made, reason="请写清和以前比有什么变化。", **how)
    elif verb == "award":
        designations.award_designation(made, plaque=f"XF2010-{number:03d}", **how, on=how["at"].date())
    else:
        designations.withdraw_designation(made, reason="岗位已经合并。", **how)
