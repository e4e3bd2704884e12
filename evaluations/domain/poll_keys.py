"""The key pair of a poll: the public half in the row, the private one in a file outside the database until the count.

The file is itself sealed with the deployment's key; who has the database alone, or a backup of it, opens nothing.
"""
import hashlib
import os
from pathlib import Path

from django.conf import settings
from nacl.public import PrivateKey, SealedBox
from nacl.secret import SecretBox

from config.kit.secrets_file import byte_key


def _path(public_key):
    name = hashlib.sha256(bytes(public_key)).hexdigest()[:32]
    return Path(settings.DATA_DIR) / "keys" / f"poll-{name}"


def make_key():
    """A fresh pair; the private half is on the disk before this returns. Returns the public half, 32 bytes."""
    private = PrivateKey.generate()
    public = bytes(private.public_key)
    sealed = SecretBox(byte_key(settings.DATA_DIR, "polls")).encrypt(bytes(private))
    descriptor = os.open(_path(public), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    _settle(_path(public).parent)
    return public


def opener(public_key):
    """What opens the envelopes of the poll with `public_key`. Raises FileNotFoundError once the key is destroyed."""
    sealed = _path(public_key).read_bytes()
    return SealedBox(PrivateKey(SecretBox(byte_key(settings.DATA_DIR, "polls")).decrypt(sealed)))


def has_key(public_key):
    """Whether the private half still exists here."""
    return _path(public_key).exists()


def destroy_key(public_key):
    """Overwrite and remove the private half; doing it again is no error."""
    path = _path(public_key)
    if not path.exists():
        return
    with open(path, "r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink(missing_ok=True)
    _settle(path.parent)


def _settle(folder):
    """Bring the names in `folder` onto the disk: without, a key made or removed just before a power cut may be lost, or back."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
