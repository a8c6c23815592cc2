"""The catalogue of messages: complete in both languages, with the same blanks, and nothing in it that nobody says."""

import re
from pathlib import Path
from string import Formatter

import pytest

from huanchuang.packs.messages import MESSAGES

ROOM = Path(__file__).parent.parent


def blanks(text: str) -> set[str]:
    return {name.removesuffix("_en") for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_both_languages_fill_the_same_blanks(code):
    message = MESSAGES[code]
    assert all(message)
    assert blanks(message.what) == blanks(message.what_en)
    assert blanks(message.remedy) == blanks(message.remedy_en)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_chinese_is_chinese_and_english_is_english(code):
    message = MESSAGES[code]
    for zh in (message.what, message.remedy):
        assert re.search(r"[一-鿿]", zh) or passes_on(zh)
    assert re.search(r"[a-z]", message.what_en)


def passes_on(text: str) -> bool:
    """Whether a message has no words of its own: it hands on what somebody else said in both languages."""
    own = "".join(word for word, _, _, _ in Formatter().parse(text))
    return bool(blanks(text)) and not any(sign.isalpha() for sign in own)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_message_is_said_somewhere(code):
    said = "".join(
        path.read_text(encoding="utf-8") for path in ROOM.rglob("*.py") if "messages" not in path.parts
    )
    assert f'"{code}"' in said
