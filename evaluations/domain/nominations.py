"""Nominations: a branch meeting puts somebody forward; the office checks, refuses, selects."""
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from config.kit.dates import chinese_date
from config.kit.refusal import Refusal
from evaluations.domain.awards import holds_state
from evaluations.domain.qualification import conditions
from evaluations.enums import NOMINATION_MOVES, AwardKind, NominationState, RoundState
from evaluations.models import Nomination
from units.domain.history import record, record_many
from units.enums import OrganizationKind
from units.models import Member


class RoundIsClosed(Refusal):
    """The round does not take nominations, or not any more."""


class NotOneOfOurs(Refusal):
    """The nominee lies outside the nominating organisation."""


class MeetingDoesNotCarry(Refusal):
    """The count of votes cannot be right, or does not suffice."""


class PartyWorkCannotBe(Refusal):
    """Nobody works for the Party before joining it, or in the future."""

    field = "party_work_since"


class AlreadyNominated(Refusal):
    """The same nominee for the same award of the round."""


class CannotMoveNomination(Refusal):
    """The nomination is not in a state that this step starts from."""


class IsNotQualified(Refusal):
    """A condition is not met; `message` is its sentence."""


class JudgesOwn(Refusal):
    """Whoever proposed, or is proposed, does not judge."""


@transaction.atomic
def nominate(round, *, kind, nominating_organization, organization, member=None, meeting_on, expected, present, approving,
             story, party_work_since=None, by, at, on):
    """Put `member` of `organization`, or without it the organisation itself, forward for `kind`; `on` is today.

    `party_work_since` is what the branch says of an affairs worker. Raises RoundIsClosed, NotOneOfOurs,
    PartyWorkCannotBe, MeetingDoesNotCarry, AlreadyNominated.
    """
    _must_take_nominations(round, on)
    if not nominating_organization.contains(organization):
        raise NotOneOfOurs(_("只能推荐本组织和下级组织的人选。"))
    if (kind == AwardKind.ORGANIZATION) != (member is None):
        raise NotOneOfOurs(_("请选择推荐的对象。"))
    if not organization.category:
        raise NotOneOfOurs(_("%(name)s不属于三类单位，不参加评选。") % {"name": organization})
    _check_party_work(member, party_work_since, on)
    check_meeting(nominating_organization, meeting_on=meeting_on, expected=expected, present=present,
                  approving=approving, on=on)
    try:
        with transaction.atomic():
            nomination = Nomination.objects.create(
                round=round, kind=kind, nominating_organization=nominating_organization, organization=organization,
                member=member, meeting_on=meeting_on, expected=expected, present=present, approving=approving,
                story=story, party_work_since=party_work_since, moved_at=at, nominated_by=by, nominated_at=at,
            )
    except IntegrityError as reason:
        words = {"name": member or organization, "award": AwardKind(kind).label}
        raise AlreadyNominated(_("%(name)s已经推荐为%(award)s，不用再推荐。") % words) from reason
    record(nomination, "nominate", by=by, at=at, detail={"kind": kind, "votes": [expected, present, approving]},
           organization=organization)
    return nomination


def _must_take_nominations(round, on):
    if not holds_state(round, RoundState.OPEN):
        raise RoundIsClosed(_("“%(round)s”现在不接受推荐。") % {"round": round.title})
    if on > round.nominations_due_on:
        words = {"day": chinese_date(round.nominations_due_on)}
        raise RoundIsClosed(_("推荐到%(day)s截止，已经过了，逾期视为放弃。") % words)


def _check_party_work(member, since, on):
    if since is None:
        return
    if since > on:
        raise PartyWorkCannotBe(_("起始日期不能晚于今天。"))
    if member is not None and member.joined_on and since < member.joined_on:
        raise PartyWorkCannotBe(_("起始日期不能早于入党时间%(day)s。") % {"day": chinese_date(member.joined_on)})


def check_meeting(organization, *, meeting_on, expected, present, approving, on):
    """A meeting decides with at least half of those entitled present and more than half of them in favour.

    Raises MeetingDoesNotCarry at the field that is wrong.
    """
    def refuse(field, text, **words):
        raise MeetingDoesNotCarry(text % words, field=field)

    if meeting_on > on:
        refuse("meeting_on", _("会议日期不能晚于今天。"))
    if organization.kind == OrganizationKind.BRANCH:
        full = voters(organization)
        if expected > full:
            refuse("expected", _("支部有 %(full)s 名正式党员，应到不能多于这个数。"), full=full)
    if expected == 0:
        refuse("expected", _("应到不能是 0 人。"))
    if present > expected:
        refuse("present", _("实到不能多于应到的 %(expected)s 人。"), expected=expected)
    if present * 2 < expected:
        refuse("present", _("实到不到应到的半数，会议不能表决。"))
    if approving > present:
        refuse("approving", _("赞成不能多于实到的 %(present)s 人。"), present=present)
    if approving * 2 <= expected:
        refuse("approving", _("赞成没有超过应到的半数，不能推荐。"))


def voters(organization):
    """Full members of the organisation itself: those who vote at its meeting."""
    return Member.objects.filter(organization=organization).present().full().count()


@transaction.atomic
def withdraw(nomination, *, by, at):
    """Take a nomination back while the round takes nominations. Raises RoundIsClosed, CannotMoveNomination."""
    if not holds_state(nomination.round, RoundState.OPEN):
        raise RoundIsClosed(_("推荐已经结束，不能撤回。"))
    _move(nomination, "withdraw", by=by, at=at)


@transaction.atomic
def answer_for_sanctions(nomination, *, has_sanction, note, by, at):
    """Write down what the discipline side answered about the nominee. Raises JudgesOwn, CannotMoveNomination."""
    _must_be_checking(nomination.round)
    _must_be_another(nomination, by)
    still_open = {NominationState.SUBMITTED, NominationState.PASSED, NominationState.REFUSED}
    changed = Nomination.objects.filter(pk=nomination.pk, state__in=still_open).update(
        has_sanction=has_sanction, sanction_note=note, sanction_checked_by=by, sanction_checked_at=at
    )
    if not changed:
        raise CannotMoveNomination(_("现在不能再改处分情况。"))
    nomination.refresh_from_db()
    record(nomination, "ask_discipline", by=by, at=at, detail={"has_sanction": has_sanction, "note": note},
           organization=nomination.organization)


@transaction.atomic
def check(nomination, verb, *, note="", by, at, on):
    """`pass` a nominee who meets every condition, or `refuse` one with a reason.

    Raises JudgesOwn, IsNotQualified, CannotMoveNomination.
    """
    _must_be_checking(nomination.round)
    _must_be_another(nomination, by)
    if verb == "pass":
        missing = [condition for condition in conditions(nomination.round, [nomination], on=on)[0] if condition.is_missing]
        if missing:
            raise IsNotQualified(_("还不能通过：%(reason)s。") % {"reason": missing[0].text})
    elif not note:
        raise IsNotQualified(_("请写一句为什么不通过。"), field="note")
    _move(nomination, verb, by=by, at=at, note=note)


@transaction.atomic
def settle(round, keys, verb, *, by, at):
    """`select` or `leave_out` several checked nominees at once; all or none. Returns how many. Raises JudgesOwn and
    CannotMoveNomination."""
    _must_be_checking(round)
    starts_from, leads_to = NOMINATION_MOVES[verb]
    chosen = list(round.nominations.select_for_update(of=("self",)).filter(pk__in=keys).select_related("member", "organization"))
    for nomination in chosen:
        _must_be_another(nomination, by)
        if nomination.state not in starts_from and nomination.state != leads_to:
            raise CannotMoveNomination(_("%(name)s还没有通过审核，不能定。") % {"name": nomination})
    moved = [nomination for nomination in chosen if nomination.state != leads_to]
    Nomination.objects.filter(pk__in=[nomination.pk for nomination in moved]).update(state=leads_to, moved_at=at)
    record_many([(nomination, verb, {}, nomination.organization) for nomination in moved], by=by, at=at)
    return len(moved)


def _must_be_checking(round):
    if not holds_state(round, RoundState.CHECKING):
        raise RoundIsClosed(_("“%(round)s”现在不在资格审核阶段。") % {"round": round.title})


def _must_be_another(nomination, by):
    if by.is_oneself(account=nomination.nominated_by_id):
        raise JudgesOwn(_("您推荐的人选要由别人审核。"))
    if by.is_oneself(member=nomination.member_id):
        raise JudgesOwn(_("推荐的是您本人，要由别人审核。"))


def _move(nomination, verb, *, by, at, note=""):
    """The only place that writes one nomination's state."""
    starts_from, leads_to = NOMINATION_MOVES[verb]
    found = Nomination.objects.filter(pk=nomination.pk, state__in=starts_from)
    if not found.update(state=leads_to, moved_at=at, check_note=note or nomination.check_note):
        raise CannotMoveNomination(_("这条推荐现在的状态不能做这一步，请刷新页面再看。"))
    nomination.refresh_from_db()
    record(nomination, verb, by=by, at=at, detail={"note": note} if note else {}, organization=nomination.organization)
