"""Pages of imports: bring in a sheet, say how its columns are read, look at what it would do, take it, undo it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of, allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.files.views import made
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.registry.forms.sheets import SheetForm
from huanchuang.registry.models import Import, ImportState
from huanchuang.registry.queries.imports.bad_rows import bad_rows
from huanchuang.registry.queries.imports.listing import problems_by_number, rows_of, visible_imports
from huanchuang.registry.queries.imports.page import TONES, import_page
from huanchuang.registry.queries.imports.sheets import table_of_file
from huanchuang.registry.services import imports
from huanchuang.registry.services.imports import Importer

PER_PAGE = 50


def importer_for(user: User, name: str) -> Importer:
    """The importer of that name, for who may use it; others: no such page, or no right."""
    found = imports.importer_named(name)
    if found is None:
        raise Http404
    if not allows(user, found.deed):
        raise PermissionDenied
    return found


def import_for(request: HttpRequest, pk: int) -> tuple[User, Import, Importer]:
    """An import that the person may see, with what it is imported as."""
    user = signed_in(request)
    imported: Import = get_object_or_404(visible_imports(user), pk=pk)
    return user, imported, importer_for(user, imported.importer)


@require_safe
@requires("registry.import.view")
def listing(request: HttpRequest) -> HttpResponse:
    """Imports, the newest first."""
    user = signed_in(request)
    found = Paginator(visible_imports(user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(one, imports.importer_named(one.importer), TONES[ImportState(one.state)]) for one in found]
    context = {"page": found, "rows": rows, "importers": imports.importers_for(user)}
    return render(request, "registry/imports.html", context)


@form_page
@requires("registry.import.view")
def new(request: HttpRequest, importer: str) -> HttpResponse:
    """Choose a file; its columns are matched at once, and a sheet like one before is checked without a question."""
    user = signed_in(request)
    chosen = importer_for(user, importer)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = imports.begin(actor_of(request), user, chosen, file, file.name)
        except ProblemError as error:
            form.add_error("file", error.text(language()))
        else:
            return _next_step(request, user, made, chosen)
    context = {"form": form, "importer": chosen, "importers": imports.importers_for(user)}
    return render(request, "registry/import_new.html", context, status=422 if form.errors else 200)


def _next_step(request: HttpRequest, user: User, made: Import, importer: Importer) -> HttpResponse:
    """To the columns; past them where the same headings were read before."""
    before = imports.remembered_reading(user, importer, made.shape)
    if before is None or importer.missing(before):
        return redirect("registry:import-columns", pk=made.pk)
    imports.start_step(imports.CHECK_JOB, actor_of(request), made)
    messages.info(request, _("表头与上次相同，已按上次的对应关系检查。需要时可以修改对应列。"))
    return redirect("registry:import", pk=made.pk)


@require_safe
@requires("registry.import.view")
def template(request: HttpRequest, importer: str) -> HttpResponse:
    """The workbook to fill in."""
    chosen = importer_for(signed_in(request), importer)
    name = _("%(kind)s导入模板.xlsx") % {"kind": chosen.label}
    return made(chosen.template(), name)


@require_safe
@requires("registry.import.view")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """An import where it stands: under way, its preview, its result."""
    user, imported, importer = import_for(request, pk)
    state = ImportState(imported.state)
    if state == ImportState.COLUMNS and not imported.failure_zh:
        return _go(request, "registry:import-columns", pk)
    working = state in (ImportState.CHECKING, ImportState.TAKING, ImportState.UNDOING)
    if request.headers.get("HX-Request") and not working:
        return HttpResponseClientRedirect(request.path)
    only = request.GET.get("only", "")
    rows = Paginator(rows_of(imported, only), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "imported": imported,
        "importer": importer,
        "working": working,
        "may_judge": allows(user, "registry.duplicate.judge"),
        "rows": rows,
        "only": only,
        **import_page(imported, importer, list(rows.object_list)),
    }
    return render(request, "registry/import.html", context)


def _go(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    answer = redirect(name, pk=pk)
    return HttpResponseClientRedirect(answer.url) if request.headers.get("HX-Request") else answer


@require_POST
@requires("registry.import.view")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the good rows; with the possible duplicates where the form says so."""
    _user, imported, _importer = import_for(request, pk)
    with_possible = request.POST.get("with_possible") == "on"
    return _step(request, imported, imports.TAKE_JOB, with_possible=with_possible)


@form_page
@requires("registry.import.view")
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks once, then takes the import back as one."""
    _user, imported, importer = import_for(request, pk)
    if request.method == "POST":
        return _step(request, imported, imports.UNDO_JOB)
    return render(request, "registry/import_undo.html", {"imported": imported, "importer": importer})


def _step(
    request: HttpRequest, imported: Import, kind: str, *, with_possible: bool | None = None
) -> HttpResponse:
    try:
        imports.start_step(kind, actor_of(request), imported, with_possible=with_possible)
    except ProblemError as error:
        messages.error(request, error.text(language()))
    return redirect("registry:import", pk=imported.pk)


@require_POST
@requires("registry.import.view")
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an import up before anything was written."""
    _user, imported, _importer = import_for(request, pk)
    try:
        imports.drop(actor_of(request), imported)
    except ProblemError as error:
        messages.error(request, error.text(language()))
        return redirect("registry:import", pk=pk)
    messages.success(request, _("已放弃，登记簿没有变化"))
    return redirect("registry:imports")


@require_safe
@requires("registry.import.view")
def bad(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with problems, to correct and upload again."""
    _user, imported, _importer = import_for(request, pk)
    try:
        table = table_of_file(imported.file, imported.sheet)
    except ProblemError as error:
        messages.error(request, error.text(language()))
        return redirect("registry:import", pk=pk)
    stem = imported.file.name.rpartition(".")[0] or imported.file.name
    name = _("%(stem)s-问题行-%(day)s.xlsx") % {"stem": stem, "day": clock.today().isoformat()}
    return made(bad_rows(table, problems_by_number(imported)), name)
