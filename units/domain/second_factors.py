"""Second factors: enrolled with a first code, asked at sign-in, replaced by paper codes, reset by another person.

Times in seconds are real time, as phones count it, also in a demo with a clock of its own.
"""
import base64
import secrets
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django_otp.oath import TOTP
from nacl.secret import SecretBox

from config.kit.refusal import Refusal
from config.kit.secrets_file import byte_key
from units.domain.history import record
from units.domain.passwords import first_password
from units.models import RecoveryCode, SecondFactor, User

STEP = 30
TOLERANCE = 1  # steps before and after: a clock that goes a little wrong
CODES = 10
MOST_FAILURES = 5
LOCKED_SECONDS = 15 * 60
ISSUER = "创先争优"


class CodeRefused(Refusal):
    """The code is wrong, old, or was used."""

    field = "code"


class TooManyCodes(Refusal):
    """Wrong five times; a quarter of an hour is to pass."""

    field = "code"


class AlreadyEnrolled(Refusal):
    """The account has a second factor; only another person takes it away."""


class OwnFactor(Refusal):
    """Nobody resets the own one: it would be no second factor."""


def new_secret():
    """160 random bits."""
    return secrets.token_bytes(20)


def spelled(secret):
    """The secret as one types it into a phone: Base32 in groups of four."""
    text = base64.b32encode(secret).decode()
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def address_of(secret, username):
    """What the QR code says (otpauth://)."""
    name = quote(f"{ISSUER}:{username}")
    return f"otpauth://totp/{name}?" + urlencode({"secret": spelled(secret).replace(" ", ""), "issuer": ISSUER})


def step_of(secret, code, *, seconds):
    """The 30-second step whose code this is, or None."""
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        return None
    totp = TOTP(secret, step=STEP)
    totp.time = seconds
    return totp.t() if totp.verify(int(code), tolerance=TOLERANCE) else None


@transaction.atomic
def enrol(user, secret, code, *, seconds, at):
    """Take `secret` for the account once its first code is right. Returns the recovery codes, which exist nowhere else.

    Raises CodeRefused, AlreadyEnrolled.
    """
    step = step_of(secret, code, seconds=seconds)
    if step is None:
        raise CodeRefused(_("验证码不对。请看手机上现在的 6 位数字，手机时间要准。"))
    factor, made = SecondFactor.objects.get_or_create(
        user=user, defaults={"secret": _seal(secret), "enrolled_at": at, "last_step": step}
    )
    if not made:
        raise AlreadyEnrolled(_("这个账号已经设了第二步验证。"))
    user.second_factor_mark = secrets.token_hex(16)
    user.save(update_fields=["second_factor_mark"])
    record(user, "enrol_second_factor", by=user, at=at)
    return _write_codes(factor)


def check_code(factor, code, *, seconds, at):
    """Take a code of the phone or, once, one on paper. Raises CodeRefused, TooManyCodes."""
    if factor.locked_until > seconds:
        raise TooManyCodes(_("验证码连续输错 5 次，请过 15 分钟再试。"))
    code = "".join(code.split()).lower()
    if _took_phone_code(factor, code, seconds=seconds) or _took_paper_code(factor, code, at=at):
        SecondFactor.objects.filter(pk=factor.pk).update(failures=0)
        return
    SecondFactor.objects.filter(pk=factor.pk).update(failures=F("failures") + 1)
    if SecondFactor.objects.filter(pk=factor.pk, failures__gte=MOST_FAILURES).update(
        failures=0, locked_until=seconds + LOCKED_SECONDS
    ):
        record(factor.user, "lock_second_factor", by=factor.user, at=at)
    raise CodeRefused(_("验证码不对，或者已经用过。请等手机换一个再输。"))


def _took_phone_code(factor, code, *, seconds):
    """Whether the code is right and later than the last one taken; of two at once one wins."""
    step = step_of(_unseal(factor.secret), code, seconds=seconds)
    return step is not None and bool(
        SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step).update(last_step=step)
    )


@transaction.atomic
def _took_paper_code(factor, code, *, at):
    if len(code) < 10:  # not worth ten slow hashes
        return False
    for kept in factor.codes.filter(used_at__isnull=True):
        if check_password(code, kept.hash):
            if not RecoveryCode.objects.filter(pk=kept.pk, used_at__isnull=True).update(used_at=at):
                return False
            record(factor.user, "use_recovery_code", by=factor.user, at=at, detail={"note": _left_words(factor)})
            return True
    return False


def codes_left(factor):
    return factor.codes.filter(used_at__isnull=True).count()


def _left_words(factor):
    return str(_("还剩 %(n)s 个") % {"n": codes_left(factor)})


@transaction.atomic
def renew_codes(factor, *, by, at):
    """New paper codes; the old ones are worth nothing from now on. Returns them."""
    factor.codes.all().delete()
    record(factor.user, "renew_recovery_codes", by=by, at=at)
    return _write_codes(factor)


def _write_codes(factor):
    codes = [first_password() for _code in range(CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(factor=factor, hash=make_password(code)) for code in codes)
    return codes


@transaction.atomic
def reset_second_factor(user, *, by, at):
    """Take it away from another account, whose phone is lost; it is asked to enrol at the next sign-in. Raises OwnFactor."""
    if user.pk == by.pk:
        raise OwnFactor(_("自己的第二步验证由另一位系统管理员重设。"))
    if SecondFactor.objects.filter(user=user).delete()[0]:
        User.objects.filter(pk=user.pk).update(second_factor_mark="")
        record(user, "reset_second_factor", by=by, at=at)


def _box():
    return SecretBox(byte_key(settings.DATA_DIR, "second_factors"))


def _seal(secret):
    return bytes(_box().encrypt(secret))


def _unseal(sealed):
    return _box().decrypt(bytes(sealed))
