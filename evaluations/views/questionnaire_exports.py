"""The released results of a questionnaire, taken away as a workbook."""
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from config.kit.verdict import require
from evaluations import questionnaire_permissions as permissions
from evaluations.domain.questionnaire_export import KIND
from evaluations.views.questionnaires import questionnaire_or_404
from units.submissions import once
from units.views.exports import start_export


@require_POST
def questionnaire_export(request, pk):
    """Put the workbook in the queue of exports; whoever sees the results may take them away."""
    require(permissions.can_see_questionnaires(request.user))
    questionnaire = questionnaire_or_404(request, pk)
    require(permissions.can_export_results(request.user, questionnaire))
    title = _("%(title)s结果") % {"title": questionnaire.title}
    return once(request, lambda: start_export(
        KIND, title=title, parameters={"questionnaire": questionnaire.pk}, by=request.user
    ))
