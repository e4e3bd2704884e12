"""The yearly grades of members (民主评议党员): settled by the branch from the released count, 优秀 for a third at most."""
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from config.kit.refusal import Refusal
from evaluations.enums import MemberGrade, PollSheet, PollState
from evaluations.models import MemberYearlyGrade, Poll
from units.domain.history import record
from units.models import Member

EXCELLENT_OF = 3  # one third of the full members (1-domain, Appraisal)


class TooManyExcellent(Refusal):
    """More than a third of the full members are 优秀."""


class GradesIncomplete(Refusal):
    """Every member of the ballot gets a grade, and nobody else."""


class NotReleased(Refusal):
    """Grades follow from a released yearly poll."""


class GradeReasonMissing(Refusal):
    """Grades that were settled are changed with a reason."""

    field = "reason"


@dataclass(frozen=True)
class GradeLine:
    """One member of the ballot: `counts` by option, None where fewer than k answered; the grade that stands, and the one
    that the count suggests ("" where it says nothing)."""

    member: Member
    counts: list | None
    settled: str
    suggested: str

    @property
    def shown(self):
        """[(grade, count)]."""
        return list(zip(MemberGrade.labels, self.counts, strict=True))


def most_excellent(poll):
    """How many may be 优秀: a third of the branch's present full members, rounded down."""
    return Member.objects.filter(organization=poll.organization).present().full().count() // EXCELLENT_OF


def grade_lines(poll):
    """[GradeLine] in the order of the ballot; 优秀 is suggested to those with the most such answers, a third at most."""
    cells = {cell.subject_id: cell.counts[:-1] for cell in poll.cells.filter(audience="", organization__isnull=True)}
    settled = dict(MemberYearlyGrade.objects.filter(poll=poll).values_list("member_id", "grade"))
    subjects = list(poll.subjects.select_related("member").order_by("position"))
    suggested = _suggested(subjects, cells, most_excellent(poll))
    return [
        GradeLine(one.member, cells.get(one.pk), settled.get(one.member_id, ""), suggested.get(one.pk, ""))
        for one in subjects
    ]


def _suggested(subjects, cells, most):
    grades = list(MemberGrade.values)
    found = {}
    for one in subjects:
        counts = cells.get(one.pk)
        if counts:
            found[one.pk] = grades[counts.index(max(counts))]
    excellent = sorted((pk for pk, grade in found.items() if grade == MemberGrade.EXCELLENT), key=lambda pk: -cells[pk][0])
    for pk in excellent[most:]:
        found[pk] = MemberGrade.QUALIFIED.value
    return found


@transaction.atomic
def settle_grades(poll, grades, *, reason="", by, at):
    """Write {member's key: grade} for everybody on the ballot; again with a reason.

    Raises NotReleased, GradesIncomplete, TooManyExcellent, GradeReasonMissing.
    """
    held = Poll.objects.select_for_update().get(pk=poll.pk)
    if held.sheet != PollSheet.YEARLY or held.state != PollState.RELEASED:
        raise NotReleased(_("民主评议的结果公布以后才能评定等次。"))
    if set(grades) != set(poll.subjects.values_list("member_id", flat=True)) or set(grades.values()) - set(MemberGrade.values):
        raise GradesIncomplete(_("请给每名党员选一个等次。"))
    excellent, most = list(grades.values()).count(MemberGrade.EXCELLENT), most_excellent(poll)
    if excellent > most:
        said = {"n": excellent, "most": most}
        raise TooManyExcellent(_("评了 %(n)s 名优秀，最多 %(most)s 名：优秀不超过正式党员的三分之一。") % said)
    before = MemberYearlyGrade.objects.filter(poll=poll)
    if before.exists() and not reason.strip():
        raise GradeReasonMissing(_("等次已经评定，改动请写一句原因。"))
    before.delete()
    MemberYearlyGrade.objects.bulk_create(
        MemberYearlyGrade(poll=poll, member_id=member, grade=grade, settled_by=by, settled_at=at)
        for member, grade in grades.items()
    )
    detail = {"reason": reason.strip()} if reason.strip() else {}
    record(held, "grade", by=by, at=at, detail=detail, organization=poll.organization)
