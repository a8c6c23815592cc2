"""The standard definition with the invented regions."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import huanchuang
from huanchuang.engines.sameness import Rules, compile_rules
from huanchuang.engines.sameness.parts import NameReader
from huanchuang.engines.sameness.tests.pairs import places

PACK = Path(huanchuang.__file__).parent / "packs" / "data" / "sameness" / "national.same-or-different"


@cache
def definition() -> Mapping[str, Any]:
    """The texts of the standard pack, read without the packs room: an engine does not know it."""
    text = (PACK / "sameness.yaml").read_text(encoding="utf-8")
    # every scalar stays text, as the packs room reads it; the file is our own
    data: Mapping[str, Any] = yaml.load(text, yaml.BaseLoader)  # noqa: S506
    return data


@cache
def standard_rules() -> Rules:
    with (PACK / "signs.csv").open(encoding="utf-8") as file:
        signs = {row["written"]: row["plain"] for row in csv.DictReader(file)}
    return compile_rules(definition(), signs, "national.same-or-different")


@pytest.fixture(scope="session")
def names() -> NameReader:
    return NameReader(standard_rules(), places())
