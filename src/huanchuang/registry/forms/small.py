"""Small forms: a reason, a purpose, a seat, and the words of a list's address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.orm.boxes import day_box
from huanchuang.orm.numbers import whole_number
from huanchuang.registry.queries.kinds import Kind
from huanchuang.registry.queries.kinds.values import tidy
from huanchuang.registry.queries.listing import Asked
from huanchuang.registry.queries.standing import statuses_of


class ReasonForm(forms.Form):
    """A deed that asks for its reason."""

    reason = forms.CharField(label=_("停用原因"), max_length=200, help_text=_("写明依据，例如“已注销”及文号"))


class JoinForm(forms.Form):
    """Seats a person: user name, post, and from when."""

    username = forms.CharField(label=_("用户名"), max_length=150)
    post = forms.CharField(label=_("职务"), max_length=60, required=False)
    since = forms.DateField(
        label=_("起"),
        required=False,
        widget=day_box(),
        help_text=_("不填即从今天起"),
    )

    def clean_username(self) -> User:
        """The account of that name."""
        name: str = self.cleaned_data["username"]
        user = User.objects.filter(username=name, is_active=True).first()
        if user is None:
            raise ValidationError(_("没有用户名为“%(name)s”的在用账户。请核对后再填"), params={"name": name})
        return user


class PurposeForm(forms.Form):
    """A look at personal data asks for its purpose."""

    purpose = forms.CharField(
        label=_("查看用途"), max_length=200, help_text=_("将记入审计，例如“通知补正材料”")
    )


LONGEST_WORD = 80


def asked_in(kind: Kind, query: Mapping[str, Any]) -> Asked:
    """What a list's address asks for; what is not understood counts as not said."""
    filters = {
        one.name: tidy(str(query[one.name]))[:LONGEST_WORD]
        for one in kind.fields
        if one.filtered and query.get(one.name)
    }
    status = str(query.get("status", ""))
    return Asked(
        text=tidy(str(query.get("q", "")))[:LONGEST_WORD],
        status=status if status in statuses_of(kind) else "in-force",
        sort=str(query.get("sort", ""))[:40],
        filters=filters,
        owner=whole_number(str(query.get("owner", ""))) if kind.owner_field else None,
    )
