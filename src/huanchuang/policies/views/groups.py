"""Groups of organisations in a run and what keeps them out; what each organisation can have together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from huanchuang.accounts.views.gate import requires
from huanchuang.orm.language import language
from huanchuang.policies.models import Run
from huanchuang.policies.queries import groups as known
from huanchuang.policies.queries import together as combined
from huanchuang.policies.queries.runs import group_name
from huanchuang.policies.queries.words import BENEFITS
from huanchuang.policies.views.files import about_run, columns, yuan
from huanchuang.policies.views.runs import DIMENSIONS, PAGE, VIEW, run_with_result
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds import Shape
from huanchuang.registry.views.answers import as_file

COLUMNS = columns(
    (gettext_lazy("主体名称"), Shape.TEXT), (gettext_lazy("统一社会信用代码"), Shape.TEXT), (gettext_lazy("应享合计（元）"), Shape.MONEY),
    (gettext_lazy("一起最多可得（元）"), Shape.MONEY), (gettext_lazy("规则扣减（元）"), Shape.MONEY), (gettext_lazy("最优组合"), Shape.LONG),
    (gettext_lazy("不计的政策与规则"), Shape.LONG),
)  # fmt: skip


@require_safe
@requires(VIEW)
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisations with some marks: what reaches them, what keeps them out, each with its count."""
    run, words = run_with_result(pk), language()
    chosen = {
        name: request.GET[name] for name in DIMENSIONS if request.GET.get(name) in known.options_of(run, name)
    }
    benefit = request.GET.get("benefit", "")
    benefit = benefit if benefit in BENEFITS else ""
    frame = known.group_in(run, chosen)
    reached = known.reached_in(run, frame, benefit, words)
    page = Paginator(known.members_in(run, frame, benefit), PAGE).get_page(request.GET.get("page"))
    firms = Organisation.objects.in_bulk([row.organisation for row in page])
    context = {
        "run": run,
        "marks": [(DIMENSIONS[name], group_name(name, code)) for name, code in chosen.items()],
        "benefit": BENEFITS.get(benefit, ""),
        "count": frame.height,
        "obstacles": [(one, one.listed.title(words)) for one in known.obstacles_in(reached)],
        "reached": [(one, one.listed.title(words), one.obstacles[: known.MOST]) for one in reached],
        "page": page,
        "members": [(firms[row.organisation], row) for row in page if row.organisation in firms],
        "choices": [_choice(run, name, label, chosen.get(name, "")) for name, label in DIMENSIONS.items()],
        "benefits": [{"value": code, "label": label, "chosen": code == benefit} for code, label in BENEFITS.items()],
    }  # fmt: skip
    return render(request, "policies/group.html", context)


def _choice(run: Run, name: str, label: Any, chosen: str) -> dict[str, Any]:
    options = [
        {"value": code, "label": group_name(name, code), "chosen": code == chosen}
        for code in known.options_of(run, name)
    ]
    return {"name": name, "label": label, "options": options}


@require_safe
@requires(VIEW)
def together(request: HttpRequest, pk: int) -> HttpResponse:
    """What each organisation can have together, and what the rules between policies take off."""
    run = run_with_result(pk)
    bitten = request.GET.get("which", "bitten") != "all"
    rows, sums = combined.rows_of(run, bitten=bitten), combined.sums_of(run)
    page = Paginator(range(rows.height), PAGE).get_page(request.GET.get("page"))
    bests = combined.bests_of(run, rows[list(page)]) if rows.height else []
    firms, names = (
        Organisation.objects.in_bulk([one.organisation for one in bests]),
        combined.names_in(run, language()),
    )
    context = {
        "run": run,
        "sums": sums,
        "page": page,
        "rows": [
            (firms[one.organisation], one, *_sets(names, one)) for one in bests if one.organisation in firms
        ],
        "groups": [{
            "label": _("主体"), "name": "which", "default": "bitten",
            "options": [
                {"value": "bitten", "label": _("有规则扣减的"), "count": sums.bitten},
                {"value": "all", "label": _("全部有应享金额的"), "count": sums.organisations},
            ],
        }],
        "which": "bitten" if bitten else "all",
    }  # fmt: skip
    return render(request, "policies/together.html", context)


def _sets(
    names: combined.Names, one: combined.Best
) -> tuple[list[tuple[str, int]], list[tuple[str, list[str], str]]]:
    """The chosen policies with what each brings, and those left out with what counts instead and by which rule."""
    titles = names.titles
    chosen = [(titles[policy], fen) for policy, fen in one.combination.chosen]
    left = [
        (titles[each.policy], [titles[other] for other in each.instead], names.rules.get(each.group, ""))
        for each in one.combination.left
    ]
    return chosen, left


@require_safe
@requires(VIEW)
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The same list as a file."""
    run = run_with_result(pk)
    rows = combined.rows_of(run, bitten=request.GET.get("which", "bitten") != "all")
    bests = combined.bests_of(run, rows) if rows.height else []
    return as_file(form, _("最优组合"), COLUMNS, _cells(run, bests), about_run(run))


def _cells(run: Run, bests: Sequence[combined.Best]) -> Iterator[list[str]]:
    firms, names = (
        Organisation.objects.in_bulk([one.organisation for one in bests]),
        combined.names_in(run, language()),
    )
    for one in bests:
        firm = firms.get(one.organisation)
        if firm is not None:
            chosen, left = _sets(names, one)
            yield [
                firm.name,
                firm.uscc.text if firm.uscc else "",
                *(yuan(money) for money in (one.due, one.best, one.taken)),
                "；".join(title for title, _fen in chosen),
                "；".join(f"{title}（{rule}）" for title, _instead, rule in left),
            ]
