"""Pages of commitments: the list, who promised nothing yet, proposing, and one commitment with its course."""
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaign import commitment_permissions as permissions
from campaign.domain import commitments
from campaign.domain.campaigns import chosen_campaign, current_campaign
from campaign.domain.collisions import LookOut, collisions_of_commitment
from campaign.domain.commitment_list import awaiting_review, commitment_counts, commitments_seen, sign_of
from campaign.domain.commitment_look import questions_about
from campaign.domain.commitment_quarters import quarter_states
from campaign.domain.origins import answered_by
from campaign.enums import PhaseWork
from campaign.forms.commitments import OF_ORGANIZATION, CommitmentFilterForm, CommitmentForm, words_of
from campaign.models import Commitment
from campaign.permissions import in_time
from campaign.views.looking_out import days_to_look_out_for, warn
from config.kit import clock
from config.kit.keys import key_of
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units.domain.record_history import history_of
from units.edits import guarded
from units.enums import SPEAKS_FOR_OWN
from units.list_exports import list_page
from units.models import Member, Organization
from units.submissions import once, was_sent

PAGE = 20


def commitment_or_404(request, pk):
    """The commitment if the user may see it, with what its pages show."""
    rows = Commitment.objects.visible_to(request.user).for_display().select_related(
        "campaign", "answers", "carried_from__campaign", "carried_to__campaign"
    )
    return get_object_or_404(rows, pk=pk)


@require_safe
def commitment_list(request):
    """Filters stand in the address; figures count everything the user sees."""
    campaign, on = chosen_campaign(request.user), clock.today()
    form = CommitmentFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = Paginator(commitments_seen(request.user, campaign, on=on, **chosen), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [(row, *sign_of(row, row.judged_as, on=on)) for row in page],
        "counts": commitment_counts(request.user, campaign, on=on),
        "is_filtered": any(chosen.values()),
        "may_propose": bool(_own_organization(request.user) or request.user.member_id),
        "awaiting": awaiting_review(request.user, campaign).count(),
        "board_code": _board_code(request.user),
        "reads": bool(request.user.reading_paths()),
    }
    return list_page(request, "campaign/commitment_list.html", context)


@require_safe
def commitment_missing(request):
    """Members of the subtrees one reads who promised nothing for this year; exempt ones with their reason, not counted."""
    if not request.user.reading_paths():
        raise PermissionDenied(_("只有书记、党委、办公室和领导可以看还没有承诺的名单。"))
    campaign, on = chosen_campaign(request.user), clock.today()
    members = Member.objects.visible_to(request.user).present()
    missing = commitments.without_commitment(members, campaign, year=on.year)
    rows = missing.select_related("organization").order_by("is_exempt", "organization__path", "stroke_key", "pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    own = {grant.organization_id for grant in request.user.current_grants if grant.role in SPEAKS_FOR_OWN}
    context = {"page": page, "year": on.year, "missing": missing.filter(is_exempt=False).count(), "own": own}
    return list_page(request, "campaign/commitment_missing.html", context)


def _board_code(user):
    """The board that this user would print: of the organisation one acts for."""
    grant = user.main_grant
    return grant.organization.code if grant and grant.organization else ""


def _own_organization(user):
    """The organisation the user speaks for, or None."""
    spoken = [grant.organization for grant in user.current_grants if grant.role in SPEAKS_FOR_OWN]
    return spoken[0] if spoken else None


def _promiser(request):
    """(organisation, member or None) of a new commitment, from ?member=, ?organization=, or the user's own."""
    user, asked = request.user, request.GET
    if asked.get("member"):
        member = get_object_or_404(
            Member.objects.visible_to(user).select_related("organization"), pk=key_of(asked["member"])
        )
        return member.organization, member
    if asked.get("organization"):
        return get_object_or_404(Organization.objects.visible_to(user).active(), pk=key_of(asked["organization"])), None
    own = _own_organization(user)
    if own is not None:
        return own, None
    if user.member_id is None:
        raise PermissionDenied(_("承诺由本单位书记提出，党员也可以提出自己的。"))
    return user.member.organization, user.member


@require_http_methods(["GET", "POST"])
def commitment_new(request):
    """Whoever speaks for the organisation chooses whose promise it is; a member proposes the own one."""
    campaign = current_campaign(request.user)
    if campaign is None:
        messages.error(request, _("现在没有进行中的活动，不能提出承诺。"))
        return redirect("commitment_list")
    organization, member = _promiser(request)
    require(permissions.can_propose(request.user, organization, member))
    require(in_time(campaign, PhaseWork.COMMITMENT))
    promisers = Member.objects.filter(organization=organization).present().by_strokes()
    form = CommitmentForm(
        request.POST or None, organization=organization, initial={"member": member.pk if member else OF_ORGANIZATION},
        promisers=promisers if request.user.speaks_for(organization) else None,
    )
    if request.method == "POST" and form.is_valid() and not _asked(request, form):
        words = {"member": member, **form.cleaned_data}
        try:
            return once(request, lambda: _write(request, campaign, organization, words))
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return _form(request, form, campaign, organization, member)


def _form(request, form, campaign, organization, member, **more):
    """The form with the days to look out for; a member's own promise is no duty of the organisation, so no week is full."""
    look = days_to_look_out_for(campaign, organization, on=clock.today(), form=None if member else form)
    if member:
        look = LookOut([], look.periods, [])
    context = {"form": form, "organization": organization, "member": member, "look_out": look, **more}
    return render(request, "campaign/commitment_form.html", context)


def _asked(request, form, commitment=None):
    """Whether the form is shown again with a question or two; never for a draft, and never twice."""
    if "draft" in request.POST or "anyway" in request.POST or was_sent(request):
        return False
    said = {name: form.cleaned_data[name] for name in ("kind", "text", "target")}
    form.ask(questions_about(**said, besides=commitment and commitment.pk, user=request.user))
    return bool(form.questions)


def _write(request, campaign, organization, words):
    """Save the draft and, unless only that is asked for, hand it in."""
    moment = {"by": request.user, "at": clock.now()}
    commitment = commitments.propose(campaign=campaign, organization=organization, **words, **moment)
    if "draft" not in request.POST:
        commitments.submit_commitment(commitment, **moment, on=clock.today())
    warn(request, collisions_of_commitment(commitment, on=clock.today()))
    return commitment


@require_http_methods(["GET", "POST"])
def commitment_edit(request, pk):
    """A draft or a returned one; whose promise it is does not change."""
    commitment = commitment_or_404(request, pk)
    require(permissions.can_change_commitment(request.user, commitment))
    form = CommitmentForm(request.POST or None, organization=commitment.organization, initial=words_of(commitment))
    guarded(request, form)
    if request.method == "POST" and form.is_valid() and not _asked(request, form, commitment):
        moment = {"by": request.user, "at": clock.now()}
        try:
            with transaction.atomic():
                commitments.change_commitment(commitment, **form.cleaned_data, **moment)
                if "draft" not in request.POST:
                    commitments.submit_commitment(commitment, **moment, on=clock.today())
            warn(request, collisions_of_commitment(commitment, on=clock.today()))
            return redirect(commitment)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return _form(
        request, form, commitment.campaign, commitment.organization, commitment.member, commitment=commitment
    )


@require_safe
def commitment_detail(request, pk):
    """The promise, what was done for it, how it was judged, and what this user may do next."""
    commitment, user = commitment_or_404(request, pk), request.user
    outcomes = list(commitment.outcomes.select_related("recorded_by").prefetch_related(
        "outcome_photos__photo", "outcome_documents__document"
    ).order_by("-recorded_at", "-pk"))
    standing = next((outcome for outcome in outcomes if outcome.stands), None)
    progress = list(commitment.progress.select_related("recorded_by").order_by("-happened_on", "-pk"))
    status, word = sign_of(commitment, standing.outcome if standing else None, on=clock.today())
    context = {
        "commitment": commitment,
        "status": status,
        "word": word,
        "days_left": (commitment.due_on - clock.today()).days,
        "progress": progress,
        "quarters": quarter_states(
            commitment, [entry.happened_on for entry in progress], until=standing.happened_on if standing else clock.today(),
            on=clock.today(),
        ),
        "outcomes": outcomes,
        "standing": standing,
        "answered": answered_by(commitment, user),
        "change": permissions.can_change_commitment(user, commitment),
        "withdraw": permissions.can_withdraw_commitment(user, commitment),
        "publish": permissions.can_publish_commitment(user, commitment),
        "show": permissions.can_show_commitment(user, commitment),
        "tell": permissions.can_tell_progress(user, commitment),
        "judge": permissions.can_judge_commitment(user, commitment),
        "history": history_of([commitment]),
    }
    return render(request, "campaign/commitment_detail.html", context)


@require_POST
def commitment_submit(request, pk):
    """Hand a draft in."""
    commitment = commitment_or_404(request, pk)
    require(permissions.can_change_commitment(request.user, commitment))
    return done(request, commitment, lambda: commitments.submit_commitment(
        commitment, by=request.user, at=clock.now(), on=clock.today()
    ), _("承诺已提交，等上级审定。"))
