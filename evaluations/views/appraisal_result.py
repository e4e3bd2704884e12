"""The result of an appraisal: turnout, satisfaction by a named formula, every item with members and masses apart."""
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from campaign.permissions import can_raise_rectification
from config.kit.keys import key_of
from evaluations import permissions
from evaluations.domain import appraisals
from evaluations.domain.appraisal_figures import (
    SMALLEST_GROUP,
    audiences_of,
    item_rows,
    overall_row,
    turnout_rows,
    validity,
)
from evaluations.domain.appraisal_gates import gates_hit, low_items
from evaluations.domain.low_items import raised_of
from evaluations.enums import AppraisalSheet, SatisfactionFormula
from evaluations.models import Appraisal
from evaluations.views.appraisals import appraisal_or_404
from units.domain.record_history import history_of
from units.models import Member

PAGE = 20
SHORT = (  # the choices in a word; the formula itself stands beside every figure
    (SatisfactionFormula.TOP1, _("只算满意")), (SatisfactionFormula.TOP2, _("满意和比较满意")),
    (SatisfactionFormula.WEIGHTED, _("四档折算")),
)


@require_safe
def appraisal_detail(request, lineage):
    """?formula= chooses how satisfaction is counted; of a member sheet, ?member= opens one member's items."""
    appraisal, user = appraisal_or_404(request, lineage), request.user
    asked = request.GET.get("formula", "")
    formula = SatisfactionFormula(asked if asked in SatisfactionFormula.values else SatisfactionFormula.TOP2)
    sent = list(appraisal.turnouts.all())
    turnouts, audiences = turnout_rows(sent), audiences_of(sent)
    conditions = validity(turnouts[0])
    context = {
        "appraisal": appraisal, "turnouts": turnouts, "conditions": conditions, "formula": formula,
        "formulas": SHORT, "is_valid": all(condition["ok"] for condition in conditions),
        "smallest": SMALLEST_GROUP, "history": history_of([appraisal]),
        "confirm": permissions.can_confirm_appraisal(user, appraisal),
        "correct": permissions.can_correct_appraisal(user, appraisal), "counts": permissions.can_read_counts(user, appraisal),
        "withdraw": permissions.can_withdraw_appraisal(user, appraisal),
        "go_on": permissions.can_continue_appraisal(user, appraisal),
        "poll_sheet": appraisal.poll_id and permissions.can_see_polls(user),
        "versions": Appraisal.objects.visible_to(user).filter(lineage=lineage).count(),
    }
    if appraisal.sheet == AppraisalSheet.ORGANIZATION:
        context |= _items(appraisal, None, formula, audiences)
        raised = raised_of(appraisal)
        low = low_items(context["rows"]) if context["is_valid"] and may_raise(user, appraisal) else []
        context |= {"raised": raised.values(), "low": [one for one in low if one[0].item not in raised]}
        context["gates"] = gates_hit(appraisal.campaign, context["rows"]) if context["is_valid"] else []
        return render(request, "evaluations/appraisal_detail.html", context)
    if request.GET.get("member"):
        member = get_object_or_404(Member.objects.visible_to(user), pk=key_of(request.GET["member"]))
        context |= _items(appraisal, member, formula, audiences) | {"member": member}
        return render(request, "evaluations/appraisal_detail.html", context)
    context |= _members(request, appraisal, formula, audiences)
    return render(request, "evaluations/appraisal_members.html", context)


def may_raise(user, appraisal):
    """Whether the page offers to raise rectification for low items: a checked appraisal, to those who raise by hand."""
    return appraisal.confirmed_at is not None and bool(can_raise_rectification(user, appraisal.organization))


def _items(appraisal, member, formula, audiences):
    rows = item_rows(appraisal.counts.filter(member=member), appraisals.items_of(appraisal.sheet), formula, audiences)
    return {"rows": rows, "overall": overall_row(rows, formula)}


def _members(request, appraisal, formula, audiences):
    """The members of the sheet, twenty a page, each with all items together."""
    named = Member.objects.visible_to(request.user).filter(pk__in=appraisal.counts.values("member")).by_strokes()
    page = Paginator(named, PAGE).get_page(request.GET.get("page"))
    counts = {}
    for count in appraisal.counts.filter(member__in=list(page)):
        counts.setdefault(count.member_id, []).append(count)
    items = appraisals.items_of(appraisal.sheet)
    rows = [
        (member, overall_row(item_rows(counts.get(member.pk, []), items, formula, audiences), formula)) for member in page
    ]
    return {"page": page, "rows": rows, "audiences": audiences, "missing": appraisals.members_without_counts(appraisal).count()}
