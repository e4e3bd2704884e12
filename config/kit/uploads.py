"""Uploads that never touch a disk in the clear: kept in memory until they are sealed."""
from django.core.files.uploadhandler import MemoryFileUploadHandler

MAX_BODY = 11 * 1024 * 1024  # one file of 10 MB and what surrounds it


class MemoryOnly(MemoryFileUploadHandler):
    """Keeps a file in memory whatever Django's own limit says; of a body above MAX_BODY the files are passed over and
    only the other fields are read."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.activated = content_length <= MAX_BODY

    def receive_data_chunk(self, raw_data, start):
        if not self.activated:
            return None  # read and forgotten; there is no other handler to pass it to
        return super().receive_data_chunk(raw_data, start)


def keep_in_memory(request):
    """Read the body of `request` that way. To be called before anything asks for its POST."""
    request.upload_handlers = [MemoryOnly(request)]


def is_too_large(request):
    """Whether files of this body were passed over."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BODY
