"""Papers: begin, write with figures from records, ask for the signature, sign, take out as Word."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.models import User
from huanchuang.accounts.queries import allows, signed_in
from huanchuang.accounts.views.gate import no_right, requires
from huanchuang.engines.kernel import Period
from huanchuang.files.views import made
from huanchuang.orm import clock
from huanchuang.orm.numbers import whole_number, whole_numbers
from huanchuang.packs.vocabulary import letter_handling
from huanchuang.steering.models import Draft, DraftState, PlanState
from huanchuang.steering.queries.letters.citations import fact_offers, line_offers
from huanchuang.steering.queries.letters.desk import draft_desk, reports_of
from huanchuang.steering.queries.letters.record import leaders
from huanchuang.steering.queries.letters.rendering import masked, sheet_of
from huanchuang.steering.queries.letters.visibility import may_look, may_write, visible_drafts, writes_on
from huanchuang.steering.queries.letters.word import letter_paper
from huanchuang.steering.queries.visibility import visible_plans, visible_targets
from huanchuang.steering.services.letters import drafting, signing
from huanchuang.steering.services.letters.intake import look_at_proposers
from huanchuang.steering.views import attempt
from huanchuang.steering.views.letters.forms import DraftForm, PressForm, ReportForm
from huanchuang.steering.views.letters.record import found_letter, pressed


def found_draft(request: HttpRequest, pk: int) -> Draft:
    """The paper if the person may read it, else 404."""
    related = ("letter", "plan", "issuer", "signer", "written_by")
    return get_object_or_404(visible_drafts(signed_in(request)).select_related(*related), pk=pk)


@require_safe
@requires("steering.draft.view")
def draft(request: HttpRequest, draft: int) -> HttpResponse:
    """A paper: to be written by whom it is for, to be read by others. `?q=` looks for figures of records."""
    found, user = found_draft(request, draft), signed_in(request)
    words = request.GET.get("q", "").strip()[:60]
    writes = may_write(user, found) and allows(user, "steering.draft.write")
    desk = draft_desk(user, found, words, writes=writes)
    context = {
        "draft": found,
        "desk": desk,
        "form": DraftForm(found.letter is not None, initial=_initial(found)) if writes else None,
        "press": PressForm.at(found.version, auto_id="press-%s"),
        "leaders": leaders() if writes else [],
        "recalls": found.state == DraftState.SIGNING
        and writes_on(user, found)
        and allows(user, "steering.draft.write"),
        "words": words,
        "may_look": found.letter is not None and may_look(user, found.letter),
    }
    return render(request, "steering/letters/draft.html", context)


def _initial(found: Draft) -> dict[str, object]:
    return {name: getattr(found, name) for name in DraftForm.base_fields}


@require_POST
@requires("steering.draft.write")
def begin(request: HttpRequest, letter: int) -> HttpResponse:
    """The draft of the reply; begun if there is none yet."""
    found = found_letter(request, letter)
    made: list[Draft] = []
    done = attempt(
        request, lambda: made.append(drafting.begin_reply(signed_in(request), found)), _("答复函已起草")
    )
    return (
        redirect("steering:draft", draft=made[0].pk) if done else redirect("steering:letter", letter=found.pk)
    )


@require_POST
@requires("steering.draft.write")
def write(request: HttpRequest, draft: int) -> HttpResponse:
    """Keep what is typed, then do what the button says: cite, renew, answer for, compose, look for figures, submit."""
    found, user = found_draft(request, draft), signed_in(request)
    form = DraftForm(found.letter is not None, request.POST)
    if not form.is_valid():
        for name, errors in form.errors.items():
            messages.error(request, f"{form.fields[name].label}：{errors[0]}")
        return redirect("steering:draft", draft=found.pk)
    verb, _colon, what = request.POST.get("deed", "save").partition(":")
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "save": (lambda: None, _("已保存")),
        "find": (lambda: None, _("已保存")),
        "cite": (lambda: _cite(request.POST, user, found, what), _("已插入，脚注会注明出处和截止日期")),
        "renew": (lambda: _renew(user, found, what), _("已换成记录中的新数")),
        "answer": (lambda: _answer(request.POST, user, found, what), _("已由您确认，出处会写入脚注")),
        "compose": (lambda: _compose(request.POST, user, found), _("已按所选任务组成初稿，请核对")),
    }
    if verb not in deeds:
        raise Http404
    follow, done = deeds[verb]

    def both() -> None:
        drafting.write(user, found, form.cleaned_data["version"], form.written())
        follow()

    attempt(request, both, done)
    words = request.POST.get("words", "").strip()[:60] if verb in ("find", "cite") else ""
    asked = QueryDict(mutable=True)
    asked.update({"q": words} if words else {})
    anchor = {"cite": "#figures", "find": "#figures", "answer": "#unanswered", "renew": "#changed"}.get(
        verb, ""
    )
    return redirect(
        f"{reverse('steering:draft', args=[found.pk])}{'?' if asked else ''}{asked.urlencode()}{anchor}"
    )


def _cite(posted: QueryDict, user: User, found: Draft, ref: str) -> None:
    words = posted.get("words", "").strip()[:60]
    offers = [*line_offers(user, found, words), *fact_offers(user, words)]
    offer = next((one for one in offers if one.ref == ref), None)
    if offer is None:
        raise Http404
    drafting.cite(user, found, offer, whole_number(posted.get("at")))


def _renew(user: User, found: Draft, what: str) -> None:
    number = whole_number(what)
    drafting.renew(user, found, None if number is None else [number])


def _answer(posted: QueryDict, user: User, found: Draft, digest: str) -> None:
    drafting.answer_for(user, found, digest, posted.get(f"grounds-{digest}", ""))


def _compose(posted: QueryDict, user: User, found: Draft) -> None:
    keys = whole_numbers(posted.getlist("line"))
    lines = (
        visible_targets(user).filter(pk__in=keys).select_related("plan", "item").order_by("plan", "position")
    )
    drafting.put_together(user, found, list(lines))


@require_POST
@requires("steering.draft.write")
def submit(request: HttpRequest, draft: int) -> HttpResponse:
    """Ask a leader by name to sign."""
    found = found_draft(request, draft)
    form = PressForm(request.POST)
    leader = next((one for one in leaders() if str(one.pk) == request.POST.get("leader")), None)
    if not form.is_valid() or leader is None:
        messages.error(request, _("请选择审签人"))
        return redirect("steering:draft", draft=found.pk)
    press = pressed(request, form)
    attempt(request, lambda: signing.submit(found, press, leader), _("已送审签"))
    return redirect("steering:draft", draft=found.pk)


@require_POST
@requires("steering.draft.write")
def recall(request: HttpRequest, draft: int) -> HttpResponse:
    """Take a paper back from the leader before it is signed."""
    found = found_draft(request, draft)
    form = PressForm(request.POST)
    if not form.is_valid():
        raise Http404
    press = pressed(request, form)
    attempt(request, lambda: signing.recall(found, press), _("已撤回，可以继续修改"))
    return redirect("steering:draft", draft=found.pk)


@require_POST
@requires("steering.draft.sign")
def sign(request: HttpRequest, draft: int) -> HttpResponse:
    """The leader who was asked signs, or sends back."""
    found = found_draft(request, draft)
    if found.signer_id != signed_in(request).pk:
        return no_right(request, "steering.draft.sign")
    form = PressForm(request.POST)
    if not form.is_valid():
        raise Http404
    press = pressed(request, form)
    if request.POST.get("deed") == "send-back":
        attempt(request, lambda: signing.send_back(found, press), _("已退回修改"))
    else:
        attempt(request, lambda: signing.sign(found, press), _("已审签，文本已封存"))
    return redirect("steering:draft", draft=found.pk)


@require_safe
@requires("steering.draft.export")
def word(request: HttpRequest, draft: int) -> HttpResponse:
    """The paper as a Word file; names and numbers of people in part."""
    found = found_draft(request, draft)
    return _as_word(found, full=False)


@never_cache
@require_POST
@requires("steering.proposer.look")
def word_full(request: HttpRequest, draft: int) -> HttpResponse:
    """The paper to be sent, with names in full; the look is recorded with its purpose."""
    found = found_draft(request, draft)
    if found.letter is None:
        raise Http404
    letter = found.letter
    if not attempt(
        request,
        lambda: look_at_proposers(signed_in(request), letter, request.POST.get("purpose", "")),
        _("已导出，查看已留痕"),
    ):
        return redirect("steering:draft", draft=found.pk)
    return _as_word(found, full=True)


def _as_word(found: Draft, *, full: bool) -> HttpResponse:
    sheet = sheet_of(found) if full else masked(sheet_of(found))
    verdicts = tuple(one.zh for one in letter_handling().answers.values())
    return made(letter_paper(sheet, found.signed_on or clock.today(), verdicts), f"{sheet.title}.docx")


@require_safe
@requires("steering.draft.view")
def reports(request: HttpRequest) -> HttpResponse:
    """Half-year reports of plans that the person may read."""
    user = signed_in(request)
    begins = allows(user, "steering.report.begin")
    plans = visible_plans(user).filter(state=PlanState.IN_FORCE)
    form = ReportForm(plans) if begins else None
    return render(request, "steering/letters/reports.html", {"reports": reports_of(user), "form": form})


@require_POST
@requires("steering.report.begin")
def report_begin(request: HttpRequest) -> HttpResponse:
    """Put the report of a plan for a half-year together."""
    user = signed_in(request)
    form = ReportForm(visible_plans(user).filter(state=PlanState.IN_FORCE), request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择方案和期间"))
        return redirect("steering:reports")
    given = form.cleaned_data
    made: list[Draft] = []
    done = attempt(
        request,
        lambda: made.append(drafting.begin_report(user, given["plan"], Period.parse(given["period"]))),
        _("总结初稿已组成，每个数都有出处，请核对"),
    )
    return redirect("steering:draft", draft=made[0].pk) if done else redirect("steering:reports")
