"""What follows from an opinion: rectification in the office's own words, and commitments that answer it."""
from django.db import transaction
from django.utils.translation import gettext as _

from campaign.domain.origins import Origin
from campaign.domain.rectifications import raise_rectification, secretary_of
from campaign.enums import COMMITMENT_PUBLIC, RectificationSource
from campaign.models import Commitment
from config.kit.refusal import Refusal
from evaluations.models import Opinion, OpinionCommitment, OpinionFollowUp
from units.domain.history import record


class NotPublic(Refusal):
    """Only a public commitment answers an opinion: its words are shown to the sender."""

    field = "commitment"


class AnsweredBefore(Refusal):
    field = "commitment"


@transaction.atomic
def mend(opinion, *, campaign, organization, problem, due_on, by, at, on):
    """Raise rectification because of an opinion; whoever raises it verifies it. Returns the Rectification.

    Raises DueTooEarly, OwnWork.
    """
    item = raise_rectification(
        campaign=campaign, organization=organization, owner=secretary_of(organization, on=on),
        source=RectificationSource.OPINION, problem=problem.strip(), due_on=due_on, verifier=by, by=by, at=at, on=on,
    )
    OpinionFollowUp.objects.create(opinion=opinion, rectification=item)
    note = _("%(name)s：%(problem)s") % {"name": organization, "problem": item.problem}
    record(opinion, "ask_to_mend", by=by, at=at, detail={"note": note}, organization=opinion.organization)
    return item


@transaction.atomic
def answer_with_commitment(opinion, commitment, *, by, at):
    """Write down that a public commitment answers it. Raises NotPublic, AnsweredBefore."""
    if commitment.state not in COMMITMENT_PUBLIC:
        raise NotPublic(_("只能选已经公示的承诺。"))
    _row, is_new = OpinionCommitment.objects.get_or_create(opinion=opinion, commitment=commitment)
    if not is_new:
        raise AnsweredBefore(_("这条承诺已经写上了。"))
    record(opinion, "answer_with", by=by, at=at, detail={"note": str(commitment)}, organization=opinion.organization)


def commitments_answering(opinion):
    """Public commitments that answer it, by a link or through its rectification, as a queryset."""
    public = Commitment.objects.filter(state__in=COMMITMENT_PUBLIC)
    linked = opinion.commitments.values("commitment")
    mended = opinion.follow_ups.values("rectification")
    return (public.filter(pk__in=linked) | public.filter(answers__in=mended)).select_related("organization").order_by("pk")


def opinion_behind(item, user):
    """The Origin of an item that an opinion raised, as far as `user` may see it; else None."""
    return _origin(Opinion.objects.visible_to(user).filter(follow_ups__rectification=item))


def opinions_answered(commitment, user):
    """[Origin] of the opinions that a commitment answers, as far as `user` may see them."""
    seen = Opinion.objects.visible_to(user)
    found = seen.filter(commitments__commitment=commitment) | seen.filter(follow_ups__rectification=commitment.answers_id or 0)
    return [Origin(str(opinion), opinion.get_absolute_url()) for opinion in found.distinct().order_by("pk")]


def _origin(found):
    opinion = found.first()
    return Origin(str(opinion), opinion.get_absolute_url()) if opinion else None
