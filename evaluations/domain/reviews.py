"""Reviews (点评): three parts, each problem able to become a rectification item; corrected by new versions only."""
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaign.domain.rectifications import raise_rectification, secretary_of
from campaign.enums import RectificationSource
from campaign.models import Rectification
from config.kit.facts import supersede
from config.kit.refusal import Refusal
from evaluations.domain.review_replies import reply_due
from evaluations.models import Review, ReviewProblem
from units.domain.history import record

MOST_PROBLEMS = 3
MOST_QUOTES = 2


class ReviewIncomplete(Refusal):
    """A review without a problem or without a direction is not accepted (1-domain, Reviews)."""


class OwnSubject(Refusal):
    """Nobody reviews themselves, nor a secretary the own organisation."""


class WrongDay(Refusal):
    """A review happened on a day of the campaign up to today; its rectification is due today or later."""

    field = "happened_on"


class TooManyQuotes(Refusal):
    """More facts quoted than a reader keeps in mind."""

    field = "quote"


class ProblemHasItem(Refusal):
    """A problem whose rectification was asked for stays in the review."""


class ReasonMissing(Refusal):
    """A correction or withdrawal says why."""

    field = "reason"


@dataclass(frozen=True)
class Problem:
    """One problem. `due_on`: ask for rectification by that day; `item`: the one that was asked for before (corrections)."""

    text: str
    due_on: date | None = None
    item: Rectification | None = None


@transaction.atomic
def give_review(
    *, campaign, organization, member=None, form, occasion="", strengths="", problems, direction, happened_on, quotes=(),
    meeting=None, by, at, on,
):
    """Write the review that `by` gives of `member`, or of `organization`. Returns it.

    `problems`: [Problem]; `quotes`: [{"text", "url"}], at most two; `meeting`: the ReviewMeeting at which it was
    given. Each problem with a day raises a Rectification that `by` verifies. Raises ReviewIncomplete,
    OwnSubject, WrongDay, TooManyQuotes.
    """
    review = Review(
        campaign=campaign, reviewer=by, organization=organization, member=member, form=form, occasion=occasion,
        strengths=strengths.strip(), direction=direction.strip(), happened_on=happened_on, quotes=list(quotes),
        recorded_at=at, recorded_by=by, reply_due_on=reply_due(campaign, at=at), meeting=meeting,
    )
    _check(review, problems, by, on)
    review.save()
    _write_problems(review, problems, by=by, at=at)
    record(review, "review", by=by, at=at, organization=organization)
    return review


@transaction.atomic
def correct_review(review, *, form, occasion="", strengths="", problems, direction, happened_on, reason, by, at, on):
    """Put a new version in the place of `review`; items raised before stay linked to their problems. Returns it.

    Raises ReasonMissing, ProblemHasItem, ReviewIncomplete, WrongDay, FactSuperseded.
    """
    _check_reason(reason)
    kept = {problem.item.pk for problem in problems if problem.item}
    for old in review.problems.exclude(rectification=None).exclude(rectification__in=kept):
        raise ProblemHasItem(_("“%(text)s”已经要求整改，不能删去。") % {"text": old.text})
    newer = Review(
        campaign=review.campaign, reviewer=review.reviewer, organization=review.organization, member=review.member,
        form=form, occasion=occasion, strengths=strengths.strip(), direction=direction.strip(), happened_on=happened_on,
        quotes=review.quotes, reply_due_on=review.reply_due_on, meeting=review.meeting, recorded_by=by,
        change_reason=reason.strip(),
    )
    _check(newer, problems, by, on)
    supersede(review, at=at, replacement=newer)
    _write_problems(newer, problems, by=by, at=at)
    record(newer, "correct", by=by, at=at, detail={"reason": reason.strip()}, organization=newer.organization)
    return newer


@transaction.atomic
def withdraw_review(review, *, reason, by, at):
    """Take the review back; what was raised from it goes on. Raises ReasonMissing, FactSuperseded."""
    _check_reason(reason)
    supersede(review, at=at)
    record(review, "withdraw", by=by, at=at, detail={"reason": reason.strip()}, organization=review.organization)


def _check_reason(reason):
    if not reason.strip():
        raise ReasonMissing(_("请写一句更正的原因。"))


def _check(review, problems, by, on):
    if by.is_oneself(member=review.member_id):
        raise OwnSubject(_("不能点评自己。"))
    if not review.member_id and (by.speaks_for(review.organization) or by.speaks_otherwise_for(review.organization)):
        raise OwnSubject(_("不能点评自己任书记的党组织。"))
    if not any(problem.text.strip() for problem in problems):
        raise ReviewIncomplete(_("请至少写一个问题，没有问题的点评不能发出。"), field="problem_1")
    if not review.direction:
        raise ReviewIncomplete(_("请写努力方向，没有方向的点评不能发出。"), field="direction")
    if review.happened_on > on:
        raise WrongDay(_("点评日期不能晚于今天。"))
    if not review.campaign.covers(review.happened_on):
        raise WrongDay(_("点评日期要在活动期间。"))
    for number, problem in enumerate(problems, start=1):
        if problem.due_on and not problem.item and problem.due_on < on:
            raise WrongDay(_("整改期限不能早于今天。"), field=f"due_{number}")
    if len(review.quotes) > MOST_QUOTES:
        raise TooManyQuotes(_("最多引用 %(most)s 条事实。") % {"most": MOST_QUOTES})


def _write_problems(review, problems, *, by, at):
    """The problems in their order, with a rectification item for those that ask for one."""
    owner = review.member or secretary_of(review.organization, on=review.happened_on)
    for position, problem in enumerate(problem for problem in problems if problem.text.strip()):
        item = problem.item
        if item is None and problem.due_on:
            item = raise_rectification(
                campaign=review.campaign, organization=review.organization, owner=owner,
                source=RectificationSource.REVIEW, problem=problem.text.strip(), due_on=problem.due_on,
                verifier=review.reviewer, by=by, at=at, on=review.happened_on,
            )
        ReviewProblem.objects.create(review=review, text=problem.text.strip(), position=position, rectification=item)
