"""What no page uses is taken out: icons in the list, libraries that a template loads, sentences that are translated."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.template import Template, TemplateSyntaxError

from huanchuang.web.frontend import icon_names

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src/huanchuang"
LOAD = re.compile(r"\{% load ([\w ]+) %\}")
MSGID = re.compile(r'^msgid ((?:"(?:[^"\\]|\\.)*"\n?)+)', re.M)
TEMPLATES = sorted(path for path in SOURCE.rglob("templates/**/*.*") if LOAD.search(path.read_text("utf-8")))


def own(pattern: str) -> list[Path]:
    return [path for path in SOURCE.rglob(pattern) if not {"tests", "migrations"} & set(path.parts)]


@cache
def written() -> str:
    files = [*own("*.py"), *own("*.js"), *(path for path in own("templates/**/*") if path.is_file())]
    return "\n".join(path.read_text("utf-8") for path in files)


def test_every_icon_in_the_list_is_used() -> None:
    named = re.compile(r"""(?<=["'\s>])[a-z0-9]+(?:-[a-z0-9]+)*(?=["'\s<:])""")
    assert sorted(set(icon_names(ROOT / "frontend")) - set(named.findall(written()))) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_template_loads_what_it_uses(path: Path) -> None:
    text = path.read_text("utf-8")
    for found in LOAD.finditer(text):
        libraries = found.group(1).split()
        for library in libraries:
            others = " ".join(one for one in libraries if one != library)
            rest = f"{{% load {others} %}}" if others else ""
            with pytest.raises(TemplateSyntaxError):
                Template(text[: found.start()] + rest + text[found.end() :])


@pytest.mark.parametrize("path", own("locale/en/**/*.po"), ids=lambda path: path.relative_to(SOURCE).parts[0])
def test_every_translated_sentence_is_said_and_stands_once(path: Path) -> None:
    said = folded(written())
    sentences = [sentence(found.group(1)) for found in MSGID.finditer(path.read_text("utf-8"))]
    assert [one for one, count in Counter(sentences).items() if count > 1] == []
    unsaid = [one for one in sentences if one not in literals() and folded(one) not in said]
    assert [one for one in unsaid if one] == []


def sentence(quoted: str) -> str:
    return "".join(ast.literal_eval(part) for part in re.findall(r'"(?:[^"\\]|\\.)*"', quoted))


def folded(text: str) -> str:
    """Without white space, and with the places of values as templates write them."""
    return re.sub(r"\s+", "", re.sub(r"%\((\w+)\)[sd]", r"{{\1}}", text).replace("%%", "%"))


@cache
def literals() -> frozenset[str]:
    trees = [ast.parse(path.read_text("utf-8")) for path in own("*.py")]
    every = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return frozenset(node.value for node in every if isinstance(node.value, str))
