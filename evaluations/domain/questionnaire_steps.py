"""What pages show of a questionnaire on its way: its step, and how many sheets came back as far as that may be told."""
from django.utils.translation import gettext_lazy as _

from evaluations.domain.disclosure import Group, published
from evaluations.enums import Audience, QuestionnaireState

STEPS = (
    (_("拟题"), {QuestionnaireState.DRAFT, QuestionnaireState.REHEARSAL}), (_("答题"), {QuestionnaireState.OPEN}),
    (_("统计"), {QuestionnaireState.CLOSING, QuestionnaireState.CLOSED}), (_("公布"), {QuestionnaireState.RELEASED}),
)


def steps(questionnaire):
    """The four steps as components/_steps_line.html takes them; a voided one has none."""
    if questionnaire.state == QuestionnaireState.VOID:
        return []
    here = next(place for place, (_label, states) in enumerate(STEPS) if questionnaire.state in states)
    is_over = questionnaire.state == QuestionnaireState.RELEASED
    return [
        {"label": label, "state": "done" if place < here or is_over else "now" if place == here else "next"}
        for place, (label, _states) in enumerate(STEPS)
    ]


def turnout(questionnaire):
    """The groups; `shown` is what came back, None where it, or what could be worked out, is too small."""
    groups = in_order(questionnaire.groups.all())
    tree = Group(None, children=[Group(group.pk, group.returned or 0) for group in groups])
    tree.size = sum(child.size for child in tree.children)
    told = published(tree, questionnaire.smallest_group)
    for group in groups:
        group.shown = group.returned if group.pk in told else None
    return groups


def in_order(groups):
    """Groups as audiences are listed everywhere."""
    order = {"": 0, **{audience.value: place for place, audience in enumerate(Audience, 1)}}
    return sorted(groups, key=lambda group: order[group.audience])
