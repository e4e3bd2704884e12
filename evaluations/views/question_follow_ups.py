"""A question of a released questionnaire becomes an item of the ledger."""
from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign.domain.collisions import collisions_of_items
from campaign.domain.rectifications import DAYS_TO_MEND
from campaign.permissions import can_raise_rectification
from campaign.views.looking_out import days_to_look_out_for, warn
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import refuse_on_form
from config.kit.verdict import require
from evaluations.domain import question_follow_ups
from evaluations.enums import QuestionKind
from evaluations.forms.symposiums import PointRectifyForm
from evaluations.models import Question, Questionnaire
from units.submissions import once


@require_http_methods(["GET", "POST"])
def question_rectify(request, pk):
    """Ask what is to be put right by when; by whoever may raise rectification for the organisation."""
    question = _question(request, pk)
    questionnaire = question.questionnaire
    problem = _("%(title)s：%(question)s") % {"title": questionnaire.title, "question": question.title}
    initial = {"problem": problem[:200], "due_on": clock.today() + timedelta(days=DAYS_TO_MEND)}
    form = PointRectifyForm(request.POST or None, initial=initial)

    def write():
        item = question_follow_ups.rectify_question(
            question, **form.cleaned_data, by=request.user, at=clock.now(), on=clock.today()
        )
        warn(request, collisions_of_items([item], on=clock.today()))
        return questionnaire

    if request.method == "GET":
        try:
            question_follow_ups.check_question(question)
        except Refusal as refusal:
            messages.error(request, refusal.message)
            return redirect(questionnaire)
    elif form.is_valid():
        try:
            return once(request, write)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    look = days_to_look_out_for(questionnaire.campaign, questionnaire.organization, on=clock.today(), form=form)
    context = {"form": form, "question": question, "questionnaire": questionnaire, "look_out": look}
    return render(request, "evaluations/question_rectify.html", context)


def _question(request, pk):
    """A question whose questionnaire the user sees; 404 outside the scope, 403 below the role."""
    seen = Questionnaire.objects.visible_to(request.user)
    rows = Question.objects.filter(questionnaire__in=seen).exclude(kind=QuestionKind.SECTION)
    question = get_object_or_404(rows.select_related("questionnaire__organization", "questionnaire__campaign"), pk=pk)
    require(can_raise_rectification(request.user, question.questionnaire.organization))
    return question
