"""The administrator's pages: people, their roles and their grants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huanchuang.accounts import services
from huanchuang.accounts.forms import GrantForm, NewPersonForm, PersonForm, RoleForm, SearchForm
from huanchuang.accounts.models import Grant, User
from huanchuang.accounts.queries import actor_of, allows, grants_of, people, signed_in
from huanchuang.accounts.views.gate import form_page, requires
from huanchuang.engines.kernel import ProblemError
from huanchuang.orm.language import language
from huanchuang.orm.models import EditedMeanwhile

PAGE = 50


@requires("accounts.user.view")
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All accounts, by part of a name and by role."""
    form = SearchForm(request.GET)
    wishes = form.cleaned_data if form.is_valid() else {}
    page = Paginator(people(wishes.get("q", ""), wishes.get("role", "")), PAGE).get_page(
        request.GET.get("page")
    )
    may_manage = allows(signed_in(request), "accounts.user.manage")
    return render(request, "accounts/people.html", {"form": form, "page_obj": page, "may_manage": may_manage})


@requires("accounts.user.manage")
@form_page
def create(request: HttpRequest) -> HttpResponse:
    """Make an account; its first password is shown once."""
    form = NewPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data.pop("is_service"):
            return _create_service(request, form)
        password = services.new_password()
        made = try_deed(
            form, lambda: services.create_user(actor_of(request), password=password, **form.cleaned_data)
        )
        if made is not None:
            return _with_password(request, made, password)
    return render(request, "accounts/new.html", {"form": form})


def _create_service(request: HttpRequest, form: NewPersonForm) -> HttpResponse:
    values = {name: form.cleaned_data[name] for name in ("username", "name", "role")}
    made = try_deed(form, lambda: services.create_service(actor_of(request), **values))
    if made is None:
        return render(request, "accounts/new.html", {"form": form})
    messages.success(request, _("服务账户已建立，请签发访问令牌。"))
    return redirect("accounts:service_tokens", made.pk)


@requires("accounts.user.view")
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: who, role, grants, and what the administrator can do."""
    return _person_page(request, get_object_or_404(User, pk=pk))


@requires("accounts.user.manage")
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change name and contact."""
    found = get_object_or_404(User, pk=pk)
    form = PersonForm(request.POST, person=found)
    return _carry_out(
        request,
        found,
        "change_form",
        form,
        lambda values: services.change_user(actor_of(request), found, **values),
    )


@requires("accounts.user.manage")
@require_POST
def assign_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Give another role."""
    found = get_object_or_404(User, pk=pk)
    form = RoleForm(request.POST)
    return _carry_out(
        request,
        found,
        "role_form",
        form,
        lambda values: services.assign_role(actor_of(request), found, **values),
    )


@requires("accounts.user.manage")
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, or open a closed one."""
    found = get_object_or_404(User, pk=pk)
    deed = services.deactivate if found.is_active else services.reactivate
    return _carry_out(
        request, found, "switch_form", forms.Form(request.POST), lambda values: deed(actor_of(request), found)
    )


@requires("accounts.user.manage")
@require_POST
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a new first password for somebody who forgot theirs; shown once."""
    found = get_object_or_404(User, pk=pk)
    if found.is_service:
        raise Http404
    password = services.new_password()
    services.set_password(actor_of(request), found, password)
    return _with_password(request, found, password)


@requires("accounts.user.manage")
@require_POST
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the second factor of somebody who lost phone and recovery codes."""
    found = get_object_or_404(User, pk=pk)
    services.reset_second_factor(actor_of(request), found)
    messages.success(request, _("两步验证已停用。"))
    return redirect("accounts:person", found.pk)


@requires("accounts.grant.manage")
@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant a right on one object."""
    found = get_object_or_404(User, pk=pk)
    form = GrantForm(request.POST)
    return _carry_out(
        request, found, "grant_form", form, lambda values: services.grant(actor_of(request), found, **values)
    )


@requires("accounts.grant.manage")
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a grant."""
    given = get_object_or_404(Grant.objects.select_related("user"), pk=pk)
    services.revoke(actor_of(request), given)
    messages.success(request, _("已撤销授权。"))
    return redirect("accounts:person", given.user_id)


def _carry_out(
    request: HttpRequest, found: User, name: str, form: forms.Form, deed: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Do the deed with the form's values and go back to the person; a refusal is shown in the form, nothing is lost."""
    if form.is_valid() and try_deed(form, lambda: deed(form.cleaned_data)) is not None:
        messages.success(request, _("已保存。"))
        return redirect("accounts:person", found.pk)
    return _person_page(request, get_object_or_404(User, pk=found.pk), **{name: form})


def try_deed(form: forms.Form, deed: Callable[[], Any]) -> Any:
    """The deed's result; None when it was refused, with the reasons in the form."""
    try:
        return deed()
    except ProblemError as refused:
        for problem in refused.problems:
            form.add_error(None, problem.text(language()))
    except EditedMeanwhile:
        form.add_error(None, _("刚才有人改过这个账户。请核对现在的内容后重新保存。"))
    return None


def _person_page(request: HttpRequest, found: User, **shown: forms.Form) -> HttpResponse:
    context: dict[str, Any] = {
        "person": found,
        "change_form": PersonForm(person=found),
        "role_form": RoleForm(initial={"role": found.role}),
        "grant_form": GrantForm(),
        "switch_form": None,
        "grants": grants_of(found),
        "second_factor": is_mfa_enabled(found),
        "may_manage": allows(signed_in(request), "accounts.user.manage"),
        **shown,
    }
    return render(request, "accounts/person.html", context, status=422 if shown else 200)


def _with_password(request: HttpRequest, made: User, password: str) -> HttpResponse:
    answer = render(request, "accounts/first_password.html", {"person": made, "password": password})
    answer["Cache-Control"] = "no-store"
    return answer
