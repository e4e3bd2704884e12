"""Building a questionnaire: each refusal in its words, order and conditions, and nothing changes once answers come in."""
import pytest
from django.db import DatabaseError, connection, transaction

from evaluations.domain import questions
from evaluations.domain.questionnaires import open_questionnaire
from evaluations.domain.rehearsals import start_rehearsal
from evaluations.models import Question, Questionnaire
from tests.factories.questionnaires import ASKED_AT, add, draft_questionnaire
from units.models import HistoryEntry


@pytest.fixture
def draft(campaign, branch):
    return draft_questionnaire(campaign, branch, asked=False)


def titles(questionnaire):
    return [(row.position, row.title) for row in questionnaire.questions.order_by("position")]


def test_questions_stand_in_the_order_in_which_they_were_added(draft):
    for title in "甲乙丙":
        add(draft, kind="text", title=title)
    assert titles(draft) == [(0, "甲"), (1, "乙"), (2, "丙")]
    assert [entry.verb for entry in HistoryEntry.objects.of(draft)].count("add_question") == 3


def test_a_question_moves_up_and_down_and_stays_at_the_ends(draft, secretary):
    first, second = (add(draft, kind="text", title=title) for title in "甲乙")
    questions.move_question(second, up=True, by=secretary, at=ASKED_AT)
    assert titles(draft) == [(0, "乙"), (1, "甲")]
    questions.move_question(second, up=True, by=secretary, at=ASKED_AT)
    questions.move_question(first, up=False, by=secretary, at=ASKED_AT)
    assert titles(draft) == [(0, "乙"), (1, "甲")]


def test_taking_one_out_closes_the_gap(draft, secretary):
    rows = [add(draft, kind="text", title=title) for title in "甲乙丙"]
    questions.remove_question(rows[1], by=secretary, at=ASKED_AT)
    assert titles(draft) == [(0, "甲"), (1, "丙")]


def test_a_section_is_a_heading_and_not_a_question(draft):
    add(draft, kind="section", title="窗口")
    add(draft, kind="text", title="哪里要改？")
    [asked] = questions.asked(draft)
    assert asked.section.title == "窗口"


def test_a_matrix_has_the_four_grades(draft):
    question = add(draft, kind="matrix", title="满意吗？", rows=["速度"])
    assert question.options == ["满意", "比较满意", "基本满意", "不满意", "不了解"]


@pytest.mark.parametrize(
    ("content", "sentence", "field"),
    [
        ({"kind": "text", "title": " "}, "请写题目。", "title"),
        ({"kind": "single", "options": ["好"]}, "选项要 2 到 12 个，一行一个。", "options"),
        ({"kind": "single", "options": ["好"] * 2}, "选项里有两个一样的。", "options"),
        ({"kind": "single", "options": ["好", "长" * 41]}, "选项每个最多 40 字。", "options"),
        ({"kind": "multiple", "options": [str(n) for n in range(13)]}, "选项要 2 到 12 个，一行一个。", "options"),
        ({"kind": "matrix", "rows": []}, "评价的事项要 1 到 12 个，一行一个。", "rows"),
        ({"kind": "number", "smallest": 5, "largest": 5}, "请填最小和最大的数，最大的要大于最小的。", "largest"),
        ({"kind": "number", "smallest": 5}, "请填最小和最大的数，最大的要大于最小的。", "largest"),
    ],
)
def test_what_cannot_be_answered_is_refused(draft, content, sentence, field):
    with pytest.raises(questions.QuestionWrong) as refused:
        add(draft, **{"title": "题", **content})
    assert (refused.value.message, refused.value.field) == (sentence, field)
    assert not draft.questions.exists()


def test_a_condition_looks_back_at_options_that_exist(draft):
    first = add(draft, kind="single", title="好不好？", options=["好", "不好"])
    for places, sentence in (([2], "请选前面那一题的选项。"), ([], "请选前面那一题的选项。")):
        with pytest.raises(questions.QuestionWrong, match=f"^{sentence}$"):
            add(draft, kind="text", title="为什么？", shown_after=first, shown_for=places)
    second = add(draft, kind="text", title="为什么？", shown_after=first, shown_for=[1])
    with pytest.raises(questions.QuestionWrong, match="^只能看前面的题来决定问不问。$"):
        questions.change_question(
            first, title="好不好？", options=["好", "不好"], shown_after=second, shown_for=[0], by=draft.made_by, at=ASKED_AT
        )


def test_what_others_depend_on_stays_before_them(draft, secretary):
    first = add(draft, kind="single", title="好不好？", options=["好", "一般", "不好"])
    second = add(draft, kind="text", title="为什么？", shown_after=first, shown_for=[2])
    how = {"by": secretary, "at": ASKED_AT}
    with pytest.raises(questions.QuestionNeeded, match="^“为什么？”要看前一题的选择才问，不能排到它前面。$"):
        questions.move_question(second, up=True, **how)
    with pytest.raises(questions.QuestionNeeded, match="^“为什么？”要看这一题的选择才问，请先改那一题。$"):
        questions.remove_question(first, **how)
    with pytest.raises(questions.QuestionNeeded, match="^后面有题要看这一题的选项，选项不能减到 2 个。$"):
        questions.change_question(first, title="好不好？", options=["好", "不好"], **how)


def test_thirty_questions_are_the_most(draft):
    for number in range(30):
        add(draft, kind="text", title=str(number))
    with pytest.raises(questions.QuestionWrong, match="^一份问卷最多 30 题。$"):
        add(draft, kind="text", title="再一题")


@pytest.mark.parametrize("begin", [open_questionnaire, start_rehearsal])
def test_nothing_changes_once_answers_come_in(draft, secretary, begin):
    rows = [add(draft, kind="text", title=title) for title in "甲乙"]
    begin(draft, by=secretary, at=ASKED_AT)
    how = {"by": secretary, "at": ASKED_AT}
    for call in (
        lambda: add(draft, kind="text", title="丙"), lambda: questions.change_question(rows[0], title="丁", **how),
        lambda: questions.move_question(rows[0], up=False, **how), lambda: questions.remove_question(rows[0], **how),
    ):
        with pytest.raises(questions.QuestionnaireFrozen, match="^问卷开始以后，题目不能再改。$"):
            call()
    assert titles(draft) == [(0, "甲"), (1, "乙")]


@pytest.mark.parametrize("change", ["update", "insert"])
def test_the_database_keeps_what_is_asked(draft, secretary, change):
    question = add(draft, kind="text", title="甲")
    open_questionnaire(draft, by=secretary, at=ASKED_AT)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        if change == "update":
            Question.objects.filter(pk=question.pk).update(title="乙")
        else:
            Question.objects.create(questionnaire=draft, position=1, kind="text", title="乙")
    assert titles(draft) == [(0, "甲")]


def sql(statement, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.mark.parametrize("state", ["rehearsal", "open", "closing", "closed", "released", "void"])
def test_the_database_lets_no_question_out_once_answers_came_in(campaign, branch, draft, state):
    question, other = add(draft, kind="text", title="甲"), draft_questionnaire(campaign, branch, asked=False)
    Questionnaire.objects.filter(pk=draft.pk).update(state=state, public_key=b"0")
    for statement, values in (
        ("DELETE FROM evaluations_question WHERE id = %s", [question.pk]),
        ("UPDATE evaluations_question SET questionnaire_id = %s WHERE id = %s", [other.pk, question.pk]),
    ):
        with pytest.raises(DatabaseError, match="cannot be taken out"):
            sql(statement, *values)
    with pytest.raises(DatabaseError, match="cannot be taken out"), transaction.atomic():
        Question.objects.filter(pk=question.pk).delete()
    assert titles(draft) == [(0, "甲")] and titles(other) == []


def test_the_database_lets_questions_of_a_draft_go(campaign, branch, draft):
    first, second = (add(draft, kind="text", title=title) for title in "甲乙")
    other = draft_questionnaire(campaign, branch, asked=False)
    assert sql("DELETE FROM evaluations_question WHERE id = %s", first.pk) == 1
    assert sql("UPDATE evaluations_question SET questionnaire_id = %s WHERE id = %s", other.pk, second.pk) == 1
    assert titles(draft) == [] and titles(other) == [(1, "乙")]
