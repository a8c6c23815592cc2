"""What people type about organisations, checked at the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.engines.kernel import ProblemError, Uscc
from huanchuang.packs import vocabulary
from huanchuang.packs.vocabulary import CodeTree
from huanchuang.registry.models import Organisation
from huanchuang.registry.queries.listing import STAGES, STATES, Asked, reader_language
from huanchuang.registry.queries.organisations import resolve_unit


class CodeField(forms.CharField):
    """A code of a vocabulary too long for a list: typed as name or code, shown as code and name, cleaned to the code."""

    def __init__(self, tree: Callable[[], CodeTree], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.tree = tree

    def prepare_value(self, value: Any) -> Any:
        tree = self.tree()
        return f"{value} {tree.name(value)}" if isinstance(value, str) and value in tree else value

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        tree = self.tree()
        first = text.split()[0]
        code = first if first in tree else tree.find(text)
        if code is None:
            raise ValidationError(_("词表里没有“%(text)s”。请填写规范名称或代码"), params={"text": text})
        return code


class UsccFormField(forms.CharField):
    """A unified social credit code; the message for a wrong check character names the right one."""

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        try:
            return Uscc.parse(text) if text else None
        except ProblemError as error:
            raise ValidationError([problem.text(reader_language()) for problem in error.problems]) from error


class UnitField(forms.CharField):
    """An organisation of the register, written by any of its names or its code."""

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        unit = resolve_unit(text) if text else None
        if text and unit is None:
            raise ValidationError(
                _("没有找到唯一的单位“%(text)s”。请填写全称或统一社会信用代码"), params={"text": text}
            )
        return unit


class LinesField(forms.CharField):
    """Several values, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]


class OrganisationForm(forms.Form):
    """Create or change an organisation.

    Every field carries the value its editor saw (`show_hidden_initial`), so that only what they changed is saved
    and an edit made meanwhile by somebody else is neither undone nor hidden.
    """

    name = forms.CharField(label=_("名称"), max_length=120, help_text=_("全称，与登记证书一致"))
    short_name = forms.CharField(label=_("简称"), max_length=60, required=False)
    aliases = LinesField(label=_("别名"), required=False, help_text=_("曾用名和其他写法，一行一个"))
    kind = forms.ChoiceField(label=_("类型"))
    uscc = UsccFormField(
        label=_("统一社会信用代码"), max_length=30, required=False, help_text=_("18位，含校验码")
    )
    region = CodeField(vocabulary.regions, label=_("所在区划"), required=False, help_text=_("区划名称或代码"))
    industry = CodeField(
        vocabulary.industries,
        label=_("行业"),
        required=False,
        help_text=_("国民经济行业分类（GB/T 4754-2017）的名称或代码"),
    )
    stage = forms.ChoiceField(label=_("发展阶段"), required=False)
    founded_on = forms.DateField(
        label=_("成立日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    parent = UnitField(
        label=_("上级单位"), required=False, max_length=120, help_text=_("填写全称、简称或代码")
    )
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    contact_name = forms.CharField(label=_("联系人"), max_length=60, required=False)
    contact_phone = forms.CharField(label=_("联系电话"), max_length=30, required=False)
    source = forms.CharField(
        label=_("来源"), max_length=120, required=False, help_text=_("资料出处，例如“营业执照”")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("kind", kind_choices())
        self.set_choices("stage", [("", _("未填")), *STAGES.items()])
        for field in self.fields.values():
            field.show_hidden_initial = True

    def set_choices(self, name: str, choices: list[Any]) -> None:
        """Give a choice field its choices in the reader's language."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def hidden_initials(self) -> list[str]:
        """The values this editor saw, as hidden inputs."""
        return [self[name].as_hidden(only_initial=True) for name in self.fields]

    def changed_values(self) -> dict[str, Any]:
        """The cleaned values that this editor changed; `-` in a field of personal data removes it."""
        values = {
            field: self.cleaned_data[field] for field in self.changed_data if field in self.cleaned_data
        }
        cleared = {field: "" for field in PERSONAL_FIELDS if values.get(field) == CLEAR}
        return {**values, **cleared}

    def keep_personal(self, name: str, phone: str) -> None:
        """Say in the hints what is stored, masked, and that an empty field leaves it."""
        for field, shown in zip(PERSONAL_FIELDS, (name, phone), strict=True):
            if shown:
                self.fields[field].help_text = _("现为 %(shown)s；留空不变，填“-”清除") % {"shown": shown}


PERSONAL_FIELDS = ("contact_name", "contact_phone")
"""Never shown in a form: an empty field leaves the stored value, `CLEAR` removes it."""
CLEAR = "-"


def kind_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Kinds of organisations under their groups."""
    tree, language = vocabulary.organisation_kinds(), reader_language()
    return [
        (
            tree.name(group, language),
            [(kind, tree.name(kind, language)) for kind in tree.children(group) or (group,)],
        )
        for group in tree.roots()
    ]


def initial_of(organisation: Organisation) -> dict[str, Any]:
    """A record's values as its form first shows them; personal data are not shown in forms."""
    values = {name: getattr(organisation, name) for name in OrganisationForm.base_fields}
    code = organisation.uscc.text if organisation.uscc else ""
    above = organisation.parent.name if organisation.parent else ""
    return {**values, "uscc": code, "parent": above, **dict.fromkeys(PERSONAL_FIELDS, "")}


def rebased(form: OrganisationForm, stored: Organisation) -> OrganisationForm:
    """The same form upon the record as it is stored now: what this editor changed stays, the rest is the newest."""
    fresh = OrganisationForm(initial=initial_of(stored))
    data: dict[str, Any] = {}
    for name in fresh.fields:
        now = fresh[name].value()
        shown = "" if now is None else (now.isoformat() if hasattr(now, "isoformat") else now)
        data[f"initial-{name}"] = shown
        data[name] = form[name].value() if name in form.changed_data else shown
    return OrganisationForm(data, initial=initial_of(stored))


def meanwhile(form: OrganisationForm, stored: Organisation) -> list[dict[str, Any]]:
    """What somebody else changed since this editor opened the record: label, what was seen, what stands now, what is typed."""
    current = OrganisationForm(initial=initial_of(stored))
    rows: list[dict[str, Any]] = []
    for name, field in form.fields.items():
        seen, now = _plain(form.data.get(f"initial-{name}")), _plain(current[name].value())
        if seen != now:
            mine = _plain(form[name].value()) if name in form.changed_data else ""
            rows.append({"label": field.label, "seen": seen, "now": now, "mine": mine})
    return rows


def _plain(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n")


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
        widget=forms.DateInput(attrs={"type": "date"}),
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


class AskedForm(forms.Form):
    """The words of the list's address; what is not understood is left out."""

    q = forms.CharField(required=False, max_length=80)
    kind = forms.CharField(required=False, max_length=60)
    region = forms.CharField(required=False, max_length=12)
    industry = forms.CharField(required=False, max_length=8)
    state = forms.ChoiceField(required=False, choices=[(code, code) for code in STATES])
    sort = forms.CharField(required=False, max_length=40)


def asked_in(query: Mapping[str, Any]) -> Asked:
    """What the address asks for; unknown words count as not said."""
    form = AskedForm(query)
    form.is_valid()
    good = {field: value for field, value in form.cleaned_data.items() if value}
    return Asked(
        text=good.get("q", ""),
        kind=good.get("kind", ""),
        region=good.get("region", ""),
        industry=good.get("industry", ""),
        state=good.get("state", "in-force"),
        sort=good.get("sort", "name"),
    )
