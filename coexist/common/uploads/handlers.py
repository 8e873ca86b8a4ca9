"""What a request may put on the disk while it is read."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler

View = TypeVar("View", bound=Callable)


def takes_files_up_to(most: int) -> Callable[[View], View]:
    """Mark a view whose forms take files of more than UPLOAD_KEPT_BYTES, from people with an account."""

    def mark(view: View) -> View:
        view.largest_upload = most  # type: ignore[attr-defined]
        return view

    return mark


class BoundedFileUploadHandler(TemporaryFileUploadHandler):
    """Writes a file's beginning to the disk, counts the rest, and keeps nothing of it.

    The form then knows the true size and says so; a connection cut in the middle would only show the
    browser's own error page. Every form field refuses less than what is kept.
    """

    most: int = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.most = self._most()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start < self.most:
            super().receive_data_chunk(raw_data, start)

    def _most(self) -> int:
        match = getattr(self.request, "resolver_match", None)
        largest = getattr(match.func, "largest_upload", None) if match else None
        user = getattr(self.request, "user", None)
        return largest if largest and user and user.is_authenticated else settings.UPLOAD_KEPT_BYTES
