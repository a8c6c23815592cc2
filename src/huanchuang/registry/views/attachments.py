"""Files of an entry: added to it and taken off."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huanchuang.accounts.queries import actor_of, signed_in
from huanchuang.engines.kernel import ProblemError
from huanchuang.files.queries import files_of
from huanchuang.orm.language import language
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.visibility import changeable
from huanchuang.registry.services.attachments import attach_files, detach_file


@require_POST
def attach(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Keeps the chosen files with the entry; what is refused is said, and then none is attached."""
    entry: Entry = get_object_or_404(changeable(signed_in(request), kind), pk=pk)
    uploads = request.FILES.getlist("files")
    if not uploads:
        messages.error(request, _("请选择要上传的文件"))
        return redirect(entry)
    try:
        kept = attach_files(actor_of(request), entry, uploads)
    except ProblemError as error:
        messages.error(request, error.text(language()))
    else:
        messages.success(request, _("已上传 %(count)s 个文件") % {"count": len(kept)})
    return redirect(entry)


@require_POST
def detach(request: HttpRequest, kind: Kind, pk: int, file: int) -> HttpResponse:
    """Takes one file off the entry."""
    entry: Entry = get_object_or_404(changeable(signed_in(request), kind), pk=pk)
    use = get_object_or_404(files_of(entry.subject), stored_id=file)
    detach_file(actor_of(request), entry, use.stored)
    messages.success(request, _("已移除“%(name)s”") % {"name": use.stored.name})
    return redirect(entry)
