"""The limit while an upload is still arriving: what is above it is not written to the disk at all."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class SizeLimit(FileUploadHandler):
    """Name it first in FILE_UPLOAD_HANDLERS. A file above HUANCHUANG_FILE_LIMIT is swallowed, and an empty upload of
    the true size takes its place, which `store` refuses with the usual message."""

    arrived = 0

    def new_file(self, *args: object, **options: object) -> None:
        """Begin to count."""
        super().new_file(*args, **options)  # type: ignore[arg-type]  # passed through unseen
        self.arrived = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass the piece to the next handler, or nothing once the limit is crossed."""
        self.arrived += len(raw_data)
        return raw_data if self.arrived <= settings.HUANCHUANG_FILE_LIMIT else None

    def file_complete(self, file_size: int) -> SimpleUploadedFile | None:
        """Nothing to say below the limit; above it the empty stand-in."""
        if self.arrived <= settings.HUANCHUANG_FILE_LIMIT:
            return None
        stand_in = SimpleUploadedFile(self.file_name or "upload", b"", self.content_type or "")
        stand_in.size = self.arrived
        return stand_in
