"""Building a questionnaire: questions are added, changed, moved and taken out while it is a draft, and never afterwards."""
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from evaluations.enums import GRADE_WORDS, QuestionKind, QuestionnaireState
from evaluations.models import Question, Questionnaire
from units.domain.history import record

MANY = 10  # above it the builder is warned (5-experience §6, row 19)
MOST = 30
MOST_OPTIONS = 12
LONGEST_OPTION = 40
ANSWERED = [kind.value for kind in QuestionKind if kind != QuestionKind.SECTION]
CHOSEN_FROM = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)  # what a condition can look at
FAR = 1000  # beyond every place, while places are changed


class QuestionnaireFrozen(Refusal):
    """Questions are changed in a draft only."""


class QuestionWrong(Refusal):
    """The question could not be answered as it is."""


class QuestionNeeded(Refusal):
    """Another question is asked because of this one."""


def asked(questionnaire):
    """The questions that are answered, in order; each has `section`, the heading that stands above it, or None."""
    section, found = None, []
    for question in questionnaire.questions.select_related("shown_after").order_by("position"):
        if question.kind == QuestionKind.SECTION:
            section = question
        else:
            question.section = section
            found.append(question)
    return found


@transaction.atomic
def add_question(questionnaire, *, kind, title, by, at, **content):
    """Put a question at the end. `content`: hint, options, rows, smallest, largest, condition (see `_content`).

    Raises QuestionnaireFrozen, QuestionWrong.
    """
    _lock(questionnaire)
    if questionnaire.questions.count() >= MOST:
        raise QuestionWrong(_("一份问卷最多 %(most)s 题。") % {"most": MOST})
    last = questionnaire.questions.aggregate(last=Max("position"))["last"]
    place = 0 if last is None else last + 1
    question = Question(questionnaire=questionnaire, position=place, kind=kind)
    _write(question, title, content)
    _note(question, "add_question", by=by, at=at)
    return question


@transaction.atomic
def change_question(question, *, title, by, at, **content):
    """Write another wording. Conditions that look at its options keep standing by place. Raises QuestionnaireFrozen,
    QuestionWrong, QuestionNeeded."""
    questionnaire = question.questionnaire
    _lock(questionnaire)
    options = content.get("options", question.options)
    used = [place for places in question.followers.values_list("shown_for", flat=True) for place in places]
    if used and max(used) >= len(options):
        raise QuestionNeeded(_("后面有题要看这一题的选项，选项不能减到 %(n)s 个。") % {"n": len(options)}, field="options")
    _write(question, title, content)
    _note(question, "change_question", by=by, at=at)
    return question


@transaction.atomic
def move_question(question, *, up, by, at):
    """Change places with the one before (or after). Raises QuestionnaireFrozen, QuestionNeeded."""
    questionnaire = question.questionnaire
    _lock(questionnaire)
    rows = list(questionnaire.questions.order_by("position"))
    here = next(place for place, row in enumerate(rows) if row.pk == question.pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(rows):
        return
    first, second = sorted((here, there))
    if rows[second].shown_after_id == rows[first].pk:
        raise QuestionNeeded(_("“%(title)s”要看前一题的选择才问，不能排到它前面。") % {"title": rows[second].title})
    _place(rows[first], FAR)
    _place(rows[second], first)
    _place(rows[first], second)
    _note(question, "move_question", by=by, at=at)


@transaction.atomic
def remove_question(question, *, by, at):
    """Take it out. Raises QuestionnaireFrozen, QuestionNeeded."""
    questionnaire = question.questionnaire
    _lock(questionnaire)
    follower = question.followers.order_by("position").first()
    if follower:
        raise QuestionNeeded(_("“%(title)s”要看这一题的选择才问，请先改那一题。") % {"title": follower.title})
    _note(question, "remove_question", by=by, at=at)
    place = question.position
    question.delete()
    later = questionnaire.questions.filter(position__gt=place)
    later.update(position=F("position") + FAR)
    questionnaire.questions.filter(position__gte=FAR).update(position=F("position") - FAR - 1)


def copy_questions(source, questionnaire):
    """Write the questions of another questionnaire into a new draft, conditions too."""
    made = {}
    for row in source.questions.order_by("position"):
        made[row.pk] = Question.objects.create(
            questionnaire=questionnaire, position=row.position, kind=row.kind, title=row.title, hint=row.hint,
            options=row.options, rows=row.rows, smallest=row.smallest, largest=row.largest,
            shown_after=made.get(row.shown_after_id), shown_for=row.shown_for,
        )


def _note(question, verb, *, by, at):
    questionnaire = question.questionnaire
    record(questionnaire, verb, by=by, at=at, organization=questionnaire.organization, detail={"note": question.title})


def _place(question, position):
    Question.objects.filter(pk=question.pk).update(position=position)


def _lock(questionnaire):
    """Nobody opens it while it is changed. Raises QuestionnaireFrozen."""
    drafts = Questionnaire.objects.select_for_update().filter(pk=questionnaire.pk, state=QuestionnaireState.DRAFT)
    if not drafts.exists():
        raise QuestionnaireFrozen(_("问卷开始以后，题目不能再改。"))


def _write(question, title, content):
    """`content` may hold hint, options and rows (lists of words), smallest, largest, shown_after and shown_for."""
    question.title, question.hint = title.strip(), content.get("hint", "").strip()
    question.options = _words(content.get("options", question.options))
    question.rows = _words(content.get("rows", question.rows))
    question.smallest, question.largest = content.get("smallest"), content.get("largest")
    question.shown_after, question.shown_for = content.get("shown_after"), sorted(content.get("shown_for", ()))
    if question.kind == QuestionKind.MATRIX:
        question.options = [str(word) for word in GRADE_WORDS]
    _check(question)
    question.save()


def _words(words):
    return [word.strip() for word in words if word.strip()]


def _check(question):
    """Raises QuestionWrong."""
    if not question.title:
        raise QuestionWrong(_("请写题目。"), field="title")
    if question.kind in CHOSEN_FROM:
        _check_words(question.options, 2, _("选项"), "options")
    if question.kind == QuestionKind.MATRIX:
        _check_words(question.rows, 1, _("评价的事项"), "rows")
    if question.kind == QuestionKind.NUMBER and (
        question.smallest is None or question.largest is None or question.smallest >= question.largest
    ):
        raise QuestionWrong(_("请填最小和最大的数，最大的要大于最小的。"), field="largest")
    after = question.shown_after
    if after is None:
        question.shown_for = []
        return
    if after.position >= question.position or after.questionnaire_id != question.questionnaire_id:
        raise QuestionWrong(_("只能看前面的题来决定问不问。"), field="condition")
    if not question.shown_for or not all(0 <= place < len(after.options) for place in question.shown_for):
        raise QuestionWrong(_("请选前面那一题的选项。"), field="condition")


def _check_words(words, fewest, name, field):
    said = {"name": name, "fewest": fewest, "most": MOST_OPTIONS, "longest": LONGEST_OPTION}
    if not fewest <= len(words) <= MOST_OPTIONS:
        raise QuestionWrong(_("%(name)s要 %(fewest)s 到 %(most)s 个，一行一个。") % said, field=field)
    if len(set(words)) < len(words):
        raise QuestionWrong(_("%(name)s里有两个一样的。") % said, field=field)
    if max(map(len, words)) > LONGEST_OPTION:
        raise QuestionWrong(_("%(name)s每个最多 %(longest)s 字。") % said, field=field)
