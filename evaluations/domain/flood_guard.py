"""The guard against floods, which tracks nobody: a puzzle that costs a browser a second, and a number an hour for the box.

A page carries a signed challenge. A browser with JavaScript looks for a solution while somebody writes; without one the
text goes by a narrower lane. Each challenge is good for one sending, and for a few hours.
"""
import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from config.kit.refusal import Refusal
from evaluations.enums import FloodLane
from evaluations.models import FloodHour, SpentChallenge

GOOD_FOR = timedelta(hours=4)
KEPT = timedelta(days=2)
SIGNER = Signer(salt="evaluations.flood_guard")


class ChallengeStale(Refusal):
    """The page lay too long, or its challenge is none of ours."""


class AlreadySent(Refusal):
    """The challenge came back before: a second click, or the page loaded anew."""


class HourIsFull(Refusal):
    """The box takes no more in this hour by this lane."""


@dataclass(frozen=True)
class Challenge:
    """What a page carries. `token` is signed, `nonce` is what the solution is looked for with, `bits` how hard it is."""

    token: str
    nonce: str
    bits: int


def new_challenge(*, at):
    """A fresh Challenge, issued at `at`; nothing is stored."""
    nonce = secrets.token_hex(16)
    token = SIGNER.sign_object({"nonce": nonce, "at": int(at.timestamp())})
    return Challenge(token, nonce, settings.OPINION_PROOF_BITS)


def nonce_of(token, *, at):
    """The nonce of a token that is ours and not too old. Raises ChallengeStale."""
    try:
        said = SIGNER.unsign_object(token)
        fresh = 0 <= at.timestamp() - said["at"] + 1 and at.timestamp() - said["at"] <= GOOD_FOR.total_seconds()
    except (BadSignature, ValueError, KeyError, TypeError):
        fresh = False
    if not fresh:
        raise ChallengeStale(_("这一页放得太久了。您写的都还在，请再提交一次；附件要重新选。"))
    return said["nonce"]


def is_solved(nonce, solution, *, bits):
    """Whether SHA-256 of `nonce:solution` begins with `bits` zero bits."""
    if not solution or len(solution) > 20:
        return False
    digest = hashlib.sha256(f"{nonce}:{solution}".encode()).digest()
    return int.from_bytes(digest, "big") >> (256 - bits) == 0


def pass_guard(nonce, solution, *, at):
    """Spend the challenge and take a place in this hour, inside the caller's transaction. Raises AlreadySent, HourIsFull."""
    digest = hashlib.sha256(nonce.encode()).hexdigest()
    try:
        with transaction.atomic():
            SpentChallenge.objects.create(digest=digest, spent_on=localtime(at).date())
    except IntegrityError:
        raise AlreadySent(_("这一页已经交过了。"))
    proved = is_solved(nonce, solution, bits=settings.OPINION_PROOF_BITS)
    _take_place(FloodLane.PROVED if proved else FloodLane.PLAIN, at=at)


def _take_place(lane, *, at):
    limits = {FloodLane.PROVED: settings.OPINIONS_PER_HOUR, FloodLane.PLAIN: settings.OPINIONS_PER_HOUR_PLAIN}
    hour = localtime(at).hour
    FloodHour.objects.exclude(hour=hour).delete()
    FloodHour.objects.bulk_create([FloodHour(lane=lane, hour=hour)], ignore_conflicts=True)
    if FloodHour.objects.filter(lane=lane, hour=hour, sent__lt=limits[lane]).update(sent=F("sent") + 1):
        return
    again = {"hour": (hour + 1) % 24, "most": limits[lane]}
    if lane == FloodLane.PLAIN:
        raise HourIsFull(_(
            "您的浏览器没有运行脚本，这样来的意见每小时只收 %(most)s 条，这个小时已经满了。您写的都还在："
            "请 %(hour)s 点以后再提交，或者换一个能运行脚本的浏览器；附件要重新选。"
        ) % again)
    raise HourIsFull(_(
        "意见箱每小时最多收 %(most)s 条，这个小时已经满了。您写的都还在，请 %(hour)s 点以后再提交；附件要重新选。"
    ) % again)


def forget_hours(*, at):
    """Delete the numbers of hours that are over, and challenges that have long expired."""
    now = localtime(at)
    FloodHour.objects.exclude(hour=now.hour).delete()
    SpentChallenge.objects.filter(spent_on__lte=now.date() - KEPT).delete()
