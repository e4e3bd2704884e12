"""Citizen ID numbers: what is valid, and how they are kept sealed with a key outside the database (4-trust §3)."""
import hashlib
import hmac
import re
from datetime import date

from django.conf import settings
from nacl.secret import SecretBox

from config.kit.secrets_file import byte_key

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def check_character(first_17):
    """The 18th character that belongs to the first 17 digits (GB 11643-1999)."""
    return _CHECKS[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_17, strict=True)) % 11]


def full_number(text):
    """The 18-character number that `text` (15 or 18 characters) means, or None when it is not one."""
    text = text.upper()
    if re.fullmatch(r"\d{15}", text):
        text = f"{text[:6]}19{text[6:]}"
        text += check_character(text)
    if not re.fullmatch(r"\d{17}[\dX]", text) or check_character(text[:17]) != text[17]:
        return None
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None
    return text


def masked(text):
    """The number as pages show it: the area, and the last character."""
    return f"{text[:6]}{'*' * max(0, len(text) - 7)}{text[-1:]}" if len(text) > 7 else "*" * len(text)


def seal(number):
    """The number encrypted, with a fresh nonce; bytes."""
    return bytes(SecretBox(byte_key(settings.DATA_DIR, "id_numbers")).encrypt(number.encode()))


def unseal(sealed):
    """The number that `seal` took."""
    return SecretBox(byte_key(settings.DATA_DIR, "id_numbers")).decrypt(bytes(sealed)).decode()


def digest(number):
    """What two rows of one person have in common, of no use without the key; 64 hexadecimal characters."""
    return hmac.new(byte_key(settings.DATA_DIR, "id_number_digests"), number.encode(), hashlib.sha256).hexdigest()
