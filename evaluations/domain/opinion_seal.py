"""Sealing of what comes into the opinion box: the database holds nothing that can be read without the box's key file."""
import json

from django.conf import settings
from nacl.public import PrivateKey, SealedBox

from config.kit.secrets_file import byte_key
from evaluations.domain.sealing import padded, seal

KEY = "opinions"  # in DATA_DIR/keys; see docs/operations.md
TEXT_SIZE = 6144  # bytes of every text; a thousand characters and a contact fit, whatever they are
FILE_STEP = 64 * 1024
LENGTH = 8  # bytes before a file that say how long it is


def _private():
    return PrivateKey(byte_key(settings.DATA_DIR, KEY))


def _seal(written):
    return seal(bytes(_private().public_key), written)


def seal_text(text, contact=""):
    """The text and the contact as one sealed block of the one size. Raises NotReadable when they do not fit."""
    return _seal(padded(json.dumps([text, contact], ensure_ascii=False).encode(), TEXT_SIZE))


def open_text(sealed):
    """(text, contact) of a sealed block."""
    text, contact = json.loads(SealedBox(_private()).decrypt(bytes(sealed)))
    return text, contact


def seal_file(content):
    """A file sealed in steps of 64 KiB, so that its length says little."""
    written = len(content).to_bytes(LENGTH, "big") + content
    return _seal(padded(written, -(-len(written) // FILE_STEP) * FILE_STEP))


def open_file(sealed):
    """The bytes of a sealed file."""
    written = SealedBox(_private()).decrypt(bytes(sealed))
    length = int.from_bytes(written[:LENGTH], "big")
    return written[LENGTH : LENGTH + length]
