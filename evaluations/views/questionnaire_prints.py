"""What a questionnaire prints: its poster, and slips with codes; both PDF."""
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import pdf_response
from evaluations.domain.answer_sheets import print_answer_codes
from evaluations.domain.prints import poster_pdf, slips_pdf
from evaluations.enums import QUESTIONNAIRE_TAKES
from evaluations.views.questionnaires import answering_address, held


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
    questionnaire = held(request, pk)
    try:
        printed = print_answer_codes(questionnaire, by=request.user, at=clock.now())
    except Refusal as refusal:
        messages.error(request, refusal.message)
        return redirect(questionnaire)
    if not any(codes for _group, codes in printed):
        messages.info(request, _("发的份数都已经交回，没有要打印的答题码。"))
        return redirect(questionnaire)
    note = _("试填用，不算数。") if questionnaire.is_trial else _("扫码答题，不记名。用一次就作废，请勿转给别人。")
    return pdf_response(slips_pdf(
        [(group.get_audience_display(), codes) for group, codes in printed], title=questionnaire.title,
        place=str(questionnaire.organization), note=note, start_url=request.build_absolute_uri(reverse("sheet_start")),
    ), "slips.pdf")
