"""Every curl line of docs/how-to/call-the-api.md is carried out and gives what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from .conftest import caller_with

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).parents[5] / "docs/how-to/call-the-api.md"
SAID = [
    lambda answer: answer["Link"] and answer["ETag"] and answer.json()["count"] == len(answer.json()["policies"]),
    lambda answer: {"name", "period", "value_type", "unit"} <= answer.json()["facts"][0].keys(),
    lambda answer: [one["result"] for one in answer.json()] == ["no", "unknown"],
    lambda answer: [one["key"] for one in answer.json()] == ["A", "B"],
    lambda answer: "结论：不符合" in answer.content.decode(),
    lambda answer: answer.json()["problems"][0]["what"] == "is no name of the fact dictionary",
]  # fmt: skip


def lines() -> list[str]:
    return re.findall(r"```sh\n(curl .*?)\n```", PAGE.read_text(encoding="utf-8"), re.S)


def carry_out(line: str, token: str):
    words = shlex.split(line.replace("$TOKEN", token).replace("$HOST", ""))
    headers = dict(words[place + 1].split(": ", 1) for place, word in enumerate(words) if word == "-H")
    body = words[words.index("-d") + 1] if "-d" in words else None
    client, where = caller_with(token), words[-1]
    kind = headers.pop("Content-Type", "application/x-www-form-urlencoded")  # as curl does
    if body is None:
        return client.get(where, headers=headers)
    return client.generic("POST", where, body, kind, headers=headers)


def test_each_line_gives_what_the_page_says(portal, give):
    _, client = give(portal)
    token = client.defaults["HTTP_AUTHORIZATION"].removeprefix("Bearer ")
    assert len(lines()) == len(SAID)
    for line, holds in zip(lines(), SAID, strict=True):
        answer = carry_out(line, token)
        assert holds(answer), (line, answer.content.decode()[:500])
