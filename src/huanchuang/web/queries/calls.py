"""The description of the API as a page shows it: made from the very description that programs read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]
TYPES = {"integer": "int", "number": "number", "string": "text", "boolean": "true | false", "null": "null"}


@dataclass(frozen=True)
class Field:
    """One parameter or one key of an object."""

    name: str
    type: str
    is_required: bool
    note: str
    model: str = ""
    """The object it consists of, described further down."""


@dataclass(frozen=True)
class Call:
    """One call: what it is, what it takes, what it gives."""

    method: str
    path: str
    name: str
    title: str
    text: str
    parameters: list[Field]
    body: str
    example: str
    answer: Field


@dataclass(frozen=True)
class Group:
    """The calls of one slice."""

    name: str
    title: str
    calls: list[Call]


@dataclass(frozen=True)
class Model:
    """One object with its keys."""

    name: str
    text: str
    fields: list[Field]


def groups_of(description: Schema, english: bool) -> list[Group]:
    """Every call, by slice, with titles in a language: the English one of a call is its first sentence."""
    found: dict[str, list[Call]] = {one["name"]: [] for one in description["tags"]}
    for path, methods in description["paths"].items():
        for method, call in methods.items():
            found[call["tags"][0]].append(
                _call(method, path, call, description["components"]["schemas"], english)
            )
    return [
        Group(one["name"], one["description"].split(" / ")[english], found[one["name"]])
        for one in description["tags"]
    ]


def models_of(description: Schema) -> list[Model]:
    """Every object that is taken or given."""
    return [
        Model(name, model.get("description", ""), list(_fields(model)))
        for name, model in sorted(description["components"]["schemas"].items())
    ]


def _call(method: str, path: str, call: Schema, models: Schema, english: bool) -> Call:
    body = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    taken = _type(body)[1] if body else ""
    examples = models.get(taken, {}).get("examples", [])
    shown = json.dumps(examples[0], ensure_ascii=False, indent=2) if examples else ""
    answer = call["responses"][200]["content"]["application/json"]["schema"]
    kind, model = _type(answer)
    text = call.get("description", "")
    title = re.split(r"[.;:]", text.replace("\n", " "))[0] if english and text else call["summary"]
    parameters = [
        Field(one["name"], _type(one["schema"])[0], one["required"], one["schema"].get("description", ""))
        for one in call["parameters"]
    ]
    return Call(
        method.upper(), path, call["operationId"], title, text, parameters, taken, shown,
        Field("200", kind, True, "", model),
    )  # fmt: skip


def _fields(model: Schema) -> Iterator[Field]:
    for name, schema in model.get("properties", {}).items():
        kind, inner = _type(schema)
        yield Field(name, kind, name in model.get("required", ()), schema.get("description", ""), inner)


def _type(schema: Schema) -> tuple[str, str]:
    """What a value is in a word, and the object within it."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return name, name
    if "anyOf" in schema:
        parts = [_type(one) for one in schema["anyOf"]]
        return " | ".join(dict.fromkeys(kind for kind, _ in parts)), next(
            (name for _, name in parts if name), ""
        )
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"])), ""
    kind = schema.get("type", "")
    if kind == "array":
        inner, name = _type(schema.get("items", {}))
        return f"[{inner}]", name
    if kind == "object":
        inner, name = _type(schema["additionalProperties"]) if isinstance(schema.get("additionalProperties"), dict) else ("", "")  # fmt: skip
        return "{…: " + (inner or "…") + "}", name
    return schema.get("format", "") or TYPES.get(kind, "…"), ""
