"""The steps of a draft: submitted, recalled, returned, withdrawn, published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.queries import actor_of
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.audit.services import Actor
from huanchuang.definitions.forms import PublishForm, RemarkForm, VersionForm
from huanchuang.definitions.models import Draft
from huanchuang.definitions.queries.drafts import PUBLISH, WRITE, check_of
from huanchuang.definitions.services import give_back, publish, recall, submit, withdraw
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile


@dataclass(frozen=True)
class Step:
    """One step: its heading and button, what is asked, what is done, what is said afterwards."""

    heading: str | Promise
    lead: str | Promise
    done: str | Promise
    form: type[forms.Form]
    deed: Callable[[Actor, Draft, dict[str, Any]], object]
    danger: bool = False


SUBMIT = Step(
    _("提交发布"),
    _("提交后由没有参与起草的同事审核发布；审核期间不能修改，可以收回。"),
    _("已提交，有权发布的同事会收到消息"),
    VersionForm,
    lambda actor, draft, given: submit(actor, draft, given["version"]),
)
RECALL = Step(
    _("收回修改"),
    _("收回后可以继续修改，改好再提交。"),
    _("已收回，可以继续修改"),
    VersionForm,
    lambda actor, draft, given: recall(actor, draft, given["version"]),
)
RETURN = Step(
    _("退回草稿"),
    _("草稿回到起草人手里，意见会通知起草人。"),
    _("已退回，起草人会收到消息"),
    RemarkForm,
    lambda actor, draft, given: give_back(actor, draft, given["version"], given["remark"]),
)
WITHDRAW = Step(
    _("撤销草稿"),
    _("撤销后不能再修改或发布，内容仍可查看。"),
    _("已撤销"),
    RemarkForm,
    lambda actor, draft, given: withdraw(actor, draft, given["version"], given["remark"]),
    danger=True,
)
PUBLISHING = Step(
    _("发布"),
    _("发布后不可修改或删除，从生效日期起按新版本计算；更正须另发新版本。"),
    _("已发布"),
    PublishForm,
    lambda actor, draft, given: publish(actor, draft, given["version"], given["remark"]),
)


@form_page
@requires(WRITE)
def submit_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for its publication."""
    return _step(request, pk, SUBMIT)


@form_page
@requires(WRITE)
def recall_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it back to go on writing."""
    return _step(request, pk, RECALL)


@form_page
@requires(PUBLISH)
def return_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Return it with a remark."""
    return _step(request, pk, RETURN)


@form_page
@requires(WRITE)
def withdraw_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """End it."""
    return _step(request, pk, WITHDRAW)


@form_page
@requires(PUBLISH)
def publish_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish it."""
    return _step(request, pk, PUBLISHING)


def _step(request: HttpRequest, pk: int, step: Step) -> HttpResponse:
    one = get_object_or_404(Draft, pk=pk)
    form = step.form(request.POST or None, initial={"version": one.version})
    if request.method == "POST" and form.is_valid():
        try:
            step.deed(actor_of(request), one, form.cleaned_data)
        except ProblemError as error:
            form.add_error(None, [each.text(language()) for each in error.problems])
        except EditedMeanwhile:
            form.add_error(None, _("草稿刚被修改过。请先看最新内容，再办理"))
            form.data = {**request.POST.dict(), "version": str(Draft.objects.get(pk=pk).version)}
        else:
            messages.success(request, str(step.done))
            return redirect(one)
    context = {
        "draft": one,
        "form": form,
        "step": step,
        "checked": check_of(one) if step in (SUBMIT, PUBLISHING) else None,
    }
    return render(request, "definitions/step.html", context, status=422 if form.errors else 200)
