"""Opinions: put in without an account, read again with a case code, dealt with by somebody outside the unit complained of.

What senders do leaves no row in the history and no moment; what the office does is on record like everything else.
"""
import base64
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from campaign.domain.calendar_days import reply_day
from config.kit.refusal import Refusal
from evaluations.domain.ballots import digest_of
from evaluations.domain.flood_guard import AlreadySent, nonce_of, pass_guard
from evaluations.domain.opinion_line import accounts_of, is_of_the_line
from evaluations.domain.opinion_seal import open_text, seal_file, seal_text
from evaluations.enums import OPINION_MOVES
from evaluations.models import Opinion, OpinionAttachment, OpinionMessage
from units.domain.history import record

DAYS_TO_ANSWER = 15  # working days, with the office's own rows of the calendar
CODE_BYTES = 20
UNKNOWN = _("没有找到这个查询码。请看看有没有输错；办结很久的意见已经按规定删除，也查不到了。")


class CodeUnknown(Refusal):
    """No opinion has this code, or its texts were deleted: which of them is not said."""


class OfTheLine(Refusal):
    """The unit complained of, what is below it and its people never deal with their own case."""

    field = "handler"


class NobodyThere(Refusal):
    """The organisation has no account that could deal with it."""

    field = "handler"


class AnswerDueTooEarly(Refusal):
    field = "due_on"


class OpinionHasMoved(Refusal):
    """The opinion is not in a state that this step starts from."""


class StillMending(Refusal):
    """What has to be put right because of it is not verified yet."""


@dataclass(frozen=True)
class Spoken:
    """One opened text of a thread, in memory only. `attachments` are the rows, still sealed."""

    is_answer: bool
    written_on: date
    text: str
    contact: str
    attachments: list


def case_code(nonce):
    """32 letters and digits, 160 bits: the same for a second click on the same page, and known to nobody else."""
    made = salted_hmac("evaluations.opinion", nonce, algorithm="sha256").digest()[:CODE_BYTES]
    return base64.b32encode(made).decode()


# The sender's side ----------------------------------------------------------------------------
def send_opinion(*, token, solution, organization, about, kind, text, contact="", attachment=None, at, on):
    """Put an opinion in on day `on`. `attachment`: config.kit.attachments.Attachment or None. Returns its case code.

    A page that was sent before gets the code that it got then. Raises ChallengeStale, HourIsFull.
    """
    nonce = nonce_of(token, at=at)
    code = case_code(nonce)
    try:
        with transaction.atomic():
            pass_guard(nonce, solution, at=at)
            opinion = Opinion.objects.create(
                organization=organization, about=about, kind=kind, digest=digest_of(code), received_on=on, heard_on=on,
                due_on=reply_day(on, DAYS_TO_ANSWER),
            )
            _add(opinion, text, contact=contact, attachment=attachment, is_answer=False, on=on)
    except AlreadySent:
        pass
    return code


def opinion_of(code):
    """The Opinion that `code` opens. Raises CodeUnknown."""
    rows = Opinion.objects.select_related("organization", "about")
    opinion = rows.filter(digest=digest_of(code)).first() if code else None
    if opinion is None:
        raise CodeUnknown(str(UNKNOWN))
    return opinion


def write_again(opinion, *, token, solution, text, attachment=None, at, on):
    """The sender writes once more; what was answered or closed is dealt with again, with a new day.

    A page that was sent before changes nothing. Raises ChallengeStale, HourIsFull.
    """
    nonce = nonce_of(token, at=at)
    try:
        with transaction.atomic():
            pass_guard(nonce, solution, at=at)
            held = Opinion.objects.select_for_update().get(pk=opinion.pk)
            _add(held, text, attachment=attachment, is_answer=False, on=on)
            changes = {"heard_on": on, "is_settled": False}
            if held.state in OPINION_MOVES["reopen"][0]:
                _move(held, "reopen", due_on=reply_day(on, DAYS_TO_ANSWER), closed_on=None, **changes)
            else:
                Opinion.objects.filter(pk=held.pk).update(**changes)
    except AlreadySent:
        pass


def thread_of(opinion):
    """[Spoken] in order, opened in memory."""
    rows = opinion.messages.order_by("position").prefetch_related("attachments")
    return [Spoken(row.is_answer, row.written_on, *open_text(row.sealed), list(row.attachments.all())) for row in rows]


def _add(opinion, text, *, contact="", attachment=None, is_answer, on):
    """Append one sealed text; the opinion's row is new, or locked by the caller."""
    last = opinion.messages.aggregate(last=Max("position"))["last"]
    message = OpinionMessage.objects.create(
        opinion=opinion, position=0 if last is None else last + 1, is_answer=is_answer, written_on=on,
        sealed=seal_text(text.strip(), contact.strip()),
    )
    if attachment:
        OpinionAttachment.objects.create(message=message, kind=attachment.kind, sealed=seal_file(attachment.content))


# The office's side ----------------------------------------------------------------------------
@transaction.atomic
def assign_opinion(opinion, *, handler=None, account=None, due_on, by, at, on):
    """Give it to an organisation, or to one account. Raises OfTheLine, NobodyThere, AnswerDueTooEarly, OpinionHasMoved."""
    if due_on < on:
        raise AnswerDueTooEarly(_("答复期限不能早于今天。"))
    about = opinion.about
    if handler and about and about.contains(handler):
        raise OfTheLine(_("%(name)s是被反映的单位或者它的下级，不能承办。") % {"name": handler})
    if account and is_of_the_line(account, about):
        raise OfTheLine(_("%(name)s是被反映单位的人，不能承办。") % {"name": account})
    if handler and all(is_of_the_line(user, about) for user in accounts_of(handler, on=on)):
        raise NobodyThere(_("%(name)s没有可以承办的账号。") % {"name": handler})
    _move(opinion, "assign", handler=handler, handler_account=account, due_on=due_on)
    note = _("%(who)s，期限 %(due)s") % {"who": handler or account, "due": due_on.isoformat()}
    record(opinion, "assign", by=by, at=at, detail={"note": note}, organization=opinion.organization)


@transaction.atomic
def take_back_opinion(opinion, *, reason, by, at):
    """Nobody is to answer it any more: the office gives it out anew. Raises OpinionHasMoved."""
    _move(opinion, "take_back", handler=None, handler_account=None)
    record(opinion, "take_back_opinion", by=by, at=at, detail={"note": reason}, organization=opinion.organization)


@transaction.atomic
def answer_opinion(opinion, *, text, by, at, on):
    """Answer on the sender's page. What nobody was given is dealt with by whoever answers. Raises OpinionHasMoved."""
    held = Opinion.objects.select_for_update().get(pk=opinion.pk)
    changes = {} if held.handler_id or held.handler_account_id else {"handler_account": by}
    _add(held, text, is_answer=True, on=on)
    _move(opinion, "answer", answered_on=on, **changes)
    record(opinion, "answer", by=by, at=at, organization=opinion.organization)


@transaction.atomic
def close_opinion(opinion, *, by, at, on):
    """Close what was answered. Raises StillMending, OpinionHasMoved."""
    if opinion.follow_ups.exclude(rectification__state="verified").exists():
        raise StillMending(_("因为这条意见提的整改还没有销号，等改好了、答复了再办结。"))
    _move(opinion, "close", closed_on=on)
    record(opinion, "close", by=by, at=at, organization=opinion.organization)


def _move(opinion, verb, **changes):
    """The only place that writes `state`. Raises OpinionHasMoved."""
    starts_from, leads_to = OPINION_MOVES[verb]
    changes |= {"state": leads_to}
    if not Opinion.objects.filter(pk=opinion.pk, state__in=starts_from).update(**changes):
        raise OpinionHasMoved(_("这条意见的状态已经变了，请刷新页面再看。"))
    opinion.refresh_from_db()


def root_of(about, roots):
    """The root whose office gets it: that of the unit it is about, else the first one."""
    return next((root for root in roots if about is not None and root.contains(about)), roots[0])


