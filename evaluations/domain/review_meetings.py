"""Review several secretaries at one meeting: one transaction, one row each; a row that cannot be taken stops them all."""
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Max, Prefetch
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from evaluations.domain.reviews import Problem, give_review
from evaluations.enums import ReviewForm
from evaluations.models import Review, ReviewMeeting, ReviewProblem
from units.domain.charges import charges_on
from units.domain.history import record
from units.enums import LEADS_BRANCH
from units.models import Member, Organization, Post


class NobodyReviewed(Refusal):
    """A meeting of reviews has at least one."""


class RowRefused(Refusal):
    """One row cannot be taken; `row` is the key of its member, the field is that of a review."""

    def __init__(self, refusal, row):
        super().__init__(refusal.message, field=refusal.field)
        self.row = row


@dataclass
class Reviewed:
    """One organisation at a meeting: the review of its secretary, and the one of itself with the same words, if any."""

    organization: Organization
    of_secretary: Review | None = None
    of_organization: Review | None = None

    @property
    def review(self):
        """The one whose words are shown."""
        return self.of_secretary or self.of_organization


@dataclass(frozen=True)
class Row:
    """What was said of one secretary of `organization`; with `due_on` the problem is to be put right by that day."""

    organization: Organization
    member: Member
    strengths: str
    problem: str
    direction: str
    due_on: date | None = None


def secretaries_below(organization, *, on, leader=None):
    """[(organisation, its secretary)] right below `organization` on a day, in institutional order; of the charge of `leader`
    alone if given. One query, two with a leader."""
    below = Organization.objects.active().filter(parent=organization)
    if leader is not None:
        below = below.filter(pk__in=charges_on(on).filter(leader=leader).values("organization"))
    posts = Post.objects.standing().on(on).filter(organization__in=below, kind__in=LEADS_BRANCH)
    posts = posts.select_related("organization", "member").order_by("organization__path", F("starts_on").desc(), "pk")
    return list({post.organization_id: (post.organization, post.member) for post in posts}.values())


def reviewed_at(meeting, user):
    """[Reviewed] of the standing reviews of a meeting that `user` sees, in institutional order. Two queries."""
    found = Review.objects.visible_to(user).standing().filter(meeting=meeting).select_related("organization", "member")
    problems = ReviewProblem.objects.select_related("rectification").order_by("position", "pk")
    rows = {}
    for review in found.prefetch_related(Prefetch("problems", problems)).order_by("organization__path", "pk"):
        row = rows.setdefault(review.organization_id, Reviewed(review.organization))
        if review.member_id:
            row.of_secretary = review
        else:
            row.of_organization = review
    return list(rows.values())


def last_reviews(members, *, campaign, user):
    """{member id: day of the newest standing review that `user` sees}. One query."""
    rows = Review.objects.visible_to(user).standing().filter(campaign=campaign, member__in=members)
    return dict(rows.order_by().values_list("member").annotate(Max("happened_on")))


@transaction.atomic
def hold_meeting(*, campaign, organization, occasion, held_on, place="", rows, with_organizations=False, by, at, on):
    """Write the meeting and a review of each secretary in `rows` ([Row]). Returns the ReviewMeeting.

    `with_organizations`: the same words are a review of the organisation that the secretary leads, with the same item.
    Raises NobodyReviewed, RowRefused.
    """
    if not rows:
        raise NobodyReviewed(_("请至少点评一位书记。"))
    meeting = ReviewMeeting.objects.create(
        campaign=campaign, organization=organization, occasion=occasion, held_on=held_on, place=place.strip(),
        recorded_at=at, recorded_by=by,
    )
    for row in rows:
        try:
            _review(meeting, row, with_organizations, by=by, at=at, on=on)
        except Refusal as refusal:
            raise RowRefused(refusal, row.member.pk) from refusal
    record(meeting, "hold", by=by, at=at, detail={"rows": len(rows)}, organization=organization)
    return meeting


def _review(meeting, row, with_organizations, *, by, at, on):
    shared = {
        "campaign": meeting.campaign, "organization": row.organization, "form": ReviewForm.FOCUSED, "meeting": meeting,
        "occasion": meeting.occasion, "strengths": row.strengths, "direction": row.direction, "happened_on": meeting.held_on,
        "by": by, "at": at, "on": on,
    }
    made = give_review(member=row.member, problems=[Problem(row.problem, row.due_on)], **shared)
    if with_organizations:
        (problem,) = ReviewProblem.objects.filter(review=made).select_related("rectification")
        give_review(problems=[Problem(row.problem, item=problem.rectification)], **shared)
