"""Chinese is the source language; English is complete: every text of every slice has its translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.template.base import Lexer, Token, TokenType
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "huanchuang"
SLICES = [
    "accounts",
    "audit",
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
PYTHON_WORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
CHINESE = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd%]|\{(\w*)\}")
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}", re.S)
MARKED = re.compile(r"""_\((["']).*?\1\)""")
TRANSLATED_BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.S)


def source_files(name: str, pattern: str) -> Iterator[Path]:
    for path in sorted((SOURCE / name).rglob(pattern)):
        if not {"tests", "migrations"} & set(path.relative_to(SOURCE).parts):
            yield path


def said_in(code: str, keywords: dict[str, object]) -> Iterator[str]:
    for _line, message, _comments, _context in extract("python", BytesIO(code.encode()), keywords=keywords):
        yield from message if isinstance(message, tuple) else (message,)


def messages(name: str) -> dict[str, Path]:
    """Every text of a slice that is asked to be translated, with the file it stands in."""
    found: dict[str, Path] = {}
    for path in source_files(name, "*.py"):
        found.update({text: path for text in said_in(path.read_text(encoding="utf-8"), PYTHON_WORDS) if text})
    for path in [*source_files(name, "*.html"), *source_files(name, "*.txt")]:
        if "templates" in path.parts:
            code = templatize(path.read_text(encoding="utf-8"), origin=path.name)
            found.update({text: path for text in said_in(code, PYTHON_WORDS) if text})
    return {text: path for text, path in found.items() if CHINESE.search(text)}


def english(name: str) -> dict[str, list[str]]:
    """Text → English (both forms where there are two) of a slice's catalogue."""
    path = SOURCE / name / "locale/en/LC_MESSAGES/django.po"
    if not path.is_file():
        return {}
    with path.open("rb") as handle:
        catalogue = read_po(handle, abort_invalid=True)
    found = {}
    for message in catalogue:
        if message.id and not message.fuzzy:
            key = message.id[0] if isinstance(message.id, tuple) else message.id
            found[str(key)] = (
                list(message.string) if isinstance(message.string, tuple) else [str(message.string)]
            )
    return found


def all_english() -> dict[str, list[str]]:
    """Django looks a text up in the catalogues of all apps."""
    return {key: texts for name in SLICES for key, texts in english(name).items()}


def test_it_has_english_for_every_text() -> None:
    known = all_english()
    missing = [
        f"{path.relative_to(SOURCE)}: {text!r}"
        for name in SLICES
        for text, path in messages(name).items()
        if not all(known.get(text, [""]))
    ]
    assert missing == []


@pytest.mark.parametrize("name", SLICES)
def test_it_keeps_the_places_for_values(name: str) -> None:
    torn = [
        f"{key!r} → {text!r}"
        for key, texts in english(name).items()
        for text in texts
        if set(PLACEHOLDER.findall(text)) - set(PLACEHOLDER.findall(key))
        or (len(texts) == 1 and set(PLACEHOLDER.findall(key)) - set(PLACEHOLDER.findall(text)))
    ]
    assert torn == []


@pytest.mark.parametrize("name", SLICES)
def test_it_speaks_english_in_english(name: str) -> None:
    chinese = [key for key, texts in english(name).items() if any(CHINESE.search(text) for text in texts)]
    allowed = {"简体中文"}  # languages are named in themselves
    assert [key for key in chinese if key not in allowed] == []


def is_translated(token: Token) -> bool:
    """A comment, a translate tag, or a value written as _("…")."""
    if token.token_type == TokenType.BLOCK and token.split_contents()[0] in {"translate", "trans"}:
        return True
    if token.token_type in {TokenType.BLOCK, TokenType.VAR}:
        return not CHINESE.search(MARKED.sub("", token.contents))
    return token.token_type == TokenType.COMMENT


@pytest.mark.parametrize("name", SLICES)
def test_it_has_no_bare_chinese_in_templates(name: str) -> None:
    bare = []
    for path in source_files(name, "*.html"):
        text = TRANSLATED_BLOCK.sub("", COMMENT.sub("", path.read_text(encoding="utf-8")))
        for token in Lexer(text).tokenize():
            if CHINESE.search(token.contents) and not is_translated(token):
                bare.append(f"{path.relative_to(SOURCE)}: {token.contents.strip()[:40]}")
    assert bare == []


def test_it_compiles_every_catalogue(tmp_path: Path) -> None:
    from huanchuang.web.messages import catalogues, compile_catalogues

    assert compile_catalogues() >= 0
    assert [path for path in catalogues() if not path.with_suffix(".mo").is_file()] == []
