"""Opinions in every state, from two months ago until today: answered, being dealt with, late, and just come in. All invented."""
from datetime import timedelta

from campaign.domain.rectifications import report_rectification, verify_rectification
from evaluations.domain import flood_guard, opinion_follow_ups, opinion_months, opinions

# days ago, place of the unit (None: about none), kind, text, answer, closed
OLD = [
    (66, 1, "problem", "办事大厅中午没有人，跑了两趟才办成。", "从下周起中午安排两人值班，门口贴了值班表。", True),
    (63, None, "suggestion", "希望把要带的材料写在一张纸上，进门就能拿。", "已经印好一次性告知单，放在各窗口。", True),
    (58, 3, "praise", "上次来办优待证，工作人员帮老人填了表，谢谢。", "已经转告本人和支部。", True),
    (40, 2, "problem", "电话打了三次没有人接。", "查过值班记录，两次确实漏接，已经改成两人轮值。", True),
    (38, None, "praise", "电话里说得很清楚，一次就办好了。", "谢谢您，已经转告。", True),
    (36, None, "suggestion", "公开承诺栏字太小，老人看不清。", "新的承诺栏用了大字，旧的这个月换完。", True),
    (35, 6, "suggestion", "建议把办事指南放到网上。", "下个月放到网上，先在门口贴出来。", True),
    (34, 5, "problem", "排队叫号机坏了一个星期。", "机器已经修好，坏的时候先人工发号。", True),
    (31, None, "praise", "党员先锋岗的同志很耐心。", "谢谢您，已经转告。", True),
    (29, 7, "problem", "复印一张要跑到二楼。", "一楼放了一台复印机，不收费。", True),
    (25, 4, "problem", "材料清单和网上写的不一样。", "网上的已经改过来了。", False),
]
WAITING = [  # days ago, unit, kind, text, whether the office gave it to somebody
    (9, 6, "complaint", "学习记录是活动以后补的，日期对不上。", True),
    (8, 0, "problem", "服务窗口下午四点就不收件了。", True),
    (4, 7, "suggestion", "座谈会能不能多请几位服务对象参加。", True),
    (2, None, "system", "手机上写活动时，照片传得慢。", False),
    (1, 2, "complaint", "评优推荐没有看到公示。", False),
]
CHANGED = "中午安排两人值班，门口贴了值班表。\n一次性告知单放在各窗口，进门就能拿。\n公开承诺栏换成大字。"
PROBLEM = "服务窗口收件时间和公布的不一致。"


def write_opinions(cast, campaign, *, now):
    """Through the product's own functions, as senders, the office and handlers would have called them."""
    for ago, place, kind, text, answer, is_closed in OLD:
        at = now - timedelta(days=ago, hours=-(ago % 5))
        opinion = _send(cast, place, kind, text, at)
        _give(cast, opinion, cast.office, at)
        later = at + timedelta(days=6)
        opinions.answer_opinion(opinion, text=answer, by=cast.office, at=later, on=later.date())
        if is_closed:
            opinions.close_opinion(opinion, by=cast.office, at=later, on=later.date())
    for ago, place, kind, text, is_given in WAITING:
        at = now - timedelta(days=ago, hours=-(ago % 5))
        opinion = _send(cast, place, kind, text, at)
        if is_given:
            _give(cast, opinion, cast.office, at, days=5 if kind == "complaint" else 15)
        if place == 0:
            _mend(cast, campaign, opinion, at)
    on = (now - timedelta(days=8)).date()
    opinion_months.publish_month(cast.root, changed=CHANGED, by=cast.office, at=now - timedelta(days=8), on=on)
    flood_guard.forget_hours(at=now + timedelta(hours=1))


def _send(cast, place, kind, text, at):
    token = flood_guard.new_challenge(at=at).token
    about = None if place is None else cast.units[place]
    code = opinions.send_opinion(
        token=token, solution="", organization=cast.root, about=about, kind=kind, text=text, at=at, on=at.date()
    )
    return opinions.opinion_of(code)


def _give(cast, opinion, account, at, *, days=15):
    on = at.date()
    opinions.assign_opinion(opinion, account=account, due_on=on + timedelta(days=days), by=cast.office, at=at, on=on)


def _mend(cast, campaign, opinion, at):
    """Rectification in the office's words, done and verified, so that its sender has to be told."""
    at += timedelta(days=1)
    unit = opinion.about
    item = opinion_follow_ups.mend(
        opinion, campaign=campaign, organization=unit, problem=PROBLEM, due_on=at.date() + timedelta(days=30), by=cast.office,
        at=at, on=at.date(),
    )
    secretary = cast.secretaries.get(unit.pk)
    if secretary and secretary.member_id != cast.office.member_id:
        later = at + timedelta(days=5)
        report_rectification(item, measures="收件时间改到下班前，门口的告示一起换了。", by=secretary, at=later)
        verify_rectification(item, note="去看过，五点二十还在收件。", by=cast.office, at=later, on=later.date())
