"""Ask first whether a unit needs help; only who got no answer may press (5-experience §7.2)."""
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from evaluations.domain.coverage import MEASURES
from evaluations.enums import INQUIRY_MOVES, InquiryState
from evaluations.models import Inquiry
from units.domain.history import record

ASK_AGAIN_AFTER = timedelta(days=7)  # one reminder per thing and week


class AskedAlready(Refusal):
    """The question waits for its answer, or was answered within the week."""


class TooEarlyToUrge(Refusal):
    """The unit has had no time to answer yet."""


class InquiryHasMoved(Refusal):
    """It was answered or urged meanwhile."""


class AnswerMissing(Refusal):
    """An answer is one sentence at least."""

    field = "answer"


@transaction.atomic
def ask(organization, measure, *, campaign, situation, by, at):
    """Ask `organization` about one figure. Returns the Inquiry. Raises AskedAlready."""
    newest = Inquiry.objects.filter(campaign=campaign, organization=organization, measure=measure).newest_first().first()
    if newest and newest.state == InquiryState.ANSWERED and not may_be_asked(newest, at=at):
        raise AskedAlready(_("%(name)s一周内答复过，请先看答复。") % {"name": organization})
    try:
        with transaction.atomic():
            inquiry = Inquiry.objects.create(
                campaign=campaign, organization=organization, measure=measure, situation=situation, asked_by=by, asked_at=at
            )
    except IntegrityError as reason:
        raise AskedAlready(_("已经问过，还在等答复。")) from reason
    record(inquiry, "inquire", by=by, at=at, detail={"note": str(MEASURES[measure])}, organization=organization)
    return inquiry


@transaction.atomic
def urge(inquiry, *, by, at):
    """Press a unit that did not answer, once. Raises TooEarlyToUrge, InquiryHasMoved."""
    if inquiry.state == InquiryState.ASKED and not inquiry.may_be_urged(at=at):
        raise TooEarlyToUrge(_("问过三天还没有答复的，才能督促。"))
    _move(inquiry, "urge", urged_by=by, urged_at=at)
    record(inquiry, "urge", by=by, at=at, organization=inquiry.organization)


@transaction.atomic
def answer(inquiry, *, answer, by, at):
    """Write the unit's sentence. Raises AnswerMissing, InquiryHasMoved."""
    if not answer.strip():
        raise AnswerMissing(_("请写一句现在的情况，有困难也写上。"))
    _move(inquiry, "answer", answer=answer.strip(), answered_by=by, answered_at=at)
    record(inquiry, "answer", by=by, at=at, organization=inquiry.organization)


def may_be_asked(newest, *, at):
    """Whether a question may follow the newest one (None: nobody asked yet)."""
    return newest is None or newest.state == InquiryState.ANSWERED and newest.answered_at <= at - ASK_AGAIN_AFTER


def newest_by_organization(user, campaign, measure, organizations):
    """{organisation id: the newest Inquiry about `measure`}. One query."""
    found = Inquiry.objects.visible_to(user).filter(campaign=campaign, measure=measure, organization__in=organizations)
    rows = found.select_related("asked_by").order_by("asked_at", "pk")
    return {inquiry.organization_id: inquiry for inquiry in rows}


def _move(inquiry, verb, **changes):
    """The only place that writes `state`. Raises InquiryHasMoved."""
    starts_from, leads_to = INQUIRY_MOVES[verb]
    if not Inquiry.objects.filter(pk=inquiry.pk, state__in=starts_from).update(state=leads_to, **changes):
        raise InquiryHasMoved(_("这件事刚有人办过，请看最新的情况。"))
    inquiry.refresh_from_db()
