"""Keys that live outside the database, one file each under DATA_DIR/keys, made on first use and readable by the owner only."""
import os
import secrets
from pathlib import Path


def text_key(data_dir, name):
    """The key called `name` as 64 hexadecimal characters; two processes that start together get the same one."""
    folder = Path(data_dir) / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        draft = folder / f".{name}.{os.getpid()}.{secrets.token_hex(4)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(draft, path)  # fails when another process was first; its key is the one that counts
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    return path.read_text().strip()


def byte_key(data_dir, name):
    """The same key as 32 bytes."""
    return bytes.fromhex(text_key(data_dir, name))
