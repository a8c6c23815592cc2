"""One letter: its page, its registration, its units, a recorded look at who proposes, and the steps that units take."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts.queries import signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm import clock
from huanchuang.orm.language import language
from huanchuang.steering.models import Extension, Handling, HandlingState, Letter, Proposer
from huanchuang.steering.queries.letters.record import letter_record
from huanchuang.steering.queries.letters.visibility import visible_letters
from huanchuang.steering.services.letters import answering, assigning, handling
from huanchuang.steering.services.letters.intake import change_letter, look_at_proposers, register_letter
from huanchuang.steering.services.letters.steps import Press
from huanchuang.steering.views import attempt
from huanchuang.steering.views.letters.forms import (
    AgainForm,
    AssignForm,
    ChangeForm,
    LetterForm,
    PressForm,
    SlipForm,
    TalkForm,
    UntilForm,
    press_forms,
)


def found_letter(request: HttpRequest, pk: int) -> Letter:
    """The letter if the person may see it, else 404."""
    return get_object_or_404(visible_letters(signed_in(request)).select_related("lead", "file"), pk=pk)


def found_handling(request: HttpRequest, pk: int) -> Handling:
    """A unit's part in a letter that the person may see."""
    seen = visible_letters(signed_in(request)).values("pk")
    units = Handling.objects.exclude(state=HandlingState.GONE).select_related("letter", "organisation")
    return get_object_or_404(units.filter(letter__in=seen), pk=pk)


@require_safe
@requires("steering.letter.view")
def letter(request: HttpRequest, letter: int) -> HttpResponse:
    """Everything about a letter and what may be done with it now."""
    return _page(request, found_letter(request, letter))


@never_cache
@require_POST
@requires("steering.proposer.look")
def look(request: HttpRequest, letter: int) -> HttpResponse:
    """The same page with the proposers in full; the look is recorded with its purpose."""
    found = found_letter(request, letter)
    try:
        clear = look_at_proposers(signed_in(request), found, request.POST.get("purpose", ""))
    except ProblemError as problem:
        messages.error(request, problem.text(language()))
        return redirect("steering:letter", letter=found.pk)
    return _page(request, found, clear)


def _page(request: HttpRequest, found: Letter, clear: list[Proposer] | None = None) -> HttpResponse:
    record = letter_record(signed_in(request), found, clock.today(), clear)
    context = {"letter": found, "record": record, "clear": clear is not None, **press_forms(found)}
    return render(request, "steering/letters/letter.html", context)


@form_page
@requires("steering.letter.register")
def new(request: HttpRequest) -> HttpResponse:
    """Enter a proposal."""
    posted = request.method == "POST"
    form = (
        LetterForm(request.POST, request.FILES)
        if posted
        else LetterForm(initial={"received_on": clock.today()})
    )
    if posted and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            made = register_letter(signed_in(request), form.given(), upload, upload.name if upload else "")
        except ProblemError as problem:
            form.add_error(None, problem.text(language()))
        else:
            messages.success(request, _("已登记，请确定主办和会办单位"))
            return redirect("steering:letter_assign", letter=made.pk)
    return render(request, "steering/letters/new.html", {"form": form}, status=422 if form.errors else 200)


@form_page
@requires("steering.letter.register")
def change(request: HttpRequest, letter: int) -> HttpResponse:
    """Put right what was registered; contents and proposers, which name people, are not shown and stay when left empty."""
    found, user = found_letter(request, letter), signed_in(request)
    form = ChangeForm(request.POST) if request.method == "POST" else ChangeForm.of(found)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        press = Press(user, given["token"], given["version"], given["reason"])
        if attempt(request, lambda: change_letter(found, press, form.given()), _("已更正，原因留在历史里")):
            return redirect("steering:letter", letter=found.pk)
    context = {"form": form, "letter": found}
    return render(request, "steering/letters/change.html", context, status=422 if form.errors else 200)


@form_page
@requires("steering.letter.assign")
def assign(request: HttpRequest, letter: int) -> HttpResponse:
    """Give the letter to one unit that leads and to units that help."""
    found = found_letter(request, letter)
    form = (
        AssignForm(request.POST)
        if request.method == "POST"
        else AssignForm.at(found.version, auto_id="id_%s")
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        press = pressed(request, form)
        if attempt(
            request,
            lambda: assigning.assign(found, press, given["lead"], given["helpers"]),
            _("已交办，各单位会收到通知"),
        ):
            return redirect("steering:letter", letter=found.pk)
    context = {
        "form": form,
        "letter": found,
        "record": letter_record(signed_in(request), found, clock.today()),
    }
    return render(request, "steering/letters/assign.html", context, status=422 if form.errors else 200)


@require_POST
@requires("steering.letter.handle")
def handle(request: HttpRequest, handling_: int) -> HttpResponse:
    """A unit accepts, asks to give back, or gives its opinion."""
    given = found_handling(request, handling_)
    deeds: dict[str, tuple[Callable[[Handling, Press], Any], str]] = {
        "accept": (assigning.accept, _("已签收")),
        "ask-back": (assigning.ask_back, _("已申请退办，等主管科室决定")),
        "opinion": (handling.give_opinion, _("会办意见已提交，主办单位会收到通知")),
    }
    if request.POST.get("deed") not in deeds:
        raise Http404
    service, done = deeds[request.POST["deed"]]
    return _press(request, given.letter, lambda press: service(given, press), done)


@require_POST
@requires("steering.letter.decide")
def return_(request: HttpRequest, handling_: int) -> HttpResponse:
    """The office takes a letter back from a unit, or keeps it there."""
    given = found_handling(request, handling_)
    agreed = request.POST.get("deed") == "take-back"
    done = _("已收回，可以另行交办") if agreed else _("未同意退办，单位会收到理由")
    return _press(request, given.letter, lambda press: assigning.decide_return(given, press, agreed), done)


@require_POST
@requires("steering.letter.handle")
def talk(request: HttpRequest, letter: int) -> HttpResponse:
    """Write down a talk with the proposer."""
    found = found_letter(request, letter)
    return _step(
        request, found, TalkForm,
        lambda press, values: handling.note_talk(found, press, handling.TalkGiven(values["way"], values["on"])),
        _("沟通情况已记录"),
    )  # fmt: skip


@require_POST
@requires("steering.letter.handle")
def longer(request: HttpRequest, letter: int) -> HttpResponse:
    """Ask for more time."""
    found = found_letter(request, letter)
    return _step(
        request, found, UntilForm, lambda press, values: handling.ask_longer(found, press, values["until"]),
        _("已申请延期，等主管科室审批"),
    )  # fmt: skip


@require_POST
@requires("steering.letter.decide")
def longer_decide(request: HttpRequest, extension: int) -> HttpResponse:
    """Grant or refuse more time."""
    seen = visible_letters(signed_in(request)).values("pk")
    asked = get_object_or_404(
        Extension.objects.select_related("letter").filter(letter__in=seen), pk=extension
    )
    agreed = request.POST.get("deed") == "grant"
    done = _("已同意延期") if agreed else _("未同意延期")
    return _press(request, asked.letter, lambda press: handling.decide_longer(asked, press, agreed), done)


@require_POST
@requires("steering.letter.handle")
def send(request: HttpRequest, letter: int) -> HttpResponse:
    """The signed reply has been sent."""
    found = found_letter(request, letter)
    number = request.POST.get("number", "")
    return _press(
        request, found, lambda press: answering.send(found, press, number), _("已登记答复，等待反馈")
    )


@require_POST
@requires("steering.letter.decide")
def feedback(request: HttpRequest, letter: int) -> HttpResponse:
    """Enter the slip that came back."""
    found = found_letter(request, letter)
    return _step(
        request, found, SlipForm,
        lambda press, values: answering.note_feedback(found, press, values["verdict"], values["received_on"]),
        _("反馈已登记"),
    )  # fmt: skip


@require_POST
@requires("steering.letter.decide")
def again(request: HttpRequest, letter: int) -> HttpResponse:
    """Open the next round."""
    found = found_letter(request, letter)
    return _step(
        request, found, AgainForm, lambda press, values: answering.do_again(found, press, values["until"]),
        _("已转重办，主办单位会收到要求和期限"),
    )  # fmt: skip


@require_POST
@requires("steering.letter.decide")
def publicity(request: HttpRequest, letter: int) -> HttpResponse:
    """Publish the reply or say why not."""
    found = found_letter(request, letter)
    publish = request.POST.get("deed") == "publish"
    done = _("已公开，个人信息已去掉") if publish else _("已登记不公开及理由")
    return _press(request, found, lambda press: answering.decide_publicity(found, press, publish), done)


@require_POST
@requires("steering.letter.decide")
def close(request: HttpRequest, letter: int) -> HttpResponse:
    """End and file the letter."""
    found = found_letter(request, letter)
    return _press(request, found, lambda press: answering.close(found, press), _("已办结归档"))


def _press(
    request: HttpRequest, found: Letter, service: Callable[[Press], object], done: str
) -> HttpResponse:
    """A step for which the button says all."""
    return _step(request, found, PressForm, lambda press, values: service(press), done)


def _step(
    request: HttpRequest,
    found: Letter,
    form_class: type[PressForm],
    service: Callable[[Press, dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    form = form_class(request.POST)
    if form.is_valid():
        press = pressed(request, form)
        attempt(request, lambda: service(press, form.cleaned_data), done)
    else:
        for name, errors in form.errors.items():
            field = form.fields.get(name)
            label = f"{field.label}：" if field is not None and field.label else ""
            messages.error(request, f"{label}{errors[0]}")
    if visible_letters(signed_in(request)).filter(pk=found.pk).exists():
        return redirect("steering:letter", letter=found.pk)
    return redirect("steering:letters")  # a letter that was taken back is no longer theirs to see


def pressed(request: HttpRequest, form: PressForm) -> Press:
    """The button of a valid form as the services take it."""
    given = form.cleaned_data
    return Press(signed_in(request), given["token"], given["version"], given["reason"])
