"""The catalogue of everything the loader can object to: one row per mistake, Chinese first, with its remedy.

Messages are interface. Each says what is wrong in the author's words and what to write instead;
the place (file and line) is put in front by :mod:`huanchuang.packs.problems`.
"""

from __future__ import annotations

from huanchuang.packs.messages.content import CONTENT
from huanchuang.packs.messages.files import FILES
from huanchuang.packs.messages.message import Message
from huanchuang.packs.messages.policies import POLICIES
from huanchuang.packs.messages.syntax import TABLES, YAML
from huanchuang.packs.messages.values import VALUES

MESSAGES: dict[str, Message] = {**FILES, **YAML, **VALUES, **TABLES, **CONTENT, **POLICIES}


def hints(guess: str) -> dict[str, str]:
    """Returns the “did you mean” sentence in both languages as blanks of a message; empty without a guess."""
    if not guess:
        return {"hint": "", "hint_en": ""}
    return {"hint": f"您是不是想写“{guess}”？", "hint_en": f"Did you mean “{guess}”? "}
