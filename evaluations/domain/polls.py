"""A poll from its draft to its count: who is asked what, frozen when it opens; one table of moves, one function that moves."""
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from config.kit.jobs import JobState
from config.kit.refusal import Refusal
from evaluations.domain import poll_keys
from evaluations.domain.ballot_paper import envelope_size
from evaluations.domain.sealing import told
from evaluations.enums import CADRE_WORDS, GRADE_WORDS, POLL_MOVES, SHEET_ITEMS, YEARLY_WORDS, PollSheet
from evaluations.models import Envelope, Poll, PollCode, PollGroup, PollQuestion, PollSubject, SlipPrint, Tally
from units.domain.history import record
from units.enums import OrganizationKind
from units.models import Member, Organization

SINGLE = {PollSheet.YEARLY: YEARLY_WORDS, PollSheet.CADRES: CADRE_WORDS}  # sheets with one question for each person
RETIRED = ("退休", "离休", "离退休")
MOST_SUBJECTS = 60  # rows of one ballot (issue: the cadres' central appraisal)


class PollIsEmpty(Refusal):
    """Nobody is asked, or about nothing."""


class NoGradeYet(Refusal):
    """Probationary members get no yearly grade (1-domain, Appraisal)."""

    field = "members"


class PollTooSmall(Refusal):
    """So few are asked that no result could be shown."""


class PollHasMoved(Refusal):
    """The step was taken already, or is not the next one."""


class PollReasonMissing(Refusal):
    """Whoever voids a poll says why."""

    field = "reason"


@dataclass(frozen=True)
class Asked:
    """How many of one audience of one organisation are asked."""

    organization: object
    audience: str
    issued: int


@transaction.atomic
def new_poll(*, campaign, organization, sheet, title, asked, members=(), by, at):
    """Write a draft. `asked` is a list of Asked, `members` those on the ballot of a member sheet. Raises PollIsEmpty,
    NoGradeYet."""
    asked = [group for group in asked if group.issued]
    sheet = PollSheet(sheet)
    if not asked:
        raise PollIsEmpty(_("请填应投的人数。"))
    if sheet != PollSheet.ORGANIZATION and not members:
        raise PollIsEmpty(_("请选择要测评的党员。"))
    if sheet == PollSheet.YEARLY and not all(member.is_full for member in members):
        raise NoGradeYet(_("预备党员不评定等次，请从名单里去掉。"))
    if len(members) > MOST_SUBJECTS:
        raise PollIsEmpty(_("一张票最多测评 %(most)s 人，请分成几次。") % {"most": MOST_SUBJECTS})
    poll = Poll.objects.create(
        campaign=campaign, organization=organization, sheet=sheet, title=title, made_by=by, made_at=at
    )
    PollGroup.objects.bulk_create(
        PollGroup(poll=poll, organization=group.organization, audience=group.audience, issued=group.issued) for group in asked
    )
    PollSubject.objects.bulk_create(
        PollSubject(poll=poll, organization=organization, member=member, position=place)
        for place, member in enumerate(members if sheet != PollSheet.ORGANIZATION else [None])
    )
    PollQuestion.objects.bulk_create(_questions(poll, sheet))
    record(poll, "write", by=by, at=at, organization=organization)
    return poll


def _questions(poll, sheet):
    if sheet in SINGLE:
        options = [str(word) for word in SINGLE[sheet]]
        return [PollQuestion(poll=poll, position=0, title=str(_("总体评价")), options=options)]
    words = [str(word) for word in GRADE_WORDS]
    return [
        PollQuestion(poll=poll, position=place, item=item.value, title=str(item.label), options=words)
        for place, item in enumerate(SHEET_ITEMS[sheet.value])
    ]


def members_to_judge(organization, sheet):
    """Members whom a sheet may judge, by strokes: all present ones; for the yearly grade only full members; for the cadres'
    appraisal those with an administrative post, from below too. Ledgers write 退休 where others have a post."""
    if sheet == PollSheet.CADRES:
        posts = Member.objects.within(organization).exclude(administrative_post="")
        return posts.exclude(administrative_post__in=RETIRED).by_strokes()
    members = Member.objects.filter(organization=organization).present().by_strokes()
    return members.full() if sheet == PollSheet.YEARLY else members


def organizations_to_ask(organization):
    """The organisation itself, or the branches below it when it has any, in institutional order; each with `member_count`,
    its present members that are expected at meetings."""
    below = Organization.objects.within(organization).exclude(pk=organization.pk).active()
    expected = Count("members", filter=Q(members__left_on__isnull=True, members__is_exempt=False))
    branches = below.filter(kind=OrganizationKind.BRANCH).annotate(member_count=expected).in_institutional_order()
    return list(branches) or list(Organization.objects.filter(pk=organization.pk).annotate(member_count=expected))


@transaction.atomic
def open_poll(poll, *, by, at):
    """Freeze it and take ballots. Raises PollTooSmall, PollHasMoved."""
    if sum(poll.groups.values_list("issued", flat=True)) < poll.smallest_group:
        raise PollTooSmall(_("应投不足 %(k)s 人，结果不能公布，请和别的支部一起测评。") % {"k": poll.smallest_group})
    public_key = poll_keys.make_key()
    size = envelope_size(poll.questions.count(), poll.subjects.count())
    _move(poll, "open", at=at, opened_at=at, public_key=public_key, envelope_size=size)
    record(poll, "open", by=by, at=at, organization=poll.organization)


@transaction.atomic
def close_poll(poll, *, by, at):
    """Take no more ballots and queue the count. Returns the Tally. Raises PollHasMoved."""
    _move(poll, "close", at=at)
    record(poll, "stop_votes", by=by, at=at, organization=poll.organization)
    return Tally.objects.create(poll=poll, queued_at=at, total_units=returned_so_far(poll) or 0)


@transaction.atomic
def count_again(poll, *, at):
    """Queue a count that failed once more. Returns the Tally. Raises PollHasMoved."""
    failed = Tally.objects.filter(poll=poll, job_state__in=[JobState.FAILED, JobState.DEAD])
    if not failed.update(job_state=JobState.QUEUED, attempts=0, lease=None, queued_at=at, ended_at=None, error=""):
        raise PollHasMoved(_("这一步已经办过了，请看最新的情况。"))
    return Tally.objects.get(poll=poll)


@transaction.atomic
def void_poll(poll, *, reason, by, at):
    """Call it off: codes and envelopes are destroyed and nothing is counted. Raises PollReasonMissing, PollHasMoved."""
    if not reason.strip():
        raise PollReasonMissing(_("请写一句作废的原因。"))
    _move(poll, "void", at=at)
    destroy_ballots(poll)
    record(poll, "void", by=by, at=at, detail={"reason": reason.strip()}, organization=poll.organization)
    if poll.public_key:
        transaction.on_commit(lambda: poll_keys.destroy_key(poll.public_key))


def destroy_ballots(poll):
    """Remove every code, slips that wait to be fetched, and every envelope, inside the caller's transaction.

    Codes before envelopes: a ballot that is coming in holds its code until it is written, and is then among the envelopes.
    """
    SlipPrint.objects.of(poll).update(sealed=None)
    PollCode.objects.filter(group__poll=poll).delete()
    Envelope.objects.filter(poll=poll).delete()


def _move(poll, verb, *, at, **changes):
    """The only place that writes `state`. Raises PollHasMoved."""
    starts_from, leads_to = POLL_MOVES[verb]
    if not Poll.objects.filter(pk=poll.pk, state__in=starts_from).update(state=leads_to, **changes):
        raise PollHasMoved(_("这一步已经办过了，请看最新的情况。"))
    poll.refresh_from_db()


def mark_counted(poll, *, at):
    """The step that the count takes. Raises PollHasMoved."""
    _move(poll, "count", at=at, closed_at=at)


def mark_released(poll, *, at):
    """The step that the release takes. Raises PollHasMoved."""
    _move(poll, "release", at=at, released_at=at)


def returned_so_far(poll):
    """How many ballots are in, of all groups together; None while a number so small could point at somebody."""
    return told(PollCode.objects.filter(group__poll=poll, is_spent=True).count(), poll.smallest_group)
