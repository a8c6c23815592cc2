"""All letters, their statistics, what was published; each as a page and, where it is a table, as a sheet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import requires
from huanchuang.files.views import made
from huanchuang.orm import clock
from huanchuang.packs.vocabulary import letter_handling
from huanchuang.steering.queries.letters.lists import (
    LetterFilters,
    every_row,
    leading_units,
    letter_chips,
    letter_list,
)
from huanchuang.steering.queries.letters.record import public_draft
from huanchuang.steering.queries.letters.rendering import published as without_names
from huanchuang.steering.queries.letters.rendering import sheet_of
from huanchuang.steering.queries.letters.statistics import DEFINITIONS, percent, statistics
from huanchuang.steering.queries.letters.visibility import published_letters
from huanchuang.steering.queries.letters.word import letter_paper
from huanchuang.steering.queries.letters.workbook import letters_book, statistics_book


@require_safe
@requires("steering.letter.view")
def letters(request: HttpRequest) -> HttpResponse:
    """The letters that the person may see, the most urgent first."""
    user, today = signed_in(request), clock.today()
    filters = LetterFilters.from_query(request.GET)
    context = {
        "found": letter_list(user, filters, today, request.GET.get("page", 1)),
        "chips": letter_chips(),
        "units": leading_units(user),
        "may_register": allows(user, "steering.letter.register"),
        "narrowed": filters != LetterFilters(),
        "query": request.GET.urlencode(),
    }
    return render(request, "steering/letters/list.html", context)


@require_safe
@requires("steering.letter.export")
def export(request: HttpRequest) -> HttpResponse:
    """Exactly what the list shows, all pages."""
    user, today = signed_in(request), clock.today()
    rows = every_row(user, LetterFilters.from_query(request.GET), today)
    note = f"截至{today.isoformat()}，共{len(rows)}件，由{user.name}导出"
    return made(letters_book(rows, note), f"建议提案办理台账{today.isoformat()}.xlsx")


@require_safe
@requires("steering.letter.view")
def numbers(request: HttpRequest) -> HttpResponse:
    """办复率, 满意率, A/B/C by unit, within a time; each number leads to its letters."""
    filters, today = LetterFilters.from_query(request.GET), clock.today()
    found = statistics(signed_in(request), filters, today)
    context = {
        "found": found,
        "rows": [found.total, *found.units],
        "marks": letter_handling().marks,
        "answers": letter_handling().answers,
        "chips": letter_chips()[:1],
        "definitions": DEFINITIONS,
        "terms": letter_handling().terms(),
        "percent": percent,
        "query": request.GET.urlencode(),
    }
    return render(request, "steering/letters/statistics.html", context)


@require_safe
@requires("steering.letter.export")
def numbers_export(request: HttpRequest) -> HttpResponse:
    """The same as a sheet, with the definitions."""
    filters, today = LetterFilters.from_query(request.GET), clock.today()
    found = statistics(signed_in(request), filters, today)
    since = f"交办日{filters.since or '不限'}至{filters.until or today.isoformat()}，截至{today.isoformat()}"
    return made(statistics_book(found, since), f"建议提案办理统计{today.isoformat()}.xlsx")


@require_safe
@requires("steering.published.view")
def published(request: HttpRequest) -> HttpResponse:
    """Replies that anybody may read, the newest first."""
    letters = published_letters().select_related("lead").order_by("-published_on", "-pk")
    return render(request, "steering/letters/published.html", {"letters": letters[:200]})


@require_safe
@requires("steering.published.view")
def published_letter(request: HttpRequest, letter: int) -> HttpResponse:
    """One published reply without personal data; `?word=1` as a Word file."""
    found = get_object_or_404(published_letters().select_related("lead"), pk=letter)
    draft = public_draft(found)
    if draft is None:
        raise Http404
    sheet = without_names(sheet_of(draft))
    if request.GET.get("word") == "1":
        return made(letter_paper(sheet, found.published_on or clock.today()), f"{sheet.title}.docx")
    return render(request, "steering/letters/published_letter.html", {"letter": found, "sheet": sheet})
