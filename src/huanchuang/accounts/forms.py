"""Forms of the sign-in, of one's own account and of the administrator."""

from __future__ import annotations

import datetime as dt
from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import FieldClass, Role, User
from huanchuang.accounts.queries.tokens import scopes_for
from huanchuang.orm.boxes import day_box, offer
from huanchuang.orm.deeds import table
from huanchuang.orm.masking import mask_email, mask_phone


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth is untyped
    """User name and password, in our words."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self.fields["login"], _("用户名"))
        _reword(self.fields["password"], _("密码"))


class PasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth is untyped
    """The old password and the new one twice, in our words."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self.fields["oldpassword"], _("现在的密码"))
        _reword(
            self.fields["password1"],
            _("新密码"),
            _("至少10个字符，不能全是数字，不能与用户名、姓名相近，也不能是常见密码。"),
        )
        _reword(self.fields["password2"], _("再输一次新密码"))


class ConfirmForm(ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The password once more."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self.fields["password"], _("密码"))


class _CodeInOurWords:
    """A form with a code from the authenticator app."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _reword(self.fields["code"], _("验证码"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CodeForm(_CodeInOurWords, AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The second step of signing in."""


class ConfirmByCodeForm(_CodeInOurWords, ReauthenticateByCodeForm):  # type: ignore[misc]  # allauth is untyped
    """A code once more."""


class AddFactorForm(_CodeInOurWords, ActivateTOTPForm):  # type: ignore[misc]  # allauth is untyped
    """The first code of a new authenticator app."""


def _reword(field: forms.Field, label: Any, hint: Any = "") -> None:
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


class SearchForm(forms.Form):
    """The filter of the list of people."""

    q = forms.CharField(
        label=_("姓名或用户名"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"class": "form-control"}),
    )
    role = forms.ChoiceField(
        label=_("角色"),
        required=False,
        choices=[("", _("全部角色")), *Role.choices],
        widget=forms.Select({"class": "form-select"}),
    )


class NewPersonForm(forms.Form):
    """A new account. The first password is made by the product and shown once."""

    username = forms.CharField(
        label=_("用户名"), max_length=150, help_text=_("用于登录，建议用工号或姓名拼音。")
    )
    name = forms.CharField(label=_("姓名"), max_length=60)
    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    phone = forms.CharField(label=_("手机号"), max_length=30, required=False)
    email = forms.EmailField(label=_("电子邮箱"), required=False)
    is_service = forms.BooleanField(
        label=_("服务账户"),
        required=False,
        help_text=_("供其他系统（如门户）凭访问令牌调用接口，没有密码，不能登录。"),
    )


class PersonForm(forms.Form):
    """Name and contact of an account; contacts are shown masked and replaced only when something is entered."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(label=_("手机号"), max_length=30, required=False)
    email = forms.EmailField(label=_("电子邮箱"), required=False)

    def __init__(self, data: Any = None, *, person: User) -> None:
        super().__init__(data, initial={"version": person.version, "name": person.name})
        kept = _("现为 %(masked)s；留空则不变。")
        self.fields["phone"].help_text = kept % {"masked": mask_phone(person.phone) or "—"}
        self.fields["email"].help_text = kept % {"masked": mask_email(person.email) or "—"}


class RoleForm(forms.Form):
    """Another role, with the reason that goes into the trail."""

    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    reason = forms.CharField(label=_("理由"), max_length=300)


def deed_choices() -> list[tuple[str, str]]:
    """All declared deeds by name."""
    return [("", "—"), *((name, name) for name in sorted(table()))]


class GrantForm(forms.Form):
    """A right on one object: a deed or a class of fields, until a day."""

    subject = forms.CharField(
        label=_("对象"), max_length=200, help_text=_("对象的编号，例如台账第 7 条写作 steering.target:7。")
    )
    deed = forms.ChoiceField(label=_("操作"), required=False, choices=deed_choices)
    field_class = forms.ChoiceField(
        label=_("字段类别"), required=False, choices=[("", "—"), *FieldClass.choices]
    )
    until = forms.DateField(
        label=_("有效期至"),
        required=False,
        widget=day_box(),
        help_text=_("当天仍有效；留空表示直到撤销。"),
    )
    reason = forms.CharField(label=_("理由"), max_length=300)


USUAL_DAYS = 90


class TokenForm(forms.Form):
    """A token: which system it is for, what it may do, and until when."""

    name = forms.CharField(
        label=_("用途"), max_length=60, help_text=_("写明给哪个系统用，例如“区政务门户”。")
    )
    scopes = forms.MultipleChoiceField(
        label=_("范围"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只选择用得到的；账户失去的权限，令牌同时失去。"),
    )
    expires_on = forms.DateField(
        label=_("有效期至"),
        widget=day_box(),
        help_text=_("当天仍有效，最长一年。"),
    )

    def __init__(self, data: Any = None, *, owner: User) -> None:
        usual = timezone.localdate() + dt.timedelta(days=USUAL_DAYS)
        super().__init__(data, initial={"expires_on": usual.isoformat()})
        offer(self, "scopes", scopes_for(owner).items())
