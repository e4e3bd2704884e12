"""The builder of a questionnaire: its questions in order, each one's form, and a preview in a phone's frame."""
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations import questionnaire_permissions as permissions
from evaluations.domain import questions
from evaluations.domain.answers import read_lines
from evaluations.enums import QuestionKind, QuestionnaireState
from evaluations.forms.questions import QuestionForm, initial_of
from evaluations.models import Question, Questionnaire
from evaluations.views.questionnaires import questionnaire_or_404
from units.edits import guarded
from units.submissions import once


@require_safe
def questionnaire_questions(request, pk):
    """The questions with up and down; ?at= is the one in the phone. Whoever reads the questionnaire may look."""
    require(permissions.can_see_questionnaires(request.user))
    questionnaire = questionnaire_or_404(request, pk)
    rows = list(questionnaire.questions.select_related("shown_after").order_by("position"))
    lines = read_lines(questions.asked(questionnaire), {})
    wanted = key_of(request.GET.get("at"))
    at = next((place for place, line in enumerate(lines) if line.question.pk == wanted), 0)
    context = {
        "questionnaire": questionnaire, "rows": rows, "line": lines[at] if lines else None, "number": at + 1,
        "total": len(lines), "kinds": QuestionKind.choices, "is_long": len(lines) > questions.MANY,
        "previous": lines[at - 1].question.pk if at else None, "next": lines[at + 1].question.pk if at + 1 < len(lines) else None,
        "edits": questionnaire.state == QuestionnaireState.DRAFT
        and permissions.can_build(request.user, questionnaire.organization),
    }
    return render(request, "evaluations/questionnaire_questions.html", context)


def _draft(request, pk):
    questionnaire = questionnaire_or_404(request, pk)
    require(permissions.can_build(request.user, questionnaire.organization))
    return questionnaire


def _question(request, pk):
    """A question of a questionnaire that the user may hold; 404 outside the scope, 403 below the role."""
    seen = Questionnaire.objects.visible_to(request.user)
    rows = Question.objects.filter(questionnaire__in=seen).select_related("questionnaire__organization")
    question = get_object_or_404(rows, pk=pk)
    require(permissions.can_build(request.user, question.questionnaire.organization))
    return question


@require_http_methods(["GET", "POST"])
def question_new(request, pk):
    """?kind= says which kind of question is added at the end."""
    questionnaire = _draft(request, pk)
    asked = request.GET.get("kind")
    kind = QuestionKind(asked if asked in QuestionKind.values else QuestionKind.SINGLE)
    form = QuestionForm(request.POST or None, kind=kind, earlier=questionnaire.questions.order_by("position"))

    def add():
        made = questions.add_question(questionnaire, kind=kind, by=request.user, at=clock.now(), **form.content)
        return builder(questionnaire, made)

    return _answer(request, form, questionnaire, kind, lambda: once(request, add))


@require_http_methods(["GET", "POST"])
def question_edit(request, pk):
    question = _question(request, pk)
    questionnaire = question.questionnaire
    earlier = questionnaire.questions.filter(position__lt=question.position).order_by("position")
    form = QuestionForm(request.POST or None, kind=question.kind, earlier=earlier, initial=initial_of(question))
    guarded(request, form)

    def change():
        questions.change_question(question, by=request.user, at=clock.now(), **form.content)
        return redirect(builder(questionnaire, question))

    return _answer(request, form, questionnaire, QuestionKind(question.kind), change, question=question)


def _answer(request, form, questionnaire, kind, write, question=None):
    if questionnaire.state != QuestionnaireState.DRAFT:
        messages.error(request, _("问卷开始以后，题目不能再改。"))
        return redirect(questionnaire)
    if request.method == "POST" and form.is_valid():
        try:
            return write()
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {"form": form, "questionnaire": questionnaire, "kind": kind, "question": question, "kinds": QuestionKind.choices}
    return render(request, "evaluations/question_form.html", context)


@require_POST
def question_move(request, pk):
    """Up, or down with to=down."""
    question = _question(request, pk)
    up = request.POST.get("to") != "down"
    return _changed(request, question, lambda: questions.move_question(question, up=up, by=request.user, at=clock.now()))


@require_POST
def question_remove(request, pk):
    question = _question(request, pk)
    return _changed(request, question, lambda: questions.remove_question(question, by=request.user, at=clock.now()))


def _changed(request, question, call):
    try:
        call()
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(builder(question.questionnaire, question))


def builder(questionnaire, question):
    """The address of the builder with `question` in the phone."""
    address = reverse("questionnaire_questions", args=[questionnaire.pk])
    return f"{address}?at={question.pk}#phone" if question.pk else address
