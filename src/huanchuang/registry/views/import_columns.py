"""Pages where a person says how a sheet is read: its columns, its sheet, its odd words."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import Problem, ProblemError
from huanchuang.orm.language import language
from huanchuang.registry.forms.sheets import UNITS, reading_in, words_in
from huanchuang.registry.models import Import, ImportState
from huanchuang.registry.queries.imports.listing import problem_groups, problems_in
from huanchuang.registry.queries.imports.page import column_lines, constant_lines, odd_words
from huanchuang.registry.queries.imports.sheets import book_of, table_in
from huanchuang.registry.services import imports
from huanchuang.registry.services.imports import Importer, Reading
from huanchuang.registry.views.imports import import_for


@form_page
@requires("registry.import.view")
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Each column with its first values, the field it is read into and why; what is said for all rows."""
    user, imported, importer = import_for(request, pk)
    if imported.state not in (ImportState.COLUMNS, ImportState.PREVIEW):
        return redirect("registry:import", pk=pk)
    book = book_of(imported.file)
    table = table_in(book, imported.sheet)
    targets = importer.targets(table, user)
    reading, problems = Reading.of_plain(imported.mapping), list[Problem]()
    if request.method == "POST":
        try:
            reading = reading_in(request.POST, table, targets, reading)
            return _check(request, imported, importer, reading)
        except ProblemError as error:
            problems = list(error.problems)
    matching = imports.matching_for(importer, table)
    choices = {choice.column.index: choice for choice in matching.choices}
    money = {target.name for target in targets if target.is_money}
    context = {
        "imported": imported,
        "importer": importer,
        "sheets": [one for one in book.sheets if one.name != imported.sheet],
        "lines": column_lines(table, choices, reading.columns, reading.units, money),
        "targets": targets,
        "units": UNITS,
        "constants": constant_lines(targets, reading),
        "problems": problems,
        "count": len(table.rows),
        "with_months": reading.with_months,
    }
    return render(request, "registry/import_columns.html", context, status=422 if problems else 200)


def _check(request: HttpRequest, imported: Import, importer: Importer, reading: Reading) -> HttpResponse:
    """Keep the reading and check the sheet by it."""
    actor = actor_of(request)
    imports.choose_reading(actor, imported, importer, reading)
    imports.start_step(imports.CHECK_JOB, actor, imported)
    return redirect("registry:import", pk=imported.pk)


@require_POST
@requires("registry.import.view")
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Read another sheet of the file."""
    _user, imported, importer = import_for(request, pk)
    try:
        imports.choose_sheet(actor_of(request), imported, importer, request.POST.get("sheet", ""))
    except ProblemError as error:
        messages.error(request, error.text(language()))
    return redirect("registry:import-columns", pk=pk)


@require_POST
@requires("registry.import.view")
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what words mean that no vocabulary has; the sheet is checked again by them."""
    _user, imported, importer = import_for(request, pk)
    reading = Reading.of_plain(imported.mapping)
    odd = odd_words(importer.targets(None, None), problem_groups(problems_in(imported)))
    said = words_in(request.POST, reading, [(one.group.field, one.group.text) for one in odd])
    try:
        return _check(request, imported, importer, replace(reading, words=said))
    except ProblemError as error:
        messages.error(request, error.text(language()) or _("没有保存"))
        return redirect("registry:import", pk=pk)
