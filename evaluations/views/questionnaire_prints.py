"""What a questionnaire prints: its poster, and slips with codes; both PDF."""
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.kit.responses import pdf_response
from evaluations.domain.prints import poster_pdf
from evaluations.enums import QUESTIONNAIRE_TAKES
from evaluations.views.questionnaires import answering_address, held
from evaluations.views.slip_prints import print_slips_of


@require_safe
def questionnaire_poster(request, pk):
    """The A4 poster, while answers are taken."""
    questionnaire = held(request, pk)
    if questionnaire.state not in QUESTIONNAIRE_TAKES:
        messages.error(request, _("问卷开始以后、结束以前才能打印海报。"))
        return redirect(questionnaire)
    return pdf_response(poster_pdf(questionnaire, address=answering_address(request, questionnaire)), "poster.pdf")


@require_POST
def questionnaire_slips(request, pk):
    """Slips with codes, made anew each time; those printed earlier and not used are void from then on."""
    return print_slips_of(
        request, held(request, pk), start_url=request.build_absolute_uri(reverse("sheet_start"))
    )
