"""Printing slips as PDF: some hundred at once, more as a job whose pages only the asking browser can open, once.

Whatever is printed makes every slip void that was printed before and not used, also one that waits to be fetched. Nothing
here knows who gets which slip: they are drawn from a bag (4-trust §2, docs/decisions/0011).
"""
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from config.kit import jobs
from config.kit.refusal import Refusal
from evaluations.domain import answer_sheets, ballots
from evaluations.domain.prints import slips_pdf
from evaluations.models import Poll, SlipPrint
from units.domain.history import record

AT_ONCE = 300  # slips that are set while the browser waits (docs/performance.md)
KEPT_FOR = timedelta(minutes=30)  # how long finished pages wait to be fetched


class PagesGone(Refusal):
    """They were fetched, are too old, or are of codes that are void by now."""


class NothingToPrint(Refusal):
    """Everybody's answer is in."""


class AnotherBrowser(Refusal):
    """The key that opens the pages is not in this browser."""


def slips_to_print(asked):
    """How many slips a print of this Poll or Questionnaire makes now: one for everybody whose answer is not in."""
    spent = Count("codes", filter=Q(codes__is_spent=True))
    return sum(group.issued - group.spent for group in asked.groups.annotate(spent=spent))


@transaction.atomic
def print_codes(asked, *, by, at):
    """Make new codes and let go of earlier pages. Returns [(group, [code])]. Raises CodesInUse, AnswerCodesInUse."""
    _lock(asked, at=at)
    _drop_earlier(asked, at=at)
    return _new_codes(asked, by=by, at=at)


def print_now(asked, *, start_url, by, at):
    """The PDF of a few slips; None when there is nobody to print for. Raises CodesInUse, AnswerCodesInUse."""
    return _pages(asked, print_codes(asked, by=by, at=at), start_url=start_url)


@transaction.atomic
def request_print(asked, *, start_url, by, at):
    """Put a print in the queue. Returns (SlipPrint, key); the key goes to the browser and is kept nowhere else.

    Raises CodesInUse, AnswerCodesInUse.
    """
    _lock(asked, at=at)
    _drop_earlier(asked, at=at)
    private = PrivateKey.generate()
    made = SlipPrint.objects.create(
        **{asked._meta.model_name: asked}, requested_by=by, start_url=start_url, public_key=bytes(private.public_key),
        queued_at=at, total_units=slips_to_print(asked),
    )
    return made, bytes(private)


def set_pages(job, *, at, progress):
    """Make the codes of a claimed print and set them. Returns the sealed pages. Raises CodesInUse, AnswerCodesInUse,
    NothingToPrint, jobs.LeaseLost (a newer print has taken its place)."""
    with transaction.atomic():
        _lock(job.asked, at=at)
        jobs.heartbeat(job, at=at)
        codes = _new_codes(job.asked, by=job.requested_by, at=at)
    pages = _pages(job.asked, codes, start_url=job.start_url, progress=progress)
    if pages is None:
        raise NothingToPrint(_("应交的都已经交了，没有要打印的。"))
    return SealedBox(PublicKey(bytes(job.public_key))).encrypt(pages)


def finish_print(job, sealed, *, at):
    """Close the job with its pages. Raises jobs.LeaseLost."""
    jobs.finish(job, at=at, sealed=sealed, expires_at=at + KEPT_FOR, done_units=job.total_units)


@transaction.atomic
def fetch_pages(job, key, *, by, at):
    """The PDF, for the first and last time. Raises PagesGone, AnotherBrowser (then the pages stay)."""
    held = SlipPrint.objects.select_for_update().filter(pk=job.pk).fetchable(at=at).first()
    if held is None:
        raise PagesGone(_("投票码的文件已经取走或者过期，请重新打印。"))
    try:
        pages = SealedBox(PrivateKey(key)).decrypt(bytes(held.sealed))
    except (CryptoError, TypeError, ValueError) as reason:
        raise AnotherBrowser(_("只有申请打印的那个浏览器才能取，请在那里取，或者在这里重新打印。")) from reason
    SlipPrint.objects.filter(pk=held.pk).update(sealed=None, fetched_at=at)
    record(held.asked, "fetch_slips", by=by, at=at, organization=held.asked.organization)
    return pages


def unfinished_of(asked, user, *, at):
    """The user's newest print of `asked` that is being made or waits to be fetched, or None."""
    made = SlipPrint.objects.visible_to(user).of(asked)
    unfinished = made.exclude(job_state__in=jobs.ENDED) | made.fetchable(at=at)
    return unfinished.order_by("-pk").first()


def forget_expired(*, at):
    """Destroy pages that nobody fetched in time. Returns how many."""
    return SlipPrint.objects.holding_pages().filter(expires_at__lte=at).update(sealed=None)


def _lock(asked, *, at):
    """Nobody else prints, opens or closes it meanwhile. Raises CodesInUse, AnswerCodesInUse."""
    if isinstance(asked, Poll):
        ballots.lock_for_codes(asked)
    else:
        answer_sheets.lock_for_codes(asked, at=at)


def _new_codes(asked, *, by, at):
    make = ballots.print_codes if isinstance(asked, Poll) else answer_sheets.print_answer_codes
    return make(asked, by=by, at=at)


def _drop_earlier(asked, *, at):
    """End prints that are not through, and destroy pages that wait: their codes are void from now on."""
    earlier = SlipPrint.objects.of(asked)
    earlier.exclude(job_state__in=jobs.ENDED).update(job_state=jobs.JobState.CANCELLED, ended_at=at, lease=None)
    earlier.holding_pages().update(sealed=None)


def _pages(asked, printed, **how):
    """PDF bytes; None without a single code."""
    groups = [(_group_words(asked, group), codes) for group, codes in printed if codes]
    return slips_pdf(groups, **_words(asked), **how) if groups else None


def _group_words(asked, group):
    audience = str(group.get_audience_display())
    return f"{group.organization} {audience}" if isinstance(asked, Poll) else audience


def _words(asked):
    """What stands on every slip."""
    if isinstance(asked, Poll):
        return {"title": asked.title, "place": "", "note": str(_("扫码投票，不记名。用一次就作废，请勿转给别人。"))}
    note = _("试填用，不算数。") if asked.is_trial else _("扫码答题，不记名。用一次就作废，请勿转给别人。")
    return {"title": asked.title, "place": str(asked.organization), "note": str(note)}
