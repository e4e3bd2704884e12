"""A member's page: what is on record about one person in one campaign, as far as the reader may see it."""
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, Subquery

from campaign.domain.commitment_list import sign_of
from campaign.models import Activity, Commitment, CommitmentOutcome, Participation
from evaluations.models import CurrentRun, MemberYearlyGrade, Review, Score
from units.models import Exemption, Honour, Membership, Post, ProbationDecision, Sanction

SHOWN = 10


@dataclass(frozen=True)
class Attendance:
    """Standing activities at which the member was expected: how many, how many attended, the newest ones."""

    expected: int
    present: int
    rows: list

    @property
    def percent(self):
        return 100 * self.present // self.expected if self.expected else 0


def posts(member):
    """All standing posts, those held now first, then the newest."""
    rows = Post.objects.standing().filter(member=member).select_related("organization").order_by("-starts_on", "-pk")
    return sorted(rows, key=lambda post: post.ends_on is not None)


def memberships(member):
    """Where the member belonged, the newest first."""
    return Membership.objects.standing().filter(member=member).select_related("organization").order_by("-starts_on", "-pk")


def exemptions(member):
    """On which days the member need not take part, the newest first."""
    return Exemption.objects.standing().filter(member=member).order_by("-starts_on", "-pk")


def honours(member, user):
    """Honours that the reader sees, the newest first."""
    return Honour.objects.visible_to(user).standing().filter(member=member).order_by("-happened_on", "-pk")


def sanctions(member, user):
    """Sanctions that the reader sees, those that are over too, the newest first."""
    return Sanction.objects.visible_to(user).standing().filter(member=member).order_by("-happened_on", "-pk")


def probation_decisions(member):
    """What the branch meeting decided about the probation, the newest first."""
    return ProbationDecision.objects.standing().filter(member=member).order_by("-happened_on", "-pk")


def yearly_grades(member):
    """What the yearly 民主评议 made of the member, the newest first; a reader of the page may see them."""
    return MemberYearlyGrade.objects.filter(member=member).select_related("poll").order_by("-settled_at", "-pk")


def commitments(member, user, campaign, *, on):
    """[(commitment, {status, word})] of the member in the campaign as far as the reader sees them, the last due first."""
    judged = CommitmentOutcome.objects.standing().filter(commitment=OuterRef("pk")).values("outcome")[:1]
    rows = Commitment.objects.visible_to(user).filter(member=member, campaign=campaign).annotate(judged_as=Subquery(judged))
    shown = rows.select_related("member").order_by("-due_on", "-pk")[:SHOWN]
    signs = [(row, sign_of(row, row.judged_as, on=on)) for row in shown]
    return [(row, {"status": status, "word": word}) for row, (status, word) in signs]


def attendance(member, user, campaign):
    """Attendance over the whole campaign; only activities with names count, each under its standing version."""
    rows = Participation.objects.filter(
        member=member, activity__in=Activity.objects.visible_to(user).standing().filter(campaign=campaign)
    )
    counts = rows.aggregate(expected=Count("pk"), present=Count("pk", filter=Q(was_present=True)))
    newest = rows.select_related("activity__kind").order_by("-activity__happened_on", "-pk")[:SHOWN]
    return Attendance(counts["expected"], counts["present"], list(newest))


def reviews(member, user, campaign):
    """Reviews of the member that the reader may see, the newest first."""
    rows = Review.objects.visible_to(user).standing().filter(member=member, campaign=campaign)
    return rows.select_related("reviewer").newest_first()[:SHOWN]


def current_score(member, user, campaign):
    """The member's score in the published run, or None."""
    current = CurrentRun.objects.filter(campaign=campaign).values("run")
    return Score.objects.visible_to(user).filter(run__in=current, member=member).select_related("run").first()
