"""Which tables the archive holds, what their files are called, and what stays behind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model, Q, QuerySet

from huanchuang.files.models import StoredFile, Use
from huanchuang.jobs.models import Job
from huanchuang.registry.queries.kinds import KINDS

SLICES = ("accounts", "files", "definitions", "registry", "facts", "money", "policies", "steering")
"""The slices whose tables are taken, lowest first."""
LEFT_OUT: Mapping[str, str] = {
    "accounts.signin": "attempts to sign in belong to the installation",
    "accounts.token": "tokens open one installation only; new ones are made in the other",
    "accounts.wrongtoken": "wrong tokens are counted where they come",
    "registry.namekey": "spellings of names are made anew from the names",
}
"""Tables of these slices that stay behind, and why. Whole slices that stay: the audit trail (sealed for one installation),
jobs, notices, sessions and second factors."""
SECRETS: Mapping[str, Mapping[str, Any]] = {
    "accounts.user": {"password": "!imported", "last_login": None},
}
"""Columns that never leave, with what stands there after loading: nobody signs in with a password of another system."""
WORDS: Mapping[str, str] = {
    "accounts.user": "accounts",
    "definitions.draft": "rule-drafts",
    "definitions.published": "rule-versions",
    "files.storedfile": "files",
    "files.use": "file-uses",
    "steering.evidence": "evidence",
    "steering.item": "plan-items",
    "steering.report": "progress-reports",
}


@dataclass(frozen=True)
class Table:
    """One table: the name of its file without the ending, its model, and the columns that are taken."""

    word: str
    model: type[Model]
    columns: Sequence[Field[Any, Any]]
    emptied: frozenset[str]
    """Names of links to tables that stay behind: taken as empty."""

    @property
    def label(self) -> str:
        """`registry.need`: what subjects of its rows begin with."""
        return str(self.model._meta.label_lower)

    @property
    def secrets(self) -> Mapping[str, Any]:
        """Columns that stay behind, with what loading puts there."""
        return SECRETS.get(self.label, {})

    def rows(self) -> QuerySet[Any]:
        """The rows that are taken, in the order of their keys."""
        every: QuerySet[Any] = self.model._default_manager.order_by("pk")
        passing = Q(about__startswith=f"{Job._meta.label_lower}:")
        if self.model is Use:  # files made by jobs are kept for days only
            return every.exclude(passing)
        if self.model is StoredFile:
            used = Use.objects.exclude(passing).values("stored")
            made = Use.objects.filter(passing).exclude(stored__in=used).values("stored")
            return every.exclude(pk__in=made)
        return every


@cache
def tables() -> Sequence[Table]:
    """Every table of the archive, slice by slice from below."""
    models = [
        model
        for name in SLICES
        for model in apps.get_app_config(name).get_models()
        if model._meta.label_lower not in LEFT_OUT
    ]
    taken, words = set(models), dict[str, type[Model]]()
    for model in models:  # a word that a slice below has already gets the name of its own slice in front
        word = _word(model)
        words[f"{model._meta.app_label}-{word}" if word in words else word] = model
    return [_table(word, model, taken) for word, model in words.items()]


def _table(word: str, model: type[Model], taken: set[type[Model]]) -> Table:
    label = model._meta.label_lower
    columns = [field for field in model._meta.concrete_fields if field.name not in SECRETS.get(label, {})]
    outside = {
        field.name for field in columns if isinstance(field, ForeignKey) and field.related_model not in taken
    }
    return Table(word, model, columns, frozenset(outside))


def _word(model: type[Model]) -> str:
    label = model._meta.label_lower
    for kind in KINDS.values():
        if kind.model is model:
            return kind.plural
    plural = re.sub(r"(?<!^)(?=[A-Z])", "-", model.__name__).lower() + "s"
    return WORDS.get(label, plural)
