"""Two spot checks: one drawn in spring, with some visits made and what was found; one published, waiting for its number."""
from datetime import timedelta

from campaign.domain.spot_checks import draw_spot_check, publish_spot_check
from campaign.domain.spot_pools import PoolRule
from campaign.domain.spot_visits import Answer, record_visit
from campaign.enums import VisitVerdict
from demo.cast import add_inspectors

QUESTIONS = [
    "活动记录和会议记录对得上，时间、地点、人物写得清。", "公开承诺挂在看得见的地方，进展是真的。",
    "上次点评的问题改到了位。", "问三名群众或服务对象，说得出变化。",
]
FOUND = [
    (0, "两次组织生活会的记录没有写讨论了什么。", 30), (1, "承诺的进展三个月没有更新。", 14), (3, "问到的三名办事群众都不知道公开承诺。", -3),
]
SUMMARY = "材料齐全，支部书记讲得出每个党员在做什么。"


def write_spot_checks(cast, campaign, *, now):
    """Through the product's own functions, at the moments when they would have been called."""
    inspectors = add_inspectors(cast, 3, at=now - timedelta(days=90), on=(now - timedelta(days=90)).date())
    drawn = _publish(cast, campaign, "4月随机抽查", "福彩3D第2011098期开奖号码", inspectors, now - timedelta(days=60))
    draw_spot_check(drawn, seed="472", by=cast.office, at=now - timedelta(days=57), on=(now - timedelta(days=57)).date())
    visits = list(drawn.visits.select_related("organization", "check_of__campaign").order_by("position"))
    for number, visit in enumerate(visits[:-1]):
        _visit(visit, number, now - timedelta(days=50 - 6 * number))
    _publish(cast, campaign, "6月随机抽查", "福彩3D第2011156期开奖号码", inspectors, now - timedelta(days=1))


def _publish(cast, campaign, title, source, inspectors, at):
    return publish_spot_check(
        campaign=campaign, title=title, rule=PoolRule("branches", {"organ": 2, "institution": 2, "society": 1}),
        questions=QUESTIONS, seed_source=source, seed_on=(at + timedelta(days=3)).date(), inspectors=inspectors,
        by=cast.office, at=at, on=at.date(),
    )


def _visit(visit, number, at):
    going = [row.user for row in visit.inspectors.select_related("user")]
    found = FOUND[number] if number < len(FOUND) else None
    answers = [Answer(position, VisitVerdict.FINE) for position in range(len(QUESTIONS))]
    if found:
        position, words, days = found
        answers[position] = Answer(position, VisitVerdict.PROBLEM, words, at.date() + timedelta(days=45 + days))
    record_visit(
        visit, visited_on=at.date(), present=going, answers=answers, summary=SUMMARY, by=going[0], at=at, on=at.date()
    )
