"""Steps of a commitment that ask for words: giving back, taking back, telling progress, judging."""
from django.contrib import messages
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaign import commitment_permissions as permissions
from campaign.domain import commitments
from campaign.domain.collisions import collisions_of_items
from campaign.enums import CommitmentOutcomeKind
from campaign.forms.commitments import (
    CommitmentJudgeForm,
    CommitmentProgressForm,
    CommitmentReturnForm,
    CommitmentShownForm,
)
from campaign.models import CommitmentOutcome
from campaign.views.commitments import commitment_or_404
from campaign.views.looking_out import warn
from config.kit import clock
from config.kit.refusal import Refusal
from config.kit.responses import done, refuse_on_form
from config.kit.verdict import require
from units.submissions import once


def _step(request, commitment, form, title, label, call, said=""):
    """Show the form beside the promise; on a valid post run `call(cleaned)` once, say `said` and go back to the promise."""
    if request.method == "POST" and form.is_valid():
        def act():
            call(form.cleaned_data)
            if said:
                messages.success(request, said)
            return commitment.get_absolute_url()

        try:
            return once(request, act)
        except Refusal as refusal:
            refuse_on_form(form, refusal)
    return render(request, "campaign/commitment_step.html", {
        "commitment": commitment, "form": form, "step_title": title, "label": label,
    })


def _shown_form(request, commitment):
    has_name = commitment.member_id is not None
    return CommitmentShownForm(request.POST or None, has_name=has_name, initial={"shown": commitment.shown})


@require_http_methods(["GET", "POST"])
def commitment_publish(request, pk):
    """Make it public, inside or outside: from now on its words stand."""
    commitment = commitment_or_404(request, pk)
    require(permissions.can_publish_commitment(request.user, commitment))
    return _step(
        request, commitment, _shown_form(request, commitment), _("审定并公示"), _("公示"),
        lambda said: commitments.publish_commitment(commitment, **said, by=request.user, at=clock.now()), _("承诺已公示。"),
    )


@require_http_methods(["GET", "POST"])
def commitment_show(request, pk):
    """Change who may read it."""
    commitment = commitment_or_404(request, pk)
    require(permissions.can_show_commitment(request.user, commitment))
    return _step(
        request, commitment, _shown_form(request, commitment), _("改公开范围"), _("改公开范围"),
        lambda said: commitments.show_commitment(commitment, **said, by=request.user, at=clock.now()),
    )


@require_http_methods(["GET", "POST"])
def commitment_return(request, pk):
    """Give it back with one sentence."""
    commitment = commitment_or_404(request, pk)
    require(permissions.can_publish_commitment(request.user, commitment))
    return _step(
        request, commitment, CommitmentReturnForm(request.POST or None), _("退回承诺"), _("退回"),
        lambda said: commitments.return_commitment(commitment, **said, by=request.user, at=clock.now()),
    )


@require_http_methods(["GET", "POST"])
def commitment_progress(request, pk):
    """Tell what was done."""
    commitment = commitment_or_404(request, pk)
    require(permissions.can_tell_progress(request.user, commitment))
    form = CommitmentProgressForm(request.POST or None, initial={"happened_on": clock.today()})
    return _step(
        request, commitment, form, _("记进展"), _("记下进展"),
        lambda said: commitments.add_progress(commitment, **said, by=request.user, at=clock.now(), on=clock.today()),
    )


@require_http_methods(["GET", "POST"])
def commitment_judge(request, pk):
    """Judge it, or judge it again with a reason."""
    commitment = commitment_or_404(request, pk)
    require(permissions.can_judge_commitment(request.user, commitment))
    standing = CommitmentOutcome.objects.standing().filter(commitment=commitment).first()
    initial = {"happened_on": clock.today()}
    if standing:
        initial |= {"outcome": standing.outcome, "evidence": standing.evidence, "explanation": standing.explanation}
    form = CommitmentJudgeForm(request.POST or None, request.FILES or None, is_again=standing is not None, initial=initial)

    def judge(said):
        commitments.judge_commitment(commitment, **said, by=request.user, at=clock.now(), on=clock.today())
        if said["outcome"] == CommitmentOutcomeKind.BROKEN:
            items = commitment.demanded.select_related("campaign", "organization").order_by("pk")
            warn(request, collisions_of_items(list(items), on=clock.today()))

    return _step(request, commitment, form, _("改评") if standing else _("评诺"), _("登记评定"), judge)


@require_http_methods(["GET", "POST"])
def commitment_withdraw(request, pk):
    """Take it back before it is public, after a page that names it."""
    commitment = commitment_or_404(request, pk)
    require(permissions.can_withdraw_commitment(request.user, commitment))
    if request.method == "POST":
        return done(request, commitment, lambda: commitments.move_commitment(
            commitment, "withdraw", by=request.user, at=clock.now()
        ), _("承诺已撤回。"))
    return render(request, "campaign/commitment_withdraw.html", {"commitment": commitment})
