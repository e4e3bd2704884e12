"""Makers of questionnaires: a draft with one question of each kind, an open one with its codes, answered sheets."""
import datetime

from config.kit import jobs
from evaluations.domain import answer_sheets, questionnaire_counts, questionnaire_releases, questionnaires, questions
from evaluations.domain.answers import read_lines
from evaluations.models import SheetCount
from tests.factories.campaign import noon
from tests.factories.units import UserFactory

ASKED_AT = noon(datetime.date(2011, 6, 8))
ENDS_ON = datetime.date(2011, 6, 20)
ANSWERED = {"a0": ["1"], "a1": ["0", "2"], "a2_0": ["0"], "a2_1": ["3"], "a3": ["3"], "a4": ["少跑一趟"]}


def terms(*, access="closed", issued=(8, 0), **words):
    """The terms of a questionnaire as the form gives them."""
    told = {"title": "窗口服务问卷", "about": "大约两分钟。", "ends_on": ENDS_ON, "hourly_cap": 120, **words}
    return questionnaires.Terms(access=access, issued=dict(zip(("members", "masses"), issued, strict=True)), **told)


def draft_questionnaire(campaign, organization, *, by=None, asked=True, template="", **how):
    """A draft; `asked`: with a question of each kind, the text asked only of those who chose 一般 or 不好 at first."""
    by = by or UserFactory()
    made = questionnaires.new_questionnaire(
        campaign=campaign, organization=organization, terms=terms(**how), template=template, by=by, at=ASKED_AT
    )
    if asked and not template:
        first = add(made, kind="single", title="态度怎么样？", options=["好", "一般", "不好"])
        add(made, kind="multiple", title="办了哪些事？", options=["社保", "优待证", "补贴"])
        add(made, kind="section", title="窗口服务")
        add(made, kind="matrix", title="满意吗？", rows=["速度", "环境"])
        add(made, kind="number", title="跑了几趟？", smallest=1, largest=10)
        add(made, kind="text", title="哪里要改？", shown_after=first, shown_for=[1, 2])
    return made


def add(questionnaire, **content):
    return questions.add_question(questionnaire, by=questionnaire.made_by, at=ASKED_AT, **content)


def open_questionnaire(campaign, organization, **how):
    """An open questionnaire and its printed codes: (questionnaire, {audience: [code]}); one for everybody has none."""
    made = draft_questionnaire(campaign, organization, **how)
    questionnaires.open_questionnaire(made, by=made.made_by, at=ASKED_AT)
    return made, print_codes(made)


def print_codes(questionnaire):
    if questionnaire.is_open_to_all:
        return {}
    printed = answer_sheets.print_answer_codes(questionnaire, by=questionnaire.made_by, at=ASKED_AT)
    return {group.audience: codes for group, codes in printed}


def sheet_for(code_or_questionnaire, *, ticket=None):
    on = ASKED_AT.date()
    if isinstance(code_or_questionnaire, str):
        return answer_sheets.sheet_of_code(code_or_questionnaire, on=on)
    return answer_sheets.sheet_of_slug(
        code_or_questionnaire.slug, answer_sheets.new_ticket() if ticket is None else ticket, on=on
    )


def answer(code_or_questionnaire, posted=ANSWERED, *, at=ASKED_AT, ticket=None):
    """Put one sheet in. Returns its receipt."""
    sheet = sheet_for(code_or_questionnaire, ticket=ticket)
    return answer_sheets.put_in(sheet, read_lines(sheet.questions, posted), at=at)


def count(questionnaire):
    """Close and count, as the job does."""
    row = questionnaires.close_questionnaire(questionnaire, by=questionnaire.made_by, at=ASKED_AT)
    questionnaire_counts.count_questionnaire(jobs.claim(SheetCount, row.pk, at=ASKED_AT), at=ASKED_AT)
    questionnaire.refresh_from_db()
    return questionnaire


def released_questionnaire(campaign, organization, sheets=(), **how):
    """A released one with these sheets in it: {audience: [answers as posted]}, or a list of them for an open one."""
    made, codes = open_questionnaire(campaign, organization, **how)
    if made.is_open_to_all:
        for posted in sheets:
            answer(made, posted)
    else:
        for audience, posts in dict(sheets).items():
            for code, posted in zip(codes[audience], posts, strict=False):
                answer(code, posted)
    count(made)
    questionnaire_releases.release_questionnaire(made, by=made.made_by, at=ASKED_AT)
    return made
