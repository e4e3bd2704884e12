"""Questionnaires and discussion meetings: one released, a question of which became rectification, one open to everybody at a window, one draft; three meetings."""
from datetime import timedelta

from config.kit import jobs
from evaluations.domain import (
    answer_sheets,
    question_follow_ups,
    questionnaire_counts,
    questionnaire_releases,
    questionnaires,
    symposiums,
)
from evaluations.domain.answers import read_lines
from evaluations.domain.questionnaire_templates import TEMPLATES
from evaluations.models import SheetCount

GRADES = {"0": 52, "1": 30, "2": 12, "3": 4, "4": 2}
BEST = ["窗口中午也有人", "办得快，态度好", "材料一次说清", "有人领着办", "电话打得通", "上门帮老人办"]
WORST = ["停车难", "排队叫号看不清", "网上的材料清单旧了", "中午希望早点开门", "表格字太小", ""]
PROBLEM = "停车难，排队叫号看不清。"
MEETINGS = [
    (
        "服务对象座谈会", 40, {"members": (4, "窗口党员"), "served": (9, "办事群众、企业经办人")},
        [
            ("served", "材料清单和网上的不一样，跑了两趟。", "清单已经改成一份，窗口和网上同时换。", "材料清单和网上不一致"),
            ("served", "中午 12 点到 1 点半没有人。", "从 5 月起中午两人值班。", ""),
            ("members", "新政策希望先培训再上岗。", "每月第一个周五下午集中学习。", ""),
        ],
    ),
    (
        "青年党员座谈会", 12, {"members": (11, "35 岁以下党员"), "staff": (5, "青年职工")},
        [
            ("members", "学习资料最好提前一周发。", "从下月起提前一周发到支部。", ""),
            ("staff", "想跟着党员去结对的村里看看。", "", ""),
        ],
    ),
    ("离退休同志座谈会", 5, {"members": (7, "离退休党员")}, [("members", "活动室的椅子太矮，起身不方便。", "", "")]),
]


def write_questionnaires(cast, campaign, chance, *, now):
    """Through the product's own functions, sealing included; in branches of 12 to 40 members with a secretary."""
    branches = [leaf for leaf in cast.leaves if leaf.pk in cast.secretaries and 12 <= len(cast.rosters[leaf.pk]) <= 40]
    branch = branches[2]
    by = cast.secretaries[branch.pk]
    _mend(_released(branch, by, campaign, chance, at=now - timedelta(days=21)), cast.office, at=now - timedelta(days=12))
    _at_the_window(branch, by, campaign, chance, at=now - timedelta(days=3))
    _draft(branch, by, campaign, at=now - timedelta(hours=20))
    for place, (title, days, parties, points) in enumerate(MEETINGS):
        organization = branches[place]
        _meeting(organization, cast.secretaries[organization.pk], campaign, title, parties, points, at=now - timedelta(days=days))


def _make(branch, by, campaign, template, *, at, **more):
    told = {"title": str(TEMPLATES[template].title), "about": str(TEMPLATES[template].about), "hourly_cap": 120, **more}
    return questionnaires.new_questionnaire(
        campaign=campaign, organization=branch, terms=questionnaires.Terms(**told), template=template, by=by, at=at
    )


def _released(branch, by, campaign, chance, *, at):
    made = _make(
        branch, by, campaign, "satisfaction", at=at, access="closed", ends_on=at.date() + timedelta(days=7),
        issued={"members": 12, "served": 18},
    )
    questionnaires.open_questionnaire(made, by=by, at=at)
    for _group, codes in answer_sheets.print_answer_codes(made, by=by, at=at):
        for code in codes[:-1]:
            sheet = answer_sheets.sheet_of_code(code, on=at.date())
            told = {f"a0_{row}": [chance.weighted(GRADES)] for row in range(5)}
            told |= {"a1": [chance.choice(BEST)], "a2": [chance.choice(WORST)]}
            answer_sheets.put_in(sheet, read_lines(sheet.questions, told), at=at)
    row = questionnaires.close_questionnaire(made, by=by, at=at + timedelta(days=6))
    questionnaire_counts.count_questionnaire(
        jobs.claim(SheetCount, row.pk, at=at + timedelta(days=6)), at=at + timedelta(days=6)
    )
    made.refresh_from_db()
    questionnaire_releases.release_questionnaire(made, by=by, at=at + timedelta(days=7))
    return made


def _mend(questionnaire, office, *, at):
    """The office makes the question about what is worst an item of the ledger."""
    question = questionnaire.questions.get(position=2)
    question_follow_ups.rectify_question(
        question, problem=PROBLEM, due_on=at.date() + timedelta(days=30), by=office, at=at, on=at.date()
    )


def _at_the_window(branch, by, campaign, chance, *, at):
    made = _make(
        branch, by, campaign, "window", at=at, access="open", ends_on=at.date() + timedelta(days=25), issued={},
    )
    questionnaires.open_questionnaire(made, by=by, at=at)
    for _each in range(14):
        sheet = answer_sheets.sheet_of_slug(made.slug, answer_sheets.new_ticket(), on=at.date())
        told = {
            "a0": [chance.weighted(GRADES)], "a1": [chance.weighted({"0": 80, "1": 15, "2": 5})],
            "a2": [str(chance.randrange(1, 4))],
        }
        answer_sheets.put_in(sheet, read_lines(sheet.questions, told | {"a3": [chance.choice(WORST)]}), at=at)


def _draft(branch, by, campaign, *, at):
    _make(
        branch, by, campaign, "opinions", at=at, access="closed", ends_on=at.date() + timedelta(days=14),
        issued={"members": 20, "masses": 10},
    )


def _meeting(branch, by, campaign, title, parties, points, *, at):
    made = symposiums.record_symposium(
        campaign=campaign, organization=branch, title=title, held_on=at.date(), place="三楼会议室", parties=parties,
        points=[(audience, text) for audience, text, _answer, _problem in points], by=by, at=at, on=at.date(),
    )
    later = at + timedelta(days=3)
    for point, (_audience, _text, answer, problem) in zip(made.points.order_by("position"), points, strict=True):
        if problem:
            symposiums.rectify_point(
                point, problem=problem, due_on=at.date() + timedelta(days=60), by=by, at=at, on=at.date()
            )
        if answer:
            symposiums.answer_point(point, answer=answer, by=by, at=later)
    if len(points) == 3:
        symposiums.tell_back(made, by=by, at=later, on=later.date())
