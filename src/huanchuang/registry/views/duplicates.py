"""The queue of entries that may be one, and the page on which a person decides about a pair."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import actor_of, allows, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.engines.sameness import Comparison
from huanchuang.orm.language import language
from huanchuang.orm.numbers import whole_number
from huanchuang.registry.forms.sameness import JudgementForm, PairForm
from huanchuang.registry.models import Candidate, Entry, Said
from huanchuang.registry.queries.kinds import KINDS, Kind, kind_named
from huanchuang.registry.queries.sameness import merging, queue
from huanchuang.registry.queries.sameness.judged import contradictions, live_merge, standing
from huanchuang.registry.queries.visibility import visible
from huanchuang.registry.services import sameness

DEED = "registry.duplicate.judge"


@require_safe
@requires(DEED)
def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs that may be one, the likeliest first, fifty a page."""
    user = signed_in(request)
    asked = queue.asked_in(request.GET.dict())
    hidden = queue.secrets(user)
    page = Paginator(queue.queue(user, asked, hidden), queue.PAGE_SIZE).get_page(request.GET.get("page"))
    kinds, waiting = kinds_of(user), queue.counts(user, hidden)
    words = request.GET.copy()
    words.pop("page", None)
    context = {
        "page": page,
        "rows": queue.rows(user, page),
        "asked": asked,
        "address": words.urlencode(),
        "kinds": kinds,
        "groups": _groups(kinds, waiting),
        "pair": PairForm(user, kinds),
        "english": language() == "en",
    }
    return render(request, "registry/duplicates.html", context)


def kinds_of(user: User) -> list[Kind]:
    """The kinds a person may see."""
    return [kind for kind in KINDS.values() if allows(user, f"registry.{kind.name}.view")]


def _groups(kinds: list[Kind], waiting: object) -> list[dict[str, object]]:
    counted = waiting if isinstance(waiting, dict) else {}
    return [
        {
            "label": _("结论"),
            "name": "said",
            "options": [{"value": code, "label": word} for code, word in queue.STATES.items()],
            "default": Said.OPEN.value,
        },
        {
            "label": _("类别"),
            "name": "kind",
            "options": [
                {"value": kind.name, "label": kind.label, "count": counted.get(kind.name)}
                for kind in kinds
                if counted.get(kind.name)
            ],
        },
        {
            "label": _("初判"),
            "name": "proposed",
            "options": [{"value": code, "label": word} for code, word in queue.PROPOSED.items()],
        },
    ]


@require_POST
@requires(DEED)
def search(request: HttpRequest) -> HttpResponse:
    """Starts the search for duplicates of a kind; its progress is shown with the other jobs."""
    kind = KINDS.get(request.POST.get("kind", ""))
    if kind is None or kind not in kinds_of(signed_in(request)):
        messages.error(request, _("请选择要查找的类别"))
        return redirect("registry:duplicates")
    job = sameness.start_search(actor_of(request), kind)
    return redirect("jobs:show", pk=job.pk)


@require_POST
@requires(DEED)
def compare(request: HttpRequest) -> HttpResponse:
    """Puts two entries of one's own choice side by side."""
    user = signed_in(request)
    form = PairForm(user, kinds_of(user), request.POST)
    if form.is_valid():
        try:
            made = sameness.put_forward(
                actor_of(request), form.cleaned_data["one"], form.cleaned_data["other"]
            )
        except ProblemError as error:
            messages.error(request, error.text(language()))
        else:
            return redirect("registry:duplicate", pk=made.pk)
    for problems in form.errors.values():
        messages.error(request, str(problems[0]))
    return redirect("registry:duplicates")


@require_POST
@requires(DEED)
def similar(request: HttpRequest) -> HttpResponse:
    """Looks for entries like one entry and shows them as candidates."""
    user = signed_in(request)
    kind = KINDS.get(request.POST.get("kind", ""))
    key = whole_number(request.POST.get("pk"))
    if kind is None or key is None:
        return redirect("registry:duplicates")
    entry: Entry = get_object_or_404(visible(user, kind), pk=key)
    if not sameness.put_forward_alike(actor_of(request), user, entry):
        messages.info(request, _("没有找到与它相像的记录"))
        return redirect(entry)
    return redirect(f"{reverse('registry:duplicates')}?of={entry.subject}")


@form_page
@requires(DEED)
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Two entries side by side: what agrees, what differs, why; and what a person says about them."""
    user = signed_in(request)
    candidate, one, other = pair_of(user, pk)
    form = JudgementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            sameness.judge(actor_of(request), one, other, said["verdict"], said["note"], said["despite"])
        except ProblemError as error:
            form.add_error(None, error.text(language()))
        else:
            return _onward(request, user, candidate, said["verdict"])
    return render(
        request,
        "registry/duplicate.html",
        _shown(request, user, candidate, one, other, form),
        status=422 if form.errors else 200,
    )


def pair_of(user: User, pk: int) -> tuple[Candidate, Entry, Entry]:
    """A candidate with both entries, as far as the reader may know of them; 404 otherwise."""
    candidate = get_object_or_404(queue.known_to(user, Candidate.objects.all()), pk=pk)
    kind = kind_named(candidate.kind)
    links = [field.name for field in kind.links]
    among = visible(user, kind).select_related(*links)
    ends = [
        get_object_or_404(among, pk=int(subject.partition(":")[2]))
        for subject in (candidate.one, candidate.other)
    ]
    return candidate, ends[0], ends[1]


def _onward(request: HttpRequest, user: User, candidate: Candidate, verdict: str) -> HttpResponse:
    """To the merge for the same, else to the next pair of the list."""
    if verdict == Said.SAME:
        return redirect("registry:duplicate-merge", pk=candidate.pk)
    messages.success(request, _("已记下"))
    after = queue.next_to(user, queue.asked_in(request.GET.dict()), candidate)
    if after is None:
        return redirect("registry:duplicates")
    words = request.GET.urlencode()
    return redirect(f"{reverse('registry:duplicate', args=[after.pk])}{f'?{words}' if words else ''}")


def _shown(
    request: HttpRequest, user: User, candidate: Candidate, one: Entry, other: Entry, form: JudgementForm
) -> dict[str, object]:
    kind = kind_named(candidate.kind)
    comparison = Comparison.from_data(candidate.comparison)
    spoken = language()
    asked = queue.asked_in(request.GET.dict())
    return {
        "candidate": candidate,
        "kind": kind,
        "one": one,
        "other": other,
        "titles": merging.called(one, other),
        "compared": [
            (row, *merging.sides_shown(row, one, other), row.label(spoken), row.why(spoken))
            for row in comparison.fields
            if row.outcome
        ],
        "missing": [row.label(spoken) for row in comparison.fields if not row.outcome],
        "differences": merging.choices(user, one, other, "one"),
        "hanging": merging.both_hanging(user, one, other),
        "standing": standing(candidate.one, candidate.other),
        "held_apart": contradictions(candidate.one, candidate.other),
        "merged": live_merge(candidate.one) or live_merge(candidate.other),
        "form": form,
        "address": request.GET.urlencode(),
        "after": queue.next_to(user, asked, candidate),
    }
