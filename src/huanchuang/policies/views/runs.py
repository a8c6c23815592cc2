"""Runs over all organisations: begin one, see what it came to, whom no policy reaches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, no_right, requires
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.policies.forms import DayForm
from huanchuang.policies.models import Run, Segment
from huanchuang.policies.queries import runs as known
from huanchuang.policies.queries.groups import nobody_in
from huanchuang.policies.queries.library import Listed
from huanchuang.policies.queries.push import last_told, pushes_of
from huanchuang.policies.queries.segments import TELLING, segment_counts, segment_list
from huanchuang.policies.queries.words import BENEFITS
from huanchuang.policies.services.push import SEND
from huanchuang.policies.services.runs import begin_run
from huanchuang.policies.views.files import about_list, columns, yuan
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds import Shape
from huanchuang.registry.views.answers import as_file

PAGE = 50
VIEW, START, PROPOSE = "policies.run.view", "policies.run.start", "policies.roll.propose"
DIMENSIONS = {
    "industry": gettext_lazy("行业"),
    "size": gettext_lazy("规模"),
    "age": gettext_lazy("年限"),
    "region": gettext_lazy("地区"),
    "stage": gettext_lazy("发展阶段"),
}
COLUMNS = columns(
    (gettext_lazy("主体名称"), Shape.TEXT), (gettext_lazy("统一社会信用代码"), Shape.TEXT), (gettext_lazy("结果"), Shape.TEXT),
    (gettext_lazy("金额（元）"), Shape.MONEY), (gettext_lazy("不满足的条件"), Shape.LONG), (gettext_lazy("待查的条件"), Shape.LONG),
)  # fmt: skip


@form_page
@requires(VIEW)
def runs(request: HttpRequest) -> HttpResponse:
    """All runs; a form begins another."""
    user = signed_in(request)
    form = DayForm(request.POST or None, initial={"as_of": clock.today()})
    if request.method == "POST":
        if not allows(user, START):
            return no_right(request, START)
        if form.is_valid():
            try:
                made = begin_run(user, form.cleaned_data["as_of"])
            except ProblemError as error:
                form.add_error("as_of", error.text(language()))
            else:
                return redirect("policies:run", pk=made.pk)
    context = {"runs": known.runs(), "form": form, "may_start": allows(user, START)}
    return render(request, "policies/runs.html", context, status=422 if form.errors else 200)


def run_with_result(pk: int) -> Run:
    """A run that has ended well; 404 for any other."""
    found = _run(pk)
    if not found.file:
        raise Http404
    return found


def _run(pk: int) -> Run:
    return get_object_or_404(Run.objects.select_related("job", "file"), pk=pk)


@require_safe
@requires(VIEW)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: under way, or policy by policy."""
    found = _run(pk)
    lines = known.policy_lines(found) if found.file else []
    context = {
        "run": found,
        "lines": [
            (line, line.listed.title(language()), BENEFITS.get(line.listed.written.benefit, ""))
            for line in lines
        ],
        "nobody": [line.listed.title(language()) for line in lines if line.reaches_nobody],
        "open": sum(line.is_open for line in lines),
        "most_open": max(
            ((line.listed.title(language()), line.counts["unknown"]) for line in lines),
            key=lambda pair: pair[1],
            default=("", 0),
        ),
    }
    return render(request, "policies/run.html", context)


def asked_of(pk: int, policy: str) -> tuple[Run, Listed]:
    """A run that has ended and a policy it asked; Http404 otherwise."""
    found = _run(pk)
    one = next((each for each in known.policies_of(found) if each.id == policy), None)
    if one is None or not found.file or policy not in found.counts:
        raise Http404
    return found, one


@require_safe
@requires(VIEW)
def of_policy(request: HttpRequest, pk: int, policy: str) -> HttpResponse:
    """The organisations of one part of the result for one policy, with who was told when and has opened it."""
    found, one = asked_of(pk, policy)
    part = _part(request)
    page = Paginator(segment_list(found, one, part), PAGE).get_page(request.GET.get("page"))
    keys = [row.organisation for row in page]
    firms, told = Organisation.objects.in_bulk(keys), last_told(policy, keys)
    counts = segment_counts(found, one)
    context = {
        "run": found,
        "listed": one,
        "title": one.title(language()),
        "part": part,
        "page": page,
        "rows": [
            (firms[row.organisation], row, Money(row.fen) if row.fen is not None else None, told.get(row.organisation))
            for row in page if row.organisation in firms
        ],
        "groups": [{
            "label": _("结果"), "name": "result", "default": "yes",
            "options": [{"value": word, "label": label, "count": counts[word]} for word, label in Segment.choices],
        }],
        "may_tell": part in TELLING and allows(signed_in(request), SEND),
        "may_propose": one.without_application is not None and allows(signed_in(request), PROPOSE),
        "pushes": pushes_of(policy),
    }  # fmt: skip
    return render(request, "policies/run_policy.html", context)


def _part(request: HttpRequest) -> str:
    asked = request.GET.get("result", "yes")
    return asked if asked in Segment.values else Segment.YES.value


@require_safe
@requires(VIEW)
def export(request: HttpRequest, pk: int, policy: str, form: str) -> HttpResponse:
    """The same list as a file."""
    found, one = asked_of(pk, policy)
    part = _part(request)
    rows = segment_list(found, one, part)
    word = str(Segment(part).label)
    return as_file(form, one.title(language()), COLUMNS, _cells(rows, word), about_list(found, policy, word))


def _cells(rows: Sequence[known.Found], word: str) -> Iterator[list[str]]:
    firms = Organisation.objects.in_bulk([row.organisation for row in rows])
    for row in rows:
        firm = firms.get(row.organisation)
        if firm is not None:
            yield [
                firm.name,
                firm.uscc.text if firm.uscc else "",
                word,
                yuan(Money(row.fen)) if row.fen is not None else "",
                "；".join(row.failed),
                "；".join(row.unknown),
            ]


@require_safe
@requires(VIEW)
def blind_spots(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom policies reach, by two marks of organisations, and the groups that none reaches."""
    found = _run(pk)
    if not found.file:
        return redirect("policies:run", pk=pk)
    down = request.GET.get("down", "industry")
    down = down if down in DIMENSIONS else "industry"
    across = request.GET.get("across", "size")
    across = (
        across
        if across in DIMENSIONS and across != down
        else next(name for name in ("size", "age") if name != down)
    )
    benefit = request.GET.get("benefit", "")
    matrix = known.matrix_of(found, down, across, [benefit] if benefit in BENEFITS else ())
    words = language()
    context: dict[str, Any] = {
        "run": found,
        "down_name": down,
        "across_name": across,
        "benefit": benefit if benefit in BENEFITS else "",
        "nobody": [(one.title(words), one.id, obstacle) for one, obstacle in nobody_in(found, words)],
        "down": DIMENSIONS[down],
        "across": [known.group_name(across, code) for code in matrix.across],
        "rows": [(code, known.group_name(down, code), cells) for code, cells in matrix.rows],
        "blind": [
            (known.group_name(down, cell.down), known.group_name(across, cell.across), cell)
            for cell in matrix.blind
        ],
        "groups": [
            _choice(_("纵向"), "down", "industry", dict(DIMENSIONS)),
            _choice(
                _("横向"),
                "across",
                "size",
                {name: label for name, label in DIMENSIONS.items() if name != down},
            ),
            _choice(_("方式"), "benefit", "", {"": _("全部"), **BENEFITS}),
        ],
    }
    return render(request, "policies/blind_spots.html", context)


def _choice(label: str, name: str, usual: str, options: dict[str, Any]) -> dict[str, Any]:
    shown = [{"value": value, "label": word, "count": None} for value, word in options.items()]
    return {"label": label, "name": name, "default": usual, "options": shown}
