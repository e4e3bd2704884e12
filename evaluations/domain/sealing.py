"""Sealing answers to a public key and opening them all at once; polls and questionnaires seal with this one piece of code."""
from django.utils.translation import gettext_lazy as _
from nacl.exceptions import CryptoError
from nacl.public import PublicKey, SealedBox

from config.kit.refusal import Refusal
from evaluations.domain import poll_keys

STEP = 64  # bytes; what is sealed is padded to a multiple, so that its length tells nothing


class NotReadable(Exception):
    """An envelope does not hold what it should."""


class TallyDisagrees(Refusal):
    """Spent codes, envelopes and what can be read in them are not the same number; nothing was changed or destroyed."""


class KeyIsMissing(Refusal):
    """The key that opens the envelopes is not on this machine."""


def told(number, smallest_group):
    """How many came in, where that may be told; None while a number so small could point at somebody."""
    return number if number >= smallest_group else None


def rounded(length):
    """The size to which everything of one poll is padded when its longest content has `length` bytes."""
    return -(-length // STEP) * STEP


def padded(written, size):
    """The bytes `written` with blanks up to exactly `size`. Raises NotReadable when they are longer."""
    if len(written) > size:
        raise NotReadable("longer than the envelope")
    return written.ljust(size, b" ")


def seal(public_key, written):
    """`written`, sealed so that only the private half of `public_key` opens it."""
    return SealedBox(PublicKey(bytes(public_key))).encrypt(written)


def open_all(public_key, sealed, read):
    """[read(bytes)] of every sealed envelope. Raises KeyIsMissing, TallyDisagrees (`read` raised NotReadable)."""
    try:
        opener = poll_keys.opener(public_key)
    except FileNotFoundError as reason:
        raise KeyIsMissing(_("这台服务器上没有打开选票的密钥，请联系系统管理员恢复密钥后再计票。")) from reason
    try:
        return [read(opener.decrypt(bytes(one))) for one in sealed]
    except (CryptoError, NotReadable) as reason:
        raise TallyDisagrees(_("有一张选票打不开，计票停下了，什么也没有改动。请联系系统管理员。")) from reason
