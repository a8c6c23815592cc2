"""The grammar of the shipped documents pack, read without the packs above, and a shortcut to read a text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

import huanchuang
from huanchuang.engines.reader import Grammar, Paper, Reading, read
from huanchuang.engines.reader.compile import compile_grammar

PACK = "national.plan-documents"


@pytest.fixture(scope="session")
def words() -> dict:
    file = Path(huanchuang.__file__).parent / "packs" / "data" / "documents" / PACK / "document.yaml"
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - builds text only


@pytest.fixture(scope="session")
def grammar(words: dict) -> Grammar:
    return compile_grammar(words, PACK)


@pytest.fixture(scope="session")
def reading(grammar: Grammar) -> Callable[[str], Reading]:
    return lambda text: read(Paper(text), grammar)
