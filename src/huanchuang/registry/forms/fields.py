"""Form fields of the register, made from the description of a kind's fields: what people type, checked at the field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huanchuang.accounts.models import User
from huanchuang.engines.kernel import Money, ProblemError, Uscc
from huanchuang.orm.boxes import day_box
from huanchuang.orm.language import language
from huanchuang.packs.vocabulary import CodeTree
from huanchuang.registry.models import Entry
from huanchuang.registry.queries.kinds import ORGANISATION, Field, Kind, Shape, kind_named
from huanchuang.registry.queries.kinds.values import code_name, read_value, show_value, tree_of
from huanchuang.registry.queries.suggest import entries_named, name_in_forms

FEW = 60
"""Vocabularies of at most so many codes are a list to choose from; longer ones are typed as name or code."""


class TypedField(forms.CharField):
    """A field of a kind as text: cleaned to its stored value, shown in the form in which it is typed."""

    def __init__(self, field: Field, **kwargs: Any) -> None:
        super().__init__(max_length=20_000, **kwargs)
        self.described = field

    def prepare_value(self, value: Any) -> Any:
        return typed_text(self.described, value)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_value(self.described, text)
        except ProblemError as error:
            raise ValidationError(_said(error)) from error


def _said(error: ProblemError) -> list[str]:
    """The problems without the place: the message stands at the field, which says where."""
    spoken = language()
    words = []
    for problem in error.problems:
        told = problem.en if spoken == "en" and problem.en else problem
        joint = ". " if spoken == "en" else "。"
        words.append(f"{told.what}{joint}{told.remedy}")
    return words


class EntryField(forms.CharField):
    """Another entry: an organisation by any of its names or its code, other kinds by their title."""

    def __init__(self, field: Field, user: User, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.described, self.user = field, user
        self._written: dict[str, str] = {}

    def prepare_value(self, value: Any) -> Any:
        """The name that finds the entry again; asked for once, though a form writes it twice."""
        if not isinstance(value, Entry):
            return value
        if value.subject not in self._written:
            self._written[value.subject] = name_in_forms(self.user, value)
        return self._written[value.subject]

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        return named_entry(self.user, kind_named(self.described.target), text) if text else None


def named_entry(user: User, kind: Kind, text: str) -> Entry:
    """The one entry of a kind that a text names; ValidationError says what to do where none or several fit."""
    found = entries_named(user, kind, text)
    if len(found) == 1:
        return found[0]
    if kind is ORGANISATION:
        told = _("没有找到唯一的单位“%(text)s”。请填写全称或统一社会信用代码")
    elif found:
        told = _("有多条“%(text)s”。请写明所属单位，例如“%(text)s（云澜理工大学）”")
    else:
        told = _("没有找到“%(text)s”。请按登记的名称填写，或先登记它")
    raise ValidationError(told, params={"text": text})


def typed_text(field: Field, value: Any) -> Any:
    """A stored value as it stands in an input; what is text already stays."""
    if value is None or isinstance(value, str):
        if field.shape is Shape.CODE and value and value in tree_of(field):
            return f"{value} {tree_of(field).name(value)}"
        return value
    if field.shape is Shape.LINES and isinstance(value, list):
        return "\n".join(value)
    if field.shape is Shape.PARAMETERS and isinstance(value, list):
        return "\n".join(one["text"] for one in value)
    if isinstance(value, Money | Uscc | dt.date):
        return show_value(field, value)
    return show_value(field, value)


def form_field(field: Field, user: User, *, required: bool) -> forms.Field:
    """The form field for a described one."""
    label = field.heading
    common: dict[str, Any] = {"label": label, "required": required, "help_text": field.hint}
    if field.shape is Shape.ENTRY:
        return EntryField(field, user, widget=forms.TextInput(attrs=suggested(field.target)), **common)
    if field.shape is Shape.YES_NO:
        return forms.BooleanField(**{**common, "required": False})
    if field.shape is Shape.CODE and len(tree_of(field)) <= FEW:
        return forms.ChoiceField(choices=_choices(tree_of(field), required), **common)
    if field.shape is Shape.CODES:
        ticks = forms.CheckboxSelectMultiple()
        return forms.MultipleChoiceField(choices=_groups(tree_of(field)), widget=ticks, **common)
    return TypedField(field, widget=_widget(field), **common)


def suggested(kind: str) -> dict[str, str]:
    """The attributes of a box in which entries of a kind are suggested while somebody types."""
    return {"data-suggest": reverse("registry:suggest"), "data-suggest-kind": kind, "autocomplete": "off"}


def keep_choosable(made: forms.Field, field: Field, stored: Any) -> None:
    """Let what is stored be chosen again, also a group of the vocabulary or a code that it has dropped: a list without it
    would show something else, and saving would lose it."""
    if not isinstance(made, forms.ChoiceField):
        return
    offered = set(_codes_in(made.choices))
    missing = [
        code for code in (stored if isinstance(stored, list) else [stored]) if code and code not in offered
    ]
    offers: Any = made.choices
    made.choices = [*offers, *((code, code_name(tree_of(field), code)) for code in missing)]


def _codes_in(choices: Any) -> Iterator[str]:
    for code, label in choices:
        if isinstance(label, list | tuple):
            yield from _codes_in(label)
        else:
            yield str(code)


def _widget(field: Field) -> forms.Widget:
    if field.shape is Shape.DATE:
        return day_box()
    if field.shape in {Shape.LONG, Shape.LINES, Shape.PARAMETERS}:
        return forms.Textarea(attrs={"rows": 5 if field.shape is Shape.LONG else 3})
    if field.shape in {Shape.MONEY, Shape.NUMBER, Shape.WHOLE}:
        return forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.TextInput()


def _choices(tree: CodeTree, required: bool) -> list[tuple[str, Any]]:
    return [("", _("请选择") if required else _("未填")), *_groups(tree)]


def _groups(tree: CodeTree) -> list[tuple[str, Any]]:
    """The codes to choose from, those with parents under their group."""
    spoken = language()
    if all(not tree.children(code) for code in tree.roots()):
        return [(code, tree.name(code, spoken)) for code in tree.roots()]
    return [
        (
            tree.name(group, spoken),
            [(code, tree.name(code, spoken)) for code in tree.children(group) or (group,)],
        )
        for group in tree.roots()
    ]
