"""What a request may put on the disk while it is read."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Writes a file's beginning to the disk, counts the rest, and keeps nothing of it.

    The form then knows the true size and says so; a connection cut in the middle would only show the
    browser's own error page. Every form field refuses less than UPLOAD_KEPT_BYTES.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start < settings.UPLOAD_KEPT_BYTES:
            super().receive_data_chunk(raw_data, start)
