"""A question of a released questionnaire becomes a rectification item, once; the item's page leads back to the results."""
from django.db import transaction
from django.utils.translation import gettext as _

from campaign.domain.origins import Origin
from campaign.domain.rectifications import raise_rectification, secretary_of
from campaign.enums import RectificationSource
from config.kit.refusal import Refusal
from evaluations.enums import QuestionnaireState
from evaluations.models import QuestionFollowUp, Questionnaire
from units.domain.history import record


class ResultNotShown(Refusal):
    """Nothing was released of the question, so nobody knows what would have to be put right."""


class QuestionSettled(Refusal):
    """The question raised an item already."""


@transaction.atomic
def rectify_question(question, *, problem, due_on, by, at, on):
    """Make it an item of the ledger. Whoever raises it verifies it, unless it is theirs to put right. Returns the item.

    Raises ResultNotShown, QuestionSettled, DueTooEarly.
    """
    # Two of them wait for each other here; the question itself stands still since the opening.
    questionnaire = Questionnaire.objects.select_for_update().get(pk=question.questionnaire_id)
    check_question(question)
    owner = secretary_of(questionnaire.organization, on=on)
    is_own = owner is not None and by.member_id == owner.pk
    item = raise_rectification(
        campaign=questionnaire.campaign, organization=questionnaire.organization, owner=owner,
        source=RectificationSource.QUESTION, problem=problem.strip(), due_on=due_on, verifier=None if is_own else by, by=by,
        at=at, on=on,
    )
    QuestionFollowUp.objects.create(question=question, rectification=item)
    note = _("“%(title)s”：%(problem)s") % {"title": question.title, "problem": item.problem}
    record(questionnaire, "ask_to_mend", by=by, at=at, detail={"note": note}, organization=questionnaire.organization)
    return item


def check_question(question):
    """Raises ResultNotShown, QuestionSettled."""
    questionnaire = question.questionnaire
    if questionnaire.state != QuestionnaireState.RELEASED:
        raise ResultNotShown(_("结果公布以后才能转为整改。"))
    if not questionnaire.cells.filter(question=question).exists():
        raise ResultNotShown(_("这一题没有公布结果，不能转为整改。"))
    if QuestionFollowUp.objects.filter(question=question).exists():
        raise QuestionSettled(_("这一题已经转为整改。"))


def raised_of(questionnaire):
    """{question key: Rectification} of what its questions raised."""
    rows = QuestionFollowUp.objects.filter(question__questionnaire=questionnaire).select_related("rectification")
    return {row.question_id: row.rectification for row in rows}


def questionnaire_behind(item, user):
    """The Origin of an item that a question raised, as far as `user` may see it; else None."""
    found = Questionnaire.objects.visible_to(user).filter(questions__follow_up__rectification=item).first()
    return Origin(_("问卷：%(title)s") % {"title": found.title}, found.get_absolute_url()) if found else None
