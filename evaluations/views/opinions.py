"""Pages of those who deal with opinions: the inbox, one opinion opened in memory, and its steps."""
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign.domain.campaigns import current_campaign
from campaign.domain.collisions import collisions_of_items
from campaign.domain.rectifications import DAYS_TO_MEND
from campaign.enums import COMMITMENT_PUBLIC
from campaign.models import Commitment
from campaign.views.looking_out import warn
from config.kit import clock
from config.kit.attachments import TYPES
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from evaluations import opinion_permissions as permissions
from evaluations.domain import opinion_follow_ups, opinion_line, opinions
from evaluations.domain.opinion_ladder import rises_of
from evaluations.domain.opinion_seal import open_file
from evaluations.enums import OpinionState
from evaluations.forms.opinions import AnswerForm, AnswerWithForm, AssignForm, MendForm, OpinionFilterForm
from evaluations.models import Opinion, OpinionAttachment
from units.domain.record_history import history_of
from units.list_exports import list_page
from units.models import Organization
from units.submissions import once

PAGE = 20


def opinion_or_404(request, pk):
    rows = Opinion.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("organization", "about", "handler", "handler_account"), pk=pk)


@require_safe
def opinion_list(request):
    """The oldest first, with how old each is; what is about the visitor's own unit is not there."""
    require(permissions.can_see_opinions(request.user))
    on, form = clock.today(), OpinionFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = Opinion.objects.visible_to(request.user).select_related("about", "handler", "handler_account")
    state = chosen.get("state") or ""
    if state == "late":
        rows = rows.late(on=on)
    elif state != "all":
        rows = rows.filter(state=state) if state else rows.exclude(state=OpinionState.CLOSED)
    if chosen.get("kind"):
        rows = rows.filter(kind=chosen["kind"])
    page = Paginator(rows.oldest_first(), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form, "page": page, "is_filtered": any(chosen.values()), "months": permissions.can_publish_months(request.user),
        "rows": [(row, (on - row.received_on).days, (row.due_on - on).days) for row in page],
    }
    return list_page(request, "evaluations/opinion_list.html", context)


@require_safe
def opinion_detail(request, pk):
    """One opinion; its texts only for the office and for whoever deals with it."""
    opinion, user, on = opinion_or_404(request, pk), request.user, clock.today()
    read = permissions.can_read_opinion(user, opinion)
    context = {
        "opinion": opinion, "age": (on - opinion.received_on).days, "days": (opinion.due_on - on).days,
        "thread": opinions.thread_of(opinion) if read else [], "read": read, "rises": rises_of(opinion, on=on),
        "items": opinion.follow_ups.select_related("rectification__organization").order_by("pk"),
        "commitments": opinion_follow_ups.commitments_answering(opinion),
        "assign": permissions.can_assign_opinion(user, opinion), "answer": permissions.can_answer_opinion(user, opinion),
        "close": permissions.can_close_opinion(user, opinion), "mend": permissions.can_mend_opinion(user, opinion),
        "history": history_of([opinion]),
    }
    response = render(request, "evaluations/opinion_detail.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def opinion_attachment(request, pk, attachment):
    """One file, opened in memory and handed over as a download."""
    opinion = opinion_or_404(request, pk)
    require(permissions.can_read_opinion(request.user, opinion))
    row = get_object_or_404(OpinionAttachment.objects.filter(message__opinion=opinion), pk=attachment)
    answer = HttpResponse(open_file(row.sealed), content_type=TYPES[row.kind])
    answer["Content-Disposition"] = f'attachment; filename="opinion-{opinion.number}.{row.kind}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "POST"])
def opinion_assign(request, pk):
    """Give it to an organisation or a person outside the line of the unit complained of."""
    opinion, on = opinion_or_404(request, pk), clock.today()
    require(permissions.can_assign_opinion(request.user, opinion))
    form = AssignForm(
        request.POST or None, organizations=opinion_line.organizations_to_handle(opinion, on=on),
        accounts=opinion_line.accounts_to_handle(opinion, on=on),
        initial={"handler": opinion.handler_id, "account": opinion.handler_account_id, "due_on": max(opinion.due_on, on)},
    )
    return _step(request, opinion, form, _("转办"), _("转办"), lambda said: opinions.assign_opinion(
        opinion, **said, by=request.user, at=clock.now(), on=on
    ))


@require_http_methods(["GET", "POST"])
def opinion_reply(request, pk):
    """Write on the sender's page."""
    opinion = opinion_or_404(request, pk)
    require(permissions.can_answer_opinion(request.user, opinion))
    return _step(request, opinion, AnswerForm(request.POST or None), _("答复"), _("发出答复"), lambda said: (
        opinions.answer_opinion(opinion, **said, by=request.user, at=clock.now(), on=clock.today())
    ))


@require_http_methods(["GET", "POST"])
def opinion_mend(request, pk):
    """Ask an organisation to put something right, in the office's own words."""
    opinion, on = opinion_or_404(request, pk), clock.today()
    require(permissions.can_mend_opinion(request.user, opinion))
    campaign = current_campaign(request.user)
    if campaign is None:
        return done(request, opinion, _no_campaign, "")
    organizations = Organization.objects.visible_to(request.user).active().filter(parent__isnull=False)
    initial = {"organization": opinion.about_id, "due_on": on + timedelta(days=DAYS_TO_MEND)}
    form = MendForm(request.POST or None, organizations=organizations.in_institutional_order(), initial=initial)

    def mend(said):
        item = opinion_follow_ups.mend(opinion, campaign=campaign, **said, by=request.user, at=clock.now(), on=on)
        warn(request, collisions_of_items([item], on=on))

    return _step(request, opinion, form, _("要求整改"), _("登记"), mend)


@require_http_methods(["GET", "POST"])
def opinion_commitment(request, pk):
    """Write down which public commitment answers it; of the unit it is about, if it is about one."""
    opinion = opinion_or_404(request, pk)
    require(permissions.can_mend_opinion(request.user, opinion))
    public = Commitment.objects.visible_to(request.user).filter(state__in=COMMITMENT_PUBLIC, member__isnull=True)
    if opinion.about:
        public = public.within(opinion.about)
    form = AnswerWithForm(request.POST or None, commitments=public.order_by("-published_at", "-pk"))
    return _step(request, opinion, form, _("写上回应的承诺"), _("写上"), lambda said: opinion_follow_ups.answer_with_commitment(
        opinion, **said, by=request.user, at=clock.now()
    ))


@require_POST
def opinion_close(request, pk):
    opinion = opinion_or_404(request, pk)
    require(permissions.can_close_opinion(request.user, opinion))
    return done(request, opinion, lambda: opinions.close_opinion(
        opinion, by=request.user, at=clock.now(), on=clock.today()
    ), _("已办结。来信人再写信时会重新打开。"))


def _no_campaign():
    raise Refusal(_("现在没有进行中的活动，不能登记整改。"))


def _step(request, opinion, form, title, label, call):
    """Show the form beside the opinion; on a valid post run `call(cleaned)` once and go back to it."""
    if request.method == "POST" and form.is_valid():
        def act():
            call(form.cleaned_data)
            return opinion.get_absolute_url()

        try:
            return once(request, act)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    context = {
        "opinion": opinion, "form": form, "step_title": title, "label": label,
        "thread": opinions.thread_of(opinion) if permissions.can_read_opinion(request.user, opinion) else [],
    }
    response = render(request, "evaluations/opinion_step.html", context)
    response["Cache-Control"] = "no-store"
    return response
