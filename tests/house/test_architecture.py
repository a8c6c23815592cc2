"""The laws of the house that no ready-made linter knows (docs/decisions/0001-the-house.md)."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "huanchuang"

LAYERS = [
    "orm",
    "audit",
    "accounts",
    "jobs",
    "files",
    "definitions",
    "notices",
    "registry",
    "facts",
    "money",
    "policies",
    "steering",
    "web",
]
"""The Django apps, lowest first; the same order as the import-linter contract in pyproject.toml."""

SLICE_WORDS = {
    "__init__", "apps", "models", "queries", "services", "effects", "forms", "views", "api", "urls", "tasks",
    "templates", "templatetags", "static", "locale", "migrations", "tests",
}  # fmt: skip
WRITING = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "delete",
    "update",
}
WRITERS = {"services", "migrations", "tests"}
CHAIN = {"objects", "filter", "exclude", "all", "select_for_update", "_default_manager"}


def own_models() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model.__module__.startswith("huanchuang."):
            yield model


def layer_of(model: type[models.Model]) -> int:
    return LAYERS.index(model._meta.app_label)


def test_it_keeps_foreign_keys_pointing_down() -> None:
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model.__module__.startswith("huanchuang.")
        and layer_of(field.related_model) > layer_of(model)
    ]
    assert upward == []


def test_it_gives_keys_across_slices_no_way_back() -> None:
    navigable = [
        f"{model._meta.label}.{field.name}"
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and field.related_model.__module__.startswith("huanchuang.")
        and field.related_model._meta.app_label != model._meta.app_label
        and not field.remote_field.hidden
    ]
    assert navigable == []


def test_it_keeps_to_the_words_of_a_slice() -> None:
    strange = [
        str(entry.relative_to(SOURCE))
        for name in LAYERS
        if name not in {"web", "orm"}
        for entry in (SOURCE / name).iterdir()
        if not entry.name.startswith("__pycache__") and entry.name.split(".")[0] not in SLICE_WORDS
    ]
    assert strange == []


def test_it_has_only_rooms_that_hold_code() -> None:
    empty = [
        str(folder.relative_to(SOURCE))
        for folder in SOURCE.rglob("*")
        if folder.is_dir()
        and not any(part.startswith((".", "__pycache__")) for part in folder.relative_to(SOURCE).parts)
        and not any(
            path.is_file() and path.name != "__init__.py" and path.suffix != ".pyc"
            for path in folder.rglob("*")
        )
        and folder.name != "migrations"
    ]
    assert empty == []


def names_in_chain(node: ast.expr) -> set[str]:
    found = set()
    for part in ast.walk(node):
        if isinstance(part, ast.Attribute):
            found.add(part.attr)
    return found


def writes_in(code: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(code)):
        if not (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING
        ):
            continue
        receiver = node.func.value
        is_manager_call = bool(names_in_chain(receiver) & CHAIN)
        saves_a_record = node.func.attr in {"save", "delete"} and isinstance(receiver, ast.Name)
        if is_manager_call or saves_a_record:
            yield f"{node.lineno} .{node.func.attr}()"


def test_it_writes_in_services_only() -> None:
    outside = []
    for name in LAYERS:
        if name == "orm":  # save_versioned is the bridge that services use
            continue
        for path in (SOURCE / name).rglob("*.py"):
            inner = path.relative_to(SOURCE / name).parts
            if WRITERS & {part.removesuffix(".py") for part in inner}:
                continue
            outside.extend(
                f"{path.relative_to(SOURCE)}:{write}" for write in writes_in(path.read_text(encoding="utf-8"))
            )
    assert outside == []


@pytest.mark.parametrize("code", ["X.objects.filter(a=1).update(b=2)", "X.objects.create()", "record.save()"])
def test_it_recognises_a_write(code: str) -> None:
    assert list(writes_in(code))


@pytest.mark.parametrize("code", ["found.update({1: 2})", "digest.update(b'')", "record.saved"])
def test_it_knows_what_is_no_write(code: str) -> None:
    assert not list(writes_in(code))
