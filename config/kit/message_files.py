"""The broker without a server: kombu's filesystem transport, with messages that are there as a whole or not at all.

kombu writes a message under its final name, so a worker that looks at the folder in that moment takes an empty file and ends
with an error (a run of the tests met it; with `make run` the whole product would stop). Here a message is written beside and
moved into place. One that cannot be read, as after a power cut, is dropped: the job's row is the truth, and the clock sends
another (config/kit/jobs.py).
"""
import logging
import os
import uuid
from pathlib import Path
from queue import Empty
from time import monotonic

from kombu.exceptions import ChannelError
from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    def _put(self, queue, payload, **kwargs):
        folder = Path(self.data_folder_out)
        written = folder / f".{uuid.uuid4()}"  # no queue looks at a name without its own
        try:
            written.write_text(dumps(payload))
            os.replace(written, folder / f"{round(monotonic() * 1000)}_{written.name[1:]}.{queue}.msg")
        except OSError as reason:
            raise ChannelError(f"Cannot add a message to {folder}") from reason

    def _get(self, queue):
        try:
            return super()._get(queue)
        except ValueError:
            logger.warning("A message in %s could not be read and was dropped.", self.data_folder_in)
            raise Empty from None


class Transport(filesystem.Transport):
    Channel = Channel


def use():
    """Let broker addresses that begin with filesystem:// mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
