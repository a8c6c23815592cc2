"""The form of an entry of any kind, and what happens when two people have it open at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huanchuang.accounts.models import User
from huanchuang.registry.forms.fields import form_field, keep_choosable, typed_text
from huanchuang.registry.models import Entry, Organisation
from huanchuang.registry.queries.kinds import Field, Kind, Shape
from huanchuang.registry.queries.links import secret_fields
from huanchuang.registry.queries.page import personal

CLEAR = "-"
"""Typed into a field of personal data, which is never shown in a form, it removes what is stored; empty leaves it."""


class EntryForm(forms.Form):
    """Create or change an entry of one kind.

    Every field carries the value its editor saw (`show_hidden_initial`), so that only what they changed is saved
    and an edit made meanwhile by somebody else is neither undone nor hidden.
    """

    def __init__(self, kind: Kind, user: User, *args: Any, entry: Entry | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.user, self.entry = kind, user, entry
        self.sources: Mapping[str, str] = {}
        for one in kind.settable:
            if one.once and entry is not None:
                continue
            made = form_field(one, user, required=one.required)
            made.show_hidden_initial = True
            self.fields[one.name] = made
        if entry is not None:
            self._keep_personal(entry)
            for name, made in self.fields.items():
                keep_choosable(made, kind.by_name[name], getattr(entry, name))
            for name in secret_fields(user, entry):
                del self.fields[name]

    def full_clean(self) -> None:
        """What an editor left as it was stands in nobody's way, even where it would not be taken any more."""
        super().full_clean()
        if self.entry is not None:
            for name in set(self.errors) - set(self.changed_data):
                if getattr(self.entry, name, None) not in (None, "", []):
                    del self.errors[name]

    def _keep_personal(self, entry: Entry) -> None:
        """Say in the hints what is stored, masked, and that an empty field leaves it."""
        for one, masked in personal(entry):
            if masked:
                hint = gettext_lazy("现为 %(shown)s；留空不变，填“-”清除") % {"shown": masked}
                self.fields[one.name].help_text = hint

    def hidden_initials(self) -> list[str]:
        """The values this editor saw, as hidden inputs."""
        return [self[name].as_hidden(only_initial=True) for name in self.fields]

    def sections(self) -> list[tuple[str, list[tuple[BoundField, Field, str]]]]:
        """The fields under their headings, each with where its value comes from."""
        found: dict[str, list[tuple[BoundField, Field, str]]] = {}
        for one in self.kind.settable:
            if one.name in self.fields:
                source = self.sources.get(one.name, "")
                found.setdefault(str(one.group), []).append((self[one.name], one, source))
        return list(found.items())

    def changed_values(self) -> dict[str, Any]:
        """The cleaned values that this editor changed; `-` in a field of personal data removes it."""
        values = {name: self.cleaned_data[name] for name in self.changed_data if name in self.cleaned_data}
        cleared = {
            one.name: "" for one in self.kind.settable if one.personal and values.get(one.name) == CLEAR
        }
        return {**values, **cleared}

    def given_values(self) -> dict[str, Any]:
        """What a new entry is registered with: everything that was filled in."""
        empties = {one.name: one.empty for one in self.kind.settable}
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if value not in (None, "", [], empties.get(name))
        }


def initial_of(kind: Kind, entry: Entry) -> dict[str, Any]:
    """A record's values as its form first shows them; personal data are not shown in forms."""
    return {one.name: "" if one.personal else getattr(entry, one.name) for one in kind.settable}


def initial_of_new(kind: Kind, owners: Sequence[Organisation]) -> dict[str, Any]:
    """What a new form begins with: the only organisation one may register for, and what the model starts with."""
    start = {
        one.name: kind.start_of(one)
        for one in kind.settable
        if one.shape is Shape.CODE and kind.start_of(one)
    }
    return {**start, kind.owner_field: owners[0]} if kind.owner_field and len(owners) == 1 else start


def rebased(form: EntryForm, stored: Entry) -> EntryForm:
    """The same form upon the record as it is stored now: what this editor changed stays, the rest is the newest."""
    fresh = EntryForm(form.kind, form.user, initial=initial_of(form.kind, stored), entry=stored)
    data: dict[str, Any] = {}
    for name in fresh.fields:
        now = _as_sent(fresh, name, fresh[name].value())
        data[f"initial-{name}"] = now
        data[name] = _as_sent(form, name, form[name].value()) if name in form.changed_data else now
    query = _query(data)
    return EntryForm(form.kind, form.user, query, initial=initial_of(form.kind, stored), entry=stored)


def meanwhile(form: EntryForm, stored: Entry) -> list[dict[str, Any]]:
    """What somebody else changed since this editor opened the record: label, what was seen, what stands now, what is typed."""
    current = EntryForm(form.kind, form.user, initial=initial_of(form.kind, stored))
    rows: list[dict[str, Any]] = []
    for name, field in form.fields.items():
        seen = _words(form, name, _sent(form, f"initial-{name}"))
        now = _words(form, name, current[name].value())
        if seen != now:
            mine = _words(form, name, form[name].value()) if name in form.changed_data else ""
            rows.append({"label": field.label, "seen": seen, "now": now, "mine": mine})
    return rows


def _sent(form: EntryForm, name: str) -> Any:
    data: Any = form.data
    return data.getlist(name) if _is_many(form, name) and hasattr(data, "getlist") else data.get(name)


def _is_many(form: EntryForm, name: str) -> bool:
    return isinstance(form.fields[name.removeprefix("initial-")], forms.MultipleChoiceField)


def _as_sent(form: EntryForm, name: str, value: Any) -> Any:
    """A value as a browser sends it back."""
    field = form.fields[name]
    if isinstance(field, forms.MultipleChoiceField):
        return list(value or [])
    if isinstance(field, forms.BooleanField):
        return "on" if value in (True, "on", "True") else ""
    shown = field.prepare_value(value)
    return "" if shown is None else str(shown)


def _words(form: EntryForm, name: str, value: Any) -> str:
    """A value in words, the same for what was sent and what is stored."""
    described = form.kind.by_name[name]
    if described.shape is Shape.YES_NO:
        return _("是") if value in (True, "on", "True", "true") else _("否")
    if described.shape is Shape.CODES:
        choices = _labels(form.fields[name])
        return "、".join(choices.get(code, code) for code in value or [])
    if described.shape is Shape.CODE and isinstance(form.fields[name], forms.ChoiceField):
        return _labels(form.fields[name]).get(str(value or ""), str(value or ""))
    shown = form.fields[name].prepare_value(value)
    text = typed_text(described, shown) if not isinstance(shown, str) else shown
    return "" if text is None else str(text).replace("\r\n", "\n")


def _labels(field: forms.Field) -> dict[str, str]:
    found: dict[str, str] = {"": ""}
    for code, label in getattr(field, "choices", ()):
        if isinstance(label, list | tuple):
            found |= {str(inner): str(name) for inner, name in label}
        elif code:
            found[str(code)] = str(label)
    return found


def _query(data: dict[str, Any]) -> Any:
    """The data as a request carries it, several values under one name where there are several."""
    query = QueryDict(mutable=True)
    for name, value in data.items():
        if isinstance(value, list):
            query.setlist(name, value)
        else:
            query[name] = value
    return query
