"""What lists and pages show of commitments: filters in words, counts, and each one's state with its sign."""
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext as _

from campaign.enums import CommitmentOutcomeKind, CommitmentState
from campaign.models import Commitment, CommitmentOutcome
from units.models import Organization

OVERDUE, UNTOLD = "overdue", "untold"
STATE_SIGNS = {
    CommitmentState.DRAFT: "wait",
    CommitmentState.SUBMITTED: "soon",
    CommitmentState.RETURNED: "warn",
    CommitmentState.PUBLISHED: "doing",
    CommitmentState.WITHDRAWN: "wait",
}
OVER = (CommitmentState.JUDGED, CommitmentState.WITHDRAWN)
OUTCOME_SIGNS = {
    CommitmentOutcomeKind.KEPT: "ok",
    CommitmentOutcomeKind.PARTLY: "warn",
    CommitmentOutcomeKind.EXCUSED: "wait",
    CommitmentOutcomeKind.BROKEN: "warn",
}


def commitments_seen(user, campaign, *, on, whose="", state="", kind="", outcome="", q="", organization=None):
    """The commitments of `campaign` that `user` sees and the filters leave: what is still open by its due day
    (so the overdue lead), after it what is over, the latest first."""
    standing = CommitmentOutcome.objects.standing().filter(commitment=OuterRef("pk"))
    rows = Commitment.objects.visible_to(user).filter(campaign=campaign)
    rows = rows.annotate(judged_as=Subquery(standing.values("outcome")[:1]))
    if whose == "mine":
        rows = rows.filter(member=user.member_id or 0)
    elif whose:
        rows = rows.filter(member__isnull=whose == "organization")
    if state == OVERDUE:
        rows = rows.overdue(on=on)
    elif state == UNTOLD:
        rows = rows.untold(on=on)
    elif state:
        rows = rows.filter(state=state)
    if kind:
        rows = rows.filter(kind=kind)
    if outcome:
        rows = rows.filter(judged_as=outcome)
    if q:
        rows = rows.filter(Q(text__icontains=q) | Q(member__name__icontains=q) | Q(organization__name__icontains=q))
    if organization:
        below = Organization.objects.visible_to(user).filter(pk=organization).first()
        rows = rows.within(below) if below else rows.none()
    open_until = Case(When(state__in=OVER, then=None), default=F("due_on"))
    return rows.for_display().order_by(open_until.asc(nulls_last=True), "-due_on", "pk")


def commitment_counts(user, campaign, *, on):
    """{word: number} over everything of `campaign` that the user sees, in one query."""
    standing = CommitmentOutcome.objects.standing().filter(commitment=OuterRef("pk"))
    kept = Exists(standing.filter(outcome=CommitmentOutcomeKind.KEPT))
    going, waiting = (
        Exists(rows.filter(pk=OuterRef("pk"))) for rows in (Commitment.objects.in_progress(), Commitment.objects.waiting())
    )
    rows = Commitment.objects.visible_to(user).filter(campaign=campaign)
    return rows.annotate(was_kept=kept, is_going=going, is_waiting=waiting).aggregate(
        going=Count("pk", filter=Q(is_going=True)),
        overdue=Count("pk", filter=Q(is_going=True, due_on__lt=on)),
        waiting=Count("pk", filter=Q(is_waiting=True)),
        judged=Count("pk", filter=Q(state=CommitmentState.JUDGED)),
        kept=Count("pk", filter=Q(was_kept=True)),
    )


def awaiting_review(user, campaign):
    """Promises that wait for this user's decision, those of one branch side by side."""
    rows = Commitment.objects.visible_to(user).waiting().reviewed_by(user).filter(campaign=campaign)
    return rows.for_display().order_by("organization__path", "member__stroke_key", "pk")


def sign_of(commitment, judged_as, *, on):
    """(status, word) of the tag beside a commitment; `judged_as` is its standing outcome or None."""
    if commitment.state == CommitmentState.JUDGED and judged_as:
        return OUTCOME_SIGNS[judged_as], str(CommitmentOutcomeKind(judged_as).label)
    if commitment.was_left and commitment.state != CommitmentState.WITHDRAWN:
        return "wait", _("承诺人已离开")
    if commitment.state == CommitmentState.PUBLISHED and commitment.due_on < on:
        return "late", _("逾期 %(days)s 天") % {"days": (on - commitment.due_on).days}
    return STATE_SIGNS.get(commitment.state, ""), str(CommitmentState(commitment.state).label)
