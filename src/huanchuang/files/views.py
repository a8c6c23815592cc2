"""The one way in which a file leaves: one that is kept, to whom it may be shown; one that was made for the answer."""

from __future__ import annotations

from typing import TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.views.gate import requires
from huanchuang.files import queries, services
from huanchuang.files.models import StoredFile

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "csv": "text/csv",
}
"""Content types; everything else, HTML above all, leaves as bytes without a meaning."""
IN_PLACE = frozenset({"png", "jpg", "pdf"})
ALONE = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""For what is looked at in place: the viewer of a PDF needs its own styles, and no sandbox."""
A = TypeVar("A", bound=HttpResponseBase)


def made(content: bytes, name: str) -> HttpResponse:
    """A file that was made for this answer and is kept nowhere; its type by the end of its name."""
    return to_save(HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]]), name)


def to_save(answer: A, name: str) -> A:
    """An answer that the browser saves under a name and that nobody on the way keeps."""
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=name) or "attachment"
    )
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@requires("files.file.download")
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The content of a file, for whom the owner of one of its subjects lets read it; others: no such page.

    `?inline=1` shows pictures and PDF in place; all else is an attachment.
    """
    stored = get_object_or_404(StoredFile, pk=pk)
    user = request.user
    use = queries.readable_use(stored, user) if isinstance(user, User) else None
    path = queries.place_of(stored.digest)
    if use is None or not path.is_file():
        raise Http404
    etag = f'"{stored.digest}"'
    if request.headers.get("If-None-Match") == etag:
        return _guarded(HttpResponseNotModified(), etag, inline=False)
    services.note_download(use, actor_of(request))
    inline = stored.kind in IN_PLACE and request.GET.get("inline") == "1"
    kind = TYPES.get(stored.kind, "application/octet-stream")
    response = FileResponse(
        path.open("rb"), as_attachment=not inline, filename=stored.name, content_type=kind
    )
    return _guarded(response, etag, inline=inline)


def _guarded(response: HttpResponse | FileResponse, etag: str, *, inline: bool) -> HttpResponseBase:
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = ALONE if inline else f"{ALONE}; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
