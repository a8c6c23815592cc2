"""Forecasts: ask what a policy would cost with other figures, and see cost, budget and whom it moves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import Money, ProblemError
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.packs.policies.figures import rules_of
from huanchuang.policies.forms import SIZE_GROUPS, ForecastForm
from huanchuang.policies.models import Forecast
from huanchuang.policies.queries import forecasts as known
from huanchuang.policies.queries.bands import Band, bands_of
from huanchuang.policies.queries.editions import editions_of
from huanchuang.policies.queries.library import Listed, policy_named, policy_with
from huanchuang.policies.queries.population import NOTHING
from huanchuang.policies.queries.runs import group_name
from huanchuang.policies.queries.words import MOVES, PARTS, RESULTS, outcome_word
from huanchuang.policies.services.forecasts import Asked, begin_forecast
from huanchuang.policies.views.files import about_forecast, columns, yuan
from huanchuang.policies.views.runs import DIMENSIONS, PAGE, START, VIEW
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.kinds import Shape
from huanchuang.registry.views.answers import as_file

RESULT_OF = {1: "yes", 0: "no", -1: "unknown"}
OPEN = -1


GROUP_COLUMNS = columns(
    (gettext_lazy("群体"), Shape.TEXT), (gettext_lazy("主体"), Shape.WHOLE), (gettext_lazy("符合"), Shape.WHOLE),
    (gettext_lazy("无法判断"), Shape.WHOLE), (gettext_lazy("应享下限（元）"), Shape.MONEY), (gettext_lazy("应享上限（元）"), Shape.MONEY),
    (gettext_lazy("预计下限（元）"), Shape.MONEY), (gettext_lazy("预计上限（元）"), Shape.MONEY), (gettext_lazy("新增符合"), Shape.WHOLE),
    (gettext_lazy("不再符合"), Shape.WHOLE), (gettext_lazy("应享增减（元）"), Shape.MONEY),
)  # fmt: skip
MOVED_COLUMNS = columns(
    (gettext_lazy("主体名称"), Shape.TEXT), (gettext_lazy("统一社会信用代码"), Shape.TEXT), (gettext_lazy("变化"), Shape.TEXT),
    (gettext_lazy("现行结果"), Shape.TEXT), (gettext_lazy("假设结果"), Shape.TEXT), (gettext_lazy("现行金额（元）"), Shape.MONEY),
    (gettext_lazy("假设金额（元）"), Shape.MONEY), (gettext_lazy("增减（元）"), Shape.MONEY), (gettext_lazy("原因"), Shape.LONG),
)  # fmt: skip


@require_safe
@requires(VIEW)
def forecasts(request: HttpRequest) -> HttpResponse:
    """All forecasts."""
    rows = [(one, _sum(one, "taken_least"), _sum(one, "taken_most")) for one in known.forecasts()]
    may = allows(signed_in(request), START)
    return render(request, "policies/forecasts.html", {"rows": rows, "may_start": may})


def _sum(one: Forecast, name: str) -> Money | None:
    return Money(one.totals["cost"][name]) if one.totals and one.rules["is_money"] else None


@form_page
@requires(START)
def begin(request: HttpRequest, policy: str) -> HttpResponse:
    """The rules of a policy with boxes for their figures; the answer is a job."""
    listed = _edition(policy, request.POST.get("version") or request.GET.get("version", ""))
    day = clock.today() if listed.policy.is_in_force(clock.today()) else listed.policy.valid_from
    asked = (
        clock.day_in(request.POST.get("rules_on", "")) or clock.day_in(request.POST.get("as_of", "")) or day
    )
    rules = rules_of(listed.pack.content, asked or clock.today())
    form = ForecastForm(request.POST or None, rules=rules, initial={"as_of": day})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        wanted = Asked(
            given["as_of"], given["usual"], given["source"], given["rules_on"], form.figures(), given["by"], given["shares"]
        )  # fmt: skip
        try:
            made = begin_forecast(signed_in(request), listed, wanted)
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        else:
            return redirect("policies:forecast", pk=made.pk)
    context = {
        "listed": listed,
        "editions": editions_of(policy, clock.today(), language()),
        "title": listed.title(language()),
        "form": form,
        "rules": _shown_rules(listed, form),
        "sizes": [form[f"size-{at}"] for at in range(len(SIZE_GROUPS))],
    }
    return render(request, "policies/forecast_new.html", context, status=422 if form.errors else 200)


def _edition(policy: str, digest: str) -> Listed:
    """The version of a policy that is asked for; the one that decides today where none is named. 404 for none."""
    found = policy_with(digest) if digest else policy_named(policy)
    if found is None or found.id != policy:
        raise Http404
    return found


def _shown_rules(listed: Listed, form: ForecastForm) -> list[dict[str, Any]]:
    """Each rule with its words, its text, and a box in the place of each figure."""
    words = language()
    texts = {one.id: one.text.text(words) for one in listed.policy.requirements}
    if listed.policy.amount is not None:
        texts[""] = listed.policy.amount.text.text(words)
    return [
        {
            "label": texts.get(rule.name, rule.name),
            "part": PARTS[rule.part],
            "pieces": [
                (text, figure, form[figure.key] if figure else None) for text, figure in rule.pieces()
            ],
            "unit": rule.unit,
        }
        for rule in form.rules
    ]


def _forecast(pk: int) -> Forecast:
    return get_object_or_404(Forecast.objects.select_related("job", "file"), pk=pk)


@require_safe
@requires(VIEW)
def forecast(request: HttpRequest, pk: int) -> HttpResponse:
    """One forecast: under way, or what it came to."""
    one = _forecast(pk)
    by = request.GET.get("by", "size")
    by = by if by in DIMENSIONS else "size"
    context: dict[str, Any] = {
        "one": one,
        "changes": [(PARTS[change["part"]], _where(one, change), change) for change in one.changes],
        "groups": [
            {"label": _("分组"), "name": "by", "default": "size",
             "options": [{"value": name, "label": label, "count": None} for name, label in DIMENSIONS.items()]},
        ],
        "by": DIMENSIONS[by],
        "asked": f"?part=groups&by={by}",
        "shares": [(group_name(one.take_up["by"], name), share) for name, share in one.take_up["shares"].items()],
        "is_changed": bool(one.changes or one.rules_on or one.published),
        "since": known.published_since(one),
        "may_start": allows(signed_in(request), START),
    }  # fmt: skip
    if one.file and one.organisations:
        whole, lines = known.lines_of(one, by)
        costly = [(group_name(by, line.group), line) for line in lines if line.cost.taken_most]
        named = [pair for pair in costly if pair[1].group != NOTHING]
        context |= {
            "whole": whole,
            "lines": [(group_name(by, line.group), line) for line in lines],
            "first": next(iter(named or costly), None),
            "unknown": next((pair for pair in costly if named and pair not in named), None),
            "budgets": known.budgets_beside(one, whole),
            "moves": [(word, MOVES[word], count) for word, count in _counts(one) if word != "same"],
            "change": Money(whole.moved.fen),
        }
    return render(request, "policies/forecast.html", context)


def _counts(one: Forecast) -> list[tuple[str, int]]:
    return [(word, one.totals["moves"].get(word, 0)) for word in MOVES if one.totals["moves"].get(word)]


def _where(one: Forecast, change: Mapping[str, str]) -> str:
    """What a changed figure belongs to, in the reader's words."""
    key = "text_en" if language() == "en" else "text"
    named: dict[str, str] = {asked["id"]: asked[key] or asked["text"] for asked in one.rules.get("after", [])}
    return named.get(change["name"], change["name"])


@require_safe
@requires(VIEW)
def moved(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisations that the supposed version moves, each with what turned."""
    one = _forecast(pk)
    if not one.file:
        return redirect("policies:forecast", pk=pk)
    move = request.GET.get("move", "")
    move = move if move in MOVES and move != "same" else ""
    page = Paginator(known.moved_ones(one, move), PAGE).get_page(request.GET.get("page"))
    firms = Organisation.objects.in_bulk([row.organisation for row in page])
    counts = one.totals.get("moves", {})
    options = [
        {
            "value": "",
            "label": _("全部变化"),
            "count": sum(count for word, count in counts.items() if word != "same"),
        }
    ]
    options += [
        {"value": word, "label": MOVES[word][0], "count": count}
        for word, count in _counts(one)
        if word != "same"
    ]
    bands = bands_of(one) if one.rules["is_money"] and not move else []
    context = {
        "one": one,
        "page": page,
        "move": move,
        "bands": [(_band_name(band), band) for band in bands],
        "fullest": max(((_band_name(band), band) for band in bands), key=lambda pair: pair[1].up + pair[1].down, default=None),
        "up": sum(band.up for band in bands),
        "down": sum(band.down for band in bands),
        "sum": Money(sum(band.fen for band in bands)),
        "rows": [_row(one, firms[row.organisation], row) for row in page if row.organisation in firms],
        "groups": [{"label": _("变化"), "name": "move", "default": "", "options": options}],
    }  # fmt: skip
    return render(request, "policies/forecast_moved.html", context)


def _band_name(band: Band) -> str:
    """How a band of amounts is called."""
    least, below = Money(band.least).text(), None if band.below is None else Money(band.below).text()
    if below is None:
        return _("%(least)s以上") % {"least": least}
    return f"{least}—{below}" if band.least else _("不到%(below)s") % {"below": below}


def _row(one: Forecast, firm: Organisation, row: known.MovedOne) -> dict[str, Any]:
    return {
        "firm": firm,
        "move": MOVES[row.move],
        "before": RESULTS[RESULT_OF[row.before]],
        "after": RESULTS[RESULT_OF[row.after]],
        "had": _money(row.had),
        "has": _money(row.has),
        # An open result has no amount yet: its step is not known, though the sum of what is certain does not move.
        "step": None if OPEN in (row.before, row.after) else _money(row.fen),
        "reasons": _reasons(one, row),
    }


def _money(fen: int | None) -> Money | None:
    return None if fen is None else Money(fen)


def _reasons(one: Forecast, row: known.MovedOne) -> list[str]:
    """What turned: requirement, outcome before and after, and the rule that is supposed where it is another."""
    key = "text_en" if language() == "en" else "text"
    old = {asked["id"]: asked for asked in one.rules["before"]}
    new = {asked["id"]: asked for asked in one.rules["after"]}
    found = []
    for turn in row.turns:
        asked = new.get(turn.requirement) or old[turn.requirement]
        rule = asked["rule"] if old.get(turn.requirement, asked)["rule"] != asked["rule"] else ""
        found.append(
            _("%(text)s：%(before)s → %(after)s")
            % {
                "text": rule or asked[key] or asked["text"],
                "before": outcome_word(turn.before),
                "after": outcome_word(turn.after),
            }
        )
    if found:
        return found
    figures = [change for change in one.changes if change["part"] != "requirement"]
    return [
        f"{change['name'] or PARTS[change['part']]} {change['old']} → {change['new']}" for change in figures
    ] or [_("金额的算法或参数变了")]


@require_safe
@requires(VIEW)
def export(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The groups (`part=groups`), or the organisations that move, as a file."""
    one = _forecast(pk)
    if not one.file or not one.organisations:
        raise Http404
    if request.GET.get("part") == "groups":
        by = request.GET.get("by", "size")
        cells = _group_cells(one, by if by in DIMENSIONS else "size")
        return as_file(form, one.title, GROUP_COLUMNS, cells, about_forecast(one))
    move = request.GET.get("move", "")
    rows = known.moved_ones(one, move if move in MOVES and move != "same" else "")
    return as_file(form, one.title, MOVED_COLUMNS, _moved_cells(one, rows), about_forecast(one))


def _group_cells(one: Forecast, by: str) -> Iterator[list[str]]:
    whole, lines = known.lines_of(one, by)
    for line in (*lines, whole):
        counts = line.moved.counts
        yield [
            group_name(by, line.group) if line.group else _("合计"),
            *(str(number) for number in (line.cost.subjects, line.cost.entitled, line.cost.open)),
            *(yuan(line.money(name)) for name in ("least", "most", "taken_least", "taken_most")),
            str(counts.get("gain", 0)),
            str(counts.get("lose", 0)),
            yuan(Money(line.moved.fen)),
        ]


def _moved_cells(one: Forecast, rows: Sequence[known.MovedOne]) -> Iterator[list[str]]:
    firms = Organisation.objects.in_bulk([row.organisation for row in rows])
    for found in rows:
        firm = firms.get(found.organisation)
        if firm is not None:
            row = _row(one, firm, found)
            yield [
                firm.name,
                firm.uscc.text if firm.uscc else "",
                str(row["move"][0]),
                str(row["before"][0]),
                str(row["after"][0]),
                *(yuan(row[name]) for name in ("had", "has", "step")),
                "；".join(row["reasons"]),
            ]
